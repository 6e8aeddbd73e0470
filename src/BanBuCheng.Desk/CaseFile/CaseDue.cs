using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Deadlines;

namespace BanBuCheng.Desk.CaseFile;

/// <summary>The due badge's words for a case, the same in lists, on its page and for the citizen.</summary>
public static class CaseDue
{
    public static DueText Words(ServiceCase serviceCase, DateOnly today, WorkingCalendar calendar, DeadlinePolicy policy) =>
        Words(serviceCase.DueOn, serviceCase.Clock, serviceCase.State, serviceCase.DueIsProvisional, today, calendar, policy);

    public static DueText Words(DateOnly? dueOn, ClockState clock, CaseState state, bool provisional, DateOnly today, WorkingCalendar calendar, DeadlinePolicy policy)
    {
        if (dueOn is not { } due) return new DueText("还没计时", DueTone.Far);
        if (state is CaseState.Open && clock is ClockState.Stopped) return new DueText("已答复", DueTone.Done);
        var standing = state is CaseState.Closed ? Standing.Done : clock is ClockState.Paused ? Standing.Paused : Standing.Running;
        return DueText.For(due, today, calendar, standing, policy, provisional: provisional);
    }

    /// <summary>The light of a case: blue at half the period with nothing tried, yellow with one working day left, red from the opening of the first working day over.</summary>
    /// <param name="acted">Whether somebody has tried something (<see cref="Inbox.CaseDeeds"/>).</param>
    public static Light LightOf(DateOnly acceptedOn, DateOnly? dueOn, ClockState clock, CaseState state, DateTimeOffset now, WorkingCalendar calendar, DeadlinePolicy policy, bool acted)
    {
        if (dueOn is not { } due) return Light.Green;
        var standing = state is CaseState.Closed || clock is ClockState.Stopped ? Standing.Done : clock is ClockState.Paused ? Standing.Paused : Standing.Running;
        return Lamp.Of(acceptedOn, due, standing, now, calendar, policy, acted);
    }
}
