using BanBuCheng.Desk.Deadlines;

namespace BanBuCheng.Web.Pages.Shared.Parts;

/// <summary>From the calendar's count to the picture of it: staff and citizen see the same one.</summary>
internal static class WhyFromDue
{
    public static WhyThisDate Of(DueDate due, DateOnly today, params IEnumerable<string> basis) => new(due.Sentence(), [.. due.Derivation.Select(d => DayOf(d, due.Date, today))])
    {
        Basis = [.. basis],
        Provisional = due.Provisional ? "有的日子还没有放假通知，这一天是暂定的。通知出来后重新算，变了会告诉您。" : null,
    };

    private static WhyDay DayOf(CountedDay day, DateOnly last, DateOnly today)
    {
        var kind = day.Kind switch
        {
            DayKind.Start => WhyDayKind.Start,
            DayKind.Paused => WhyDayKind.Paused,
            DayKind.Weekend or DayKind.Holiday => WhyDayKind.Rest,
            _ when day.Date == last => WhyDayKind.Due,
            _ when day.Date > today => WhyDayKind.Ahead,
            _ => WhyDayKind.Counted,
        };
        var why = kind switch
        {
            WhyDayKind.Start => "受理",
            WhyDayKind.Rest or WhyDayKind.Paused => day.Label,
            _ => null,
        };
        return new WhyDay(day.Date, kind, day.Number, why) { MakeUp = day.Kind == DayKind.MakeUpWorkday, Today = day.Date == today };
    }
}
