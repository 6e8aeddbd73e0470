using System.Data.Common;
using BanBuCheng.Engine.Running;

namespace BanBuCheng.Engine.Durable;

public sealed partial class DbFlowStore
{
    private readonly Dictionary<string, IReadOnlyList<FlowTrigger>> _replacedTriggers = new(StringComparer.Ordinal);
    private readonly Dictionary<Guid, (DateTimeOffset? Was, DateTimeOffset? Becomes)> _movedTriggers = [];
    private readonly Dictionary<Guid, DateTimeOffset?> _seenTriggers = [];
    private readonly List<FlowIncident> _incidents = [];
    private readonly Dictionary<Guid, string> _settledHere = [];
    private readonly List<(Guid InstanceId, int? Execution, string How)> _resolutions = [];
    private readonly List<(Guid InstanceId, int Execution, string ActivityId, string NodePath)> _relocatedIncidents = [];

    public async ValueTask<IReadOnlyList<FlowTrigger>> TriggersAsync(string hash, CancellationToken ct)
    {
        var found = new List<FlowTrigger>();
        await _commands.ReadAsync([(Sql.TriggersByHash, [hash])], reader =>
        {
            if (Current(ReadTrigger(reader)) is { } trigger) found.Add(trigger);
        }, ct);
        found.AddRange(_replacedTriggers.Values.SelectMany(t => t).Where(t => t.Hash == hash));
        return found;
    }

    public async ValueTask<FlowTrigger?> TriggerAsync(Guid triggerId, CancellationToken ct)
    {
        if (_replacedTriggers.Values.SelectMany(t => t).FirstOrDefault(t => t.Id == triggerId) is { } fresh) return fresh;
        FlowTrigger? found = null;
        await _commands.ReadAsync([(Sql.Trigger, [triggerId])], reader => found = ReadTrigger(reader), ct);
        if (found is null) return null;
        _seenTriggers.TryAdd(found.Id, found.DueAt);
        return Current(found);
    }

    public void ReplaceTriggers(string definitionId, IReadOnlyList<FlowTrigger> triggers) => _replacedTriggers[definitionId] = triggers;

    public void MoveTrigger(Guid triggerId, DateTimeOffset? dueAt)
    {
        foreach (var (definitionId, triggers) in _replacedTriggers)
        {
            if (!triggers.Any(t => t.Id == triggerId)) continue;
            _replacedTriggers[definitionId] =
                [.. triggers.Where(t => t.Id != triggerId || dueAt is not null).Select(t => t.Id == triggerId ? t with { DueAt = dueAt } : t)];
            return;
        }
        var was = _seenTriggers.TryGetValue(triggerId, out var seen)
            ? seen
            : throw new InvalidOperationException($"Expected trigger {triggerId} to be read before it is moved, but it was not.");
        _movedTriggers[triggerId] = (was, dueAt);
    }

    public void Add(FlowIncident incident) => _incidents.Add(incident);

    public void ResolveIncidents(Guid instanceId, int? execution, string how)
    {
        foreach (var incident in _incidents)
            if (incident.InstanceId == instanceId && (execution is null || incident.Execution == execution)) _settledHere.TryAdd(incident.Id, how);
        if (!_instances.TryGetValue(instanceId, out var known) || known.No is not null) _resolutions.Add((instanceId, execution, how));
    }

    public void RelocateIncidents(Guid instanceId, int execution, string activityId, string nodePath) =>
        _relocatedIncidents.Add((instanceId, execution, activityId, nodePath));

    private FlowTrigger? Current(FlowTrigger stored)
    {
        if (_replacedTriggers.ContainsKey(stored.DefinitionId)) return null;
        if (!_movedTriggers.TryGetValue(stored.Id, out var moved)) return stored;
        return moved.Becomes is null ? null : stored with { DueAt = moved.Becomes };
    }

    private static FlowTrigger ReadTrigger(DbDataReader reader) => new(
        reader.GetGuid(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetString(4), reader.GetString(5), reader.GetString(6),
        Text(reader, 7), InstantOrNull(reader, 8), reader.IsDBNull(9) ? null : TimeSpan.FromTicks(reader.GetInt64(9)), Text(reader, 10));
}
