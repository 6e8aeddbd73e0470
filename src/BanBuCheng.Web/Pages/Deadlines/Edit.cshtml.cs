using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Offices;
using BanBuCheng.Desk.Steps;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Web.Pages.Deadlines;

/// <summary>改时限 — adds a version on top of the one that was shown.</summary>
internal sealed class EditModel(DeskDb db, StepDoor door) : StepPage(door)
{
    [BindProperty]
    public PolicyFields Form { get; set; } = new();

    [TempData]
    public string? Said { get; set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (!MayChange) return Forbid();
        var (policy, number) = await NewestAsync(ct);
        Form = PolicyFields.Of(policy, number);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!MayChange) return Forbid();
        var (before, _) = await NewestAsync(ct);
        var (policy, faults) = Form.Read(before);
        foreach (var fault in policy.Faults()) faults.TryAdd(fault.Field, fault.Message);
        foreach (var (field, words) in faults) ModelState.AddModelError($"{nameof(Form)}.{field}", words);
        if (faults.Count > 0)
        {
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }

        var (done, number) = await TryAsync(new ChangePolicy(policy, Form.BasedOn), nameof(Form) + ".", ct);
        if (!done) return Page();
        Said = $"第{number}版从现在起用。已经受理的不变。";
        return RedirectToPage("Policy");
    }

    public string? ErrorOf(string field) => ModelState.TryGetValue($"{nameof(Form)}.{field}", out var entry) && entry.Errors.Count > 0 ? entry.Errors[0].ErrorMessage : null;

    private bool MayChange => Actor.Is(Roles.ProcessAdmin) || Actor.Is(Roles.SystemAdmin);

    private async Task<(DeadlinePolicy Policy, int Number)> NewestAsync(CancellationToken ct) =>
        await db.Policies.AsNoTracking().OrderByDescending(p => p.Number).FirstOrDefaultAsync(ct) is { } newest ? (newest.Policy, newest.Number) : (DeadlinePolicy.Default, 0);
}
