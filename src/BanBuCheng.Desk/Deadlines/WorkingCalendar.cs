using System.Collections.Frozen;

namespace BanBuCheng.Desk.Deadlines;

/// <summary>
/// 工作日历 — which days count. An immutable value built from published notices. A year without a notice counts Monday to
/// Friday minus the statutory days, and says so (<see cref="CalendarDay.Provisional"/>); no date ever throws.
/// </summary>
public sealed partial class WorkingCalendar
{
    private static readonly Lazy<WorkingCalendar> Shipped = new(() => Of(PublishedNotices.Load()));

    // Looked up by date, not by year: the notice for 2023 gave 31 December 2022 off.
    private readonly FrozenDictionary<DateOnly, (bool Off, string Festival)> rules;
    private readonly FrozenSet<int> years;

    private WorkingCalendar(IReadOnlyList<HolidayNotice> notices, RegionalHolidays? region)
    {
        Notices = notices;
        Region = region;
        years = notices.Where(notice => notice.Kind == NoticeKind.Annual).Select(notice => notice.Year).ToFrozenSet();
        rules = Rules(notices).ToFrozenDictionary();
    }

    /// <summary>The calendar that ships with the program: 2015 to 2026 with the three changes made in mid-year.</summary>
    public static WorkingCalendar BuiltIn => Shipped.Value;

    /// <summary>The notices it is made of, in the order in which they apply: by year, the arrangement first, then its changes.</summary>
    public IReadOnlyList<HolidayNotice> Notices { get; }

    public RegionalHolidays? Region { get; }

    // A year's changes follow its arrangement even when they carry no date, or the arrangement is read again after them. Local days come
    // last: next year's notice may speak of this December too.
    public static WorkingCalendar Of(IEnumerable<HolidayNotice> notices, RegionalHolidays? region = null) =>
        new([.. notices.OrderBy(notice => notice.Kind == NoticeKind.Local).ThenBy(notice => notice.Year).ThenBy(notice => notice.Kind).ThenBy(notice => notice.KnownOn)], region);

    public WorkingCalendar With(HolidayNotice notice) => Of([.. Notices, notice], Region);

    /// <summary>The same calendar with a region's own holidays laid over it.</summary>
    public WorkingCalendar In(RegionalHolidays? region) => new(Notices, region);

    /// <summary>What a desk could know on that day: later notices are left out.</summary>
    public WorkingCalendar AsKnownOn(DateOnly day) => new([.. Notices.Where(notice => notice.KnownOn <= day)], Region);

    public bool HasNotice(int year) => years.Contains(year);

    public bool Counts(DateOnly date) => Day(date).Counts;

    public CalendarDay Day(DateOnly date)
    {
        var provisional = !HasNotice(date.Year);
        if (Region?.FestivalOn(date) is { } regional) return new(date, DayKind.Holiday, regional, provisional);

        if (rules.TryGetValue(date, out var rule))
        {
            return new(date, rule.Off ? DayKind.Holiday : DayKind.MakeUpWorkday, rule.Festival, provisional);
        }

        if (provisional && StatutoryDays.FestivalOn(date) is { } festival) return new(date, DayKind.Holiday, festival, true);
        var kind = date.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? DayKind.Weekend : DayKind.Workday;
        return new(date, kind, null, provisional);
    }

    /// <summary>The days on which this calendar and another one disagree.</summary>
    public IReadOnlyList<DateOnly> DifferencesFrom(WorkingCalendar other)
    {
        // Years that only one of them has a notice for differ in more than named days: the statutory days fall away.
        var years = this.years.Except(other.years).Concat(other.years.Except(this.years)).Distinct().SelectMany(EveryDay);
        return [.. rules.Keys.Concat(other.rules.Keys).Concat(years).Distinct().Where(day => Counts(day) != other.Counts(day)).Order()];

        static IEnumerable<DateOnly> EveryDay(int year)
        {
            for (DateOnly day = new(year, 1, 1); day.Year == year; day = day.AddDays(1)) yield return day;
        }
    }

    /// <summary>The days off and the days worked that notices named, for pages and for reading a change.</summary>
    internal IEnumerable<CalendarDay> NamedDays => rules.Keys.Order().Select(Day);

    private static Dictionary<DateOnly, (bool Off, string Festival)> Rules(IReadOnlyList<HolidayNotice> notices)
    {
        // A year's arrangement read twice counts once: the later reading replaces the earlier.
        var superseded = notices.Where(notice => notice.Kind == NoticeKind.Annual)
            .GroupBy(notice => notice.Year)
            .SelectMany(year => year.SkipLast(1))
            .ToHashSet(ReferenceEqualityComparer.Instance);
        var rules = new Dictionary<DateOnly, (bool Off, string Festival)>();
        foreach (var notice in notices.Where(notice => !superseded.Contains(notice)))
        {
            foreach (var day in notice.CancelledHolidays) rules.Remove(day);
            foreach (var day in notice.CancelledMakeUpWorkdays) rules.Remove(day);
            foreach (var day in notice.MakeUpWorkdays) rules[day.Date] = (false, day.Festival);
            foreach (var day in notice.Holidays) rules[day.Date] = (true, day.Festival);
        }

        return rules;
    }
}
