using BanBuCheng.Engine.Running;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Engine.Durable;

/// <summary>How the flows stand, for a probe and the operations page.</summary>
/// <param name="Overdue">Timers due before the instant asked about.</param>
/// <param name="Stuck">Running instances that nothing can wake and nobody was told about: there should be none.</param>
public sealed record FlowFigures(int Running, int Timers, int Overdue, int OpenIncidents, int KeptStimuli, int Stuck);

/// <summary>Questions about all flows together, and the housekeeping: letting go of what nobody asks for any more.</summary>
public static class FlowHealth
{
    /// <summary>Running instances with no wait, no open incident and no running child: the promise that somebody has the ball is broken there.</summary>
    public static IQueryable<FlowInstanceRow> Stuck(DbContext db) => db.Set<FlowInstanceRow>().AsNoTracking()
        .Where(i => i.Status == FlowStatus.Running && i.OpenIncidents == 0
            && !db.Set<FlowWaitRow>().Any(w => w.InstanceId == i.Id)
            && !db.Set<FlowInstanceRow>().Any(child => child.ParentId == i.Id && child.Status == FlowStatus.Running));

    /// <summary>
    /// The same question to a slice of the table, for a sweep that never takes long: instances numbered after <paramref name="after"/>, at most
    /// <paramref name="slice"/> numbers.
    /// </summary>
    /// <returns>What is stuck there, and the number to go on after; null at the end.</returns>
    public static async Task<(IReadOnlyList<FlowInstanceRow> Found, long? Next)> StuckAsync(DbContext db, long after, int slice, CancellationToken ct)
    {
        var until = after + slice;
        var found = await Stuck(db).Where(i => i.No > after && i.No <= until).OrderBy(i => i.No).ToListAsync(ct);
        return (found, await db.Set<FlowInstanceRow>().AnyAsync(i => i.No > until, ct) ? until : null);
    }

    public static async Task<FlowFigures> CountAsync(DbContext db, DateTimeOffset overdueBefore, CancellationToken ct) => new(
        await db.Set<FlowInstanceRow>().CountAsync(i => i.Status == FlowStatus.Running, ct),
        await db.Set<FlowWaitRow>().CountAsync(w => w.DueAt != null, ct),
        await db.Set<FlowWaitRow>().CountAsync(w => w.DueAt != null && w.DueAt < overdueBefore, ct),
        await db.Set<FlowIncidentRow>().CountAsync(i => i.ResolvedAt == null, ct),
        await db.Set<FlowInboxRow>().CountAsync(ct),
        await Stuck(db).CountAsync(ct));

    /// <summary>Deletes kept stimuli whose deadline has passed; returns how many.</summary>
    public static Task<int> ForgetExpiredAsync(DbContext db, DateTimeOffset now, CancellationToken ct) =>
        db.Set<FlowInboxRow>().Where(s => s.KeepUntil <= now).ExecuteDeleteAsync(ct);

    /// <summary>
    /// Deletes log packs written before an instant, of running instances too, oldest first and not too many at once; returns how many.
    /// What an instance needs to go on is never among them.
    /// </summary>
    public static async Task<int> ForgetLogAsync(DbContext db, DateTimeOffset writtenBefore, int take, CancellationToken ct)
    {
        // The oldest rows have the smallest numbers: no index on the time is needed, and nothing is read beyond what goes.
        var oldest = await db.Set<FlowLogRow>().OrderBy(l => l.Id).Take(take).Select(l => new { l.Id, l.At }).ToListAsync(ct);
        var ids = oldest.Where(l => l.At < writtenBefore).Select(l => l.Id).ToList();
        return ids.Count == 0 ? 0 : await db.Set<FlowLogRow>().Where(l => ids.Contains(l.Id)).ExecuteDeleteAsync(ct);
    }

    /// <summary>
    /// Deletes instances that ended before an instant, with their log and incidents, oldest first and not too many at once; returns how many.
    /// To be called in a transaction until it says 0.
    /// </summary>
    public static async Task<int> ForgetEndedAsync(DbContext db, DateTimeOffset endedBefore, int take, CancellationToken ct)
    {
        // Of those that began first: who looks for nothing must not read a million that ended yesterday.
        var first = await db.Set<FlowInstanceRow>().Where(i => i.Status == FlowStatus.Finished)
            .OrderBy(i => i.No).Take(take).Select(i => new { i.No, i.Id, i.FinishedAt }).ToListAsync(ct);
        var ended = first.Where(i => i.FinishedAt < endedBefore).ToList();
        if (ended.Count == 0) return 0;
        var (numbers, ids) = (ended.Select(i => i.No).ToList(), ended.Select(i => i.Id).ToList());
        await db.Set<FlowLogRow>().Where(l => numbers.Contains(l.InstanceNo)).ExecuteDeleteAsync(ct);
        await db.Set<FlowIncidentRow>().Where(i => ids.Contains(i.InstanceId)).ExecuteDeleteAsync(ct);
        return await db.Set<FlowInstanceRow>().Where(i => numbers.Contains(i.No)).ExecuteDeleteAsync(ct);
    }
}
