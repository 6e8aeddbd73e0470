using BanBuCheng.Desk.Attachments;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Inbox;
using BanBuCheng.Desk.Intake;
using BanBuCheng.Desk.Offices;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Web.Pages.Shared.Parts;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Web.Pages.Intake;

/// <summary>
/// 问题受理单, blank. Its submission key stands in the address: going back to it finds the draft, posting it twice finds the one case.
/// </summary>
[RequestSizeLimit(MostBytes), RequestFormLimits(MultipartBodyLengthLimit = MostBytes)]
internal sealed class NewModel(StepDoor door, DeskDb db, FieldCipher cipher, DeadlineBook deadlines, AttachmentDesk attachments, TimeProvider clock) : StepPage(door)
{
    [BindProperty]
    public IntakeFields Form { get; set; } = new();

    /// <summary>The submission key.</summary>
    [BindProperty(SupportsGet = true, Name = "form")]
    public Guid Key { get; set; }

    [BindProperty]
    public int? Revision { get; set; }

    private const int MostBytes = (AttachmentDesk.MostFiles + 1) * AttachmentDesk.LargestFile;

    [BindProperty]
    public List<IFormFile> Files { get; set; } = [];

    /// <summary>What was handed in with this form so far.</summary>
    public IReadOnlyList<AttachmentLine> Kept { get; private set; } = [];
    public IReadOnlyList<AlikeCase> Alike { get; private set; } = [];

    /// <summary>An ordinary window walks over to the help window; the help window does not walk to itself.</summary>
    public bool MayHandOver => !IsOfTheWindow;
    public bool MayBackdate => Actor.Is(Roles.HelpWindow) || Actor.Is(Roles.StationHead);

    /// <summary>A complaint about the window is not taken by the window.</summary>
    public bool MayComplain => !IsOfTheWindow;
    private bool IsOfTheWindow => Actor.Is(Roles.HelpWindow) || Actor.Is(Roles.CaseOfficer) || Actor.Is(Roles.StationHead);

    /// <summary>Nothing was typed yet: the first box has the cursor.</summary>
    public bool IsBlank { get; private set; }

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
        else
        {
            // The station looks at it unless the clerk says it is simple: three boxes are all that must be filled in.
            (IsBlank, Form.Difficulty) = (true, nameof(Difficulty.Complex));
            if (Actor.Is(Roles.WindowStaff) && MayHandOver) Form.HandOver = "true";
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
        var unkept = 0;
        foreach (var file in Files.Where(f => f.Length > 0 || f.FileName.Length > 0))
        {
            await using var content = file.OpenReadStream();
            if (await attachments.TakeInAsync(Key, file.FileName, content, Actor, ct) is not { } problem) continue;
            ModelState.AddModelError(nameof(Files), problem);
            unkept++;
        }

        if (faults.Count + unkept > 0)
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

    /// <summary>像是同一件 — after the telephone, the item or the subject changed.</summary>
    public async Task<IActionResult> OnPostAlikeAsync(CancellationToken ct)
    {
        await AlikeAsync(ct);
        return Partial("_Alike", this);
    }

    private async Task AlikeAsync(CancellationToken ct) =>
        Alike = await AlikeCases.FindAsync(db, cipher, Form.Phone, Form.OriginalItem, Form.Subject, clock.Today(), (await deadlines.PolicyAsync(ct)).AlikeWithin.Value, ct);

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

    public string? FilesFault => ModelState.TryGetValue(nameof(Files), out var entry) && entry.Errors.Count > 0 ? string.Concat(entry.Errors.Select(e => e.ErrorMessage)) : null;

    /// <summary>Folded parts open by themselves when something in them was typed or is wrong.</summary>
    public string? AgentOpen => Any(Form.AgentName, Form.AgentScope, Form.AgentRelation, Form.AgentUntil) || Form.CareFlags.Contains("PROXY") ? "open" : null;
    public string? RareOpen => Any(Form.AcceptedOn, Form.BackdateReason, Form.AboutWindow, Form.RelatedNumber) ? "open" : null;

    private static bool Any(params ReadOnlySpan<string?> typed)
    {
        foreach (var text in typed)
        {
            if (!string.IsNullOrWhiteSpace(text)) return true;
        }

        return false;
    }

    internal TextField Text(string field, string label, string? value, string? hint = null) =>
        new($"{nameof(Form)}.{field}", label, value) { Hint = hint, Error = ErrorOf(field) };

    private async Task PromiseAsync(CancellationToken ct)
    {
        var today = clock.Today();
        Kept = await AttachmentDesk.ListAsync(db, cipher, Key, ct);
        await AlikeAsync(ct);
        Promise = Promise.Of(today, Form.Needed(today), Form.Judged, await deadlines.PolicyAsync(ct), deadlines.Calendar);
    }

    private Task<string?> NumberOfAsync(CancellationToken ct) =>
        db.Cases.AsNoTracking().Where(c => c.SubmissionKey == Key).Select(c => c.Number).FirstOrDefaultAsync(ct);
}
