using BanBuCheng.Engine.Running;

namespace BanBuCheng.Engine.Durable;

public sealed partial class DbFlowStore
{
    /// <summary>
    /// Entries from which on an ended instance's history is sealed, about thirty steps; shorter ones stay plain. And up to which: the step that
    /// ends a loop of ten thousand rounds should not take longer than another.
    /// </summary>
    private const int SealFrom = 100, SealUpTo = 5_000;

    private readonly List<PendingWrite> _writes = [];

    /// <summary>Due instants set or moved in this step, or in the one just flushed.</summary>
    public IReadOnlyCollection<DateTimeOffset> NewDueTimes { get; private set; } = [];

    /// <summary>Writes everything collected, in one round trip where the database can, and forgets it: the next step reads anew.</summary>
    /// <exception cref="InvalidOperationException">There is no transaction: the step would not be all or nothing.</exception>
    /// <exception cref="Microsoft.EntityFrameworkCore.DbUpdateConcurrencyException">Another step changed an instance first.</exception>
    public async ValueTask FlushAsync(CancellationToken ct)
    {
        NewDueTimes = [.. DueTimes().Distinct().Order()];
        // Instances first: a step that comes too late must find out before it writes anything else.
        foreach (var instance in _order) WriteInstance(instance);
        WriteDefinitions();
        WriteSources();
        WriteWaits();
        WriteTriggers();
        foreach (var instance in _order)
            if (instance.EndsWith(SealFrom, SealUpTo)) await WriteSealedLogAsync(instance, ct);
            else WriteLog(instance);

        try
        {
            if (_writes.Count == 0) return;
            if (db.Database.CurrentTransaction is null)
                throw new InvalidOperationException("Expected the flows' rows to be written in the step's transaction, but none was begun.");
            await _commands.WriteAsync(_writes, ct);
            foreach (var instance in _order)
                if (instance.IsChanged) instance.Instance.Version++;
        }
        finally
        {
            Forget();
        }
    }

    private IEnumerable<DateTimeOffset> DueTimes() =>
        _addedWaits.Values.Select(w => w.DueAt).OfType<DateTimeOffset>()
            .Concat(_movedWaits.Values)
            .Concat(_replacedTriggers.Values.SelectMany(t => t).Select(t => t.DueAt).OfType<DateTimeOffset>())
            .Concat(_movedTriggers.Values.Select(t => t.Becomes).OfType<DateTimeOffset>());

    private void WriteInstance(StepInstance step)
    {
        if (!step.IsChanged) return;
        var i = step.Instance;
        if (step.No is null)
        {
            Write(Sql.InsertInstance, null,
                i.Id, i.DefinitionId, i.DefinitionVersionId, i.DefinitionVersion, i.Version + 1, i.CorrelationId, i.Name, i.ParentId, Word(i.Status),
                Word(i.SubStatus), i.CreatedAt.UtcDateTime, i.UpdatedAt.UtcDateTime, i.FinishedAt?.UtcDateTime, i.State, i.Outputs, i.OpenIncidents, i.JournalLength);
            return;
        }
        var expected = $"instance {i.Id} at version {i.Version}";
        if (step.IsChangedThroughout)
            Write(Sql.UpdateInstanceFully, expected,
                i.Version, Word(i.SubStatus), i.UpdatedAt.UtcDateTime, i.State, i.JournalLength, i.DefinitionVersionId, i.DefinitionVersion, i.CorrelationId,
                i.Name, Word(i.Status), i.FinishedAt?.UtcDateTime, i.Outputs, i.OpenIncidents, i.Id);
        else
            Write(Sql.UpdateInstance, expected, i.Version, Word(i.SubStatus), i.UpdatedAt.UtcDateTime, i.State, i.JournalLength, i.Id);
    }

    private void WriteWaits()
    {
        foreach (var (id, wasSeen) in _removedWaits) Write(Sql.DeleteWait, wasSeen ? $"wait {id} to be there" : null, id);
        foreach (var instanceId in _removedWaitsOf) Write(Sql.DeleteWaitsOf, null, instanceId);
        foreach (var w in _addedWaits.Values)
            Write(Sql.InsertWait, null,
                w.Id, w.InstanceId, w.Name, w.Hash, w.Payload, w.ActivityId, w.NodePath, w.Execution, w.DueAt?.UtcDateTime, w.Tag, w.Details, w.CreatedAt.UtcDateTime);
        foreach (var (id, due) in _movedWaits) Write(Sql.MoveWait, $"wait {id} to be there", due.UtcDateTime, id);
        foreach (var (id, place) in _relocatedWaits) Write(Sql.RelocateWait, null, place.ActivityId, place.NodePath, id);
        foreach (var id in _removedKept) Write(Sql.DeleteKept, $"stimulus {id} to be there", id);
        foreach (var s in _addedKept.Values)
            Write(Sql.InsertKept, null, s.Id, s.Name, s.Hash, s.CorrelationId, s.InstanceId, s.Input, s.CreatedAt.UtcDateTime, s.KeepUntil.UtcDateTime);
    }

