namespace BanBuCheng.Engine.Running;

/// <summary>A stored <see cref="Wait"/>: what wakes an instance. The row is the only place where its due time is kept.</summary>
/// <param name="Hash">SHA-256 hex over name, payload and, for waits of one execution only, the execution; what a stimulus is looked up by.</param>
/// <param name="Payload">JSON object as text, camelCase; null when empty.</param>
/// <param name="Execution">Number of the execution that waits.</param>
/// <param name="Details">JSON object as text for whoever shows or serves the wait (a task's name and payload); not part of the hash.</param>
public sealed record FlowWait(
    Guid Id, Guid InstanceId, string Name, string Hash, string? Payload, string ActivityId, string NodePath, int Execution,
    DateTimeOffset? DueAt, string? Tag, string? Details, DateTimeOffset CreatedAt);
