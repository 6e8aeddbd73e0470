using System.Globalization;
using BanBuCheng.Desk.CaseFile;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Inbox;
using BanBuCheng.Desk.Offices;
using BanBuCheng.Desk.Rehearsal;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Web.Pages.Cases;
using BanBuCheng.Web.Pages.Shared.Parts;
using BanBuCheng.Web.Texts;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;
using Lamp = BanBuCheng.Web.Pages.Shared.Parts.Lamp;

namespace BanBuCheng.Web.Pages.Flows;

/// <summary>拨着钟走一件 — one made-up case through the flows in force, with a clock that the reader moves. The address holds the whole walk; nothing is kept.</summary>
internal sealed class WalkModel(FlowVersions versions, WalkedFlows flows, DeskDb db, DeadlineBook deadlines, IOptions<HallOptions> hall, TimeProvider clock) : PageModel
{
    private RehearsalWorld world = null!;

    /// <summary>The day of acceptance; without one, the working day before the next Spring Festival is near enough to see it.</summary>
    [BindProperty(SupportsGet = true)] public DateOnly? From { get; set; }
    [BindProperty(SupportsGet = true)] public Difficulty Difficulty { get; set; } = Difficulty.Complex;
    [BindProperty(SupportsGet = true, Name = "do")] public List<string> Do { get; set; } = [];

    public RehearsalWalk Walk { get; private set; } = null!;
    public string FromIso => From!.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public DueBadge? Due => CaseParts.Due(CaseDue.Words(Walk.Case.Case, ShanghaiTime.DayOf(Walk.Now), world.Calendar, world.Policy));
    public Lamp? Lamp => CaseParts.LampOf(CaseDue.LightOf(Walk.Case.Case.AcceptedOn, Walk.Case.Case.DueOn, Walk.Case.Case.Clock, Walk.Case.Case.State, Walk.Now, world.Calendar, world.Policy, Walk.Case.Acted));
    public WhyThisDate? Why => Walk.Why is { } due ? WhyFromDue.Of(due, ShanghaiTime.DayOf(Walk.Now)) : null;

    public string Who(InboxTask task) => task.AssignedRole is { } role ? Roles.Captions.GetValueOrDefault(role, role)
        : task.AssignedUnit is { } unit ? world.Units.FirstOrDefault(u => u.Code == unit)?.Name ?? unit : task.AssignedPerson ?? "";

    public static string Sentence(string code) => RefusalTexts.All.ContainsKey(code) ? RefusalTexts.For(new RefusedException(code)) : code;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (!ModelState.IsValid) return BadRequest();
        var published = await versions.PublishedAsync(ct);
        if (published.All(v => RehearsalFlows.KindOf(v.Document) != "Case")) return NotFound();
        world = await ClosedCases.WorldAsync(db, deadlines, hall.Value, ct);
        From ??= BeforeTheFestival(clock.Today(), world.Calendar);
        if (Do.Count > RehearsalWalk.MostActs) Do = [.. Do.Take(RehearsalWalk.MostActs)];
        var start = world.Policy.Hours.OpeningOf(From.Value).AddMinutes(30);
        Walk = await RehearsalWalk.OfAsync(world, await flows.OfAsync(published, ct), start, new CaseSeed { Difficulty = Difficulty }, Do, ct);
        return Page();
    }

    /// <summary>Three working days before the Spring Festival of this year or the next.</summary>
    private static DateOnly BeforeTheFestival(DateOnly today, WorkingCalendar calendar)
    {
        var years = new[] { today.Year, today.Year + 1 };
        var festival = years.SelectMany(y => Enumerable.Range(0, 70).Select(d => new DateOnly(y, 1, 10).AddDays(d))).FirstOrDefault(d => d > today && calendar.Day(d).Festival?.Contains("春节", StringComparison.Ordinal) == true);
        return festival == default ? today : calendar.AddWorkingDays(festival, -3);
    }
}

/// <summary>The flows in force, compiled once for as long as they are in force.</summary>
internal sealed class WalkedFlows
{
    private (string Key, RehearsalFlows Flows)? _kept;

    public async Task<RehearsalFlows> OfAsync(IReadOnlyList<FlowVersion> published, CancellationToken ct)
    {
        var key = string.Join('|', published.Select(v => v.Row.VersionId));
        if (_kept is { } kept && kept.Key == key) return kept.Flows;
        var flows = await RehearsalFlows.OfAsync([.. published.OrderBy(v => RehearsalFlows.KindOf(v.Document) == "Case" ? 0 : 1).Select(v => v.Row.Document)], ct);
        _kept = (key, flows);
        return flows;
    }
}
