namespace BanBuCheng.Engine.Running;

/// <summary>
/// A store in memory: for <c>flow test</c>, <c>flow run</c>, rehearsals and benchmarks. What the engine changes is there at once and there is
/// no way back, so one store belongs to one thread.
/// </summary>
public sealed class MemoryFlowStore : IFlowStore
{
    private readonly Dictionary<Guid, FlowInstance> _instances = [];
    private readonly Dictionary<Guid, FlowWait> _waits = [];
    private readonly Dictionary<string, List<FlowWait>> _waitsByHash = new(StringComparer.Ordinal);
    private readonly Dictionary<Guid, List<FlowWait>> _waitsByInstance = [];
    private readonly SortedSet<(DateTimeOffset Due, Guid Id, bool IsTrigger)> _due = [];
    private readonly Dictionary<Guid, KeptStimulus> _kept = [];
    private readonly Dictionary<Guid, FlowTrigger> _triggers = [];
    private readonly Dictionary<string, StoredDefinition> _definitions = new(StringComparer.Ordinal);
    private readonly Dictionary<Guid, List<FlowIncident>> _incidents = [];
    private readonly Dictionary<Guid, List<FlowIncident>> _everyIncident = [];
    private readonly Dictionary<Guid, List<JournalEntry>> _journal = [];

    /// <summary>False saves memory where nobody reads the history (benchmarks).</summary>
    public bool KeepsJournal { get; init; } = true;

    public IReadOnlyCollection<FlowInstance> Instances => _instances.Values;
    public IReadOnlyCollection<FlowTrigger> Triggers => _triggers.Values;
    public IReadOnlyCollection<StoredDefinition> Definitions => _definitions.Values;
    public IReadOnlyCollection<FlowWait> Waits => _waits.Values;

    public IReadOnlyList<FlowWait> WaitsOf(Guid instanceId) => _waitsByInstance.TryGetValue(instanceId, out var waits) ? waits : [];

    /// <summary>Open incidents.</summary>
    public IReadOnlyList<FlowIncident> IncidentsOf(Guid instanceId) => _incidents.TryGetValue(instanceId, out var list) ? list : [];

    /// <summary>Incidents in the order they came, settled ones too: an instance never forgets that something broke.</summary>
    public IReadOnlyList<FlowIncident> EveryIncidentOf(Guid instanceId) => _everyIncident.TryGetValue(instanceId, out var list) ? list : [];

    public IReadOnlyList<JournalEntry> JournalOf(Guid instanceId) => _journal.TryGetValue(instanceId, out var list) ? list : [];

    /// <summary>The earliest timer (a wait's, or a trigger's) that is due at or before an instant.</summary>
    public (DateTimeOffset Due, Guid Id, bool IsTrigger)? NextDue(DateTimeOffset until) => _due.Count > 0 && _due.Min.Due <= until ? _due.Min : null;

    /// <summary>Begins with the definitions and triggers of another store, which are never changed by this one.</summary>
    public void TakeDefinitions(MemoryFlowStore other)
    {
        foreach (var (id, definition) in other._definitions) _definitions[id] = definition;
        foreach (var trigger in other._triggers.Values) AddTrigger(trigger);
    }

    // ── instances ──────────────────────────────────────────────────────────

    public ValueTask<FlowInstance?> LoadAsync(Guid instanceId, CancellationToken ct) => new(_instances.GetValueOrDefault(instanceId));

    public void Add(FlowInstance instance) => _instances.Add(instance.Id, instance);

    public void Save(FlowInstance instance) => instance.Version++;

    public ValueTask<bool> AnyRunningAsync(string? definitionId, string? correlationId, CancellationToken ct) =>
        new(_instances.Values.Any(i => i.Status == FlowStatus.Running && (definitionId is null || i.DefinitionId == definitionId)
            && (correlationId is null || i.CorrelationId == correlationId)));

