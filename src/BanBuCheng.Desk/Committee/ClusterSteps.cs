using System.Globalization;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Offices;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Engine.Durable;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Desk.Committee;

/// <summary>并案 — similar cases studied together, the first one named gives the study its subject.</summary>
public sealed record BeginCluster(string Title, IReadOnlyList<string> Numbers) : IStep<Guid>;

/// <summary>再并一件.</summary>
public sealed record JoinCluster(Guid Id, string Number, string Situation) : IStep;

/// <summary>拆出来单独办.</summary>
public sealed record LeaveCluster(Guid MemberId, string Because) : IStep;

/// <summary>写研究结论：有哪几种情形，各建议什么规矩.</summary>
public sealed record WriteStudy(Guid Id, string Study) : IStep
{
    /// <summary>The version of the study that the writer had before them; when somebody has written since, nothing is overwritten. Null: whatever stands.</summary>
    public int? Seen { get; init; }
}

internal sealed class ClusterHandler(DeskDb db, IFlows flows, CaseJournal journal, StepScope step, TimeProvider clock)
    : IRequestHandler<BeginCluster, Guid>, IRequestHandler<JoinCluster, Unit>, IRequestHandler<LeaveCluster, Unit>, IRequestHandler<WriteStudy, Unit>
{
    public async Task<Guid> Handle(BeginCluster request, CancellationToken cancellationToken)
    {
        Guard();
        var title = request.Title.Trim();
        var faults = new Dictionary<string, string>();
        TypedText.Check(faults, "title", title, "还没写是哪一类事。", CaseLimits.Subject);
        var numbers = request.Numbers.Select(n => n.Trim()).Where(n => n.Length > 0).Distinct().ToList();
        if (numbers.Count < 2) faults["numbers"] = "并案至少要两件。";
        if (faults.Count > 0) throw new FormRejectedException(faults);

        var prefix = $"BA{ShanghaiTime.DayOf(step.Now).Year}-";
        var number = prefix + (await db.CaseClusters.CountAsync(c => c.Number.StartsWith(prefix), cancellationToken) + 1).ToString("00", CultureInfo.InvariantCulture);
        var cluster = CaseCluster.Begin(Guid.CreateVersion7(clock.GetUtcNow()), number, title, step.Actor, step.Now);
        db.CaseClusters.Add(cluster);
        foreach (var one in numbers) await JoinAsync(cluster, one, "", cancellationToken);
        return cluster.Id;
    }

    public async Task<Unit> Handle(JoinCluster request, CancellationToken cancellationToken)
    {
        Guard();
        if (TypedText.FaultOf(request.Situation, null, CaseLimits.ShortText) is { } fault) throw new FormRejectedException(new Dictionary<string, string> { ["situation"] = fault });
        var cluster = await db.CaseClusters.SingleOrDefaultAsync(c => c.Id == request.Id, cancellationToken) ?? throw new RefusedException("cluster.unknown");
        await JoinAsync(cluster, request.Number, request.Situation.Trim(), cancellationToken);
        return Unit.Value;
    }

    public async Task<Unit> Handle(LeaveCluster request, CancellationToken cancellationToken)
    {
        Guard();
        var because = request.Because.Trim();
        if (TypedText.FaultOf(because, "还没写为什么拆出来。", CaseLimits.ShortText) is { } fault) throw new FormRejectedException(new Dictionary<string, string> { ["because"] = fault });
        var caseId = await db.ClusterMembers.Where(m => m.Id == request.MemberId).Select(m => (CaseId?)m.CaseId).SingleOrDefaultAsync(cancellationToken) ?? throw new RefusedException("cluster.not-member");

        // The case first: its version is what two who take it out collide on, so the membership must not be older than the case.
        var serviceCase = await db.Cases.SingleAsync(c => c.Id == caseId, cancellationToken);
        var member = await db.ClusterMembers.SingleOrDefaultAsync(m => m.Id == request.MemberId && m.LeftAt == null, cancellationToken) ?? throw new RefusedException("cluster.not-member");
        member.Leave(because, step.Now);
        var number = await db.CaseClusters.Where(c => c.Id == member.ClusterId).Select(c => c.Number).SingleAsync(cancellationToken);
        journal.Write(serviceCase, JournalKinds.Unclustered, ("cluster", number));
        return Unit.Value;
    }

    public async Task<Unit> Handle(WriteStudy request, CancellationToken cancellationToken)
    {
        Guard();
        if (TypedText.FaultOf(request.Study, null, CaseLimits.LongText) is { } fault) throw new FormRejectedException(new Dictionary<string, string> { ["study"] = fault });
        var cluster = await db.CaseClusters.SingleOrDefaultAsync(c => c.Id == request.Id, cancellationToken) ?? throw new RefusedException("cluster.unknown");
        if (request.Seen is { } seen && seen != cluster.Version) throw new RefusedException("cluster.rewritten", "study");
        cluster.Write(request.Study.Trim());
        return Unit.Value;
    }

    private void Guard()
    {
        step.Actor.RequirePerson();
        step.Actor.Require(Roles.CommitteeSecretary, Roles.StationHead);
    }

    private async Task JoinAsync(CaseCluster cluster, string number, string situation, CancellationToken ct)
    {
        var wanted = CaseNumber.Normalise(number);
        var serviceCase = wanted is null ? null : await db.Cases.SingleOrDefaultAsync(c => c.Number == wanted, ct);
        if (serviceCase is null) throw new FormRejectedException(new Dictionary<string, string> { ["numbers"] = $"没有编号是“{number}”的办件，请照着受理单再核一遍。" });
        if (serviceCase.State is CaseState.Closed) throw new RefusedException("case.closed");
        if (await db.ClusterMembers.AnyAsync(m => m.CaseId == serviceCase.Id && m.LeftAt == null, ct)) throw new RefusedException("cluster.already-in") { Facts = [("case", serviceCase.Number)] };
        db.ClusterMembers.Add(ClusterMember.Join(Guid.CreateVersion7(clock.GetUtcNow()), cluster.Id, serviceCase.Id, situation, step.Now));
        journal.Write(serviceCase, JournalKinds.Clustered, ("cluster", cluster.Number));
        await flows.PublishEventAsync(CaseEvents.Clustered, serviceCase.Id.ToString(), null, step.Now, ct);
    }
}
