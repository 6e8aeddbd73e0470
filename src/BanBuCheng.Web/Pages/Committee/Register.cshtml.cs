using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Committee;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Offices;
using BanBuCheng.Desk.Steps;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Web.Pages.Committee;

/// <summary>政策瓶颈清单 — clauses that cases stuck on, who owns each, to whom it was put; when one changes, whoever was refused is called back.</summary>
internal sealed class RegisterModel(DeskDb db, TimeProvider clock, StepDoor door) : StepPage(door)
{
    [BindProperty(SupportsGet = true)]
    public Guid? Id { get; set; }

    [BindProperty]
    public string? Conflict { get; set; }

    [BindProperty]
    public string? Proposal { get; set; }

    [BindProperty]
    public string? Owner { get; set; }

    [BindProperty]
    public string? Addressee { get; set; }

    [BindProperty]
    public DateOnly? ReviewOn { get; set; }

    [BindProperty]
    public string? State { get; set; }

    [BindProperty]
    public string? To { get; set; }

    /// <summary>The version of the entry that is being written over.</summary>
    [BindProperty]
    public int? Seen { get; set; }

    /// <summary>Somebody else wrote meanwhile: what stands now, beside what was typed.</summary>
    public bool WasRewritten { get; private set; }

    public IReadOnlyList<(PolicyBottleneck Entry, int Cases)> All { get; private set; } = [];
    public PolicyBottleneck? Shown { get; private set; }
    public IReadOnlyList<LinkedCase> Cases { get; private set; } = [];
    public IReadOnlyDictionary<string, OfficeUnit> Units { get; private set; } = new Dictionary<string, OfficeUnit>();
    public DateOnly Today { get; private set; }
    public bool MayWork => Actor.Is(Roles.CommitteeSecretary) || Actor.Is(Roles.StationHead) || Actor.Is(Roles.BureauLeader);

    public sealed record LinkedCase(string Number, string Subject, CaseOutcome? Outcome, DateTimeOffset? CallBackAt);

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (!CommitteeRoles.MaySee(Actor)) return Forbid();
        return await LoadAsync(ct) ? Page() : NotFound();
    }

    public async Task<IActionResult> OnPostDescribeAsync(CancellationToken ct) => await DoAsync(new DescribeBottleneck(Id ?? default, Conflict ?? "", Proposal ?? "", Owner ?? "",
        Addressee ?? "", ReviewOn, Enum.TryParse<BottleneckState>(State, out var state) ? state : BottleneckState.Changed) { Seen = Seen }, ct);

    public async Task<IActionResult> OnPostChangedAsync(CancellationToken ct) => await DoAsync(new ChangeClause(Id ?? default, To ?? ""), ct);

    public string? ErrorOf(string field) => ModelState.TryGetValue(field, out var entry) && entry.Errors.Count > 0 ? entry.Errors[0].ErrorMessage : null;

    private async Task<IActionResult> DoAsync<T>(IStep<T> step, CancellationToken ct)
    {
        if ((await TryAsync(step, "", ct)).Done) return Redirect($"/committee/register/{Id}");
        return await LoadAsync(ct) ? Page() : NotFound();
    }

    private async Task<bool> LoadAsync(CancellationToken ct)
    {
        Today = clock.Today();
        Units = await db.OfficeUnits.AsNoTracking().ToDictionaryAsync(u => u.Code, ct);
        var counts = await db.BottleneckCases.AsNoTracking().GroupBy(l => l.BottleneckId).Select(g => new { g.Key, N = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.N, ct);
        All = [.. (await db.PolicyBottlenecks.AsNoTracking().OrderByDescending(b => b.FoundAt).Take(100).ToListAsync(ct)).Select(b => (b, counts.GetValueOrDefault(b.Id)))];
        if (Id is not { } id) return true;
        Shown = await db.PolicyBottlenecks.AsNoTracking().SingleOrDefaultAsync(b => b.Id == id, ct);
        if (Shown is not { } entry) return false;
        WasRewritten = Seen is { } seen && seen != entry.Version;
        Conflict ??= entry.Conflict;
        Proposal ??= entry.Proposal;
        Owner ??= entry.OwnerUnit;
        Addressee ??= entry.Addressee;
        ReviewOn ??= entry.ReviewOn;
        State ??= entry.State.ToString();
        var rows = await (from link in db.BottleneckCases.AsNoTracking()
                          join one in db.Cases.AsNoTracking() on link.CaseId equals one.Id
                          where link.BottleneckId == id
                          orderby one.AcceptedAt
                          select new { one.Number, one.Subject, one.Outcome, link.CallBackAt }).ToListAsync(ct);
        Cases = [.. rows.Select(r => new LinkedCase(r.Number, r.Subject, r.Outcome, r.CallBackAt))];
        return true;
    }
}
