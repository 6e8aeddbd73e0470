using BanBuCheng.Engine.Documents;
using BanBuCheng.Engine.Running;

namespace BanBuCheng.Engine.Checking;

/// <summary>
/// The graph half of the gate: compiles a flow with everything it uses, looks at the document, and goes every way it can go on the
/// interpreter's own flowchart step. What is owed and what days count is the host's <see cref="IPromise"/>.
/// </summary>
public sealed class FlowChecker(FlowHost host)
{
    /// <param name="part">A sub-flow by definition id and (optional) version id, as it would be in force.</param>
    /// <param name="explores">False: only the document is looked at.</param>
    public CheckedFlow Check(FlowDocument flow, Func<string, string?, FlowDocument?> part, IPromise promise, bool explores, CheckLimits? limits = null)
    {
        var compiled = host.Compile(flow, part);
        var plan = new CheckPlan(compiled, promise);
        var findings = new DocumentCodes(compiled, plan).Find(isAlone: !explores);
        var drawn = compiled.Nodes.Where(n => n.Parent is not null && n.Broken is null && n.Workflow is null && ReferenceEquals(Places.FlowOf(n), flow))
            .Select(n => new DrawnActivity(n)).ToList();
        if (!explores) return new CheckedFlow(findings, drawn, null);
        var explored = new Exploration(plan, limits ?? new CheckLimits());
        var graph = new StateGraph(explored);
        var teller = new StoryTeller(explored, flow, promise.Opening);
        findings.AddRange(new GraphCodes(explored, graph, teller, promise).Find());
        return new CheckedFlow(findings, drawn, new ExploredFlow(explored, graph, teller, new Lazy<ForcedReplay>(() => new ForcedReplay(host, flow, part, explored))));
    }

    /// <summary>What can become of an instance that goes on from where it stands, every way. Null where its data decide, so that nothing can be said.</summary>
    /// <param name="ghost">What the host remembers of its run so far.</param>
    /// <param name="opening">How stories begin.</param>
    public static CheckedFlow? CheckFrom(StandingFlow standing, IPromise promise, long ghost, string opening, CheckLimits? limits = null)
    {
        var bounds = limits ?? new CheckLimits();
        var plan = new CheckPlan(standing.Flow, promise);
        if (Situation.Of(standing.State, plan, bounds.K, ghost) is not { } beginning) return null;
        var explored = new Exploration(plan, bounds, beginning);
        var graph = new StateGraph(explored);
        var teller = new StoryTeller(explored, standing.Document, opening);
        // What lies behind it is not come to any more, and that is no fault.
        var findings = new GraphCodes(explored, graph, teller, promise).Find().Where(f => f.Code != "G004").ToList();
        return new CheckedFlow(findings, [], new ExploredFlow(explored, graph, teller, null));
    }
}

/// <param name="Findings">What the graph half found.</param>
/// <param name="Drawn">The flow's own activities, for what the host wants to look at in them.</param>
/// <param name="Explored">Null when only the document was looked at.</param>
public sealed record CheckedFlow(IReadOnlyList<CheckFinding> Findings, IReadOnlyList<DrawnActivity> Drawn, ExploredFlow? Explored);

public sealed class ExploredFlow
{
    private readonly Lazy<ForcedReplay>? _replay;

    internal ExploredFlow(Exploration states, StateGraph graph, StoryTeller teller, Lazy<ForcedReplay>? replay) => (States, Graph, Teller, _replay) = (states, graph, teller, replay);

    public Exploration States { get; }
    public StateGraph Graph { get; }
    public StoryTeller Teller { get; }

    /// <summary>The finding with its story forced once through the interpreter; what does not come about there is told as possible.</summary>
    public CheckFinding Replayed(CheckFinding finding)
    {
        if (_replay is null || finding.Way.Count == 0 || finding.Story is null) return finding;
        var follows = _replay.Value.Follows(finding.Way);
        return finding with { Replayed = follows, Message = follows == false ? finding.Message.Replace(CheckFinding.Example, CheckFinding.Possibly, StringComparison.Ordinal) : finding.Message };
    }
}
