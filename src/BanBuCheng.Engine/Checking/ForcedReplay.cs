using BanBuCheng.Engine.Documents;
using BanBuCheng.Engine.Running;

namespace BanBuCheng.Engine.Checking;

/// <summary>
/// A way of the explored graph, forced once more through the interpreter itself: every activity answers as the story tells, and all else —
/// queue, counters, joins, cancelling — is what runs cases. A story that does not come about this way is told as a possible one only.
/// </summary>
internal sealed class ForcedReplay
{
    /// <summary>Kinds that have nothing to decide: they run as they are.</summary>
    private static readonly HashSet<string> Plain = ["Elsa.Start", "Elsa.End", "Elsa.FlowJoin", "Elsa.Break"];

    private const string WaitName = "Check.Wait";
    private readonly Exploration _explored;
    private readonly FlowHost _host;
    private readonly CompiledFlow _flow;
    private readonly Dictionary<string, int> _positions;
    private Queue<Taken> _script = [];
    private bool _differs;

    public ForcedReplay(FlowHost host, FlowDocument flow, Func<string, string?, FlowDocument?> part, Exploration explored)
    {
        _explored = explored;
        _host = new FlowHost(new ActivityCatalogue(host.Catalogue.All.Select(Answering)), host.Clock, new FlowOptions
        {
            // Behind the story's end joins might turn round among themselves.
            ContinueWithIncidents = true, RaisesStuck = false, MaxExecutionsPerBurst = 2_000,
        });
        var bare = new Dictionary<string, FlowDocument?>(StringComparer.Ordinal);
        _flow = _host.Compile(WithoutData(flow), (id, version) =>
        {
            if (part(id, version) is not { } found) return null;
            if (!bare.TryGetValue(found.Id, out var known)) bare[found.Id] = known = WithoutData(found);
            return known;
        });
        _positions = _flow.Nodes.ToDictionary(n => n.Path, n => n.Position, StringComparer.Ordinal);
    }

    /// <param name="way">Passages from a beginning on, in order.</param>
    /// <returns>True: the interpreter goes this way. False: it goes another. Null: a container decides by data on the way, and nobody can answer in its place.</returns>
    public bool? Follows(IReadOnlyList<int> way)
    {
        if (way.Count == 0) return null;
        var steps = way.Select(p => _explored.Retake(_explored.Passages[p])).ToList();
        if (steps.Exists(s => DecidesByData(s.Node))) return null;
        _script = new Queue<Taken>(steps.Where(IsTold));
        _differs = false;
        return Runs(way, steps) && !_differs && _script.Count == 0;
    }

    private bool Runs(IReadOnlyList<int> way, List<Taken> steps)
    {
        var store = new MemoryFlowStore { KeepsJournal = false };
        var engine = new FlowEngine(_host, store, NoServices.Instance);
        var instance = new FlowInstance
        {
            Id = _host.NewId(), DefinitionId = _flow.Document.DefinitionId, DefinitionVersionId = _flow.VersionId, DefinitionVersion = _flow.Version, CreatedAt = DateTimeOffset.UnixEpoch,
        };
        store.Add(instance);
        Burst BurstOver(InstanceState state) => new(engine, _host, store, NoServices.Instance, _flow, instance, state, 0);

        var start = BurstOver(new InstanceState());
        start.TriggerNode = _explored.TriggerAt(_explored.Passages[way[0]].From) is { } trigger ? _flow.Nodes[trigger] : null;
        Now(start.StartAsync(default));
        for (var i = 0; i < steps.Count; i++)
        {
            if (!steps[i].IsWake) continue;
            // Everything before has happened, and nothing more.
            if (_differs || instance.Status != FlowStatus.Running || _script.Count != steps.Skip(i).Count(IsTold)) return false;
            var waits = store.WaitsOf(instance.Id).Where(w => _positions[w.NodePath] == steps[i].Node.Position).OrderBy(w => w.Execution).ToList();
            if (steps[i].WaitsOfItsOwn >= waits.Count) return false;
            Now(BurstOver(InstanceState.Read(instance.State, _flow)).ResumeAsync(waits[steps[i].WaitsOfItsOwn], null, false, default));
        }

        var last = _explored.Passages[way[^1]].To;
        return _explored.EndingOf(last) == Ending.Finished ? instance.Status == FlowStatus.Finished
            : !_explored.IsQuiet(last) || instance.Status == FlowStatus.Running && store.WaitsOf(instance.Id).Count == _explored.WaitsOf(last).Count;
    }

