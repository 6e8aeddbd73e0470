using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Flows;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Engine.Durable;
using BanBuCheng.Engine.Running;
using BanBuCheng.Web.Pages.Flows;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Web.Pages.Operations;

/// <summary>换版本 — running instances of a flow move to another version: first a dry run that names what is in the way, then as many as can.</summary>
internal sealed class MoveModel(DeskDb db, FlowOperations operations, FlowVersions versions, StepDoor door) : StepPage(door)
{
    /// <summary>How many one request moves, so that it never takes long; the page then offers to go on.</summary>
    private const int AtOnce = 50;
    private const int Shown = 50;

    [BindProperty(SupportsGet = true)]
    public string? Flow { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? From { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? To { get; set; }

    /// <summary>Old path → new path, for boxes whose id changed.</summary>
    [BindProperty(SupportsGet = true)]
    public Dictionary<string, string> Pair { get; set; } = [];

    /// <summary>Only this instance; null for all that run on the old version.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid? One { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    /// <summary>Where the work of several requests stands: the last instance looked at, and the sums so far.</summary>
    [BindProperty]
    public long After { get; set; }

    [BindProperty]
    public int MovedSoFar { get; set; }

    [BindProperty]
    public int LeftSoFar { get; set; }

    public IReadOnlyList<FlowVersion> Flows { get; private set; } = [];
    public IReadOnlyList<FlowVersion> Versions { get; private set; } = [];
    public IReadOnlyList<MoveRow> Rows { get; private set; } = [];
    public IReadOnlyList<FlowPlace> Places { get; private set; } = [];
    public int Waiting { get; private set; }
    public bool IsPlanned => Plan is not null;
    public FlowVersion? Old => Versions.FirstOrDefault(v => v.Row.VersionId == From);
    public FlowVersion? New => Versions.FirstOrDefault(v => v.Row.VersionId == To);
    public bool IsUnderWay { get; private set; }
    public bool IsDone { get; private set; }

    private MovePlan? Plan { get; set; }

    /// <summary>Boxes that instances stand at and the new version does not have, each with what it may have become.</summary>
    public IReadOnlyList<MoveFault> Missing => [.. Rows.SelectMany(r => r.Line.Faults).Where(f => f.Kind == MoveFaultKind.Missing).DistinctBy(f => f.NodePath)];

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        await LoadAsync(ct);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        await LoadAsync(ct);
        if (Plan is not { } plan) return Page();
        var ids = One is null ? await operations.SurveyAsync(plan, After, AtOnce, ct) : await SurveyOneAsync(ct);
        foreach (var line in ids)
        {
            var (done, faults) = await TryAsync(new MoveFlow(plan, line.InstanceId, Reason ?? ""), "", ct);
            if (!done) return Page();
            if (faults!.Count == 0) MovedSoFar++;
            else LeftSoFar++;
            After = line.No;
        }

        IsUnderWay = ids.Count == AtOnce;
        IsDone = !IsUnderWay;
        // What is shown in the hidden fields is what was reached now, not what was posted.
        ModelState.Clear();
        await SurveyAsync(ct);
        return Page();
    }

    public string? ErrorOf(string field) => ModelState.TryGetValue(field, out var entry) && entry.Errors.Count > 0 ? entry.Errors[0].ErrorMessage : null;

    private async Task LoadAsync(CancellationToken ct)
    {
        Flows = await versions.PublishedAsync(ct);
        if (string.IsNullOrEmpty(Flow)) return;
        Versions = await versions.AllOfAsync(Flow, ct);
        if (Versions.FirstOrDefault(v => v.Row.VersionId == From) is not { } from || Versions.FirstOrDefault(v => v.Row.VersionId == To) is not { } to || from == to) return;
        Plan = new MovePlan(Flow, from.Row.VersionId, to.Row.VersionId)
        {
            Nodes = Pair.Where(p => !string.IsNullOrWhiteSpace(p.Value)).ToDictionary(p => p.Key, p => p.Value, StringComparer.Ordinal),
        };
        Places = await operations.PlacesAsync(to.Row.VersionId, ct) ?? [];
        await SurveyAsync(ct);
    }

    private async Task SurveyAsync(CancellationToken ct)
    {
        Waiting = await db.Set<FlowInstanceRow>().CountAsync(i => i.DefinitionId == Plan!.DefinitionId && i.DefinitionVersionId == Plan.FromVersionId && i.Status == FlowStatus.Running, ct);
        var lines = One is null ? await operations.SurveyAsync(Plan!, 0, Shown, ct) : await SurveyOneAsync(ct);
        var ids = lines.Select(l => CaseId.TryParse(l.CorrelationId, out var id) ? id : default).Where(id => id != default).ToList();
        var cases = await db.Cases.AsNoTracking().Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, ct);
        Rows = [.. lines.Select(l => new MoveRow(l, CaseId.TryParse(l.CorrelationId, out var id) ? cases.GetValueOrDefault(id)?.Number : null))];
    }

    /// <summary>The dry run of one: none when it has ended or moved meanwhile.</summary>
    private async Task<IReadOnlyList<MoveLine>> SurveyOneAsync(CancellationToken ct)
    {
        var no = await db.Set<FlowInstanceRow>().AsNoTracking().Where(i => i.Id == One).Select(i => (long?)i.No).SingleOrDefaultAsync(ct);
        return no is { } at ? [.. (await operations.SurveyAsync(Plan!, at - 1, 1, ct)).Where(l => l.InstanceId == One)] : [];
    }
}

internal sealed record MoveRow(MoveLine Line, string? CaseNumber);
