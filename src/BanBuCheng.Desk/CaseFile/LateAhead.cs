using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Inbox;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Engine.Durable;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Desk.CaseFile;

/// <summary>
/// 会不会晚, for the lines of a list: what <see cref="CaseForecast"/> says of one case, for a page of them in a handful of queries. How long
/// the rest of a flow takes depends on where a case stands, not on the case, so each place of each version is walked through once.
/// </summary>
public sealed class LateAhead
{
    /// <summary>More places than all versions of a hall's flows have; a hall that publishes for years begins anew.</summary>
    private const int MostKept = 5_000;

    private readonly ConcurrentDictionary<string, JsonObject?> _documents = new();
    private readonly ConcurrentDictionary<Place, Rest?> _rests = new();
    private readonly Lock _walking = new();

    /// <summary>The cases among these whose slowest way takes longer than what is left; without those nothing can be said of.</summary>
    public async Task<IReadOnlySet<CaseId>> OfAsync(DeskDb db, IReadOnlyList<CaseRow> rows, DateOnly today, WorkingCalendar calendar, DeadlinePolicy policy, CancellationToken ct)
    {
        var late = new HashSet<CaseId>();
        foreach (var (id, (days, gained, left)) in await ForecastAsync(db, rows, today, calendar, policy, ct))
            if (days > left + gained) late.Add(id);
        return late;
    }

    /// <summary>As <see cref="CaseForecast"/> has it: days of the slowest way, days another difficulty adds to the limit, days left.</summary>
    internal async Task<IReadOnlyDictionary<CaseId, (int Days, int Gained, int Left)>> ForecastAsync(
        DeskDb db, IReadOnlyList<CaseRow> rows, DateOnly today, WorkingCalendar calendar, DeadlinePolicy policy, CancellationToken ct)
    {
        var found = new Dictionary<CaseId, (int, int, int)>();
        var asked = rows.Where(r => r is { ReplyOwed: true, Clock: ClockState.Running or ClockState.Paused, DueOn: not null }).ToList();
        if (asked.Count == 0) return found;
        List<CaseId> ids = [.. asked.Select(r => r.Id)], paused = [.. asked.Where(r => r.Clock is ClockState.Paused).Select(r => r.Id)];
        List<string?> names = [.. ids.Select(id => id.ToString())];
        var mains = (await db.Set<FlowInstanceRow>().AsNoTracking().Where(i => names.Contains(i.CorrelationId) && i.ParentId == null)
                .Join(db.Set<FlowDefinitionRow>().AsNoTracking(), i => i.DefinitionVersionId, d => d.VersionId, (i, d) => new { i.Id, i.CorrelationId, i.CreatedAt, d.Kind, d.VersionId, d.Hash })
                .Where(x => x.Kind == "Case").ToListAsync(ct))
            .GroupBy(x => x.CorrelationId!).ToDictionary(g => g.Key, g => g.MaxBy(x => x.CreatedAt)!);
        List<Guid> instances = [.. mains.Values.Select(m => m.Id)];
        var waits = (await db.Set<FlowWaitRow>().AsNoTracking().Where(w => instances.Contains(w.InstanceId)).Select(w => new { w.Id, w.InstanceId, w.NodePath }).ToListAsync(ct)).ToLookup(w => w.InstanceId);
        var dues = await db.InboxTasks.AsNoTracking().Where(t => ids.Contains(t.CaseId) && t.State == TaskState.Open).Select(t => new { t.Id, t.DueOn }).ToDictionaryAsync(t => t.Id.Value, t => t.DueOn, ct);
        var pauses = paused.Count == 0 ? null : (await db.CasePauses.AsNoTracking().Where(p => paused.Contains(p.CaseId)).ToListAsync(ct)).ToLookup(p => p.CaseId, p => new Pause(p.From, p.Until, ""));
        var parts = await db.Set<FlowDefinitionRow>().AsNoTracking().Where(d => d.IsPublished && d.UsableAsActivity).Select(d => new { d.DefinitionId, d.VersionId, d.Hash }).ToListAsync(ct);
        await ReadAsync(db, [.. mains.Values.Select(m => (m.VersionId, m.Hash)), .. parts.Select(p => (p.VersionId, p.Hash))], ct);
        var part = parts.ToDictionary(p => p.DefinitionId, p => p.Hash);
        var together = string.Join('|', part.Values.Order(StringComparer.Ordinal));

        foreach (var row in asked)
        {
            if (!mains.TryGetValue(row.Id.ToString(), out var main) || _documents.GetValueOrDefault(main.Hash) is not { } flow) continue;
            (int Days, int Gained)? slowest = null;
            foreach (var wait in waits[main.Id])
            {
                int? left = row.Clock is ClockState.Running && dues.TryGetValue(wait.Id, out var due) && due is { } last ? Math.Max(0, calendar.WorkingDaysBetween(today, last)) : null;
                if (RestOf(new Place(main.Hash, together, wait.NodePath, row.Difficulty, left is not null, Numbers(policy)), flow, policy, part) is not { } rest) continue;
                var days = rest.Days + (rest.StandsCounting ? left ?? 0 : 0);
                if (slowest is null || days - rest.Gained > slowest.Value.Days - slowest.Value.Gained) slowest = (days, rest.Gained);
            }

            if (slowest is { } way)
                found[row.Id] = (way.Days, way.Gained, row.Clock is ClockState.Paused
                    ? row.Allowed - calendar.Elapsed(row.AcceptedOn, today, [.. pauses![row.Id]])
                    : calendar.WorkingDaysBetween(today, row.DueOn!.Value));
        }

        return found;
    }

