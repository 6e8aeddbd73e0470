using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Offices;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Engine.Durable;
using BanBuCheng.Engine.Running;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Desk.Flows;

/// <summary>退回到某一版 — a draft above all others, with that version's drawing. Nothing is lost: an unfinished draft stays below it.</summary>
public sealed record RevertFlow(string DefinitionId, int Version) : IStep<StoredDefinition>;

internal sealed class RevertFlowHandler(FlowLibrary library, StepScope step) : IRequestHandler<RevertFlow, StoredDefinition>
{
    public async Task<StoredDefinition> Handle(RevertFlow request, CancellationToken cancellationToken)
    {
        step.Actor.Require(Roles.ProcessAdmin);
        await library.LockAsync(request.DefinitionId, cancellationToken);
        var version = (await library.VersionsAsync(request.DefinitionId, cancellationToken)).FirstOrDefault(v => v.Version == request.Version)
            ?? throw new RefusedException("flow.version-unknown");
        return await library.DraftAboveAsync(request.DefinitionId, version.Document, cancellationToken) ?? throw new RefusedException("flow.unreadable");
    }
}

/// <summary>删掉 — one version, or (version null) a whole flow. Refused for what is in force, what cases went by, and what others use.</summary>
public sealed record DeleteFlow(string DefinitionId, string? VersionId) : IStep;

internal sealed class DeleteFlowHandler(DeskDb db, FlowLibrary library, StepScope step) : IRequestHandler<DeleteFlow, Unit>
{
    public async Task<Unit> Handle(DeleteFlow request, CancellationToken cancellationToken)
    {
        step.Actor.Require(Roles.ProcessAdmin);
        await library.LockAsync(request.DefinitionId, cancellationToken);
        var versions = await library.VersionsAsync(request.DefinitionId, cancellationToken);
        var doomed = versions.Where(v => request.VersionId is null || v.VersionId == request.VersionId).ToList();
        if (doomed.Count == 0) throw new RefusedException(request.VersionId is null ? "flow.unknown" : "flow.version-unknown");
        if (doomed.Exists(v => v.IsPublished)) throw new RefusedException("flow.still-published");
        foreach (var version in doomed)
        {
            var id = version.VersionId;
            // As a whole or inside another: an instance pins the versions of its parts in its own text.
            if (await db.Set<FlowInstanceRow>().AnyAsync(i => i.DefinitionVersionId == id || i.State.Contains(id), cancellationToken)) throw new RefusedException("flow.has-instances");
            if (await db.Set<FlowDefinitionRow>().AnyAsync(d => d.DefinitionId != request.DefinitionId && d.Document.Contains(id), cancellationToken)) throw new RefusedException("flow.used-by-others");
        }

        if (doomed.Count == versions.Count && (await library.ConsumersOfAsync(request.DefinitionId, cancellationToken)).Count > 0) throw new RefusedException("flow.used-by-others");
        await library.DeleteAsync(request.DefinitionId, doomed.Select(v => v.VersionId).ToHashSet(StringComparer.Ordinal), cancellationToken);
        return Unit.Value;
    }
}

/// <summary>停掉一个流程实例 — never one that an open case depends on: nobody would answer the citizen. False when it had ended.</summary>
public sealed record StopInstance(Guid InstanceId) : IStep<bool>;

internal sealed class StopInstanceHandler(DeskDb db, IFlows flows, StepScope step) : IRequestHandler<StopInstance, bool>
{
    public async Task<bool> Handle(StopInstance request, CancellationToken cancellationToken)
    {
        step.Actor.Require(Roles.ProcessAdmin, Roles.SystemAdmin);
        var instance = await db.Set<FlowInstanceRow>().AsNoTracking().FirstOrDefaultAsync(i => i.Id == request.InstanceId, cancellationToken) ?? throw new RefusedException("flow.instance-unknown");
        if (instance.Status is not FlowStatus.Running) return false;
        if (CaseId.TryParse(instance.CorrelationId, out var caseId) && await db.Cases.AnyAsync(c => c.Id == caseId && c.State == CaseState.Open, cancellationToken))
            throw new RefusedException("flow.belongs-to-case");
        return await flows.CancelAsync(instance.Id, $"stopped by {step.Actor.Login}", cancellationToken);
    }
}
