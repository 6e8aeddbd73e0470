using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Steps;
using Microsoft.AspNetCore.Mvc;

namespace BanBuCheng.Web.Pages.Deadlines;

/// <summary>收新通知 — paste the notice, or write down the days that only this district has.</summary>
internal sealed class ImportNoticeModel(StepDoor door) : StepPage(door)
{
    [BindProperty]
    public string? Text { get; set; }

    [BindProperty]
    public string? Title { get; set; }

    [BindProperty]
    public string? Number { get; set; }

    [BindProperty]
    public string? Off { get; set; }

    [BindProperty]
    public string? Worked { get; set; }

    public IActionResult OnGet() => MayKeep ? Page() : Forbid();

    public async Task<IActionResult> OnPostNoticeAsync(CancellationToken ct) =>
        string.IsNullOrWhiteSpace(Text) ? Missing("Text", "还没贴通知的全文。") : await ProposeAsync(new ProposeNotice(Text), ct);

    public async Task<IActionResult> OnPostLocalAsync(CancellationToken ct) =>
        await ProposeAsync(new ProposeLocalDays(new LocalDays(Title ?? "", Number ?? "", Off ?? "", Worked ?? "")), ct);

    public string? ErrorOf(string field) =>
        ModelState.TryGetValue(field, out var entry) && entry.Errors.Count > 0 ? entry.Errors[0].ErrorMessage : null;

    private bool MayKeep => CalendarKeepers.Roles.Any(Actor.Is);

    private async Task<IActionResult> ProposeAsync(IStep<Guid> step, CancellationToken ct)
    {
        if (!MayKeep) return Forbid();
        var (done, id) = await TryAsync(step, "", ct);
        return done ? Redirect($"/calendar/changes/{id}") : Page();
    }

    private IActionResult Missing(string field, string words)
    {
        if (!MayKeep) return Forbid();
        ModelState.AddModelError(field, words);
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }
}
