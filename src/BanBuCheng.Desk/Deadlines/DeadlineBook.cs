using BanBuCheng.Desk.Database;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Desk.Deadlines;

/// <summary>The calendar and the policy in force, as one step or one page sees them: loaded once, then values.</summary>
public class DeadlineBook(DeskDb db, CalendarShelf shelf)
{
    private DeadlinePolicy? _policy;
    private (WorkingCalendar Calendar, int Version)? _calendar;

    public virtual WorkingCalendar Calendar => (_calendar ??= shelf.InForce(db)).Calendar;

    /// <summary>Which version of the calendar that is; 0 = the one that ships.</summary>
    public virtual int CalendarVersion => (_calendar ??= shelf.InForce(db)).Version;

    public WorkingCalendar CalendarAt(int version) => shelf.At(db, version);

    /// <summary>What an undo of that change would leave.</summary>
    public WorkingCalendar CalendarWithout(Guid changeId) => shelf.Without(db, changeId);

    public (WorkingCalendar Calendar, int Version) CalendarAsOf(DateTimeOffset instant) => shelf.AsOf(db, instant);

    public virtual async ValueTask<DeadlinePolicy> PolicyAsync(CancellationToken ct)
    {
        if (_policy is not null) return _policy;
        var version = await db.Policies.AsNoTracking().OrderByDescending(p => p.Number).FirstOrDefaultAsync(ct);
        return _policy = version?.Policy ?? DeadlinePolicy.Default;
    }

    /// <summary>The last day and the instant the hall closes on it, counted from a day.</summary>
    public async ValueTask<(DateOnly On, DateTimeOffset At, bool Provisional)> DueAsync(DateOnly from, int workingDays, CancellationToken ct)
    {
        var policy = await PolicyAsync(ct);
        var due = Calendar.Due(from, workingDays);
        return (due.Date, policy.Hours.CloseOf(due.Date), due.Provisional);
    }
}
