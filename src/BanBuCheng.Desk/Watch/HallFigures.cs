using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Sms;
using BanBuCheng.Engine.Durable;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Desk.Watch;

/// <summary>How the work stands right now: numbers only, for a probe and the administrator's page.</summary>
/// <param name="Found">What the probe's walk has found so far that should not be.</param>
/// <param name="Late">How long the oldest due timer has been waiting to be fired.</param>
/// <param name="Unsent">Messages that should have been handed over a while ago.</param>
public sealed record HallFigures(int OpenCases, WatchFound Found, TimeSpan Late, int Incidents, int Unsent, TimeSpan OldestUnsent, DateTimeOffset? Checkpoint)
{
    /// <summary>More than this of anything is as bad as any number.</summary>
    private const int Enough = 1000;

    public static async Task<HallFigures> ReadAsync(DeskDb db, WatchRound round, WatchOptions limits, DateTimeOffset now, CancellationToken ct)
    {
        var unsentBefore = now - limits.UnsentAfter;
        var unsent = await db.OutgoingSms.AsNoTracking().Where(s => s.State == SmsState.Queued && s.NextAttemptAt < unsentBefore)
            .OrderBy(s => s.NextAttemptAt).Select(s => s.NextAttemptAt).Take(Enough).ToListAsync(ct);
        var due = await FlowTimers.EarliestAsync(db, DateTimeOffset.MinValue, ct);
        return new HallFigures(
            await db.Cases.CountAsync(c => c.State == CaseState.Open, ct),
            await round.GoOnAsync(db, ct),
            due < now ? now - due.Value : TimeSpan.Zero,
            await db.Set<FlowIncidentRow>().Where(i => i.ResolvedAt == null).OrderBy(i => i.At).Take(Enough).CountAsync(ct),
            unsent.Count,
            unsent.Count > 0 ? now - unsent[0] : TimeSpan.Zero,
            await db.JournalCheckpoints.AsNoTracking().OrderByDescending(c => c.Id).Select(c => (DateTimeOffset?)c.At).FirstOrDefaultAsync(ct));
    }
}
