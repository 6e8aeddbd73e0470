namespace BanBuCheng.Engine.Running;

/// <summary>What starts a published definition: one row per trigger activity of its published version.</summary>
/// <param name="NodePath">Path of the trigger activity in the document.</param>
/// <param name="DueAt">Set for Timer, StartAt and Cron: when it fires next; <see cref="FlowEngine.FireTriggerAsync"/> moves or removes it.</param>
/// <param name="Interval">Set for Timer: the distance of the ticks.</param>
/// <param name="Cron">Set for Cron: the expression that gives the next due time.</param>
public sealed record FlowTrigger(
    Guid Id, string DefinitionId, string DefinitionVersionId, string ActivityId, string NodePath, string Name, string Hash, string? Payload,
    DateTimeOffset? DueAt, TimeSpan? Interval, string? Cron);
