using BanBuCheng.Desk.CaseFile;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Coordination;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Inbox;
using BanBuCheng.Desk.Offices;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Web.Pages.Cases;
using BanBuCheng.Web.Pages.Shared.Forms;
using BanBuCheng.Web.Pages.Shared.Parts;
using Htmx;
using Microsoft.AspNetCore.Mvc;
using TaskForm = BanBuCheng.Web.Pages.Shared.Forms.TaskForm;

namespace BanBuCheng.Web.Pages.Tasks;

/// <summary>
/// 办一步 — one task with its form. What was typed is never lost: it is kept as a draft while it is written, after a fault, and when
/// somebody else was faster.
/// </summary>
public sealed class ShowModel(StepDoor door, DeskDb db, DeadlineBook deadlines, FieldCipher cipher, TimeProvider clock) : StepPage(door)
{
    private const string FormPrefix = "form.", OutcomeField = "outcome";

    private TaskFormFace _face = TaskFormFace.None;

    [BindProperty(SupportsGet = true)] public Guid Id { get; set; }
    [BindProperty] public string? Outcome { get; set; }
    [BindProperty] public int? Revision { get; set; }
    [BindProperty] public string? Text { get; set; }

    public TaskView View { get; private set; } = null!;
    public CaseView Dossier { get; private set; } = null!;
    public DateOnly Today { get; private set; }
    /// <summary>上回同一事项裁定归哪家; only for the one who judges.</summary>
    public DispatchHint? Hint { get; private set; }

    /// <summary>A judgement of an item that the list of whose is what does not have, before somebody who writes that list.</summary>
    public bool MayTeachList { get; private set; }

    public Actor Reader => Actor;
    public string Here => $"/tasks/{Id:D}";

    /// <summary>When the words on the page were kept, and their revision; null while nothing was.</summary>
    public (int Revision, DateTimeOffset At)? Draft { get; private set; }

    /// <summary>Typed, but the task had gone meanwhile: shown, and offered as an internal note.</summary>
    public string? Orphaned { get; private set; }

    internal TaskForm Form => _face.Form;
    internal PickCards? Outcomes => _face.Outcomes;
    internal ErrorSummary? Errors => _face.Errors(ModelState.Where(e => !e.Key.StartsWith(FormPrefix, StringComparison.Ordinal)).SelectMany(e => e.Value!.Errors).Select(e => e.ErrorMessage));

    /// <summary>A task with one outcome needs no choice; the button says it.</summary>
    public string? OnlyOutcome => Outcomes is null && !_face.HasOutcomeField && View.Task.Outcomes.Count == 1 ? View.Task.Outcomes[0] : null;

    public DueBadge? TaskDue => View.Task.DueOn is { } due
        ? CaseParts.Due(DueText.For(due, Today, deadlines.Calendar, View.Task.State is TaskState.Open ? Standing.Running : Standing.Done, Dossier.Policy))
        : null;

    public bool CanClaim => View is { MayAct: true, Task.HolderLogin: null };
    public bool CanPutBack => View is { MayAct: true, Task: { HolderLogin: not null, AssignedPerson: null } };

