using System.Text.Json.Nodes;
using BanBuCheng.Engine.Documents;
using BanBuCheng.Engine.Running;

namespace BanBuCheng.Engine.Durable;

/// <summary>The door: one engine over one store, for one step.</summary>
internal sealed class Flows(FlowHost host, DbFlowStore store, IServiceProvider services) : IFlows
{
    private readonly FlowEngine _engine = new(host, store, services);

    public IReadOnlyCollection<DateTimeOffset> NewDueTimes => store.NewDueTimes;

    public async ValueTask<Guid?> StartAsync(FlowStart start, CancellationToken ct) => (await _engine.StartAsync(
        new StartRequest(start.DefinitionId) { CorrelationId = start.CorrelationId, Name = start.Name, Input = start.Input }, ct))?.Id;

    public ValueTask<bool> WakeAsync(Guid waitId, JsonObject? input, CancellationToken ct) => _engine.WakeAsync(waitId, input, ct);

    public async ValueTask<bool> FireTimerAsync(Guid timerId, CancellationToken ct) =>
        await _engine.FireTimerAsync(timerId, ct) || await _engine.FireTriggerAsync(timerId, ct);

    public ValueTask<int> PublishEventAsync(string eventName, string? correlationId, JsonNode? payload, DateTimeOffset? keepUntil, CancellationToken ct) =>
        _engine.PublishEventAsync(eventName, correlationId, payload, keepUntil, ct);

    public ValueTask<bool> RescheduleAsync(Guid waitId, DateTimeOffset dueAt, CancellationToken ct) => _engine.RescheduleAsync(waitId, dueAt, ct);

    public ValueTask<bool> CancelAsync(Guid instanceId, string reason, CancellationToken ct) => _engine.CancelAsync(instanceId, reason, ct);

    public ValueTask<int> CancelCorrelatedAsync(string correlationId, Guid? except, string reason, CancellationToken ct, Func<FlowDocument, bool>? spares = null) =>
        _engine.CancelCorrelatedAsync(correlationId, except, reason, ct, spares);

    public ValueTask<bool> RetryAsync(Guid instanceId, int execution, CancellationToken ct) => _engine.RetryAsync(instanceId, execution, ct);

    public ValueTask<bool> SkipAsync(Guid instanceId, int execution, IReadOnlyList<string> outcomes, CancellationToken ct) =>
        _engine.SkipAsync(instanceId, execution, outcomes, ct);

    public ValueTask FlushAsync(CancellationToken ct) => store.FlushAsync(ct);
}
