using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Offices;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Engine;
using BanBuCheng.Engine.Durable;
using BanBuCheng.Engine.Running;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Desk.Flows;

/// <summary>退回版本 — an older version of a flow is put in force again, as a new one, through the gate.</summary>
/// <returns>Published is null when the gate refused; the findings say why.</returns>
public sealed record RollBackFlow(string DefinitionId, int Version, string Reason) : IStep<Publication>;

/// <summary>停用（取消发布）— nothing new starts by this flow; what runs goes on. Never the flow that cases begin with. False when nothing was in force.</summary>
public sealed record RetractFlow(string DefinitionId) : IStep<bool>;

/// <summary>迁移 — one running instance moves to another version of its flow, if it can; else the faults say why not, and nothing changes.</summary>
public sealed record MoveFlow(MovePlan Plan, Guid InstanceId, string Reason) : IStep<IReadOnlyList<MoveFault>>;

internal sealed class RollBackFlowHandler(DeskDb db, FlowLibrary library, OperatorDesk desk, StepScope step) : IRequestHandler<RollBackFlow, Publication>
{
    public async Task<Publication> Handle(RollBackFlow request, CancellationToken cancellationToken)
    {
        desk.Begin(request.Reason);
        await library.LockAsync(request.DefinitionId, cancellationToken);
        var versions = await library.VersionsAsync(request.DefinitionId, cancellationToken);
        if (versions.FirstOrDefault(v => v.Version == request.Version) is not { } wanted) throw new RefusedException("flow.version-unknown");
        if (wanted.IsPublished) throw new RefusedException("flow.version-in-force");
        var back = await library.RollBackAsync(request.DefinitionId, request.Version, cancellationToken);
        if (back.Published is { } published)
            db.FlowActs.Add(FlowAct.Write(request.DefinitionId, FlowActKind.RolledBack, request.Version, published.Version, request.Reason.Trim(), step.Actor, step.Now));
        return back;
    }
}

internal sealed class RetractFlowHandler(DeskDb db, FlowLibrary library, StepScope step) : IRequestHandler<RetractFlow, bool>
{
    public async Task<bool> Handle(RetractFlow request, CancellationToken cancellationToken)
    {
        step.Actor.RequirePerson();
        step.Actor.Require([.. Roles.Operators]);
        if (request.DefinitionId == FlowNames.CaseHandling) throw new RefusedException("flow.cases-begin-with-it");
        await library.LockAsync(request.DefinitionId, cancellationToken);
        if (await library.LatestAsync(request.DefinitionId, cancellationToken) is null) throw new RefusedException("flow.unknown");
        var inForce = (await library.VersionsAsync(request.DefinitionId, cancellationToken)).FirstOrDefault(v => v.IsPublished)?.Version;
        if (!await library.RetractAsync(request.DefinitionId, cancellationToken)) return false;
        db.FlowActs.Add(FlowAct.Write(request.DefinitionId, FlowActKind.Retracted, inForce, null, "", step.Actor, step.Now));
        return true;
    }
}

internal sealed class MoveFlowHandler(DeskDb db, OperatorDesk desk) : IRequestHandler<MoveFlow, IReadOnlyList<MoveFault>>
{
    public async Task<IReadOnlyList<MoveFault>> Handle(MoveFlow request, CancellationToken cancellationToken)
    {
        var remark = desk.Begin(request.Reason);
        try
        {
            var faults = await desk.Operations.MoveAsync(request.Plan, request.InstanceId, remark, cancellationToken);
            if (faults.Count > 0) return faults;
        }
        catch (FlowNotFoundException)
        {
            throw new RefusedException("flow.version-unknown");
        }

        var row = await db.Set<FlowInstanceRow>().AsNoTracking().SingleAsync(i => i.Id == request.InstanceId, cancellationToken);
        var to = await db.Set<FlowDefinitionRow>().AsNoTracking().Where(d => d.VersionId == request.Plan.ToVersionId).Select(d => d.Version).SingleAsync(cancellationToken);
        await desk.WriteDownAsync(row.CorrelationId, JournalKinds.FlowMoved, $"流程由第{row.DefinitionVersion}版换到第{to}版", request.Reason, cancellationToken,
            ("flow", request.Plan.DefinitionId), ("from", row.DefinitionVersion), ("to", to));
        return [];
    }
}
