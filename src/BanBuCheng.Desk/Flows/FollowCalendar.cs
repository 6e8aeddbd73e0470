using System.Globalization;
using System.Text.Json.Nodes;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Inbox;
using BanBuCheng.Desk.Notices;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Engine.Durable;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Desk.Flows;

/// <summary>
/// 跟上日历 — counts a handful of open cases again that were counted with an earlier calendar: the due date, their open tasks and their
/// timers. What the citizen is told is the business of the flow that listens to <see cref="CaseEvents.DueMoved"/>.
/// </summary>
/// <returns>How many were looked at; 0 when all have caught up.</returns>
public sealed record FollowCalendar : IStep<int>;

internal sealed class FollowCalendarHandler(DeskDb db, IFlows flows, DeadlineBook deadlines, CasePauses pauses, CaseJournal journal, StepScope step) : IRequestHandler<FollowCalendar, int>
{
    /// <summary>Small enough that no other step waits long behind it.</summary>
    public const int Batch = 20;

    /// <summary>Timers that were set to the close or the opening of a counted day.</summary>
    private static readonly string[] CountedTimers = ["BanBuCheng.WorkingDayTimer", "BanBuCheng.HumanTask", "BanBuCheng.DepartmentTasks"];

    public async Task<int> Handle(FollowCalendar request, CancellationToken cancellationToken)
    {
        var version = deadlines.CalendarVersion;
        if (version == 0) return 0;
        var cases = await db.Cases.Where(c => c.State == CaseState.Open && c.Clock != ClockState.Stopped && c.CalendarVersion < version)
            .OrderBy(c => c.DueOn).ThenBy(c => c.Id).Take(Batch).ToListAsync(cancellationToken);
        foreach (var serviceCase in cases) await FollowAsync(serviceCase, version, cancellationToken);
        return cases.Count;
    }

    private async Task FollowAsync(ServiceCase serviceCase, int version, CancellationToken ct)
    {
        // A reply that was delivered keeps its date: it was in time or not, and no calendar changes that afterwards. Should it not hold,
        // the clock runs again and the case is found here then.
        var before = deadlines.CalendarAt(serviceCase.CalendarVersion);
        serviceCase.CountedWith(version);
        await MoveTimersAsync(serviceCase, before, ct);
        if (serviceCase.Clock is ClockState.Paused) MovePause(serviceCase, before);
        else await MoveDueAsync(serviceCase, version, ct);
        await MovePatienceAsync(serviceCase, ct); // after the last day: a call must still be possible on it
    }

    private async Task MoveDueAsync(ServiceCase serviceCase, int version, CancellationToken ct)
    {
        if (serviceCase.DueOn is not { } old) return;

        var due = deadlines.Calendar.Due(serviceCase.AcceptedOn, serviceCase.LimitWorkingDays + serviceCase.ExtendedBy, await pauses.OfAsync(serviceCase.Id, ct));
        if (due.Date == old && due.Provisional == serviceCase.DueIsProvisional) return;
        serviceCase.MoveDue(due.Date, due.Provisional);
        if (due.Date == old) return;
        journal.Write(serviceCase, JournalKinds.DueMoved, ("from", old), ("due", due.Date), ("calendar", version));
        await flows.PublishEventAsync(CaseEvents.DueMoved, serviceCase.Id.ToString(), new JsonObject
        {
            ["from"] = Iso(old),
            ["to"] = Iso(due.Date),
            ["old"] = DateWords.MonthDay(old, ShanghaiTime.DayOf(step.Now)),
            ["due"] = DateWords.MonthDay(due.Date, ShanghaiTime.DayOf(step.Now)),
            ["earlier"] = due.Date < old,
        }, step.Now, ct);
    }

    /// <summary>The clock stands still, so there is no due date to move; the longest it may stand is counted again.</summary>
    private void MovePause(ServiceCase serviceCase, WorkingCalendar before)
    {
        if (serviceCase is not { PausedOn: { } from, PausedUntil: { } until }) return;
        serviceCase.MovePauseEnd(deadlines.Calendar.AddWorkingDays(from, before.WorkingDaysBetween(from, until)));
    }

    private async Task MoveTimersAsync(ServiceCase serviceCase, WorkingCalendar before, CancellationToken ct)
    {
        var hours = (await deadlines.PolicyAsync(ct)).Hours;
        foreach (var task in await db.InboxTasks.Where(t => t.CaseId == serviceCase.Id && t.State == TaskState.Open && t.DueOn != null && t.WithinDays > 0).ToListAsync(ct))
        {
            if (Moved(ShanghaiTime.DayOf(task.OpenedAt), task.DueOn!.Value, before) is { } on) task.MoveDue(on, hours.CloseOf(on));
        }

        var correlation = serviceCase.Id.ToString();
        var timers = await (from wait in db.Set<FlowWaitRow>().AsNoTracking()
                            join instance in db.Set<FlowInstanceRow>().AsNoTracking() on wait.InstanceId equals instance.Id
                            where instance.CorrelationId == correlation && wait.DueAt != null && CountedTimers.Contains(wait.Name)
                            select new { wait.Id, wait.CreatedAt, DueAt = wait.DueAt!.Value }).ToListAsync(ct);
        foreach (var timer in timers)
        {
            var day = ShanghaiTime.DayOf(timer.DueAt);
            if (Moved(ShanghaiTime.DayOf(timer.CreatedAt), day, before) is { } on)
                await flows.RescheduleAsync(timer.Id, timer.DueAt.AddDays(on.DayNumber - day.DayNumber), ct);
        }
    }

    /// <summary>Two hours without a report are two hours of an open hall: which ones, the calendar says.</summary>
    private async Task MovePatienceAsync(ServiceCase serviceCase, CancellationToken ct)
    {
        var hours = (await deadlines.PolicyAsync(ct)).Hours;
        var correlation = serviceCase.Id.ToString();
        var timers = await (from wait in db.Set<FlowWaitRow>().AsNoTracking()
                            join instance in db.Set<FlowInstanceRow>().AsNoTracking() on wait.InstanceId equals instance.Id
                            where instance.CorrelationId == correlation && wait.DueAt != null && wait.Name == NoticeDesk.WaitName
                            select new { wait.Id, wait.CreatedAt, DueAt = wait.DueAt!.Value }).ToListAsync(ct);
        foreach (var timer in timers)
        {
            if (NoticeDesk.PatienceEnds(timer.CreatedAt, serviceCase.DueOn, hours, deadlines.Calendar) is var at && at != timer.DueAt) await flows.RescheduleAsync(timer.Id, at, ct);
        }
    }

    /// <summary>The day that is as many working days after the start as the old one was; null when it is the same.</summary>
    private DateOnly? Moved(DateOnly start, DateOnly old, WorkingCalendar before)
    {
        var days = before.WorkingDaysBetween(start, old);
        if (days < 1) return null;
        var on = deadlines.Calendar.AddWorkingDays(start, days);
        return on == old ? null : on;
    }

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
