using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Flows;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Engine.Durable;
using BanBuCheng.Engine.Running;
using BanBuCheng.Web.Pages.Flows;
using BanBuCheng.Web.Texts;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Web.Pages.Operations;

/// <summary>一个在走的流程 — where it stands, what broke in it, and the ways on: settle a breakdown, move to another version, end it. The viewer's header leads here.</summary>
internal sealed class InstanceModel(DeskDb db, FlowOperations operations, FlowVersions versions, StepDoor door, TimeProvider clock) : StepPage(door)
{
    [BindProperty]
    public string? Reason { get; set; }

    [TempData]
    public string? Said { get; set; }

    public FlowInstanceRow Row { get; private set; } = null!;
    public string FlowName { get; private set; } = "";
    public ServiceCase? Case { get; private set; }
    public IReadOnlyList<TroubleLine> Troubles { get; private set; } = [];
    public IReadOnlyList<string> Waiting { get; private set; } = [];

    /// <summary>The version in force, when it runs on another one.</summary>
    public FlowVersion? Newer { get; private set; }
    public bool IsRunning => Row.Status == FlowStatus.Running;
    public string StartedAt => Moment(Row.CreatedAt);

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct) => await FindAsync(id, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken ct)
    {
        if (!await FindAsync(id, ct)) return NotFound();
        var (done, _) = await TryAsync(new CancelFlow(id, Reason ?? ""), "", ct);
        if (!done) return Page();
        Said = "这个流程取消了。";
        return RedirectToPage(new { id });
    }

    public string? ErrorOf(string field) => ModelState.TryGetValue(field, out var entry) && entry.Errors.Count > 0 ? entry.Errors[0].ErrorMessage : null;

    private async Task<bool> FindAsync(Guid id, CancellationToken ct)
    {
        if (await db.Set<FlowInstanceRow>().AsNoTracking().SingleOrDefaultAsync(i => i.Id == id, ct) is not { } row) return false;
        Row = row;
        if (CaseId.TryParse(row.CorrelationId, out var caseId)) Case = await db.Cases.AsNoTracking().SingleOrDefaultAsync(c => c.Id == caseId, ct);
        var published = (await versions.PublishedAsync(ct)).FirstOrDefault(v => v.Row.DefinitionId == row.DefinitionId);
        FlowName = published?.Name ?? row.DefinitionId;
        if (published is not null && published.Row.VersionId != row.DefinitionVersionId) Newer = published;
        var lines = new List<TroubleLine>();
        foreach (var open in await TroubleList.OfAsync(db, id, ct))
            if (await operations.LookAsync(open.Id, ct) is { } trouble)
                lines.Add(new(open, FlowName, OperationWords.Place(trouble.Place), OperationWords.Trouble(open.Type, open.Message), Moment(open.At)));
        Troubles = lines;
        if (IsRunning)
        {
            var paths = await db.Set<FlowWaitRow>().AsNoTracking().Where(w => w.InstanceId == id).Select(w => w.NodePath).Distinct().ToListAsync(ct);
            var places = (await operations.PlacesAsync(row.DefinitionVersionId, ct) ?? []).ToDictionary(p => p.Path, StringComparer.Ordinal);
            Waiting = [.. paths.Select(p => places.TryGetValue(p, out var place) ? OperationWords.Place(place) : p)];
        }

        return true;
    }

    private string Moment(DateTimeOffset at) => Say.Moment(TimeZoneInfo.ConvertTime(at, ShanghaiTime.Zone), clock.Today());
}
