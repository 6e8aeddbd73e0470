using System.Text.Json.Nodes;
using BanBuCheng.Engine.Activities;
using BanBuCheng.Engine.Checking;
using BanBuCheng.Engine.Documents;
using BanBuCheng.Engine.Expectations;
using BanBuCheng.Engine.Running;

namespace BanBuCheng.Engine.Tests.Checking;

/// <summary>What a drawn case flow is made of.</summary>
public enum Piece { Step, Task, Choice, Fork, JoinAny, JoinAll, JoinAllActive, Reply, End }

/// <summary>A small flow that owes a reply from its start: pieces (0 is the entry), connections from port A or B.</summary>
public sealed record CheckedDrawing(Piece[] Pieces, (int From, char Port, int To)[] Connections)
{
    public FlowDocument Document => FlowReader.Read(Json).Document!;

    public string Json => new JsonObject
    {
        ["id"] = "f-1", ["definitionId"] = "f",
        ["root"] = new JsonObject
        {
            ["id"] = "chart", ["type"] = "Elsa.Flowchart",
            ["activities"] = new JsonArray([.. Pieces.Select((piece, i) => (JsonNode)Activity(piece, i))]),
            ["connections"] = new JsonArray([.. Connections.Select(c => (JsonNode)new JsonObject
            {
                ["source"] = new JsonObject { ["activity"] = $"a{c.From}", ["port"] = Port(c.From, c.Port) }, ["target"] = new JsonObject { ["activity"] = $"a{c.To}" },
            })]),
        },
    }.ToJsonString();

    public override string ToString() => $"{string.Join(' ', Pieces.Select((p, i) => $"{i}:{p}"))} | {string.Join(' ', Connections.Select(c => $"{c.From}{c.Port}{c.To}"))}";

    /// <summary>Pieces that leave by one port only know A, whatever was drawn.</summary>
    private string Port(int from, char drawn) => Pieces[from] is Piece.Task or Piece.Choice or Piece.Fork ? drawn.ToString() : "Done";

    private static JsonObject Activity(Piece piece, int i)
    {
        var activity = new JsonObject
        {
            ["id"] = $"a{i}",
            ["type"] = piece switch { Piece.JoinAny or Piece.JoinAll or Piece.JoinAllActive => "Elsa.FlowJoin", Piece.End => "Elsa.End", _ => $"Test.{piece}" },
            ["customProperties"] = new JsonObject { ["canStartWorkflow"] = i == 0 },
        };
        if (piece is Piece.JoinAny or Piece.JoinAll or Piece.JoinAllActive)
            activity["mode"] = piece switch { Piece.JoinAny => "WaitAny", Piece.JoinAll => "WaitAll", _ => "WaitAllActive" };
        return activity;
    }
}

/// <summary>The promise of such a flow: its ghost is 1 as long as the reply is owed.</summary>
internal sealed class OwesOneReply : IPromise
{
    public IReadOnlyList<long> Beginnings => [1];
    public string? Opening => null;

    public bool Owes(long ghost) => ghost == 1;

    public bool CountsDays(long ghost) => false;

    public Judgement? Judge(DrawnInput condition) => null;

    public Nature? NatureOf(DrawnActivity activity) => activity.Type switch
    {
        "Test.Task" => new Either(waits: true),
        "Test.Choice" => new Either(waits: false),
        "Test.Fork" => new Both(),
        "Test.Reply" => new Discharges(),
        _ => null,
    };

    private sealed class Either(bool waits) : Nature
    {
        private static Turn[] Ways(long ghost, bool chosen) => [Turn.By("A", ghost) with { IsChosen = chosen }, Turn.By("B", ghost) with { IsChosen = chosen }];

        public override IReadOnlyList<Turn> Runs(long ghost, int round) => waits ? [new Turn(TurnKind.Waits, ghost)] : Ways(ghost, false);

        public override IReadOnlyList<Turn> Wakes(long ghost, int round) => Ways(ghost, true);
    }

