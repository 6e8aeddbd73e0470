using System.Text.Json.Nodes;
using BanBuCheng.Engine.Documents;

namespace BanBuCheng.Engine.Durable;

/// <summary>
/// The host's door to durable flows. Every call works on the database context and in the transaction of the caller's step:
/// nothing is visible before the step commits, and nothing is left when it rolls back.
/// </summary>
/// <remarks>
/// The engine's rows are buffered during the step. Whoever commits the step calls <see cref="FlushAsync"/> once, after the
/// host's own rows were saved and before COMMIT. Work that follows inside the engine (events published by a flow, dispatched
/// children, a parent woken by its child) is settled before a call returns.
/// </remarks>
public interface IFlows
{
    /// <summary>Starts the published version of a definition by hand.</summary>
    /// <returns>The instance; null when the activation strategy refused.</returns>
    /// <exception cref="FlowNotFoundException">No published version of that definition.</exception>
    ValueTask<Guid?> StartAsync(FlowStart start, CancellationToken ct);

    /// <summary>Wakes one wait. Idempotent: false when the wait is gone (done by another, withdrawn, timer fired).</summary>
    ValueTask<bool> WakeAsync(Guid waitId, JsonObject? input, CancellationToken ct);

    /// <summary>Fires a timer (a wait's or a trigger's, as <see cref="FlowTimers"/> lists them) if it is still there and due; false otherwise.</summary>
    ValueTask<bool> FireTimerAsync(Guid timerId, CancellationToken ct);

    /// <summary>
    /// Publishes an event: starts published flows with a matching trigger, wakes matching waits (of the correlation when given).
    /// If nothing listened it is kept for waits that come later, until <paramref name="keepUntil"/> (default: the engine's deadline).
    /// </summary>
    /// <returns>How many instances were started or woken.</returns>
    ValueTask<int> PublishEventAsync(string eventName, string? correlationId, JsonNode? payload, DateTimeOffset? keepUntil, CancellationToken ct);

    /// <summary>Moves a timer wait to another instant; false when the wait is gone.</summary>
    ValueTask<bool> RescheduleAsync(Guid waitId, DateTimeOffset dueAt, CancellationToken ct);

    /// <summary>Cancels an instance and everything it waits for; false when it already ended.</summary>
    ValueTask<bool> CancelAsync(Guid instanceId, string reason, CancellationToken ct);

    /// <summary>Cancels all running instances of a correlation but one, and but those of documents that are spared; returns how many.</summary>
    ValueTask<int> CancelCorrelatedAsync(string correlationId, Guid? except, string reason, CancellationToken ct, Func<FlowDocument, bool>? spares = null);

    /// <summary>Runs a faulted execution again (<see cref="FlowIncidentRow"/> says which); false when it is not there any more.</summary>
    ValueTask<bool> RetryAsync(Guid instanceId, int execution, CancellationToken ct);

    /// <summary>Treats a faulted execution as finished with these outcomes (none = the default outcome).</summary>
    ValueTask<bool> SkipAsync(Guid instanceId, int execution, IReadOnlyList<string> outcomes, CancellationToken ct);

    /// <summary>Earliest due instants of timers set or moved in this step, for the bell that rings after the commit.</summary>
    IReadOnlyCollection<DateTimeOffset> NewDueTimes { get; }

    /// <summary>Writes the buffered rows by prepared commands in the current transaction.</summary>
    /// <exception cref="Microsoft.EntityFrameworkCore.DbUpdateConcurrencyException">Another step changed an instance first.</exception>
    ValueTask FlushAsync(CancellationToken ct);
}

/// <param name="DefinitionId">Logical id of the definition, the same for all versions.</param>
public sealed record FlowStart(string DefinitionId)
{
    public string? CorrelationId { get; init; }
    public string? Name { get; init; }
    public JsonObject? Input { get; init; }
}
