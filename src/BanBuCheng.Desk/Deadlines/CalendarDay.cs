namespace BanBuCheng.Desk.Deadlines;

/// <summary>日历上的一天 — what the calendar says of a day, before anybody counts.</summary>
/// <param name="Festival">Set for a holiday and for a make-up workday.</param>
/// <param name="Provisional">暂定: no notice is known for the day's year, so the statutory days were used.</param>
public readonly record struct CalendarDay(DateOnly Date, DayKind Kind, string? Festival, bool Provisional)
{
    public bool Counts => Kind is DayKind.Workday or DayKind.MakeUpWorkday;
}
