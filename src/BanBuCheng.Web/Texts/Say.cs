using System.Globalization;

namespace BanBuCheng.Web.Texts;

/// <summary>Dates and times as people say them; the year only when it is not this one.</summary>
internal static class Say
{
    private static readonly string[] Weekdays = ["周日", "周一", "周二", "周三", "周四", "周五", "周六"];

    public static string Weekday(DateOnly day) => Weekdays[(int)day.DayOfWeek];

    /// <summary>10月14日（周三）; 2027年1月5日（周二） seen from 2026; a make-up day says so.</summary>
    public static string Day(DateOnly day, DateOnly today, bool makeUp = false)
    {
        var year = day.Year == today.Year ? "" : $"{day.Year}年";
        return $"{year}{day.Month}月{day.Day}日（{Weekday(day)}{(makeUp ? "，调休上班" : "")}）";
    }

    /// <summary>今天, 明天, 昨天 where that is nearer to speech, otherwise the date.</summary>
    public static string Near(DateOnly day, DateOnly today) => (day.DayNumber - today.DayNumber) switch
    {
        0 => "今天",
        1 => "明天",
        -1 => "昨天",
        _ => Day(day, today),
    };

    public static string Time(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>今天 09:37; 10月8日（周四）15:20. The moment is taken as it stands, so give it in the hall's time.</summary>
    public static string Moment(DateTimeOffset moment, DateOnly today)
    {
        var day = DateOnly.FromDateTime(moment.DateTime);
        var near = Near(day, today);
        return $"{near}{(near.EndsWith('）') ? "" : " ")}{Time(TimeOnly.FromDateTime(moment.DateTime))}";
    }

    /// <summary>2026年10月12日（周一）09:41, for the bar with the demo's clock and for paper.</summary>
    public static string Full(DateTimeOffset moment)
    {
        var day = DateOnly.FromDateTime(moment.DateTime);
        return $"{day.Year}年{day.Month}月{day.Day}日（{Weekday(day)}）{Time(TimeOnly.FromDateTime(moment.DateTime))}";
    }
}
