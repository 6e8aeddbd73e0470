using BanBuCheng.Desk.Attachments;
using BanBuCheng.Desk.CaseFile;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Flows;
using BanBuCheng.Desk.Notices;
using BanBuCheng.Desk.Offices;
using BanBuCheng.Desk.Sms;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Web.Pages.Shared.Parts;
using Htmx;
using Microsoft.AspNetCore.Mvc;

namespace BanBuCheng.Web.Pages.Cases;

/// <summary>
/// 案卷 — everything about one case on one page: whose turn, by which day and why, what happened, what was tried, and the recorded act of
/// having told the citizen.
/// </summary>
[RequestSizeLimit(MostBytes), RequestFormLimits(MultipartBodyLengthLimit = MostBytes)]
public sealed partial class ShowModel(StepDoor door, DeskDb db, DeadlineBook deadlines, FieldCipher cipher, CaseProgress progress, AttachmentDesk attachments, TimeProvider clock) : StepPage(door)
{
    private const int FirstLines = 12;

    [BindProperty(SupportsGet = true)] public string Number { get; set; } = "";

    /// <summary>The whole 经过, not its newest lines only.</summary>
    [BindProperty(SupportsGet = true)] public bool All { get; set; }

    [BindProperty] public string? Way { get; set; }
    [BindProperty] public string? Note { get; set; }
    [BindProperty] public string? Text { get; set; }
    [BindProperty] public SideRequest Ask { get; set; } = new();

    public CaseView Dossier { get; private set; } = null!;
    public DateOnly Today { get; private set; }
    public Actor Reader => Actor;

    /// <summary>The open telephone number, for somebody without script; null otherwise.</summary>
    public string? OpenPhone { get; private set; }

    /// <summary>Which of the side forms was refused and stays open.</summary>
    public string? OpenForm { get; private set; }

    public bool MayTell => Dossier.Case.FirstContact == Actor.StaffId || MayAskAside;
    public bool MayAskAside => Actor.Is(Roles.HelpWindow) || Actor.Is(Roles.CaseOfficer) || Actor.Is(Roles.StationHead);
    public string Here => $"/cases/{Dossier.Case.Number}";

    internal NextStep? Next => NextStep.Of(Dossier, Actor, Today);
    internal Timeline Happened => CaseParts.Happened(Dossier, Today, All ? int.MaxValue : FirstLines, $"{Here}?all=true#happened");
    internal PickCards Ways => new(nameof(Way), "怎么告诉的",
        [new("Phone", "打电话"), new("FaceToFace", "当面说"), new("Paper", "送书面")], Way) { Required = true, Error = FaultOf(nameof(Way)) };

    /// <summary>For the station head alone; the citizen is promised a date, not a guess.</summary>
    public async Task<CaseForecast?> ForecastAsync() =>
        Actor.Is(Roles.StationHead) ? await CaseForecast.OfAsync(db, Dossier, Today, deadlines.Calendar, HttpContext.RequestAborted) : null;

    internal Task<FlowPicture?> ProgressAsync() => progress.OfAsync(db, Dossier.Case.Id, HttpContext.RequestAborted);

    public string TextOf(OutgoingSms sms) => MessageList.TextOf(cipher, sms, showCodes: false);

