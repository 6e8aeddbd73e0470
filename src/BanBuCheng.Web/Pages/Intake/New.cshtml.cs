using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Inbox;
using BanBuCheng.Desk.Intake;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Web.Pages.Shared.Parts;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Web.Pages.Intake;

/// <summary>
/// 问题受理单, blank. Its submission key stands in the address: going back to it finds the draft, posting it twice finds the one case.
/// </summary>
internal sealed class NewModel(StepDoor door, DeskDb db, FieldCipher cipher, DeadlineBook deadlines, TimeProvider clock) : StepPage(door)
{
    [BindProperty]
    public IntakeFields Form { get; set; } = new();

    /// <summary>The submission key.</summary>
    [BindProperty(SupportsGet = true, Name = "form")]
    public Guid Key { get; set; }

    [BindProperty]
    public int? Revision { get; set; }

    public Promise Promise { get; private set; } = null!;
    public DraftNote Draft { get; private set; } = new(0, null, null);

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (Key == Guid.Empty) return RedirectToPage(new { form = Guid.CreateVersion7(clock.GetUtcNow()) });
        if (await NumberOfAsync(ct) is { } number) return RedirectToPage("Receipt", new { number, again = true });
        if (await Drafts.FindAsync(db, cipher, Key, Actor.Login, ct) is { } draft)
        {
            Form = DraftFields.Into(draft.Fields);
            Draft = new DraftNote(draft.Revision, TimeZoneInfo.ConvertTime(draft.At, ShanghaiTime.Zone), null);
        }

        await PromiseAsync(ct);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (Key == Guid.Empty) return RedirectToPage();
        // Before anything is checked: a form that was accepted is accepted, whatever its second copy looks like.
        if (await NumberOfAsync(ct) is { } number) return RedirectToPage("Receipt", new { number, again = true });

        var (form, faults) = Form.Read(clock.Today());
        foreach (var (field, words) in faults) ModelState.AddModelError($"{nameof(Form)}.{field}", words);
        if (faults.Count > 0)
        {
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        }
        else if (await TryAsync(new AcceptCase(Key, form), nameof(Form) + ".", ct) is (true, { } accepted))
        {
            return RedirectToPage("Receipt", new { number = accepted.Number, again = accepted.WasThere ? true : (bool?)null });
        }

        Draft = new DraftNote(Revision ?? 0, null, null);
        await PromiseAsync(ct);
        return Page();
    }

    /// <summary>存草稿, while one types.</summary>
    public async Task<IActionResult> OnPostDraftAsync(CancellationToken ct)
    {
        if (Key == Guid.Empty) return BadRequest();
        var (done, saved) = await TryAsync(new SaveDraft(Key, DraftFields.Of(Form), Revision), "", ct);
        ModelState.Remove(nameof(Revision));
        if (done && saved is not null) return Partial("_DraftNote", new DraftNote(saved.Revision, TimeZoneInfo.ConvertTime(saved.At, ShanghaiTime.Zone), null));
        return Partial("_DraftNote", new DraftNote(Revision ?? 0, null, string.Concat(ModelState.Values.SelectMany(v => v.Errors).Select(e => e.ErrorMessage))));
    }

    /// <summary>The telephone alone, as soon as it was typed: 还差1位.</summary>
    public IActionResult OnPostPhone()
    {
        var (_, faults) = Form.Read(clock.Today());
        if (faults.TryGetValue(nameof(Form.Phone), out var words)) ModelState.AddModelError("Form.Phone", words);
        return Partial("_Phone", this);
    }

    /// <summary>The date each difficulty gives, and whether it is too late.</summary>
    public async Task<IActionResult> OnPostPromiseAsync(CancellationToken ct)
    {
        var (_, faults) = Form.Read(clock.Today());
        if (faults.TryGetValue(nameof(Form.NeededBy), out var words)) ModelState.AddModelError("Form.NeededBy", words);
        await PromiseAsync(ct);
        return Partial("_Promise", this);
    }

    /// <summary>What is wrong with one field; null when nothing is.</summary>
    public string? ErrorOf(string field) => ModelState.TryGetValue($"{nameof(Form)}.{field}", out var entry) && entry.Errors.Count > 0 ? entry.Errors[0].ErrorMessage : null;

    internal TextField Text(string field, string label, string? value, string? hint = null) =>
        new($"{nameof(Form)}.{field}", label, value) { Hint = hint, Error = ErrorOf(field) };

    private async Task PromiseAsync(CancellationToken ct)
    {
        var today = clock.Today();
        Promise = Promise.Of(today, Form.Needed(today), Form.Judged, await deadlines.PolicyAsync(ct), deadlines.Calendar);
    }

    private Task<string?> NumberOfAsync(CancellationToken ct) =>
        db.Cases.AsNoTracking().Where(c => c.SubmissionKey == Key).Select(c => c.Number).FirstOrDefaultAsync(ct);
}
