using System.Globalization;
using BanBuCheng.Desk.CaseFile;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Web.Pages.Shared.Parts;
using Lamp = BanBuCheng.Web.Pages.Shared.Parts.Lamp;
using BanBuCheng.Web.SignIn;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace BanBuCheng.Web.Pages.Cases;

/// <summary>台账 — the open cases a person may see, nearest date first; or what was found by number, telephone or words of the subject.</summary>
public sealed class IndexModel(DeskDb db, DeadlineBook deadlines, FieldCipher cipher, TimeProvider clock) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "q")] public string? Words { get; set; }

    /// <summary>Where the page before ended: <c>yyyyMMdd_id</c>.</summary>
    [BindProperty(SupportsGet = true)] public string? After { get; set; }

    public IReadOnlyList<CaseRow> Rows { get; private set; } = [];
    public string? NextUrl { get; private set; }
    public DateOnly Today { get; private set; }
    public bool Searching => !string.IsNullOrWhiteSpace(Words);
    public bool Continued => After is not null;

    internal DeadlinePolicy Policy { get; private set; } = DeadlinePolicy.Default;

    public DueBadge DueOf(CaseRow row) =>
        CaseParts.Due(CaseDue.Words(row.DueOn, row.Clock, row.State, row.DueIsProvisional, Today, deadlines.Calendar, Policy));

    public Lamp? LampOf(CaseRow row) =>
        CaseParts.LampOf(CaseDue.LightOf(row.AcceptedOn, row.DueOn, row.Clock, row.State, clock.GetUtcNow(), deadlines.Calendar, Policy, row.Acted));

    public async Task OnGetAsync(CancellationToken ct)
    {
        Today = clock.Today();
        Policy = await deadlines.PolicyAsync(ct);
        if (Searching)
        {
            Rows = await CaseList.FindAsync(db, cipher, HttpContext.Actor(), Words!, ct);
            return;
        }

        var rows = await CaseList.OpenAsync(db, HttpContext.Actor(), KeyOf(After), ct);
        Rows = [.. rows.Take(CaseList.PageSize)];
        if (rows.Count > CaseList.PageSize && Rows[^1] is { DueOn: { } due } last) NextUrl = $"/cases?after={due.ToString("yyyyMMdd", CultureInfo.InvariantCulture)}_{last.Id}";
    }

    private static (DateOnly Due, CaseId Id)? KeyOf(string? after) =>
        after?.Split('_') is [var day, var id] && DateOnly.TryParseExact(day, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var due) && CaseId.TryParse(id, out var caseId)
            ? (due, caseId)
            : null;
}
