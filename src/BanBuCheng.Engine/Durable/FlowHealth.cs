using BanBuCheng.Engine.Running;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Engine.Durable;

/// <summary>How the flows stand, for a probe and the operations page.</summary>
/// <param name="Overdue">Timers due before the instant asked about.</param>
/// <param name="Stuck">Running instances that nothing can wake and nobody was told about: there should be none.</param>
public sealed record FlowFigures(int Running, int Timers, int Overdue, int OpenIncidents, int KeptStimuli, int Stuck);

/// <summary>Questions about all flows together, and the one piece of housekeeping: letting go of stimuli nobody came for.</summary>
public static class FlowHealth
{
    /// <summary>Running instances with no wait, no open incident and no running child: the promise that somebody has the ball is broken there.</summary>
    public static IQueryable<FlowInstanceRow> Stuck(DbContext db) => db.Set<FlowInstanceRow>().AsNoTracking()
        .Where(i => i.Status == FlowStatus.Running && i.OpenIncidents == 0
            && !db.Set<FlowWaitRow>().Any(w => w.InstanceId == i.Id)
            && !db.Set<FlowInstanceRow>().Any(child => child.ParentId == i.Id && child.Status == FlowStatus.Running));

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
}
