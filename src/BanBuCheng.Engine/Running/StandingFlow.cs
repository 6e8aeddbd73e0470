using BanBuCheng.Engine.Documents;

namespace BanBuCheng.Engine.Running;

/// <summary>An instance where it stands, said in the words of one version: the one it would move to. For who asks what can become of it there.</summary>
public sealed class StandingFlow
{
    internal StandingFlow(CompiledFlow flow, InstanceState state) => (Flow, State) = (flow, state);

    internal CompiledFlow Flow { get; }
    internal InstanceState State { get; }

    public FlowDocument Document => Flow.Document;
    public string VersionId => Flow.VersionId;

    /// <summary>The flow and everything it uses, each once.</summary>
    public IReadOnlyList<FlowDocument> Documents => [.. Flow.Nodes.Select(n => n.Workflow).OfType<FlowDocument>().Distinct()];
}
