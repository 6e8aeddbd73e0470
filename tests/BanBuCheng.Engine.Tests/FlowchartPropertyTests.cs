using System.Text.Json.Nodes;
using BanBuCheng.Engine.Activities;
using BanBuCheng.Engine.Expectations;
using BanBuCheng.Engine.Running;
using CsCheck;
using Xunit;

namespace BanBuCheng.Engine.Tests;

/// <summary>The engine's flowchart (relative counters, compiled plans, state through text) against a slow, plain model with absolute counters.</summary>
public sealed class FlowchartPropertyTests
{
    private static readonly Gen<Drawing> Drawings =
        from count in Gen.Int[2, 8]
        from boxes in Gen.Enum<BoxKind>().Array[count]
        from dice in Gen.Int[0, 9].Array[count]
        from connections in Gen.Select(Gen.Int[0, count - 1], Gen.Bool, Gen.Int[0, count - 1]).Array[1, count * 2]
        from seed in Gen.Int[0, 1_000_000]
        select new Drawing(
            // An End in half the places would end most drawings at once.
            [.. boxes.Select((kind, i) => i == 0 || kind == BoxKind.End && dice[i] > 1 ? dice[i] % 2 == 0 ? BoxKind.Automatic : BoxKind.Waiting : kind)],
            [.. connections.Select(c => (c.Item1, c.Item2 ? 'A' : 'B', c.Item3)).Distinct()], seed);

    [Fact]
    public void Random_flowcharts_run_like_the_plain_model() =>
        Gen.Select(Drawings, Gen.Int[0, 100].Array[0, 12]).Sample((drawing, wakes) => Compare(drawing, wakes), iter: 3_000);

    [Fact]
    public void Moved_to_the_same_drawing_at_any_point_they_run_on_as_if_nothing_had_happened() =>
        Gen.Select(Drawings, Gen.Int[0, 100].Array[1, 10], Gen.Int[0, 4]).Sample((drawing, wakes, moveBefore) => Compare(drawing, wakes, moveBefore), iter: 700);

    private static void Compare(Drawing drawing, int[] wakes, int moveBefore = -1)
    {
        var model = new SlowFlowchart(drawing);
        var (engine, store, log) = Engine(drawing);
        var instance = Run(engine.StartAsync(new StartRequest("wf"), CancellationToken.None))!;
        Same(drawing, model, instance, store, log);
        foreach (var wake in wakes)
        {
            if (moveBefore-- == 0 && instance.Status == FlowStatus.Running)
            {
                var again = Run(engine.ImportDraftAsync(Document(drawing).ToJsonString(), CancellationToken.None));
                Run(engine.PublishAsync("wf", CancellationToken.None));
                Assert.Empty(Run(engine.MoveAsync(instance.Id, instance.DefinitionVersionId, again.VersionId, new Dictionary<string, string>(), "test", CancellationToken.None)));
            }
            if (model.Waiting.Count == 0 || instance.Status == FlowStatus.Finished) return;
            var index = wake % model.Waiting.Count;
            model.Wake(index);
            Assert.True(Run(engine.WakeAsync(store.WaitsOf(instance.Id).OrderBy(w => w.Execution).ElementAt(index).Id, null, CancellationToken.None)));
            Same(drawing, model, instance, store, log);
        }
    }

    private static void Same(Drawing drawing, SlowFlowchart model, FlowInstance instance, MemoryFlowStore store, List<string> log)
    {
        var told = $"{string.Join(' ', drawing.Boxes)} {string.Join(' ', drawing.Connections.Select(c => $"{c.From}{c.Port}{c.To}"))} seed {drawing.Seed}";
        Assert.True(model.Log.SequenceEqual(log), $"{told}\nmodel {string.Join(", ", model.Log)}\nengine {string.Join(", ", log)}");
        var status = model.HasFaulted ? FlowSubStatus.Faulted : model.IsFinished ? FlowSubStatus.Finished : FlowSubStatus.Suspended;
        Assert.True(status == instance.SubStatus, $"{told}\nmodel {status}, engine {instance.SubStatus}");
        if (!model.HasFaulted)
            Assert.Equal(model.Waiting.Select(w => $"b{w}"), store.WaitsOf(instance.Id).OrderBy(w => w.Execution).Select(w => w.ActivityId));
    }

