using System.Globalization;
using BanBuCheng.Desk.CaseFile;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Web.Pages.Shared.Parts;
using Lamp = BanBuCheng.Web.Pages.Shared.Parts.Lamp;
using BanBuCheng.Web.SignIn;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Web.Pages.Cases;

/// <summary>台账 — the open cases a person may see, nearest date first; or what was found by number, telephone or words of the subject.</summary>
public sealed class IndexModel(DeskDb db, DeadlineBook deadlines, FieldCipher cipher, LateAhead ahead, TimeProvider clock) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "q")] public string? Words { get; set; }

    /// <summary>Where the page before ended: <c>yyyyMMdd_id</c>.</summary>
    [BindProperty(SupportsGet = true)] public string? After { get; set; }

    /// <summary>Only what is late, or will be the way it goes.</summary>
    [BindProperty(SupportsGet = true)] public bool Late { get; set; }

    /// <summary>挂账: what a partial reply left open, after closing too.</summary>
    [BindProperty(SupportsGet = true, Name = "left")] public bool LeftOpen { get; set; }

    /// <summary>Pages looked through at most for one page of late ones: what is due soonest is late first, so it rarely takes more.</summary>
    private const int MostPages = 10;

    public IReadOnlyList<CaseRow> Rows { get; private set; } = [];
    public string? NextUrl { get; private set; }
    public DateOnly Today { get; private set; }
    public bool Searching => !string.IsNullOrWhiteSpace(Words);
    public bool Continued => After is not null;

    /// <summary>How many cases were looked through for this page; more than are shown when only late ones were asked for.</summary>
    public int LookedAt { get; private set; }

    /// <summary>A forecast is for whoever can do something about it: those who see the whole hall.</summary>
    public bool MayForesee => CaseAccess.SeesAll(HttpContext.Actor());

    public bool MaySeeTime => TimeModel.MaySee(HttpContext.Actor());

    private IReadOnlySet<CaseId> _late = new HashSet<CaseId>();

    internal DeadlinePolicy Policy { get; private set; } = DeadlinePolicy.Default;

    public DueBadge DueOf(CaseRow row) =>
        CaseParts.Due(CaseDue.Words(row.DueOn, row.Clock, row.State, row.DueIsProvisional, Today, deadlines.Calendar, Policy));

    public Lamp? LampOf(CaseRow row) =>
        CaseParts.LampOf(CaseDue.LightOf(row.AcceptedOn, row.DueOn, row.Clock, row.State, clock.GetUtcNow(), deadlines.Calendar, Policy, row.Acted));

    /// <summary>照这样要晚: not late yet.</summary>
    public bool WillBeLate(CaseRow row) => _late.Contains(row.Id) && row.DueOn >= Today;

    public async Task OnGetAsync(CancellationToken ct)
    {
        Today = clock.Today();
        Policy = await deadlines.PolicyAsync(ct);
        if (Searching)
        {
            Rows = await CaseList.FindAsync(db, cipher, HttpContext.Actor(), Words!, ct);
            await ForeseeAsync(Rows, ct);
            return;
        }

        if (LeftOpen)
        {
            var left = await CaseList.LeftOpenAsync(db, HttpContext.Actor(), KeyOf(After), ct);
            Rows = [.. left.Take(CaseList.PageSize)];
            _units = await db.OfficeUnits.AsNoTracking().ToDictionaryAsync(u => u.Code, u => u.Name, ct);
            if (left.Count > CaseList.PageSize && Rows[^1] is { OpenPartOn: { } on } end) NextUrl = $"/cases?left=true&after={on.ToString("yyyyMMdd", CultureInfo.InvariantCulture)}_{end.Id}";
            return;
        }

        Late &= MayForesee;
        var (shown, key) = (new List<CaseRow>(), KeyOf(After));
        for (var page = 0; page < (Late ? MostPages : 1); page++)
        {
            var rows = await CaseList.OpenAsync(db, HttpContext.Actor(), key, ct);
            var these = rows.Take(CaseList.PageSize).ToList();
            await ForeseeAsync(these, ct);
            LookedAt += these.Count;
            shown.AddRange(Late ? these.Where(r => r.DueOn < Today && r.ReplyOwed || _late.Contains(r.Id)) : these);
            key = rows.Count > CaseList.PageSize && these[^1] is { DueOn: { } due } last ? (due, last.Id) : null;
            if (key is null || shown.Count >= CaseList.PageSize) break;
        }

        Rows = shown;
        if (key is { } next) NextUrl = $"/cases?{(Late ? "late=true&" : "")}after={next.Due.ToString("yyyyMMdd", CultureInfo.InvariantCulture)}_{next.Id}";
    }

    public string UnitOf(string? code) => code is null ? "经办人" : _units.GetValueOrDefault(code, code);

    private Dictionary<string, string> _units = [];

    private async Task ForeseeAsync(IReadOnlyList<CaseRow> rows, CancellationToken ct)
    {
        if (MayForesee) _late = _late.Concat(await ahead.OfAsync(db, rows, Today, deadlines.Calendar, Policy, ct)).ToHashSet();
    }

    private static (DateOnly Due, CaseId Id)? KeyOf(string? after) =>
        after?.Split('_') is [var day, var id] && DateOnly.TryParseExact(day, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var due) && CaseId.TryParse(id, out var caseId)
            ? (due, caseId)
            : null;
}
