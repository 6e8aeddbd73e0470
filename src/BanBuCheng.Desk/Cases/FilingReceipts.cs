using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Steps;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Desk.Cases;

/// <summary>备案回执 — a filing that was promised and of which no receipt has come. A receipt stands on the paper itself, or on one that the receiving unit issued.</summary>
public class FilingReceipts(DeskDb db)
{
    /// <returns>Codes of the units whose receipt is missing.</returns>
    public virtual async ValueTask<IReadOnlyList<string>> MissingAsync(CaseId caseId, CancellationToken ct)
    {
        await db.CaseDocuments.Where(d => d.CaseId == caseId).LoadAsync(ct);
        var papers = db.CaseDocuments.Local.Where(d => d.CaseId == caseId).ToList();
        return [.. papers.Where(d => d.FiledWith is { Length: > 0 } && d.ReceiptNumber is not { Length: > 0 }).Select(d => d.FiledWith!)
            .Where(unit => !papers.Any(d => d.IssuingUnit == unit && d.ReceiptNumber is { Length: > 0 })).Distinct()];
    }
}
