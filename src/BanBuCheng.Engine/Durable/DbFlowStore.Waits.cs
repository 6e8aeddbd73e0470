using System.Data.Common;
using BanBuCheng.Engine.Running;

namespace BanBuCheng.Engine.Durable;

public sealed partial class DbFlowStore
{
    private readonly Dictionary<Guid, FlowWait> _addedWaits = [];
    private readonly Dictionary<Guid, bool> _removedWaits = [];
    private readonly HashSet<Guid> _removedWaitsOf = [];
    private readonly Dictionary<Guid, DateTimeOffset> _movedWaits = [];
    private readonly Dictionary<Guid, (string ActivityId, string NodePath)> _relocatedWaits = [];
    private readonly Dictionary<Guid, Guid> _seenWaits = [];
    private readonly Dictionary<Guid, KeptStimulus> _addedKept = [];
    private readonly HashSet<Guid> _removedKept = [];

    public void Add(FlowWait wait) => _addedWaits[wait.Id] = wait;

    public void RemoveWait(Guid waitId)
    {
        _movedWaits.Remove(waitId);
        // A wait that was read here must still be there when the step is written: else another took it.
        if (!_addedWaits.Remove(waitId)) _removedWaits.TryAdd(waitId, _seenWaits.ContainsKey(waitId));
    }

    public void RemoveWaitsOf(Guid instanceId)
    {
        foreach (var added in _addedWaits.Values.Where(w => w.InstanceId == instanceId).ToList()) _addedWaits.Remove(added.Id);
        foreach (var moved in _movedWaits.Keys.Where(id => _seenWaits.GetValueOrDefault(id) == instanceId).ToList()) _movedWaits.Remove(moved);
        if (!_instances.TryGetValue(instanceId, out var known) || known.No is not null) _removedWaitsOf.Add(instanceId);
    }

    public void Reschedule(Guid waitId, DateTimeOffset dueAt)
    {
        if (_addedWaits.TryGetValue(waitId, out var added)) _addedWaits[waitId] = added with { DueAt = dueAt };
        else _movedWaits[waitId] = dueAt;
    }

    public void Relocate(Guid waitId, string activityId, string nodePath)
    {
        if (_addedWaits.TryGetValue(waitId, out var added)) _addedWaits[waitId] = added with { ActivityId = activityId, NodePath = nodePath };
        else _relocatedWaits[waitId] = (activityId, nodePath);
    }

    /// <remarks>
    /// Locks the wait's instance first and looks for the wait afterwards, in one round trip: of two who wake the same wait, the second
    /// sees it gone.
    /// </remarks>
    public async ValueTask<FlowWait?> WaitAsync(Guid waitId, CancellationToken ct)
    {
        if (_addedWaits.TryGetValue(waitId, out var added)) return added;
        if (_removedWaits.ContainsKey(waitId)) return null;
        FlowWait? found = null;
        await _commands.ReadAsync([(Sql.LoadOfWait, [waitId]), (Sql.Wait, [waitId])], reader => found = ReadWait(reader), ct, Take);
        return found is null || IsGone(found) ? null : Seen(found);
    }

    public async ValueTask<IReadOnlyList<FlowWait>> WaitsAsync(string hash, string? correlationId, Guid? instanceId, CancellationToken ct)
    {
        (Statement, object?[]) ask = instanceId is not null ? (Sql.WaitsByHashAndInstance, [hash, instanceId])
            : correlationId is not null ? (Sql.WaitsByHashAndCorrelation, [correlationId, hash])
            : (Sql.WaitsByHash, [hash]);
        var found = new List<FlowWait>();
        await _commands.ReadAsync(Sql.HasManyWriters ? [(Sql.Turn, [Key("wait", hash, correlationId)]), ask] : [ask], Collect, ct);
        if (correlationId is not null && instanceId is null)
            foreach (var joined in _order.Where(i => i.No is not null && i.StoredCorrelation != correlationId && i.Instance.CorrelationId == correlationId).ToList())
                await _commands.ReadAsync([(Sql.WaitsByHashAndInstance, [hash, joined.Instance.Id])], Collect, ct);

        foreach (var added in _addedWaits.Values)
            if (added.Hash == hash && (instanceId is null || added.InstanceId == instanceId) && CorrelatesTo(added, correlationId)) found.Add(added);
        return [.. found.OrderBy(w => w.CreatedAt).ThenBy(w => w.Id)];

        void Collect(DbDataReader reader)
        {
            var wait = ReadWait(reader);
            if (!IsGone(wait) && CorrelatesTo(wait, correlationId)) found.Add(Seen(wait));
        }
    }

    public void Add(KeptStimulus stimulus) => _addedKept[stimulus.Id] = stimulus;

    public void RemoveKept(Guid stimulusId)
    {
        if (!_addedKept.Remove(stimulusId)) _removedKept.Add(stimulusId);
    }

    public async ValueTask<IReadOnlyList<KeptStimulus>> KeptAsync(string hash, string? correlationId, Guid instanceId, DateTimeOffset now, CancellationToken ct)
    {
        var found = new List<KeptStimulus>();
        (Statement, object?[]) ask = (Sql.Kept, [hash, now.UtcDateTime, correlationId, instanceId]);
        await _commands.ReadAsync(
            !Sql.HasManyWriters ? [ask]
                : correlationId is null ? [(Sql.SharedTurn, [Key("wait", hash, null)]), ask]
                : [(Sql.SharedTurn, [Key("wait", hash, null)]), (Sql.SharedTurn, [Key("wait", hash, correlationId)]), ask],
            reader =>
            {
                if (!_removedKept.Contains(reader.GetGuid(0))) found.Add(ReadKept(reader));
            }, ct);
        foreach (var added in _addedKept.Values)
            if (added.Hash == hash && added.KeepUntil > now && (added.CorrelationId is null || added.CorrelationId == correlationId)
                && (added.InstanceId is null || added.InstanceId == instanceId)) found.Add(added);
        return [.. found.OrderBy(s => s.CreatedAt).ThenBy(s => s.Id)];
    }

    private bool IsGone(FlowWait wait) => _removedWaits.ContainsKey(wait.Id) || _removedWaitsOf.Contains(wait.InstanceId);

    private FlowWait Seen(FlowWait wait)
    {
        _seenWaits[wait.Id] = wait.InstanceId;
        if (_relocatedWaits.TryGetValue(wait.Id, out var place)) wait = wait with { ActivityId = place.ActivityId, NodePath = place.NodePath };
        return _movedWaits.TryGetValue(wait.Id, out var due) ? wait with { DueAt = due } : wait;
    }

    /// <summary>The database compared the stored correlation; an instance of this step may have another by now.</summary>
    private bool CorrelatesTo(FlowWait wait, string? correlationId) =>
        correlationId is null || !_instances.TryGetValue(wait.InstanceId, out var known) || known.Instance.CorrelationId == correlationId;

    private static FlowWait ReadWait(DbDataReader reader) => new(
        reader.GetGuid(0), reader.GetGuid(1), reader.GetString(2), reader.GetString(3), Text(reader, 4), reader.GetString(5), reader.GetString(6),
        reader.GetInt32(7), InstantOrNull(reader, 8), Text(reader, 9), Text(reader, 10), Instant(reader, 11));

    private static KeptStimulus ReadKept(DbDataReader reader) => new(
        reader.GetGuid(0), reader.GetString(1), reader.GetString(2), Text(reader, 3), reader.IsDBNull(4) ? null : reader.GetGuid(4), Text(reader, 5),
        Instant(reader, 6), Instant(reader, 7));
}