    public ValueTask<IReadOnlyList<Guid>> RunningOfCorrelationAsync(string correlationId, CancellationToken ct) =>
        new([.. _instances.Values.Where(i => i.Status == FlowStatus.Running && i.CorrelationId == correlationId).Select(i => i.Id)]);

    /// <summary>Lets go of ended instances, for who runs very many.</summary>
    public void ForgetEnded()
    {
        foreach (var (id, instance) in _instances)
            if (instance.Status == FlowStatus.Finished)
            {
                _instances.Remove(id);
                _incidents.Remove(id);
                _everyIncident.Remove(id);
                _journal.Remove(id);
            }
    }

    // ── waits ──────────────────────────────────────────────────────────────

    public void Add(FlowWait wait)
    {
        _waits.Add(wait.Id, wait);
        Group(_waitsByHash, wait.Hash).Add(wait);
        Group(_waitsByInstance, wait.InstanceId).Add(wait);
        if (wait.DueAt is { } due) _due.Add((due, wait.Id, false));
    }

    public void RemoveWait(Guid waitId)
    {
        if (!_waits.Remove(waitId, out var wait)) return;
        Ungroup(_waitsByHash, wait.Hash, wait);
        Ungroup(_waitsByInstance, wait.InstanceId, wait);
        if (wait.DueAt is { } due) _due.Remove((due, waitId, false));
    }

    public void RemoveWaitsOf(Guid instanceId)
    {
        foreach (var wait in WaitsOf(instanceId).ToList()) RemoveWait(wait.Id);
    }

    public void Reschedule(Guid waitId, DateTimeOffset dueAt)
    {
        if (!_waits.TryGetValue(waitId, out var wait)) return;
        RemoveWait(waitId);
        Add(wait with { DueAt = dueAt });
    }

    public void Relocate(Guid waitId, string activityId, string nodePath)
    {
        if (!_waits.TryGetValue(waitId, out var wait)) return;
        RemoveWait(waitId);
        Add(wait with { ActivityId = activityId, NodePath = nodePath });
    }

    public ValueTask<FlowWait?> WaitAsync(Guid waitId, CancellationToken ct) => new(_waits.GetValueOrDefault(waitId));

    public ValueTask<IReadOnlyList<FlowWait>> WaitsAsync(string hash, string? correlationId, Guid? instanceId, CancellationToken ct)
    {
        if (!_waitsByHash.TryGetValue(hash, out var waits)) return new([]);
        return new([.. waits.Where(w => (instanceId is null || w.InstanceId == instanceId) && _instances[w.InstanceId] is { Status: FlowStatus.Running } instance
            && (correlationId is null || instance.CorrelationId == correlationId))]);
    }

    // ── kept stimuli ───────────────────────────────────────────────────────

    public void Add(KeptStimulus stimulus) => _kept.Add(stimulus.Id, stimulus);

    public void RemoveKept(Guid stimulusId) => _kept.Remove(stimulusId);

    public ValueTask<IReadOnlyList<KeptStimulus>> KeptAsync(string hash, string? correlationId, Guid instanceId, DateTimeOffset now, CancellationToken ct) =>
        new([.. _kept.Values.Where(k => k.Hash == hash && k.KeepUntil > now && (k.CorrelationId is null || k.CorrelationId == correlationId)
            && (k.InstanceId is null || k.InstanceId == instanceId)).OrderBy(k => k.CreatedAt).ThenBy(k => k.Id)]);

    // ── triggers ───────────────────────────────────────────────────────────

    public ValueTask<IReadOnlyList<FlowTrigger>> TriggersAsync(string hash, CancellationToken ct) => new([.. _triggers.Values.Where(t => t.Hash == hash)]);

    public ValueTask<FlowTrigger?> TriggerAsync(Guid triggerId, CancellationToken ct) => new(_triggers.GetValueOrDefault(triggerId));

    public void ReplaceTriggers(string definitionId, IReadOnlyList<FlowTrigger> triggers)
    {
        foreach (var old in _triggers.Values.Where(t => t.DefinitionId == definitionId).ToList()) RemoveTrigger(old);
        foreach (var trigger in triggers) AddTrigger(trigger);
    }

