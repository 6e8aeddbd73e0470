using BanBuCheng.Desk.Database;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Desk.Deadlines;

/// <summary>The calendar and the policy in force, as one step or one page sees them: loaded once, then values.</summary>
public class DeadlineBook(DeskDb db, WorkingCalendar calendar)
{
    private DeadlinePolicy? _policy;

    public virtual WorkingCalendar Calendar => calendar;

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