    private Rest? RestOf(Place place, JsonObject flow, DeadlinePolicy policy, Dictionary<string, string> part)
    {
        if (_rests.TryGetValue(place, out var known)) return known;
        // One at a time: a document's nodes are made as they are read, and that is not for several threads.
        lock (_walking)
        {
            FlowForecast? Walk(int? left) => FlowForecast.From(flow, place.Path, left, place.Difficulty, policy, id => part.TryGetValue(id, out var hash) ? _documents.GetValueOrDefault(hash) : null);
            var way = Walk(place.KnowsLeft ? 0 : null);
            // Whether a day more at the place one stands at is a day more: not while a pause of the flow's own lasts.
            var rest = way is null ? null : new Rest(way.Days, way.Gained, place.KnowsLeft && Walk(1)!.Days > way.Days);
            if (_rests.Count > MostKept) _rests.Clear();
            return _rests[place] = rest;
        }
    }

    private async Task ReadAsync(DeskDb db, IReadOnlyList<(string VersionId, string Hash)> wanted, CancellationToken ct)
    {
        List<string> missing = [.. wanted.Where(w => !_documents.ContainsKey(w.Hash)).Select(w => w.VersionId).Distinct()];
        if (missing.Count == 0) return;
        if (_documents.Count > MostKept) _documents.Clear();
        foreach (var row in await db.Set<FlowDefinitionRow>().AsNoTracking().Where(d => missing.Contains(d.VersionId)).Select(d => new { d.Hash, d.Document }).ToListAsync(ct))
            _documents.TryAdd(row.Hash, JsonNode.Parse(row.Document) as JsonObject);
    }

    private static (int, int, int) Numbers(DeadlinePolicy policy) => (policy.LimitOf(Difficulty.Simple), policy.LimitOf(Difficulty.Complex), policy.LimitOf(Difficulty.Special));

    /// <param name="Parts">The documents of all parts, by their hashes: publishing one may change the rest of every way.</param>
    private sealed record Place(string Flow, string Parts, string Path, Difficulty Difficulty, bool KnowsLeft, (int, int, int) Limits);

    private sealed record Rest(int Days, int Gained, bool StandsCounting);
}
