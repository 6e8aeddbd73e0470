namespace BanBuCheng.Engine.Running;

/// <summary>A breakdown inside an instance: an activity threw, or one of its inputs could not be evaluated. An operator's task.</summary>
/// <param name="Execution">Number of the faulted execution; what <see cref="FlowEngine.RetryAsync"/> and <see cref="FlowEngine.SkipAsync"/> take.</param>
/// <param name="Type">Full name of the exception's type.</param>
/// <param name="Details">The exception as text, for people who debug.</param>
public sealed record FlowIncident(
    Guid Id, Guid InstanceId, string ActivityId, string NodePath, int Execution, string Type, string Message, string? Details, DateTimeOffset At);
