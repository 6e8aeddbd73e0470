using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Steps;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Desk.Cases;

/// <summary>补正告知记录 — how often a citizen was asked for papers, and what for. A rehearsal keeps it in memory.</summary>
public class SupplementBook(DeskDb db)
{
    public virtual async ValueTask<int> CountAsync(CaseId caseId, CancellationToken ct) => await db.Supplements.CountAsync(s => s.CaseId == caseId, ct);

    public virtual void Keep(CaseSupplement supplement) => db.Supplements.Add(supplement);
}
