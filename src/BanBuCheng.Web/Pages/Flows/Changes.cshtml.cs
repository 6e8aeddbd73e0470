using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Flows;
using BanBuCheng.Desk.Offices;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Web.Pages.Shared.Parts;
using BanBuCheng.Web.Texts;
using Microsoft.AspNetCore.Mvc;

namespace BanBuCheng.Web.Pages.Flows;

/// <summary>改了什么 — two versions of a flow in sentences that somebody can sign, and by colour on its picture. Without a choice: the newest against the one in force.</summary>
internal sealed class ChangesModel(FlowVersions versions, DeskDb db, StepDoor door, TimeProvider clock) : StepPage(door)
{
    private const int ActsShown = 20;

    public IReadOnlyList<FlowVersion> All { get; private set; } = [];
    public FlowVersion Before { get; private set; } = null!;
    public FlowVersion After { get; private set; } = null!;
    public IReadOnlyList<FlowChange> Changes { get; private set; } = [];
    public FlowPicture Picture { get; private set; } = null!;

    /// <summary>Flows that this one uses as boxes.</summary>
    public IReadOnlyList<(string Id, string Name)> Inside { get; private set; } = [];

    /// <summary>Versions were put in force again or taken out, newest first.</summary>
    public IReadOnlyList<FlowAct> Acts { get; private set; } = [];

    /// <summary>What could be put in force again: older than what is in force, and no draft.</summary>
    public IReadOnlyList<FlowVersion> Older { get; private set; } = [];

    [BindProperty]
    public int? Back { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    [TempData]
    public string? Said { get; set; }

    public bool MayDraw => Actor.Is(Roles.ProcessAdmin);
    public bool MayRollBack => Roles.Operators.Any(Actor.Is) && Older.Count > 0;

    public Task<IActionResult> OnGetAsync(string id, int? before, int? after, CancellationToken ct) => ShowAsync(id, before, after, ct);

    public async Task<IActionResult> OnPostBackAsync(string id, int? before, int? after, CancellationToken ct)
    {
        if (Back is not { } version)
        {
            ModelState.AddModelError(nameof(Back), "还没选退回到哪一版。");
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return await ShowAsync(id, before, after, ct);
        }

        var (done, back) = await TryAsync(new RollBackFlow(id, version, Reason ?? ""), "", ct);
        if (done && back!.Published is { } published)
        {
            Said = $"退回好了：第{version}版的画法成了第{published.Version}版，新来的照它走；已经在办的，照各自的版本走完。";
            return RedirectToPage(new { id });
        }

        if (done)
        {
            ModelState.AddModelError(nameof(Back), $"没有退回：这一版现在过不了发布前的检查。{back!.Findings.FirstOrDefault(f => f.IsError)?.Message}");
            Response.StatusCode = StatusCodes.Status409Conflict;
        }

        return await ShowAsync(id, before, after, ct);
    }

    public string? ErrorOf(string field) => ModelState.TryGetValue(field, out var entry) && entry.Errors.Count > 0 ? entry.Errors[0].ErrorMessage : null;

    public string When(FlowAct act) => Say.Moment(TimeZoneInfo.ConvertTime(act.At, ShanghaiTime.Zone), clock.Today());

    public static string Words(FlowAct act) => act.Kind is FlowActKind.RolledBack ? $"退回第{act.FromVersion}版，成了第{act.ToVersion}版" : $"停用了第{act.FromVersion}版";

    private async Task<IActionResult> ShowAsync(string id, int? before, int? after, CancellationToken ct)
    {
        All = await versions.AllOfAsync(id, ct);
        if (All.Count == 0) return NotFound();
        var inForce = All.FirstOrDefault(v => v.Row.IsPublished)?.Row.Version;
        Older = [.. All.Where(v => !v.Row.IsPublished && !v.Row.IsLatest && (inForce is null || v.Row.Version < inForce))];
        Acts = await FlowAct.OfAsync(db, id, ActsShown, ct);
        After = All.FirstOrDefault(v => v.Row.Version == after) ?? All[0];
        Before = All.FirstOrDefault(v => v.Row.Version == before)
            ?? All.FirstOrDefault(v => v.Row.IsPublished && v.Row.Version != After.Row.Version) ?? All.FirstOrDefault(v => v.Row.Version < After.Row.Version) ?? After;
        Changes = FlowChanges.Between(Before.Document, After.Document, await versions.NamesAsync(ct));
        Picture = ChangedPicture.Of(Before.Document, After.Document, Changes);
        Inside = [.. After.Document.Root.WithDescendants().Where(a => a.WorkflowDefinitionId is not null).Select(a => (a.WorkflowDefinitionId!, a.Type)).Distinct()];
        return Page();
    }
}
