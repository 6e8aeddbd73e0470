namespace BanBuCheng.Engine.Running;

/// <summary>How one kind of container schedules its children. Rules hold no state: it is in the execution.</summary>
internal abstract class ContainerRule
{
    private static readonly WorkflowRule Workflow = new();
    private static readonly Dictionary<string, ContainerRule> ByType = new(StringComparer.Ordinal)
    {
        ["Elsa.Flowchart"] = new FlowchartRule(),
        ["Elsa.Sequence"] = new SequenceRule(),
        ["Elsa.Parallel"] = new ParallelRule(),
        ["Elsa.Fork"] = new ForkRule(),
        ["Elsa.If"] = new IfRule(),
        ["Elsa.Switch"] = new SwitchRule(),
        ["Elsa.While"] = new WhileRule(),
        ["Elsa.For"] = new ForRule(),
        ["Elsa.ForEach"] = new ForEachRule(),
        ["Elsa.ParallelForEach"] = new ParallelForEachRule(),
        ["Elsa.FlowNode"] = new BodyRule(),
        ["Elsa.BulkDispatchWorkflows"] = new BulkDispatchRule(),
    };

    public static ContainerRule? For(string type, bool isWorkflow) => isWorkflow ? Workflow : ByType.GetValueOrDefault(type);

    /// <summary>A loop catches Break.</summary>
    public virtual bool IsLoop => false;

    /// <summary>Marked on a Break's way to its loop, and ends early then.</summary>
    public virtual bool HearsBreak => IsLoop;

    public abstract ValueTask StartAsync(Burst burst, Execution self, CancellationToken ct);

    public virtual ValueTask ChildCompletedAsync(Burst burst, Execution self, Execution child, IReadOnlyList<string> outcomes, CancellationToken ct) =>
        burst.CompleteAsync(self, [], ct);

    /// <summary>One of the container's own waits was woken.</summary>
    public virtual ValueTask ResumeAsync(Burst burst, Execution self, WakeUp wakeUp, CancellationToken ct) => burst.CompleteAsync(self, [], ct);
}