    private void WriteTriggers()
    {
        foreach (var (definitionId, triggers) in _replacedTriggers)
        {
            Write(Sql.DeleteTriggersOf, null, definitionId);
            foreach (var t in triggers)
                Write(Sql.InsertTrigger, null,
                    t.Id, t.DefinitionId, t.DefinitionVersionId, t.ActivityId, t.NodePath, t.Name, t.Hash, t.Payload, t.DueAt?.UtcDateTime, t.Interval?.Ticks, t.Cron);
        }
        foreach (var (id, (was, becomes)) in _movedTriggers)
        {
            if (becomes is null) Write(Sql.DeleteTrigger, $"trigger {id} to be there", id);
            else Write(Sql.MoveTrigger, $"trigger {id} due at {was:O}", becomes.Value.UtcDateTime, id, was?.UtcDateTime);
        }
        var now = clock.GetUtcNow().UtcDateTime;
        // Before those of this step: what was tried again and broke again is a new incident of the same execution.
        foreach (var (instanceId, execution, how) in _resolutions)
        {
            if (execution is null) Write(Sql.ResolveIncidents, null, now, how, instanceId);
            else Write(Sql.ResolveIncidentsOfExecution, null, now, how, instanceId, execution);
        }
        foreach (var (instanceId, execution, activityId, nodePath) in _relocatedIncidents) Write(Sql.RelocateIncidents, null, activityId, nodePath, instanceId, execution);
        foreach (var i in _incidents)
        {
            var how = _settledHere.GetValueOrDefault(i.Id);
            Write(Sql.InsertIncident, null,
                i.Id, i.InstanceId, i.ActivityId, i.NodePath, i.Execution, i.Type, i.Message, i.Details, i.At.UtcDateTime, how is null ? null : now, how);
        }
    }

    private void WriteLog(StepInstance step)
    {
        if (step.LogText is null) return;
        if (step.No is { } no) Write(Sql.InsertLog, null, no, step.LogFirst, step.LogCount, step.LogAt.UtcDateTime, step.LogText);
        else Write(Sql.InsertFirstLog, null, step.LogFirst, step.LogCount, step.LogAt.UtcDateTime, step.LogText, step.Instance.Id);
    }

    /// <summary>All of the instance's history as one row, what this step adds to it included. Of what retention has let go already nothing comes back.</summary>
    private async ValueTask WriteSealedLogAsync(StepInstance step, CancellationToken ct)
    {
        var no = step.No!.Value;
        var packs = await _commands.ReadAsync(Sql.LogOf, [no], r => (First: r.GetInt32(0), Count: r.GetInt32(1), At: Instant(r, 2), Data: r.GetString(3)), ct);
        if (step.LogText is { } text) packs.Add((step.LogFirst, step.LogCount, step.LogAt, text));
        if (packs.Count == 0) return;
        Write(Sql.DeleteLogOf, null, no);
        Write(Sql.InsertLog, null, no, packs[0].First, packs.Sum(p => p.Count), packs[^1].At.UtcDateTime, JournalLines.Seal(packs.Select(p => (p.Data, p.At))));
    }

    private void WriteDefinitions()
    {
        foreach (var change in _definitionChanges)
        {
            if (change.Gone is { } gone)
            {
                Write(Sql.DeleteDefinition, null, gone);
                continue;
            }
            if (change.Put is not { } d)
            {
                if (change.Published) Write(Sql.Unpublish, null, false, change.DefinitionId, change.By, true);
                Write(Sql.Unlatest, null, false, change.DefinitionId, change.By, true);
                continue;
            }
            var hash = HashOf(d.Document);
            var kind = KindOf(d.Document);
            Write(Sql.UpdateDefinition, null, d.Name, kind, d.Document, hash, d.IsLatest, d.IsPublished, d.UsableAsActivity, d.VersionId);
            Write(Sql.InsertDefinition, null,
                d.VersionId, d.DefinitionId, d.Version, d.Name, kind, d.Document, hash, d.IsLatest, d.IsPublished, d.UsableAsActivity,
                (change.Origin ?? FlowOrigin.Carried).ToString(), d.CreatedAt.UtcDateTime);
            if (change.Origin is { } origin) Write(Sql.SetOrigin, null, origin.ToString(), d.VersionId);
        }
    }

    private void WriteSources()
    {
        foreach (var s in _sources)
        {
            Write(Sql.UpdateSource, null, s.Hash, s.DefinitionId, s.Outcome.ToString(), s.ImportedAt.UtcDateTime, s.FileName);
            Write(Sql.InsertSource, null, s.FileName, s.Hash, s.DefinitionId, s.Outcome.ToString(), s.ImportedAt.UtcDateTime);
        }
    }

    private void Write(Statement statement, string? expected, params object?[] values) => _writes.Add(new(statement, values, expected));

    private void Forget()
    {
        _instances.Clear();
        _order.Clear();
        _addedWaits.Clear();
        _removedWaits.Clear();
        _removedWaitsOf.Clear();
        _movedWaits.Clear();
        _relocatedWaits.Clear();
        _relocatedIncidents.Clear();
        _seenWaits.Clear();
        _addedKept.Clear();
        _removedKept.Clear();
        _replacedTriggers.Clear();
        _movedTriggers.Clear();
        _seenTriggers.Clear();
        _incidents.Clear();
        _settledHere.Clear();
        _resolutions.Clear();
        _definitionChanges.Clear();
        _sources.Clear();
        _writes.Clear();
    }

    private static string Word(FlowStatus status) => status == FlowStatus.Running ? nameof(FlowStatus.Running) : nameof(FlowStatus.Finished);

    private static string Word(FlowSubStatus status) => Words[(int)status];

    private static readonly string[] Words = Enum.GetNames<FlowSubStatus>();
}
