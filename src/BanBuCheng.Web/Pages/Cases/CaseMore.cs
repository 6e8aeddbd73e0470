using BanBuCheng.Desk.Attachments;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Steps;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Web.Pages.Cases;

/// <summary>What else belongs to a case: papers handed in, authorisations, returns, consultations, visits; read only where a page shows them.</summary>
public sealed record CaseMore(
    IReadOnlyList<AttachmentLine> Files,
    IReadOnlyList<CaseAuthorisation> Agents,
    IReadOnlyList<AgencyStep> Agency,
    IReadOnlyList<CaseReturn> Returns,
    IReadOnlyList<CaseConsultation> Consultations,
    IReadOnlyList<CaseSupplement> Supplements,
    IReadOnlyList<CaseVisit> Visits,
    IReadOnlyList<CasePraise> Praises)
{
    /// <summary>The papers that can be printed for the citizen, made of what the case holds.</summary>
    public IReadOnlyList<(string Kind, string Caption, string Hint)> Papers { get; init; } = [];

    public static async Task<CaseMore> OfAsync(DeskDb db, FieldCipher cipher, ServiceCase one, IReadOnlyList<Desk.Notices.CaseNotice> notices, CancellationToken ct)
    {
        var id = one.Id;
        var supplements = await db.Supplements.AsNoTracking().Where(s => s.CaseId == id).OrderBy(s => s.Number).ToListAsync(ct);
        var replies = notices.Where(n => n is { Kind: Desk.Notices.NoticeKind.Reply, Withdrawn: false }).ToList();
        List<(string, string, string)> papers = [];
        if (supplements.Count > 0) papers.Add(("supplement", "明白纸", "要补什么、哪天前、送到哪里"));
        if (replies.Any(n => n.Outcome is CaseOutcome.NotAccepted)) papers.Add(("direction", "指路牌", "该去哪里、电话、找谁"));
        if (replies.Any(n => n.Outcome is not CaseOutcome.NotAccepted)) papers.Add(("answer", "答复卡", "结果、依据、还有哪些路、不服怎么办"));
        return new CaseMore(
            await AttachmentDesk.ListAsync(db, cipher, id.Value, ct),
            await db.Authorisations.AsNoTracking().Where(a => a.CaseId == id).OrderBy(a => a.RecordedAt).ToListAsync(ct),
            await db.AgencySteps.AsNoTracking().Where(s => s.CaseId == id).OrderBy(s => s.At).ToListAsync(ct),
            await db.CaseReturns.AsNoTracking().Where(r => r.CaseId == id).OrderBy(r => r.At).ToListAsync(ct),
            await db.Consultations.AsNoTracking().Where(c => c.CaseId == id).OrderBy(c => c.RecordedAt).ToListAsync(ct),
            supplements,
            await db.CaseVisits.AsNoTracking().Where(v => v.CaseId == id).OrderBy(v => v.Round).ToListAsync(ct),
            await db.Praises.AsNoTracking().Where(p => p.CaseId == id).OrderBy(p => p.At).ToListAsync(ct)) { Papers = papers };
    }
}

/// <summary>What was typed into one of the small forms beside a case, letter by letter.</summary>
public sealed class SaidFields
{
    public string? Unit { get; set; }
    public string? Request { get; set; }
    public string? Person { get; set; }
    public string? On { get; set; }
    public string? Question { get; set; }
    public string? Answer { get; set; }
    public string? Basis { get; set; }
    public string? Title { get; set; }
    public string? DocumentNumber { get; set; }
    public string? IssuingUnit { get; set; }
    public string? ReceiptNumber { get; set; }
    public string? AgentName { get; set; }
    public string? AgentPhone { get; set; }
    public string? AgentRelation { get; set; }
    public string? AgentScope { get; set; }
    public string? AgentUntil { get; set; }
    public string? Text { get; set; }

    internal string? Of(string name) => name switch
    {
        nameof(Request) => Request,
        nameof(Person) => Person,
        nameof(On) => On,
        nameof(Question) => Question,
        nameof(Answer) => Answer,
        nameof(Basis) => Basis,
        nameof(Title) => Title,
        nameof(DocumentNumber) => DocumentNumber,
        nameof(ReceiptNumber) => ReceiptNumber,
        nameof(AgentName) => AgentName,
        nameof(AgentPhone) => AgentPhone,
        nameof(AgentRelation) => AgentRelation,
        nameof(AgentScope) => AgentScope,
        nameof(AgentUntil) => AgentUntil,
        nameof(Text) => Text,
        _ => null,
    };
}
