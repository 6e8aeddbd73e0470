namespace BanBuCheng.Engine.Running;

/// <summary>A stimulus that found nobody and is kept for a wait that comes later, until its deadline.</summary>
/// <param name="CorrelationId">Only waits of instances with this correlation; null = any.</param>
/// <param name="InstanceId">Only waits of this instance; null = any.</param>
/// <param name="Input">JSON object as text: what the wait will be woken with.</param>
public sealed record KeptStimulus(
    Guid Id, string Name, string Hash, string? CorrelationId, Guid? InstanceId, string? Input, DateTimeOffset CreatedAt, DateTimeOffset KeepUntil);
