using BanBuCheng.Desk.Attachments;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Coordination;
using BanBuCheng.Desk.Inbox;
using BanBuCheng.Desk.Intake;
using BanBuCheng.Desk.Offices;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Web.Texts;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace BanBuCheng.Web.Pages.Cases;

/// <summary>The small forms beside a case: papers, authorisations, another unit, a consultation, a document.</summary>
public sealed partial class ShowModel
{
    private const int MostBytes = (AttachmentDesk.MostFiles + 1) * AttachmentDesk.LargestFile;

    [BindProperty] public List<IFormFile> Files { get; set; } = [];
    [BindProperty] public SaidFields Say { get; set; } = new();

    public CaseMore More { get; private set; } = null!;
    public bool MayActForApplicant => Dossier.Case.FirstContact == Actor.StaffId || MayAskAside;
    public bool MayCoordinate => MayAskAside || Actor.Is(Roles.Liaison) || Actor.Is(Roles.DepartmentLeader);
    public bool MayAskUnits => Actor.Is(Roles.StationHead) || Actor.Is(Roles.CaseOfficer);
    public IEnumerable<OfficeUnit> Departments => Dossier.Units.Values.Where(u => u is { Kind: UnitKind.Department, Active: true }).OrderBy(u => u.Order);

    /// <summary>The bytes of one paper, as a download that no browser runs or shows inside the site.</summary>
    public async Task<IActionResult> OnGetFileAsync(Guid id, CancellationToken ct)
    {
        if (!await ReadAsync(ct)) return NotFound();
        var (done, file) = await TryAsync(new OpenAttachment(Dossier.Case.Id, id), "", ct);
        if (!done || file is null) return NotFound();
        Response.Headers.CacheControl = "no-store";
        Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        return File(file.Content, file.MediaType, file.FileName);
    }

    public async Task<IActionResult> OnPostAttachAsync(CancellationToken ct)
    {
        if (!await ReadAsync(ct)) return NotFound();
        if (Dossier.Case.State is CaseState.Closed) return Refuse("Files", RefusalTexts.All["case.closed"]);
        if (Files.Count == 0) ModelState.AddModelError("Files", "还没选文件。");
        foreach (var file in Files)
        {
            await using var content = file.OpenReadStream();
            if (await attachments.TakeInAsync(Dossier.Case.Id.Value, file.FileName, content, Actor, ct) is { } problem) ModelState.AddModelError("Files", problem);
        }

        if (ModelState.IsValid) return Done("收好了。", "files");
        await ReadAsync(ct);
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    public async Task<IActionResult> OnPostUnitAsync(CancellationToken ct)
    {
        if (!await ReadAsync(ct)) return NotFound();
        return await SendAsync(new AskAnotherUnit(Dossier.Case.Id, Say.Unit ?? "", Say.Request ?? ""), "加请好了，别家照办。", "unit", ct);
    }

    public async Task<IActionResult> OnPostConsultAsync(CancellationToken ct)
    {
        if (!await ReadAsync(ct)) return NotFound();
        DateOnly? on = SpokenDate.TryParse(Say.On ?? "", Today, out var day, out _) ? day : null;
        return await SendAsync(new RecordConsultation(Dossier.Case.Id, Say.Unit ?? "", Say.Person ?? "", on, Say.Question ?? "", Say.Answer ?? "", Say.Basis ?? ""), "记下了，时限照走。", "consult", ct);
    }

    public async Task<IActionResult> OnPostDocumentAsync(CancellationToken ct)
    {
        if (!await ReadAsync(ct)) return NotFound();
        return await SendAsync(new AddDocument(Dossier.Case.Id, Say.Title ?? "", Say.DocumentNumber ?? "", Say.IssuingUnit ?? "", null, Say.ReceiptNumber), "文件添上了。", "document", ct);
    }

    public async Task<IActionResult> OnPostAgentAsync(CancellationToken ct)
    {
        if (!await ReadAsync(ct)) return NotFound();
        DateOnly? until = SpokenDate.TryParse(Say.AgentUntil ?? "", Today, out var day, out _) ? day : null;
        var agent = new AgentForm { AgentName = Say.AgentName, AgentPhone = Say.AgentPhone, AgentRelation = Say.AgentRelation, AgentScope = Say.AgentScope, AgentUntil = until };
        return await SendAsync(new NameAgent(Dossier.Case.Id, agent), "委托书登记好了。", "agent", ct);
    }

    public async Task<IActionResult> OnPostAgencyAsync(Guid id, CancellationToken ct)
    {
        if (!await ReadAsync(ct)) return NotFound();
        return await SendAsync(new RecordAgencyStep(Dossier.Case.Id, id, Say.Text ?? ""), "记下了，两个名字都在上面。", $"agency{id}", ct);
    }

    public async Task<IActionResult> OnPostRevokeAsync(Guid id, CancellationToken ct)
    {
        if (!await ReadAsync(ct)) return NotFound();
        return await SendAsync(new RevokeAgent(Dossier.Case.Id, id), "委托撤销了。", "agent", ct);
    }

    private PageResult Refuse(string field, string words)
    {
        ModelState.AddModelError(field, words);
        Response.StatusCode = StatusCodes.Status409Conflict;
        return Page();
    }

    private LocalRedirectResult Done(string toast, string part)
    {
        TempData["Toast"] = toast;
        return LocalRedirect($"{Here}#{part}");
    }
}
