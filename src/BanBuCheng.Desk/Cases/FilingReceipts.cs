using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Steps;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Desk.Cases;

/// <summary>备案回执 — a filing that was promised and of which no receipt has come. A receipt stands on the paper itself, or on one that the receiving unit issued.</summary>
public class FilingReceipts(DeskDb db)
{
    /// <returns>Codes of the units whose receipt is missing.</returns>
    public async ValueTask<IReadOnlyList<string>> MissingAsync(CaseId caseId, CancellationToken ct)
    {
        var papers = await PapersAsync(caseId, ct);
        return [.. papers.Where(d => d.FiledWith is { Length: > 0 } && d.ReceiptNumber is not { Length: > 0 }).Select(d => d.FiledWith!)
            .Where(unit => !papers.Any(d => d.IssuingUnit == unit && d.ReceiptNumber is { Length: > 0 })).Distinct()];
    }

    public virtual void Keep(CaseDocument paper) => db.CaseDocuments.Add(paper);

    /// <summary>Names of units, in the order of the directory; for the sentence that asks for a receipt.</summary>
    public virtual async ValueTask<string> NamesAsync(IReadOnlyList<string> codes, CancellationToken ct) =>
        string.Join('、', await db.OfficeUnits.Where(u => codes.Contains(u.Code)).OrderBy(u => u.Order).Select(u => u.Name).ToListAsync(ct));

    protected virtual async ValueTask<IReadOnlyList<CaseDocument>> PapersAsync(CaseId caseId, CancellationToken ct)
    {
        await db.CaseDocuments.Where(d => d.CaseId == caseId).LoadAsync(ct);
        return [.. db.CaseDocuments.Local.Where(d => d.CaseId == caseId)];
    }
}
