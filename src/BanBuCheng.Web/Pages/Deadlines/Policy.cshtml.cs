using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Offices;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Web.Texts;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Web.Pages.Deadlines;

/// <summary>时限政策 — the table, its earlier versions, and which years of the calendar rest on a published notice.</summary>
internal sealed class PolicyModel(DeskDb db, DeadlineBook deadlines, TimeProvider clock, StepDoor door) : StepPage(door)
{
    [BindProperty(SupportsGet = true)]
    public int? Version { get; set; }

    [TempData]
    public string? Said { get; set; }

    public DeadlinePolicy Policy { get; private set; } = DeadlinePolicy.Default;
    public PolicyVersion? Shown { get; private set; }
    public IReadOnlyList<PolicyVersion> Versions { get; private set; } = [];
    public DateOnly Today { get; private set; }
    public IReadOnlyList<YearCover> Years { get; private set; } = [];
    public bool IsNewest => Shown is null || Shown.Number == (Versions.Count == 0 ? 0 : Versions[0].Number);
    public bool MayChange => Actor.Is(Roles.ProcessAdmin) || Actor.Is(Roles.SystemAdmin);

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        Today = clock.Today();
        Versions = await db.Policies.AsNoTracking().OrderByDescending(p => p.Number).ToListAsync(ct);
        Shown = Version is { } wanted ? Versions.FirstOrDefault(v => v.Number == wanted) : Versions.Count > 0 ? Versions[0] : null;
        if (Version is not null and not 0 && Shown is null) return NotFound();
        Policy = Shown?.Policy ?? DeadlinePolicy.Default;
        Years = YearCover.Of(deadlines.Calendar, Today);
        return Page();
    }

    public string When(DateTimeOffset at) => Say.Moment(TimeZoneInfo.ConvertTime(at, ShanghaiTime.Zone), Today);
}
