namespace BanBuCheng.Desk.Deadlines;

/// <summary>数过的一天 — one line of the answer to “为什么是这一天”.</summary>
/// <param name="Number">第几天, set only for a day that counts.</param>
/// <param name="Reason">The whole reason in words.</param>
/// <param name="Label">The two or three characters that fit into a cell of the picture.</param>
public sealed record CountedDay(
    DateOnly Date, DayKind Kind, bool Counts, int? Number, string Reason, string Label, bool Provisional)
{
    internal static CountedDay Start(CalendarDay day) => new(day.Date, DayKind.Start, false, null, "当天不算", "不数", false);

    internal static CountedDay Counted(CalendarDay day, int number)
    {
        var word = day.Kind == DayKind.MakeUpWorkday ? "调休上班" : "工作日";
        return Of(day, number, $"{word}，第{number}天", $"第{number}天");
    }

    internal static CountedDay Rest(CalendarDay day) => day.Festival is { } festival
        ? Of(day, null, festival + "放假", ShortName(festival))
        : Of(day, null, "周末", DateWords.Weekday(day.Date));

    internal static CountedDay Paused(CalendarDay day, string reason) =>
        Of(day, null, reason.Length == 0 ? "暂停" : $"暂停，{reason}", "暂停") with { Kind = DayKind.Paused, Counts = false };

    private static CountedDay Of(CalendarDay day, int? number, string reason, string label) => new(
        day.Date, day.Kind, day.Counts, number, day.Provisional ? $"{reason}（暂定，{day.Date.Year}年放假通知还没出）" : reason, label, day.Provisional);

    private static string ShortName(string festival) =>
        festival.Length == 3 && festival[2] == '节' ? festival[..2] : festival.Length <= 3 ? festival : "放假";
}
