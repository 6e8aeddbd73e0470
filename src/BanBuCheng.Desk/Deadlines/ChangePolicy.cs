using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Offices;
using BanBuCheng.Desk.Steps;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Desk.Deadlines;

/// <summary>改时限政策 — adds a version; cases accepted before keep the dates they were promised.</summary>
/// <param name="BasedOn">The version the page showed; another one in between refuses the change.</param>
public sealed record ChangePolicy(DeadlinePolicy Policy, int BasedOn) : IStep<int>;

internal sealed class ChangePolicyHandler(DeskDb db, StepScope step) : IRequestHandler<ChangePolicy, int>
{
    public async Task<int> Handle(ChangePolicy request, CancellationToken cancellationToken)
    {
        step.Actor.Require(Roles.ProcessAdmin, Roles.SystemAdmin);
        var faults = request.Policy.Faults();
        if (faults.Count > 0) throw new FormRejectedException(faults.GroupBy(f => f.Field).ToDictionary(g => g.Key, g => g.First().Message));
        var newest = await db.Policies.MaxAsync(p => (int?)p.Number, cancellationToken) ?? 0;
        if (newest != request.BasedOn) throw new RefusedException("policy.changed-meanwhile");
        db.Policies.Add(PolicyVersion.Of(newest + 1, request.Policy with { Version = newest + 1 }, step.Actor, step.Now));
        return newest + 1;
    }
}
