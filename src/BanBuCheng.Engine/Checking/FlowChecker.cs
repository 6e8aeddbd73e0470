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
        return new CheckedFlow(findings, drawn, new ExploredFlow(explored, graph, teller));
    }
}

/// <param name="Findings">What the graph half found.</param>
/// <param name="Drawn">The flow's own activities, for what the host wants to look at in them.</param>
/// <param name="Explored">Null when only the document was looked at.</param>
public sealed record CheckedFlow(IReadOnlyList<CheckFinding> Findings, IReadOnlyList<DrawnActivity> Drawn, ExploredFlow? Explored);

public sealed record ExploredFlow(Exploration States, StateGraph Graph, StoryTeller Teller);
