using BanBuCheng.Engine.Running;

namespace BanBuCheng.Engine.Durable;

/// <summary>迁移计划 — from which version of a flow to which, and which box becomes which.</summary>
/// <param name="FromVersionId">Id of the version (not its number).</param>
public sealed record MovePlan(string DefinitionId, string FromVersionId, string ToVersionId)
{
    /// <summary>Node path in the old version → in the new one, where they are not the same; what lies inside a box goes along with it.</summary>
    public IReadOnlyDictionary<string, string> Nodes { get; init; } = new Dictionary<string, string>();
}

/// <summary>One instance in a dry run.</summary>
/// <param name="No">Short key of the instance, for the next page.</param>
public sealed record MoveLine(long No, Guid InstanceId, string? CorrelationId, string? Name, IReadOnlyList<MoveFault> Faults)
{
    public bool CanMove => Faults.Count == 0;
}
