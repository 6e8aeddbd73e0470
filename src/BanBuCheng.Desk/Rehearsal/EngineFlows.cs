using System.Text.Json.Nodes;
using BanBuCheng.Engine.Documents;
using BanBuCheng.Engine.Durable;
using BanBuCheng.Engine.Running;

namespace BanBuCheng.Desk.Rehearsal;

/// <summary>The door to flows that run in memory: what an activity leaves to be done after its burst asks here.</summary>
internal sealed class EngineFlows(FlowEngine engine) : IFlows
{
    public async ValueTask<Guid?> StartAsync(FlowStart start, CancellationToken ct) =>
        (await engine.StartAsync(new StartRequest(start.DefinitionId) { CorrelationId = start.CorrelationId, Name = start.Name, Input = start.Input }, ct))?.Id;

    public ValueTask<bool> WakeAsync(Guid waitId, JsonObject? input, CancellationToken ct) => engine.WakeAsync(waitId, input, ct);

    public async ValueTask<bool> FireTimerAsync(Guid timerId, CancellationToken ct) => await engine.FireTimerAsync(timerId, ct) || await engine.FireTriggerAsync(timerId, ct);

    public ValueTask<int> PublishEventAsync(string eventName, string? correlationId, JsonNode? payload, DateTimeOffset? keepUntil, CancellationToken ct) =>
        engine.PublishEventAsync(eventName, correlationId, payload, keepUntil, ct);

    public ValueTask<bool> RescheduleAsync(Guid waitId, DateTimeOffset dueAt, CancellationToken ct) => engine.RescheduleAsync(waitId, dueAt, ct);

    public ValueTask<bool> CancelAsync(Guid instanceId, string reason, CancellationToken ct) => engine.CancelAsync(instanceId, reason, ct);

    public ValueTask<int> CancelCorrelatedAsync(string correlationId, Guid? except, string reason, CancellationToken ct, Func<FlowDocument, bool>? spares = null) =>
        engine.CancelCorrelatedAsync(correlationId, except, reason, ct, spares);

    public ValueTask<bool> RetryAsync(Guid instanceId, int execution, CancellationToken ct) => engine.RetryAsync(instanceId, execution, ct);

    public ValueTask<bool> SkipAsync(Guid instanceId, int execution, IReadOnlyList<string> outcomes, CancellationToken ct) => engine.SkipAsync(instanceId, execution, outcomes, ct);

    public IReadOnlyCollection<DateTimeOffset> NewDueTimes => [];

    public ValueTask FlushAsync(CancellationToken ct) => default;
}
