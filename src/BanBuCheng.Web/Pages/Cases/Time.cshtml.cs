using BanBuCheng.Desk.CaseFile;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Offices;
using BanBuCheng.Web.Pages.Shared.Parts;
using BanBuCheng.Web.SignIn;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Web.Pages.Cases;

/// <summary>时间花在谁手里 — over all cases accepted in a period, for those who answer for the whole.</summary>
internal sealed class TimeModel(DeskDb db, DeadlineBook deadlines, TimeProvider clock) : PageModel
{
    public static IReadOnlyList<(string Code, string Words)> Periods { get; } = [("month", "本月"), ("last", "上月"), ("quarter", "近三个月")];

    [BindProperty(SupportsGet = true)] public string Period { get; set; } = "month";

    public TimeTotals Totals { get; private set; } = null!;
    public DateOnly From { get; private set; }
    public DateOnly To { get; private set; }
    public DateOnly Today { get; private set; }
    public TimeBar Bar { get; private set; } = null!;
    public IReadOnlyDictionary<string, OfficeUnit> Units { get; private set; } = new Dictionary<string, OfficeUnit>();

    /// <summary>A department sees its own cases, not how long others take.</summary>
    public static bool MaySee(Desk.Steps.Actor actor) => actor.Is(Roles.Supervisor) || actor.Is(Roles.BureauLeader) || actor.Is(Roles.StationHead);

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (!MaySee(HttpContext.Actor())) return Forbid();
        Today = clock.Today();
        var month = new DateOnly(Today.Year, Today.Month, 1);
        (From, To) = Period switch
        {
            "last" => (month.AddMonths(-1), month.AddDays(-1)),
            "quarter" => (month.AddMonths(-2), Today),
            _ => (month, Today),
        };
        var hours = (await deadlines.PolicyAsync(ct)).Hours;
        Totals = await TimeTotals.OfAsync(db, HttpContext.Actor(), From, To, clock.GetUtcNow(), hours, deadlines.Calendar, ct);
        Units = await db.OfficeUnits.AsNoTracking().ToDictionaryAsync(u => u.Code, ct);
        Bar = new TimeBar([], Math.Max(1, Totals.Minutes), (int)((hours.MorningCloses - hours.MorningOpens) + (hours.AfternoonCloses - hours.AfternoonOpens)).TotalMinutes);
        return Page();
    }

    /// <summary>Width of a bar, the longest being a hundred.</summary>
    public double WidthOf(int minutes) => 100.0 * minutes / Math.Max(1, Totals.Parties[0].Minutes);
}
