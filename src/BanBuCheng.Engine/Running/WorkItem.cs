namespace BanBuCheng.Engine.Running;

/// <summary>One entry of the first-in-first-out queue.</summary>
internal sealed class WorkItem(Node node, Execution? owner)
{
    public Node Node { get; } = node;
    public Execution? Owner { get; } = owner;

    /// <summary>Set to run an execution again that is there already (a retry).</summary>
    public Execution? Existing { get; init; }
    public bool EntersBackward { get; init; }
    public List<DynamicVariable>? Variables { get; init; }
    public bool IsWithdrawn { get; set; }
}