    /// <summary>In memory nothing is ever waited for.</summary>
    private static void Now(ValueTask done) => done.AsTask().GetAwaiter().GetResult();

    private static void Now(ValueTask<bool> done) => done.AsTask().GetAwaiter().GetResult();

    private static bool IsTold(Taken step) => step.Node.Rule is null && step.Node.Broken is null && !Plain.Contains(step.Node.Type);

    private Answer Next(ActivityContext context)
    {
        // The story is over: what comes after it is not looked at.
        if (_script.Count == 0) return new Answer.Parked(new Wait(WaitName) { OnlyThisExecution = true });
        var next = _script.Dequeue();
        if (_flow.Nodes[next.Node.Position].Path != context.NodePath)
        {
            _differs = true;
            return new Answer.Parked(new Wait(WaitName) { OnlyThisExecution = true });
        }
        if (next.Turn is not { } turn) return Answer.Done;
        if (next.Node.Type == "Elsa.Complete") ((IInsideContext)context).CompleteNearestWorkflow(turn.Outcomes);
        return turn.Kind switch
        {
            TurnKind.Leaves when next.Node.Type == "Elsa.Complete" => Answer.Done,
            TurnKind.Leaves => new Answer.Finished(turn.Outcomes),
            TurnKind.Waits => new Answer.Parked(new Wait(WaitName) { OnlyThisExecution = true }),
            TurnKind.FinishesFlow => new Answer.FlowFinished(),
            _ => throw new InvalidOperationException("As told: it breaks here."),
        };
    }

    private ActivityDescriptor Answering(ActivityDescriptor descriptor) =>
        descriptor.IsContainer || Plain.Contains(descriptor.Type) ? descriptor : descriptor with { Inputs = [], Outputs = [], Create = _ => new Told(this) };

    private static bool DecidesByData(Node node)
    {
        for (var at = node; at is not null; at = at.Parent)
            if (at.Rule is IfRule or SwitchRule or WhileRule or ForRule or ForEachRule or ParallelForEachRule or BulkDispatchRule || at.Flowchart is { ComputesModes: true }) return true;
        return false;
    }

    /// <summary>The document with nothing in it that would be evaluated.</summary>
    private static FlowDocument WithoutData(FlowDocument flow)
    {
        var json = (System.Text.Json.Nodes.JsonObject)flow.Json.DeepClone();
        json["inputs"] = new System.Text.Json.Nodes.JsonArray();
        json["outputs"] = new System.Text.Json.Nodes.JsonArray();
        json["variables"] = new System.Text.Json.Nodes.JsonArray();
        return FlowReader.Read(json.ToJsonString()).Document!;
    }

    /// <summary>One passage again, as it concerns an activity.</summary>
    /// <param name="Turn">Null for a container, and for a trigger that began the run.</param>
    /// <param name="WaitsOfItsOwn">How many older waits of the same box there were.</param>
    internal readonly record struct Taken(Node Node, Turn? Turn, bool IsWake, int WaitsOfItsOwn);

    private sealed class Told(ForcedReplay replay) : IActivity
    {
        public ValueTask<Answer> ExecuteAsync(ActivityContext context, CancellationToken ct) => new(replay.Next(context));

        public ValueTask<Answer> ResumeAsync(ActivityContext context, WakeUp wakeUp, CancellationToken ct) => new(replay.Next(context));
    }
}
