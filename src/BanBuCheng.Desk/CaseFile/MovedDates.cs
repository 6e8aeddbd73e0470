using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Steps;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Desk.CaseFile;

/// <summary>一件的期限会怎么变.</summary>
public sealed record MovedDate(string Number, string Subject, DateOnly From, DateOnly To)
{
    public bool Earlier => To < From;
}

/// <summary>谁的期限会变 — the open cases whose date another calendar would move, before anybody puts it in force.</summary>
/// <param name="Moves">All of them, the earlier ones first, then by date.</param>
/// <param name="Looked">How many open cases with a running clock were counted again.</param>
public sealed record MovedDates(IReadOnlyList<MovedDate> Moves, int Looked, IReadOnlyList<DateOnly> Days)
{
    public static async Task<MovedDates> OfAsync(DeskDb db, WorkingCalendar now, WorkingCalendar then, CancellationToken ct)
    {
        var days = then.DifferencesFrom(now);
        if (days.Count == 0) return new MovedDates([], 0, days);

        // A day before the case was taken or after its last day is none of its business; a day that now counts may pull a later case in.
        var (first, last) = (days[0], days[^1]);
        var rows = await db.Cases.AsNoTracking().Where(c => c.State == CaseState.Open && c.Clock == ClockState.Running && c.DueOn >= first && c.AcceptedOn < last)
            .Select(c => new { c.Id, c.Number, c.Subject, c.AcceptedOn, Due = c.DueOn!.Value, Period = c.LimitWorkingDays + c.ExtendedBy }).ToListAsync(ct);
        var paused = await PausesAsync(db, ct);
        var moves = new List<MovedDate>();
        foreach (var row in rows)
        {
            var due = then.Due(row.AcceptedOn, row.Period, paused.GetValueOrDefault(row.Id, [])).Date;
            if (due != row.Due) moves.Add(new MovedDate(row.Number, row.Subject, row.Due, due));
        }

        return new MovedDates([.. moves.OrderByDescending(m => m.Earlier).ThenBy(m => m.From).ThenBy(m => m.Number, StringComparer.Ordinal)], rows.Count, days);
    }

    private static async Task<Dictionary<CaseId, IReadOnlyList<Pause>>> PausesAsync(DeskDb db, CancellationToken ct) =>
        (await db.CasePauses.AsNoTracking().Where(p => db.Cases.Any(c => c.Id == p.CaseId && c.State == CaseState.Open)).ToListAsync(ct))
            .GroupBy(p => p.CaseId)
            .ToDictionary(g => g.Key, g => (IReadOnlyList<Pause>)[.. g.OrderBy(p => p.From).Select(p => new Pause(p.From, p.Until, p.Reason))]);
}