    private static (FlowEngine, MemoryFlowStore, List<string>) Engine(Drawing drawing)
    {
        var log = new List<string>();
        var runs = new Dictionary<int, int>();
        var box = new Box(drawing, log, runs);
        var descriptors = new[] { new ActivityDescriptor("Test.Box", "方块", "测试") { Create = _ => box } };
        var store = new MemoryFlowStore { KeepsJournal = false };
        var joins = BuiltIn.Descriptors.Where(d => d.Type != "Elsa.FlowJoin" && d.Type != "Elsa.End").Append(
            BuiltIn.Descriptors.First(d => d.Type == "Elsa.FlowJoin") with { Create = _ => box }).Append(
            BuiltIn.Descriptors.First(d => d.Type == "Elsa.End") with { Create = _ => box });
        var engine = new FlowEngine(new FlowHost(new ActivityCatalogue([.. joins, .. descriptors]), new VirtualClock(DateTimeOffset.UnixEpoch), new FlowOptions()),
            store, NoServices.Instance);
        var draft = Run(engine.ImportDraftAsync(Document(drawing).ToJsonString(), CancellationToken.None));
        Run(engine.PublishAsync(draft.DefinitionId, CancellationToken.None));
        return (engine, store, log);
    }

    private static JsonObject Document(Drawing drawing) => new()
    {
        ["id"] = "wf-1", ["definitionId"] = "wf",
        ["root"] = new JsonObject
        {
            ["id"] = "f", ["type"] = "Elsa.Flowchart",
            ["activities"] = new JsonArray([.. drawing.Boxes.Select((kind, i) => (JsonNode)Activity(kind, i))]),
            ["connections"] = new JsonArray([.. drawing.Connections.Select(c => (JsonNode)new JsonObject
            {
                ["source"] = new JsonObject { ["activity"] = $"b{c.From}", ["port"] = c.Port.ToString() }, ["target"] = new JsonObject { ["activity"] = $"b{c.To}" },
            })]),
        },
    };

    private static JsonObject Activity(BoxKind kind, int i)
    {
        var activity = new JsonObject
        {
            ["id"] = $"b{i}",
            ["type"] = kind switch { BoxKind.Automatic or BoxKind.Waiting => "Test.Box", BoxKind.End => "Elsa.End", _ => "Elsa.FlowJoin" },
            // Otherwise "the first without inbound connection" would move the entry.
            ["customProperties"] = new JsonObject { ["canStartWorkflow"] = i == 0 },
        };
        if (kind is BoxKind.JoinAny or BoxKind.JoinAll or BoxKind.JoinAllActive)
            activity["mode"] = kind switch { BoxKind.JoinAny => "WaitAny", BoxKind.JoinAll => "WaitAll", _ => "WaitAllActive" };
        return activity;
    }

    private static T Run<T>(ValueTask<T> task) => task.AsTask().GetAwaiter().GetResult();

    private sealed class Box(Drawing drawing, List<string> log, Dictionary<int, int> runs) : IActivity
    {
        public ValueTask<Answer> ExecuteAsync(ActivityContext context, CancellationToken ct)
        {
            var i = Number(context);
            runs[i] = runs.GetValueOrDefault(i) + 1;
            log.Add($"run {i}");
            return new(drawing.Boxes[i] == BoxKind.Waiting ? new Answer.Parked(new Wait("Test.Wait") { OnlyThisExecution = true }) : Leave(i));
        }

        public ValueTask<Answer> ResumeAsync(ActivityContext context, WakeUp wakeUp, CancellationToken ct) => new(Leave(Number(context)));

        private Answer.Finished Leave(int i) => new(drawing.Leaves(i, runs[i], log.Count));

        private static int Number(ActivityContext context) => int.Parse(context.ActivityId[1..], System.Globalization.CultureInfo.InvariantCulture);
    }
}
