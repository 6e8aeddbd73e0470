namespace BanBuCheng.Engine.Running;

/// <summary>
/// Where <see cref="FlowEngine"/> keeps its rows during one step. Reads may ask the database; writes only collect. Whoever owns the step
/// writes everything collected at its end, all or nothing.
/// </summary>
/// <remarks>
/// Rules for an implementation. (1) Reads see what was collected in this step: a wait added is found by its hash, one removed is not.
/// (2) <see cref="LoadAsync"/> gives the same object for the same id during the step. (3) Lists are ordered by creation, then id:
/// who waits longest is woken first. (4) Not thread-safe; one store per step.
/// </remarks>
public interface IFlowStore
{
    // ── instances ──────────────────────────────────────────────────────────

    /// <summary>The instance, to be changed in this step (locked, or checked by its version at the end); null when there is none.</summary>
    ValueTask<FlowInstance?> LoadAsync(Guid instanceId, CancellationToken ct);

    void Add(FlowInstance instance);

    /// <summary>The instance was changed; may be called several times in a step.</summary>
    void Save(FlowInstance instance);

    /// <summary>Is there a running instance of the definition (null = any) with the correlation (null = whatever it is)?</summary>
    ValueTask<bool> AnyRunningAsync(string? definitionId, string? correlationId, CancellationToken ct);

    ValueTask<IReadOnlyList<Guid>> RunningOfCorrelationAsync(string correlationId, CancellationToken ct);

    // ── waits ──────────────────────────────────────────────────────────────

    void Add(FlowWait wait);

    void RemoveWait(Guid waitId);

    /// <summary>Everything an instance waits for, when it ended or was cancelled.</summary>
    void RemoveWaitsOf(Guid instanceId);

    void Reschedule(Guid waitId, DateTimeOffset dueAt);

    /// <summary>The same wait stands at another place of the drawing (its instance moved to another version).</summary>
    void Relocate(Guid waitId, string activityId, string nodePath);

    ValueTask<FlowWait?> WaitAsync(Guid waitId, CancellationToken ct);

    /// <summary>Waits of that hash in running instances; of the correlation and the instance when given.</summary>
    ValueTask<IReadOnlyList<FlowWait>> WaitsAsync(string hash, string? correlationId, Guid? instanceId, CancellationToken ct);

    // ── kept stimuli ───────────────────────────────────────────────────────

    void Add(KeptStimulus stimulus);

    void RemoveKept(Guid stimulusId);

    /// <summary>Kept stimuli of that hash whose deadline is after <paramref name="now"/> and whose correlation and instance, when set, are these.</summary>
    ValueTask<IReadOnlyList<KeptStimulus>> KeptAsync(string hash, string? correlationId, Guid instanceId, DateTimeOffset now, CancellationToken ct);

    // ── triggers ───────────────────────────────────────────────────────────

    ValueTask<IReadOnlyList<FlowTrigger>> TriggersAsync(string hash, CancellationToken ct);

    ValueTask<FlowTrigger?> TriggerAsync(Guid triggerId, CancellationToken ct);

    /// <summary>All triggers of the definition are replaced by these (none: it starts by hand only).</summary>
    void ReplaceTriggers(string definitionId, IReadOnlyList<FlowTrigger> triggers);

    /// <summary>A timer trigger fired: its next due time, or null to remove it.</summary>
    void MoveTrigger(Guid triggerId, DateTimeOffset? dueAt);

    // ── incidents and journal ──────────────────────────────────────────────

    void Add(FlowIncident incident);

    /// <summary>The incidents of one execution are settled: retried, skipped, or gone with its instance (execution null: all).</summary>
    void ResolveIncidents(Guid instanceId, int? execution, string how);

    /// <summary>The open incidents of that execution stand at another place of the drawing.</summary>
    void RelocateIncidents(Guid instanceId, int execution, string activityId, string nodePath);

    /// <summary>
    /// One pack of entries of one instance; the first has the number <paramref name="firstNumber"/>. The list is the engine's
    /// and re-used afterwards: copy or render it before returning.
    /// </summary>
    void Log(FlowInstance instance, int firstNumber, IReadOnlyList<JournalEntry> entries);

    // ── definitions ────────────────────────────────────────────────────────

    ValueTask<StoredDefinition?> VersionAsync(string versionId, CancellationToken ct);

    ValueTask<StoredDefinition?> PublishedAsync(string definitionId, CancellationToken ct);

    ValueTask<StoredDefinition?> LatestAsync(string definitionId, CancellationToken ct);

    ValueTask<StoredDefinition?> VersionAsync(string definitionId, int version, CancellationToken ct);

    /// <summary>Latest versions whose document uses that definition as an activity (the engine checks the documents; a store may return more).</summary>
    ValueTask<IReadOnlyList<StoredDefinition>> PossibleConsumersAsync(string definitionId, CancellationToken ct);

    /// <summary>Adds the version, or replaces the one of the same version id.</summary>
    void Put(StoredDefinition definition);

    /// <summary>Takes both flags from all other versions of the definition, or (published false) only "latest".</summary>
    void Supersede(string definitionId, string byVersionId, bool published);
}
