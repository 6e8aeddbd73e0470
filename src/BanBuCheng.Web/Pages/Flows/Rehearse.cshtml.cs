using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Rehearsal;
using BanBuCheng.Web.SignIn;
using Htmx;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace BanBuCheng.Web.Pages.Flows;

/// <summary>推演 — a draft beside what is in force, walked by generated or by closed cases, behind the page, with its progress.</summary>
internal sealed class RehearseModel(FlowVersions versions, RehearsalJobs jobs, TimeProvider clock) : PageModel
{
    [BindProperty(SupportsGet = true)] public string? Flow { get; set; }
    [BindProperty] public bool Draft { get; set; } = true;
    [BindProperty] public bool Closed { get; set; }
    [BindProperty] public int Cases { get; set; } = 300;
    [BindProperty] public DateOnly From { get; set; }
    [BindProperty] public long Seed { get; set; } = 1;

    public IReadOnlyList<(string Id, string Name)> Flows { get; private set; } = [];
    public RehearsalJob? Job => jobs.Of(Login);

    private string Login => HttpContext.Actor().Login;

    public async Task OnGetAsync(CancellationToken ct)
    {
        // The form says what was asked for last.
        if (Job?.Order is { } last) (Flow, Draft, Closed, Cases, From, Seed) = (Flow ?? last.Flow, last.Before is not null, last.Closed, last.Cases, last.From, last.Seed);
        else From = clock.Today();
        await ReadAsync(ct);
    }

    public IActionResult OnGetState()
    {
        // When it has ended the whole page is wanted: the charts' script looks at it once.
        if (Request.IsHtmx() && Job is null or { Ended: true }) Response.Htmx(h => h.Redirect("/flows/rehearse"));
        return Request.IsHtmx() ? Partial("_Rehearsal", Job) : LocalRedirect("/flows/rehearse");
    }

    public IActionResult OnPostStop()
    {
        jobs.Stop(Login);
        return LocalRedirect("/flows/rehearse");
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var (published, newest) = await ReadAsync(ct);
        if (Cases is < 1 or > RehearsalJobs.MostCases) ModelState.AddModelError(nameof(Cases), $"件数要写 1 到 {RehearsalJobs.MostCases}。");
        if (From == default) ModelState.AddModelError(nameof(From), "还没写从哪天起。");
        if (Flows.All(f => f.Id != Flow)) ModelState.AddModelError(nameof(Flow), "没有这个主流程。");
        if (!ModelState.IsValid)
        {
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }

        var order = new RehearsalOrder(
            Flow!, Draft ? "草稿，跟在用的比" : "在用的", Set(Draft ? newest : published), Draft ? Set(published) : null, Closed, Cases, From, Seed);
        if (!jobs.TryStart(Login, order))
        {
            ModelState.AddModelError("", "上一次推演还没走完。等它走完，或者先停下。");
            Response.StatusCode = StatusCodes.Status409Conflict;
            return Page();
        }

        return LocalRedirect("/flows/rehearse");
    }

    /// <summary>The chosen main flow first, then all others: parts it uses, and what starts from the side by itself.</summary>
    private List<string> Set(IReadOnlyList<FlowVersion> all) =>
        [.. all.Where(v => v.Row.DefinitionId == Flow || RehearsalFlows.KindOf(v.Document) != "Case").OrderByDescending(v => v.Row.DefinitionId == Flow).Select(v => v.Row.Document)];

    private async Task<(IReadOnlyList<FlowVersion> Published, IReadOnlyList<FlowVersion> Newest)> ReadAsync(CancellationToken ct)
    {
        var published = await versions.PublishedAsync(ct);
        var newest = await versions.NewestAsync(ct);
        Flows = [.. newest.Where(v => RehearsalFlows.KindOf(v.Document) == "Case").Select(v => (v.Row.DefinitionId, v.Name))];
        Flow ??= Flows.Count > 0 ? Flows[0].Id : null;
        return (published, newest);
    }
}