    public string? FaultOf(string field) => ModelState.TryGetValue(field, out var entry) && entry.Errors.Count > 0 ? entry.Errors[0].ErrorMessage : null;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) => await ReadAsync(ct) ? Page() : NotFound();

    public async Task<IActionResult> OnGetPanelAsync(CancellationToken ct)
    {
        if (!await ReadAsync(ct)) return NotFound();
        return Request.IsHtmx() ? Partial("_Panel", new CasePanel(Dossier, Actor, Today)) : LocalRedirect(Here);
    }

    /// <summary>The number masked again.</summary>
    public async Task<IActionResult> OnGetPhoneAsync(CancellationToken ct)
    {
        if (!await ReadAsync(ct)) return NotFound();
        return Request.IsHtmx() ? Partial("Parts/MaskField", new MaskField(Dossier.Case.MaskedPhone, $"{Here}/phone")) : LocalRedirect(Here);
    }

    public async Task<IActionResult> OnPostPhoneAsync(CancellationToken ct)
    {
        if (!await ReadAsync(ct)) return NotFound();
        var (done, phone) = await TryAsync(new RevealPhone(Dossier.Case.Id), "", ct);
        if (done) OpenPhone = phone;
        Response.Headers.CacheControl = "no-store";
        if (!Request.IsHtmx()) return Page();
        return done ? Partial("Parts/MaskShown", new MaskShown(phone!, $"{Here}/phone")) : Partial("Parts/MaskField", new MaskField(Dossier.Case.MaskedPhone, $"{Here}/phone"));
    }

    public async Task<IActionResult> OnPostNoteAsync(CancellationToken ct)
    {
        if (!await ReadAsync(ct)) return NotFound();
        return await SendAsync(new AddNote(Dossier.Case.Id, Text ?? ""), "备注存好了，群众看不到。", "notes", ct);
    }

    public async Task<IActionResult> OnPostToldAsync(CancellationToken ct)
    {
        if (!await ReadAsync(ct)) return NotFound();
        // An unknown word is a missing choice; the step says so beside the field.
        var way = Enum.TryParse<DeliveryWay>(Way, out var told) ? told : DeliveryWay.SmsReport;
        return await SendAsync(new RecordTelling(Dossier.Case.Id, way, Note ?? ""), "记下了：已经告诉群众。", "told", ct);
    }

    [BindProperty]
    public string? Contact { get; set; }

    /// <summary>Blank = today; an earlier day is 补录.</summary>
    [BindProperty]
    public DateOnly? ContactOn { get; set; }

    [BindProperty]
    public string? CompanionText { get; set; }

    [BindProperty]
    public DateOnly? CompanionOn { get; set; }

    [BindProperty]
    public Guid CompanionStepId { get; set; }

    [BindProperty]
    public string? CompanionResult { get; set; }

    public bool MayAccompany => Actor.Is(Roles.HelpWindow) || Actor.Is(Roles.CaseOfficer) || Actor.Is(Roles.StationHead);

    public async Task<IActionResult> OnPostContactAsync(CancellationToken ct)
    {
        if (!await ReadAsync(ct)) return NotFound();
        return await SendAsync(new RecordContact(Dossier.Case.Id, Contact ?? "", ContactOn), ContactOn is null || ContactOn == Today ? "记下了：联系过群众。" : "补录好了，不计时。", "contact", ct);
    }

    public async Task<IActionResult> OnPostCompanionAsync(CancellationToken ct)
    {
        if (!await ReadAsync(ct)) return NotFound();
        return await SendAsync(new PlanCompanionStep(Dossier.Case.Id, CompanionText ?? "", CompanionOn), "约好了，群众凭查询码看得到。", "companion", ct);
    }

    public async Task<IActionResult> OnPostAccompaniedAsync(CancellationToken ct)
    {
        if (!await ReadAsync(ct)) return NotFound();
        return await SendAsync(new FinishCompanionStep(CompanionStepId, CompanionResult ?? ""), "记下了：这一步走完了。", "companion", ct);
    }

    public async Task<IActionResult> OnPostExtendAsync(CancellationToken ct) =>
        await AskAsync("extend", CaseEvents.ExtensionRequested, () => Ask.ExtensionFaults(Dossier, Today), () => Ask.Extension(), "延期申请交上去了。告诉到群众以前，原来的日期照算。", ct);

    public async Task<IActionResult> OnPostPauseAsync(CancellationToken ct) =>
        await AskAsync("pause", CaseEvents.PauseRequested, () => Ask.PauseFaults(Dossier), () => Ask.Pause(), "暂停申请交上去了。", ct);

    public async Task<IActionResult> OnPostWithdrawAsync(CancellationToken ct) =>
        await AskAsync("withdraw", CaseEvents.WithdrawalRequested, () => Ask.WithdrawalFaults(), () => Ask.Withdrawal(), "撤回的申请交上去了。", ct);

    private async Task<IActionResult> AskAsync(string form, string eventName, Func<Dictionary<string, string>> check, Func<System.Text.Json.Nodes.JsonObject> payload, string done, CancellationToken ct)
    {
        if (!await ReadAsync(ct)) return NotFound();
        var faults = check();
        if (faults.Count == 0) return await SendAsync(new StartSideFlow(Dossier.Case.Id, eventName, payload()), done, form, ct);
        foreach (var (field, words) in faults) ModelState.AddModelError($"{nameof(Ask)}.{field}", words);
        OpenForm = form;
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    private async Task<IActionResult> SendAsync<T>(IStep<T> step, string done, string form, CancellationToken ct)
    {
        if ((await TryAsync(step, "", ct)).Done)
        {
            TempData["Toast"] = done;
            return LocalRedirect(Here);
        }

        OpenForm = form;
        return Page();
    }

    private async Task<bool> ReadAsync(CancellationToken ct)
    {
        Today = clock.Today();
        if (CaseNumber.Normalise(Number) is not { } number || await CaseView.FindAsync(db, deadlines, number, Actor, clock.GetUtcNow(), ct) is not { } file) return false;
        Dossier = file;
        More = await CaseMore.OfAsync(db, cipher, file.Case, file.Notices, ct);
        return true;
    }
}