    /// <summary>Why it cannot be done here, and who can; null when it can.</summary>
    public string? WhyNot => View.MayAct ? null : TaskWords.WhyNot(View.Task, Actor, Dossier.Units, Today);

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (!await ReadAsync(ct)) return NotFound();
        var kept = View.MayAct ? await Drafts.FindAsync(db, cipher, Id, Actor.Login, ct) : null;
        if (kept is { } draft) Draft = (draft.Revision, draft.At);
        Show(kept?.Fields, LastOf(kept?.Fields));
        return Page();
    }

    /// <summary>The case beside the inbox's list.</summary>
    public async Task<IActionResult> OnGetPanelAsync(CancellationToken ct)
    {
        if (!await ReadAsync(ct)) return NotFound();
        return Request.IsHtmx() ? Panel() : LocalRedirect(Here);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!await ReadAsync(ct)) return NotFound();
        var fields = PostedForm.ReadAll(Request.Form);
        Show(fields, Outcome);
        var outcome = _face.HasOutcomeField ? LastOf(fields) : Outcome;
        if ((await TryAsync(new CompleteTask(new TaskId(Id), outcome ?? "", fields), FormPrefix, ct)).Done) return await OnwardAsync(ct);

        // Refused or at fault: the words stay on the page, and safe should the page be closed.
        await KeepAsync(fields, ct);
        await ReadAsync(ct);
        Show(fields, Outcome, Faults());
        if (!View.MayAct) Orphaned = _face.Words(outcome);
        return Page();
    }

    public async Task<IActionResult> OnPostClaimAsync(CancellationToken ct) => await HandAsync(new ClaimTask(new TaskId(Id)), "您接了这一件。", ct);

    public async Task<IActionResult> OnPostPutBackAsync(CancellationToken ct) => await HandAsync(new PutBackTask(new TaskId(Id)), "放回组里了。", ct);

    public async Task<IActionResult> OnPostDraftAsync(CancellationToken ct)
    {
        var fields = new Dictionary<string, IReadOnlyList<string>>(PostedForm.ReadAll(Request.Form), StringComparer.Ordinal);
        if (!string.IsNullOrEmpty(Outcome)) fields[OutcomeField] = [Outcome];
        var (done, saved) = await TryAsync(new SaveDraft(Id, fields, Revision), "", ct);
        if (Request.IsHtmx()) return Partial("_Draft", new DraftState(saved?.Revision, saved?.At, done ? null : ModelState[""]?.Errors[0].ErrorMessage));
        if (done)
        {
            TempData["Toast"] = "草稿存好了，换台电脑接着写也在。";
            return LocalRedirect(Here);
        }

        if (!await ReadAsync(ct)) return NotFound();
        Show(fields, Outcome);
        return Page();
    }

    /// <summary>Typed words that came too late, kept as an internal note.</summary>
    public async Task<IActionResult> OnPostNoteAsync(CancellationToken ct)
    {
        if (!await ReadAsync(ct)) return NotFound();
        if ((await TryAsync(new AddNote(View.Case.Id, Text ?? ""), "", ct)).Done)
        {
            TempData["Toast"] = "存成内部备注了，群众看不到。";
            return LocalRedirect($"/cases/{View.Case.Number}#notes");
        }

        Show(null, null);
        Orphaned = Text;
        return Page();
    }

    /// <summary>After a step: the next one that is mine, or the empty inbox.</summary>
    private async Task<IActionResult> OnwardAsync(CancellationToken ct)
    {
        var mine = await InboxQuery.MineAsync(db, Actor, null, ct);
        TempData["Toast"] = mine.Rows.Count > 0 ? $"“{View.Task.Title}”办完了，接着是下一件。" : $"“{View.Task.Title}”办完了。";
        return LocalRedirect(mine.Rows.Count > 0 ? $"/tasks/{mine.Rows[0].TaskId}" : "/inbox");
    }

    private async Task<IActionResult> HandAsync(IStep<MediatR.Unit> step, string done, CancellationToken ct)
    {
        var sent = (await TryAsync(step, "", ct)).Done;
        if (!await ReadAsync(ct)) return NotFound();
        if (Request.IsHtmx())
        {
            Response.Headers["HX-Trigger"] = "inbox-changed";
            return Panel(ModelState[""]?.Errors.FirstOrDefault()?.ErrorMessage);
        }

        if (sent)
        {
            TempData["Toast"] = done;
            return LocalRedirect(step is PutBackTask ? "/inbox" : Here);
        }

        Show(null, null);
        return Page();
    }

    private PartialViewResult Panel(string? problem = null) =>
        Partial("/Pages/Cases/_Panel.cshtml", new CasePanel(Dossier, Actor, Today, new TaskId(Id), problem));

    private async Task KeepAsync(IReadOnlyDictionary<string, IReadOnlyList<string>> fields, CancellationToken ct)
    {
        var kept = new Dictionary<string, IReadOnlyList<string>>(fields, StringComparer.Ordinal);
        if (!string.IsNullOrEmpty(Outcome)) kept[OutcomeField] = [Outcome];
        var status = Response.StatusCode;
        var (done, saved) = await TryAsync(new SaveDraft(Id, kept, null), "", ct);
        Response.StatusCode = status;
        if (done) Draft = (saved!.Revision, saved.At);
    }

    private static string? LastOf(IReadOnlyDictionary<string, IReadOnlyList<string>>? fields) =>
        fields is not null && fields.TryGetValue(OutcomeField, out var values) && values.Count > 0 ? values[^1] : null;

    private Dictionary<string, string> Faults() => ModelState
        .Where(e => e.Key.StartsWith(FormPrefix, StringComparison.Ordinal) && e.Value!.Errors.Count > 0)
        .ToDictionary(e => e.Key[FormPrefix.Length..], e => e.Value!.Errors[0].ErrorMessage, StringComparer.Ordinal);

    private void Show(IReadOnlyDictionary<string, IReadOnlyList<string>>? fields, string? chosen, IReadOnlyDictionary<string, string>? faults = null) =>
        _face = TaskFormFace.Of(View, fields is null ? null : PostedForm.AsWritten(fields), chosen, faults);

    private async Task<bool> ReadAsync(CancellationToken ct)
    {
        Today = clock.Today();
        if (await TaskView.FindAsync(db, new TaskId(Id), Actor, ct) is not { } view) return false;
        View = view;
        Dossier = await CaseView.BehindAsync(db, deadlines, view, clock.GetUtcNow(), ct);
        if (view is { MayAct: true, Schema: { } schema } && schema.Contains("\"Judgement\"", StringComparison.Ordinal))
        {
            Hint = await DispatchHint.FindAsync(db, view.Case, ct);
            MayTeachList = Hint is null && view.Case.OriginalItem.Length > 0 && Actor.Is(Roles.StationHead);
        }

        return true;
    }
}
