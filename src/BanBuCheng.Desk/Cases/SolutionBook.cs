using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Steps;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Desk.Cases;

/// <summary>方案记录 — the attempts of a case, where recorders find and keep them. A rehearsal keeps them in memory.</summary>
public class SolutionBook(DeskDb db)
{
    /// <summary>All attempts of a case, the newest last; those of this step included.</summary>
    public virtual async ValueTask<IReadOnlyList<SolutionAttempt>> OfAsync(CaseId caseId, CancellationToken ct)
    {
        await db.SolutionAttempts.Where(a => a.CaseId == caseId).LoadAsync(ct);
        return [.. db.SolutionAttempts.Local.Where(a => a.CaseId == caseId).OrderBy(a => a.Number)];
    }

    public virtual void Keep(SolutionAttempt attempt) => db.SolutionAttempts.Add(attempt);
}