    public void MoveTrigger(Guid triggerId, DateTimeOffset? dueAt)
    {
        if (!_triggers.TryGetValue(triggerId, out var trigger)) return;
        RemoveTrigger(trigger);
        if (dueAt is not null) AddTrigger(trigger with { DueAt = dueAt });
    }

    private void AddTrigger(FlowTrigger trigger)
    {
        _triggers[trigger.Id] = trigger;
        if (trigger.DueAt is { } due) _due.Add((due, trigger.Id, true));
    }

    private void RemoveTrigger(FlowTrigger trigger)
    {
        _triggers.Remove(trigger.Id);
        if (trigger.DueAt is { } due) _due.Remove((due, trigger.Id, true));
    }

    // ── incidents and journal ──────────────────────────────────────────────

    public void Add(FlowIncident incident)
    {
        Group(_incidents, incident.InstanceId).Add(incident);
        Group(_everyIncident, incident.InstanceId).Add(incident);
    }

    public void ResolveIncidents(Guid instanceId, int? execution, string how)
    {
        if (_incidents.TryGetValue(instanceId, out var list)) list.RemoveAll(i => execution is null || i.Execution == execution);
    }

    public void RelocateIncidents(Guid instanceId, int execution, string activityId, string nodePath)
    {
        if (!_incidents.TryGetValue(instanceId, out var list)) return;
        for (var i = 0; i < list.Count; i++)
            if (list[i].Execution == execution) list[i] = list[i] with { ActivityId = activityId, NodePath = nodePath };
    }

    public void Log(FlowInstance instance, int firstNumber, IReadOnlyList<JournalEntry> entries)
    {
        if (KeepsJournal) Group(_journal, instance.Id).AddRange(entries);
    }

    // ── definitions ────────────────────────────────────────────────────────

    public ValueTask<StoredDefinition?> VersionAsync(string versionId, CancellationToken ct) => new(_definitions.GetValueOrDefault(versionId));

    public ValueTask<StoredDefinition?> PublishedAsync(string definitionId, CancellationToken ct) =>
        new(_definitions.Values.FirstOrDefault(d => d.DefinitionId == definitionId && d.IsPublished));

    public ValueTask<StoredDefinition?> LatestAsync(string definitionId, CancellationToken ct) =>
        new(_definitions.Values.Where(d => d.DefinitionId == definitionId).OrderBy(d => d.IsLatest).ThenBy(d => d.Version).LastOrDefault());

    public ValueTask<StoredDefinition?> VersionAsync(string definitionId, int version, CancellationToken ct) =>
        new(_definitions.Values.FirstOrDefault(d => d.DefinitionId == definitionId && d.Version == version));

    public ValueTask<IReadOnlyList<StoredDefinition>> PossibleConsumersAsync(string definitionId, CancellationToken ct) =>
        new([.. _definitions.Values.Where(d => d.IsLatest && d.Document.Contains(definitionId, StringComparison.Ordinal))]);

    public void Put(StoredDefinition definition) => _definitions[definition.VersionId] = definition;

    public void Supersede(string definitionId, string byVersionId, bool published)
    {
        foreach (var other in _definitions.Values.Where(d => d.DefinitionId == definitionId && d.VersionId != byVersionId).ToList())
            _definitions[other.VersionId] = other with { IsLatest = false, IsPublished = other.IsPublished && !published };
    }

    private static List<TItem> Group<TKey, TItem>(Dictionary<TKey, List<TItem>> groups, TKey key)
        where TKey : notnull
    {
        if (!groups.TryGetValue(key, out var list)) groups[key] = list = [];
        return list;
    }

    private static void Ungroup<TKey>(Dictionary<TKey, List<FlowWait>> groups, TKey key, FlowWait wait)
        where TKey : notnull
    {
        if (!groups.TryGetValue(key, out var list)) return;
        list.RemoveAll(w => w.Id == wait.Id);
        if (list.Count == 0) groups.Remove(key);
    }
}
