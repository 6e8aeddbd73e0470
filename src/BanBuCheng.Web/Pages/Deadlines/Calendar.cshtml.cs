using System.Globalization;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Web.SignIn;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Web.Pages.Deadlines;

/// <summary>工作日历 — a year as it counts, as it was known on a day, and what people have laid before one another.</summary>
internal sealed class CalendarModel(DeskDb db, DeadlineBook deadlines, TimeProvider clock) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public int? Year { get; set; }

    /// <summary>只看这一天以前知道的.</summary>
    [BindProperty(SupportsGet = true)]
    public DateOnly? KnownOn { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateOnly? From { get; set; }

    [BindProperty(SupportsGet = true)]
    public int? Days { get; set; }

    [TempData]
    public string? Said { get; set; }

    public DateOnly Today { get; private set; }
    public WorkingCalendar Shown { get; private set; } = WorkingCalendar.BuiltIn;
    public int ShownYear { get; private set; }
    public int Version { get; private set; }
    public IReadOnlyList<CalendarChange> Changes { get; private set; } = [];
    public DueDate? Counted { get; private set; }
    public bool MayKeep => CalendarKeepers.Roles.Any(HttpContext.Actor().Is);

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        Today = clock.Today();
        ShownYear = Math.Clamp(Year ?? Today.Year, 2000, 2099);
        (Shown, Version) = KnownOn is { } day ? deadlines.CalendarAsOf(ShanghaiTime.At(day, new TimeOnly(23, 59))) : (deadlines.Calendar, deadlines.CalendarVersion);
        if (KnownOn is { } known) Shown = Shown.AsKnownOn(known);
        if (From is { Year: >= 1990 and <= 2100 } from && Days is >= 0 and <= 366) Counted = Shown.Due(from, Days.Value);
        Changes = await db.CalendarChanges.AsNoTracking().OrderByDescending(c => c.ProposedAt).Take(50).ToListAsync(ct);
        return Page();
    }

    /// <summary>The weeks of a month, Monday first; null before the first and after the last.</summary>
    public IEnumerable<CalendarDay?[]> WeeksOf(int month)
    {
        var first = new DateOnly(ShownYear, month, 1);
        var lead = ((int)first.DayOfWeek + 6) % 7;
        var days = Enumerable.Repeat<CalendarDay?>(null, lead)
            .Concat(Enumerable.Range(0, DateTime.DaysInMonth(ShownYear, month)).Select(i => (CalendarDay?)Shown.Day(first.AddDays(i))));
        return days.Chunk(7).Select(week => week.Length == 7 ? week : [.. week, .. new CalendarDay?[7 - week.Length]]);
    }

    public int WorkingDays => Enumerable.Range(1, 12).Sum(month => Enumerable.Range(1, DateTime.DaysInMonth(ShownYear, month)).Count(day => Shown.Counts(new DateOnly(ShownYear, month, day))));

    public static string CssOf(CalendarDay day) => day.Kind switch
    {
        DayKind.Holiday => "off",
        DayKind.MakeUpWorkday => "work",
        DayKind.Weekend => "rest",
        _ => "",
    };

    public static string MarkOf(CalendarDay day) => day.Kind switch { DayKind.Holiday => "休", DayKind.MakeUpWorkday => "班", _ => "" };

    public static string Iso(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
}
