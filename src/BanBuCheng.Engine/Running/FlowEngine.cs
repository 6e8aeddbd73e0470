using System.Text.Json.Nodes;

namespace BanBuCheng.Engine.Running;

/// <summary>
/// Everything that can happen to flows, over one store and therefore in one step: start, wake, fire, publish, cancel, and the life of
/// definitions. What follows inside (events a flow publishes, children, a parent woken by its child) is settled before a call returns.
/// </summary>
public sealed partial class FlowEngine(FlowHost host, IFlowStore store, IServiceProvider services)
{
    private readonly FlowHost _host = host;
    private readonly IFlowStore _store = store;
    private readonly IServiceProvider _services = services;

    /// <summary>Starts an instance by hand.</summary>
    /// <exception cref="FlowNotFoundException">There is no such version.</exception>
    public ValueTask<FlowInstance?> StartAsync(StartRequest request, CancellationToken ct) => throw new NotImplementedException();

    /// <summary>Wakes one wait; false when it is gone.</summary>
    public ValueTask<bool> WakeAsync(Guid waitId, JsonObject? input, CancellationToken ct) => throw new NotImplementedException();

    /// <summary>Fires a timer wait if it is there and due.</summary>
    public ValueTask<bool> FireTimerAsync(Guid waitId, CancellationToken ct) => throw new NotImplementedException();

    /// <summary>Fires a timer trigger if it is there and due, and sets its next due time.</summary>
    public ValueTask<bool> FireTriggerAsync(Guid triggerId, CancellationToken ct) => throw new NotImplementedException();

    /// <summary>Publishes an event; returns how many instances were started or woken.</summary>
    public ValueTask<int> PublishEventAsync(
        string eventName, string? correlationId, JsonNode? payload, DateTimeOffset? keepUntil, CancellationToken ct) => throw new NotImplementedException();

    /// <summary>Moves a timer; false when the wait is gone.</summary>
    public ValueTask<bool> RescheduleAsync(Guid waitId, DateTimeOffset dueAt, CancellationToken ct) => throw new NotImplementedException();

    public ValueTask<bool> CancelAsync(Guid instanceId, string reason, CancellationToken ct) => throw new NotImplementedException();

    public ValueTask<int> CancelCorrelatedAsync(string correlationId, Guid? except, string reason, CancellationToken ct) => throw new NotImplementedException();

    /// <summary>Runs a faulted execution again; false when it is not there any more.</summary>
    public ValueTask<bool> RetryAsync(Guid instanceId, int execution, CancellationToken ct) => throw new NotImplementedException();

    /// <summary>Treats a faulted execution as finished with these outcomes (none = the default outcome).</summary>
    public ValueTask<bool> SkipAsync(Guid instanceId, int execution, IReadOnlyList<string> outcomes, CancellationToken ct) => throw new NotImplementedException();

    /// <summary>Stores a document as a draft (the same number while the latest is a draft, else the next one).</summary>
    public ValueTask<StoredDefinition> ImportDraftAsync(string document, CancellationToken ct) => throw new NotImplementedException();

    /// <summary>Stores a document with its own id, version and flags, as a file provider does.</summary>
    public ValueTask<StoredDefinition> ImportAsIsAsync(string document, CancellationToken ct) => throw new NotImplementedException();

    /// <summary>Puts the latest version in force, indexes its triggers and, where asked for, moves its consumers to it.</summary>
    public ValueTask<StoredDefinition> PublishAsync(string definitionId, CancellationToken ct) => throw new NotImplementedException();

    /// <summary>Takes a definition out of force; running instances go on. False when nothing was published.</summary>
    public ValueTask<bool> RetractAsync(string definitionId, CancellationToken ct) => throw new NotImplementedException();
}
