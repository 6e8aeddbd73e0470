namespace BanBuCheng.Desk.Deadlines;

/// <summary>日期的说法 — dates as people say them: 7月8日（周五）, with the year only if it is not this year.</summary>
public static class DateWords
{
    public static string Weekday(DateOnly date) => "周" + "日一二三四五六"[(int)date.DayOfWeek];

    /// <summary>10月10日, or 2027年1月5日 when that is not this year.</summary>
    public static string MonthDay(DateOnly date, DateOnly today) =>
        date.Year == today.Year ? $"{date.Month}月{date.Day}日" : $"{date.Year}年{date.Month}月{date.Day}日";

    /// <summary>10月10日（周六，调休上班）.</summary>
    public static string Full(DateOnly date, DateOnly today, WorkingCalendar calendar)
    {
        var makeUp = calendar.Day(date).Kind == DayKind.MakeUpWorkday ? "，调休上班" : "";
        return $"{MonthDay(date, today)}（{Weekday(date)}{makeUp}）";
    }
}