    private sealed class Both : Nature
    {
        public override IReadOnlyList<Turn> Runs(long ghost, int round) => [new Turn(TurnKind.Leaves, ghost) { Outcomes = ["A", "B"] }];
    }

    private sealed class Discharges : Nature
    {
        public override IReadOnlyList<Turn> Runs(long ghost, int round) => [Turn.Done(0)];
    }
}

/// <summary>The same flow in the interpreter: published and compiled once, run as often as one likes.</summary>
internal sealed class ForcedFlow
{
    private readonly FlowHost _host;
    private readonly MemoryFlowStore _definitions = new();

    public ForcedFlow(CheckedDrawing drawing)
    {
        var descriptors = new[] { "Step", "Task", "Choice", "Fork", "Reply" }.Select(name => new ActivityDescriptor($"Test.{name}", name, "测试") { Create = services => new Piece((ForcedRun)services, name) });
        _host = new FlowHost(new ActivityCatalogue([.. BuiltIn.Descriptors, .. descriptors]), new VirtualClock(DateTimeOffset.UnixEpoch),
            new FlowOptions { MaxExecutionsPerBurst = 300, ContinueWithIncidents = true });
        var engine = new FlowEngine(_host, _definitions, NoServices.Instance);
        var draft = ForcedRun.Now(engine.ImportDraftAsync(drawing.Json, default));
        ForcedRun.Now(engine.PublishAsync(draft.DefinitionId, default));
    }

    /// <param name="choose">Activity id → A or B.</param>
    public ForcedRun Start(Func<string, string> choose) => new(_host, _definitions, choose);

    private sealed class Piece(ForcedRun run, string name) : IActivity
    {
        public ValueTask<Answer> ExecuteAsync(ActivityContext context, CancellationToken ct) => new(name switch
        {
            "Task" => new Answer.Parked(new Wait("Test.Wait") { OnlyThisExecution = true }),
            "Choice" => new Answer.Finished(run.Choose(context.ActivityId)),
            "Fork" => new Answer.Finished(["A", "B"]),
            "Reply" => Reply(),
            _ => Answer.Done,
        });

        public ValueTask<Answer> ResumeAsync(ActivityContext context, WakeUp wakeUp, CancellationToken ct) => new(new Answer.Finished(run.Choose(context.ActivityId)));

        private Answer Reply()
        {
            run.Replied = true;
            return Answer.Done;
        }
    }
}

/// <summary>One run of it, every free choice answered from outside; the pieces find it as their step's services.</summary>
internal sealed class ForcedRun : IServiceProvider
{
    private readonly FlowEngine _engine;
    private readonly MemoryFlowStore _store = new() { KeepsJournal = false };
    private readonly FlowInstance _instance;

    public ForcedRun(FlowHost host, MemoryFlowStore definitions, Func<string, string> choose)
    {
        Choose = choose;
        _store.TakeDefinitions(definitions);
        _engine = new FlowEngine(host, _store, this);
        _instance = Now(_engine.StartAsync(new StartRequest("f"), default))!;
    }

    public Func<string, string> Choose { get; }
    public bool Replied { get; set; }
    public bool IsFinished => _instance.Status == FlowStatus.Finished;

    /// <summary>Whether anything ever broke, settled by the end or not: a drawing in which something breaks is refused for that (G012).</summary>
    public bool HasIncident => _store.EveryIncidentOf(_instance.Id).Count > 0;

    /// <summary>Activity ids of the waits, oldest first.</summary>
    public IReadOnlyList<string> Waiting => [.. Waits.Select(w => w.ActivityId)];

    public void Wake(int index) => Now(_engine.WakeAsync(Waits.ElementAt(index).Id, null, default));

    public object? GetService(Type serviceType) => null;

    public static T Now<T>(ValueTask<T> task) => task.AsTask().GetAwaiter().GetResult();

    private IEnumerable<FlowWait> Waits => _store.WaitsOf(_instance.Id).OrderBy(w => w.Execution);
}
