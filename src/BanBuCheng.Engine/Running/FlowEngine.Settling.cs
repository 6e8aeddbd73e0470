using System.Text.Json.Nodes;
using BanBuCheng.Engine.Expressions;

namespace BanBuCheng.Engine.Running;

// What one burst causes in other instances: done after it, in order, before the call returns.
public sealed partial class FlowEngine
{
    /// <summary>Instances inside instances, in one step.</summary>
    private const int MaxNesting = 64;

    /// <summary>Events answering events, children dispatching children, in one step.</summary>
    private const int MaxChain = 1_000;

    private readonly Queue<Func<CancellationToken, ValueTask>> _outgoing = new();
    private int _nesting;

    private sealed record Publication(string EventName, string? CorrelationId, Guid? InstanceId, JsonNode? Payload, DateTimeOffset? KeepUntil, int Depth);

    private async ValueTask SettleAsync(CancellationToken ct)
    {
        while (_outgoing.TryDequeue(out var next)) await next(ct);
    }

    private async ValueTask<int> PublishAsync(Publication publication, CancellationToken ct)
    {
        if (publication.Depth > MaxChain)
            throw new InvalidOperationException($"Expected events to come to rest, but '{publication.EventName}' is the {MaxChain}th in a chain within one step.");
        var hash = Burst.Hash(EventNames.Stimulus, Plain.JsonText(new JsonObject { ["eventName"] = publication.EventName }));
        var input = new JsonObject();
        if (publication.Payload is { } payload) input[EventNames.Payload] = payload.DeepClone();

        var started = 0;
        if (publication.InstanceId is null)
            foreach (var trigger in await _store.TriggersAsync(hash, ct))
                if (await _store.VersionAsync(trigger.DefinitionVersionId, ct) is { } definition
                    && await BeginAsync(definition, new Beginning(publication.CorrelationId, input) { Trigger = trigger, Depth = publication.Depth + 1 }, true, ct) is not null)
                    started++;
        var woken = 0;
        foreach (var wait in await _store.WaitsAsync(hash, publication.CorrelationId, publication.InstanceId, ct))
            if (await ResumeAsync(wait, (JsonObject)input.DeepClone(), false, publication.Depth + 1, ct)) woken++;

        if (woken == 0 && (started == 0 || _host.Options.KeepStimuliThatOnlyStarted))
        {
            var now = _host.Clock.GetUtcNow();
            _store.Add(new KeptStimulus(_host.NewId(), EventNames.Stimulus, hash, publication.CorrelationId, publication.InstanceId,
                input.Count == 0 ? null : Plain.JsonText(input), now, publication.KeepUntil ?? now + _host.Options.KeepStimuliFor));
        }
        return started + woken;
    }

    internal void PublishLater(string eventName, string? correlationId, Guid? onlyInstance, JsonNode? payload, int depth) =>
        _outgoing.Enqueue(async ct => await PublishAsync(new Publication(eventName, correlationId, onlyInstance, payload, null, depth + 1), ct));

    /// <summary>A wait for an event appeared: an event that came earlier may be kept for it.</summary>
    internal void EventWaitAppeared(FlowWait wait, int depth) => _outgoing.Enqueue(async ct =>
    {
        if (depth > MaxChain) throw new InvalidOperationException($"Expected waits to come to rest, but there were {MaxChain} in a chain within one step.");
        if (await _store.WaitAsync(wait.Id, ct) is null || await _store.LoadAsync(wait.InstanceId, ct) is not { Status: FlowStatus.Running } instance) return;
        var kept = await _store.KeptAsync(wait.Hash, instance.CorrelationId, instance.Id, _host.Clock.GetUtcNow(), ct);
        if (kept.Count == 0) return;
        _store.RemoveKept(kept[0].Id);
        // As if it came now: everything that waits for it by this time hears it.
        foreach (var heard in await _store.WaitsAsync(wait.Hash, kept[0].CorrelationId, kept[0].InstanceId, ct))
            await ResumeAsync(heard, kept[0].Input is { } text ? JsonNode.Parse(text) as JsonObject : null, false, depth + 1, ct);
    });

    internal async ValueTask<FlowInstance> RunChildAsync(
        string definitionId, string? correlationId, JsonObject input, Guid parentId, string? parentWait, int parentExecution, int depth, CancellationToken ct)
    {
        if (_nesting >= MaxNesting) throw new InvalidOperationException($"Expected at most {MaxNesting} workflows inside one another, but '{definitionId}' would be one more.");
        var definition = await _store.PublishedAsync(definitionId, ct) ?? throw new FlowNotFoundException(definitionId);
        _nesting++;
        try
        {
            return (await BeginAsync(definition, new Beginning(correlationId, input)
            {
                ParentId = parentId, ParentWaitName = parentWait, ParentExecution = parentExecution, Depth = depth + 1,
            }, false, ct))!;
        }
        finally
        {
            _nesting--;
        }
    }

    internal async ValueTask<Guid> DispatchAsync(
        string definitionId, string? correlationId, JsonObject input, Guid parentId, string? parentWait, int parentExecution, int depth, CancellationToken ct)
    {
        if (depth > MaxChain) throw new InvalidOperationException($"Expected dispatching to come to rest, but '{definitionId}' is the {MaxChain}th in a chain within one step.");
        var definition = await _store.PublishedAsync(definitionId, ct) ?? throw new FlowNotFoundException(definitionId);
        var id = _host.NewId();
        _outgoing.Enqueue(async later => await BeginAsync(definition, new Beginning(correlationId, input)
        {
            Id = id, ParentId = parentId, ParentWaitName = parentWait, ParentExecution = parentExecution, Depth = depth + 1,
        }, false, later));
        return id;
    }

    /// <summary>A child ended, in whatever way: its parent's wait is woken, if there is one.</summary>
    internal void ChildEnded(FlowInstance child, string waitName, int execution, int depth) => _outgoing.Enqueue(async ct =>
    {
        if (child.ParentId is not { } parent) return;
        var payload = waitName == "Elsa.BulkDispatchWorkflows"
            ? new JsonObject { ["parentInstanceId"] = parent.ToString() }
            : new JsonObject { ["childInstanceId"] = child.Id.ToString() };
        foreach (var wait in await _store.WaitsAsync(Burst.Hash(waitName, Plain.JsonText(payload)), null, parent, ct))
        {
            if (wait.Execution != execution) continue;
            await ResumeAsync(wait, new JsonObject
            {
                ["childInstanceId"] = child.Id.ToString(),
                ["subStatus"] = child.SubStatus.ToString(),
                ["output"] = child.Outputs is { } outputs ? JsonNode.Parse(outputs) : null,
            }, false, depth + 1, ct);
            return;
        }
    });
}
