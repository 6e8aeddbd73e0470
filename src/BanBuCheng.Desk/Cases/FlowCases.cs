using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Engine;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Desk.Cases;

/// <summary>The case a flow is about: a government activity finds it by the instance's correlation id.</summary>
public sealed class FlowCases(DeskDb db)
{
    /// <exception cref="InvalidOperationException">The instance was not started for a case (becomes an incident).</exception>
    public async ValueTask<ServiceCase> OfAsync(ActivityContext context, CancellationToken ct)
    {
        if (!CaseId.TryParse(context.CorrelationId, out var id))
            throw new InvalidOperationException($"Expected an instance started for a case, but its correlation id is '{context.CorrelationId}'.");
        return db.Cases.Local.FindEntry(id)?.Entity
            ?? await db.Cases.FirstOrDefaultAsync(c => c.Id == id, ct)
            ?? throw new InvalidOperationException($"Expected case {id}, but there is none.");
    }
}
