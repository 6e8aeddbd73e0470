using BanBuCheng.Desk.Deadlines;

namespace BanBuCheng.Web.Pages.Deadlines;

/// <summary>放假通知的覆盖 — a year, its notice and later changes; without a notice its dates are provisional.</summary>
internal sealed record YearCover(int Year, HolidayNotice? Notice, IReadOnlyList<HolidayNotice> Changes)
{
    public bool IsProvisional => Notice is null;

    /// <summary>Newest first; always one year beyond today, because that is where promises made now may end.</summary>
    public static IReadOnlyList<YearCover> Of(WorkingCalendar calendar, DateOnly today)
    {
        var annual = calendar.Notices.Where(n => n.Kind == NoticeKind.Annual).ToLookup(n => n.Year);
        var first = annual.Select(g => g.Key).DefaultIfEmpty(today.Year).Min();
        var last = Math.Max(today.Year + 1, annual.Select(g => g.Key).DefaultIfEmpty(today.Year).Max());
        return [.. Enumerable.Range(first, last - first + 1).Reverse().Select(year =>
            new YearCover(year, annual[year].LastOrDefault(), [.. calendar.Notices.Where(n => n.Kind != NoticeKind.Annual && n.Year == year)]))];
    }
}
