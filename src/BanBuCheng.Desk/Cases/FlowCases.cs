using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Engine;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Desk.Cases;

/// <summary>The case a flow is about: a government activity finds it by the instance's correlation id. A rehearsal keeps its cases in memory.</summary>
public class FlowCases(DeskDb db)
{
    /// <exception cref="InvalidOperationException">The instance was not started for a case (becomes an incident).</exception>
    public async ValueTask<ServiceCase> OfAsync(ActivityContext context, CancellationToken ct)
    {
        if (!CaseId.TryParse(context.CorrelationId, out var id))
            throw new InvalidOperationException($"Expected an instance started for a case, but its correlation id is '{context.CorrelationId}'.");
        return await FindAsync(id, ct) ?? throw new InvalidOperationException($"Expected case {id}, but there is none.");
    }

    /// <returns>Null when there is no such case.</returns>
    public virtual async ValueTask<ServiceCase?> FindAsync(CaseId id, CancellationToken ct) =>
        db.Cases.Local.FindEntry(id)?.Entity ?? await db.Cases.FirstOrDefaultAsync(c => c.Id == id, ct);
}
