using BanBuCheng.Desk.Deadlines;

namespace BanBuCheng.Desk.Cases;

/// <summary>首次反馈 — the citizen hears from the desk before close of the day of acceptance; when the hall was closed by then, of the next working day.</summary>
public static class FirstFeedback
{
    /// <summary>What counts: a message that has arrived, a notice that was told, a talk that somebody recorded.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [JournalKinds.SmsDelivered, JournalKinds.NoticeDelivered, JournalKinds.Contacted];

    public static DateTimeOffset By(ServiceCase serviceCase, WorkingCalendar calendar, HallHours hours) => hours.CloseOf(DayOf(serviceCase, calendar, hours));

    /// <summary>Working days from now to that close: 0 = today's; a day that is over counts as the next close there is.</summary>
    public static int DaysUntil(ServiceCase serviceCase, DateTimeOffset now, WorkingCalendar calendar, HallHours hours)
    {
        var (day, today) = (DayOf(serviceCase, calendar, hours), ShanghaiTime.DayOf(now));
        if (day > today) return calendar.WorkingDaysBetween(today, day);
        return calendar.Counts(today) && now < hours.CloseOf(today) ? 0 : 1;
    }

    private static DateOnly DayOf(ServiceCase serviceCase, WorkingCalendar calendar, HallHours hours)
    {
        var day = serviceCase.AcceptedOn;
        return calendar.Counts(day) && serviceCase.AcceptedAt < hours.CloseOf(day) ? day : calendar.NextWorkingDay(day);
    }
}
