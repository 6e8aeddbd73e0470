using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Steps;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Desk.Cases;

/// <summary>The visits of a case, and the thanks that came with them, as an activity writes them.</summary>
public class CaseVisits(DeskDb db, StepScope step)
{
    /// <summary>1 before the first visit.</summary>
    public virtual async ValueTask<int> NextRoundAsync(CaseId caseId, CancellationToken ct) => 1 + await db.CaseVisits.CountAsync(v => v.CaseId == caseId, ct);

    public async ValueTask RecordAsync(CaseId caseId, VisitAnswer solved, Satisfaction? satisfaction, string? words, string? by, CancellationToken ct) =>
        Keep(CaseVisit.Of(Guid.CreateVersion7(step.Now), caseId, await NextRoundAsync(caseId, ct), solved, satisfaction, words, by, step.Now));

    public void Praise(CaseId caseId, string text) => Keep(CasePraise.Record(Guid.CreateVersion7(step.Now), caseId, text, step.Actor, step.Now));

    protected virtual void Keep(CaseVisit visit) => db.CaseVisits.Add(visit);

    protected virtual void Keep(CasePraise praise) => db.Praises.Add(praise);
}
