using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Committee;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Offices;
using BanBuCheng.Desk.Steps;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Web.Pages.Committee;

/// <summary>并案 — similar cases studied together; each keeps its number, its date and its own reply.</summary>
internal sealed class ClustersModel(DeskDb db, TimeProvider clock, StepDoor door) : StepPage(door)
{
    [BindProperty(SupportsGet = true)]
    public Guid? Id { get; set; }

    [BindProperty]
    public string? Title { get; set; }

    [BindProperty]
    public string? Numbers { get; set; }

    [BindProperty]
    public string? Situation { get; set; }

    [BindProperty]
    public Guid Member { get; set; }

    [BindProperty]
    public string? Because { get; set; }

    [BindProperty]
    public string? Study { get; set; }

    /// <summary>The version of the study that is being written over.</summary>
    [BindProperty]
    public int? Seen { get; set; }

    [BindProperty]
    public string? Clause { get; set; }

    /// <summary>Somebody else wrote a study meanwhile: what stands now, beside what was typed.</summary>
    public bool WasRewritten { get; private set; }

    public IReadOnlyList<(CaseCluster Cluster, int Members)> All { get; private set; } = [];
    public CaseCluster? Shown { get; private set; }
    public IReadOnlyList<MemberRow> Members { get; private set; } = [];
    public DateOnly Today { get; private set; }

    /// <summary>像是一类、还没有并案的; only on the blank page.</summary>
    public IReadOnlyList<ClusterHint> Hints { get; private set; } = [];
    public bool MayWork => Actor.Is(Roles.CommitteeSecretary) || Actor.Is(Roles.StationHead);

    public sealed record MemberRow(ClusterMember Member, string Number, string Subject, DateOnly? Due, CaseState State, CaseOutcome? Outcome);

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (!CommitteeRoles.MaySee(Actor)) return Forbid();
        return await LoadAsync(ct) ? Page() : NotFound();
    }

    public async Task<IActionResult> OnPostBeginAsync(CancellationToken ct)
    {
        var (done, id) = await TryAsync(new BeginCluster(Title ?? "", (Numbers ?? "").Split([' ', '\n', '\r', '，', ',', '、'], StringSplitOptions.RemoveEmptyEntries)), "", ct);
        return done ? Redirect($"/committee/clusters/{id}") : await AgainAsync(ct);
    }

    public async Task<IActionResult> OnPostJoinAsync(CancellationToken ct) => await DoAsync(new JoinCluster(Id ?? default, Numbers ?? "", Situation ?? ""), ct);

    public async Task<IActionResult> OnPostLeaveAsync(CancellationToken ct) => await DoAsync(new LeaveCluster(Member, Because ?? ""), ct);

    public async Task<IActionResult> OnPostStudyAsync(CancellationToken ct) => await DoAsync(new WriteStudy(Id ?? default, Study ?? "") { Seen = Seen }, ct);

    public async Task<IActionResult> OnPostRegisterAsync(CancellationToken ct)
    {
        var (done, id) = await TryAsync(new FindBottleneck(Clause ?? "", Id ?? default), "", ct);
        return done ? Redirect($"/committee/register/{id}") : await AgainAsync(ct);
    }

    public string? ErrorOf(string field) => ModelState.TryGetValue(field, out var entry) && entry.Errors.Count > 0 ? entry.Errors[0].ErrorMessage : null;

    private async Task<IActionResult> DoAsync<T>(IStep<T> step, CancellationToken ct) => (await TryAsync(step, "", ct)).Done ? Redirect($"/committee/clusters/{Id}") : await AgainAsync(ct);

    private async Task<IActionResult> AgainAsync(CancellationToken ct) => await LoadAsync(ct) ? Page() : NotFound();

    private async Task<bool> LoadAsync(CancellationToken ct)
    {
        Today = clock.Today();
        var counts = await db.ClusterMembers.AsNoTracking().Where(m => m.LeftAt == null).GroupBy(m => m.ClusterId).Select(g => new { g.Key, N = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.N, ct);
        All = [.. (await db.CaseClusters.AsNoTracking().OrderByDescending(c => c.BegunAt).Take(50).ToListAsync(ct)).Select(c => (c, counts.GetValueOrDefault(c.Id)))];
        if (Id is not { } id)
        {
            if (MayWork) Hints = await ClusterHint.FindAsync(db, clock.GetUtcNow(), ct);
            return true;
        }

        Shown = await db.CaseClusters.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, ct);
        if (Shown is null) return false;
        Study ??= Shown.Study;
        WasRewritten = Seen is { } seen && seen != Shown.Version;
        var rows = await (from member in db.ClusterMembers.AsNoTracking()
                          join one in db.Cases.AsNoTracking() on member.CaseId equals one.Id
                          where member.ClusterId == id
                          orderby member.JoinedAt, member.Id
                          select new { member, one.Number, one.Subject, one.DueOn, one.State, one.Outcome }).ToListAsync(ct);
        Members = [.. rows.Select(r => new MemberRow(r.member, r.Number, r.Subject, r.DueOn, r.State, r.Outcome))];
        return true;
    }
}
