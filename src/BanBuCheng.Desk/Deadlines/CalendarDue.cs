namespace BanBuCheng.Desk.Deadlines;

/// <summary>The one call behind <c>calendar due</c>.</summary>
public static class CalendarDue
{
    /// <summary>Counts on the built-in calendar.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Days outside 0 to <see cref="WorkingCalendar.LongestPeriod"/>.</exception>
    public static CalendarAnswer Answer(DateOnly from, int days) => Answer(from, days, WorkingCalendar.BuiltIn);

    public static CalendarAnswer Answer(DateOnly from, int days, WorkingCalendar calendar)
    {
        var due = calendar.Due(from, days);
        return new(from, days, due.Date, due.Provisional, [.. due.Derivation.Select(day => new CalendarAnswer.Line(day.Date, day.Counts, day.Reason))]);
    }
}
