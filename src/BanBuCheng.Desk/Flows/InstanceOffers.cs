using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Engine.Durable;
using BanBuCheng.Engine.Running;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Desk.Flows;

/// <summary>能做什么 — what an operator may do with one flow as it stands now, so that pages offer what will not be refused.</summary>
/// <param name="Troubles">Its open breakdowns, oldest first.</param>
/// <param name="MayCancel">False while a reply is owed that only this flow can still deliver, and once it has ended.</param>
/// <param name="Newer">The version in force, when it runs on another one.</param>
public sealed record InstanceOffer(FlowInstanceRow Row, IReadOnlyList<FlowTrouble> Troubles, bool MayCancel, FlowInForce? Newer)
{
    public bool IsRunning => Row.Status == FlowStatus.Running;
}

public sealed record FlowInForce(string VersionId, int Version);

public sealed class InstanceOffers(DeskDb db, FlowOperations operations)
{
    /// <summary>Null: there is no such instance.</summary>
    public async Task<InstanceOffer?> OfAsync(Guid instanceId, CancellationToken ct)
    {
        if (await db.Set<FlowInstanceRow>().AsNoTracking().SingleOrDefaultAsync(i => i.Id == instanceId, ct) is not { } row) return null;
        if (row.Status != FlowStatus.Running) return new InstanceOffer(row, [], false, null);
        var troubles = new List<FlowTrouble>();
        if (row.OpenIncidents > 0)
            foreach (var open in await TroubleList.OfAsync(db, instanceId, ct))
                if (await operations.LookAsync(open.Id, ct) is { } trouble) troubles.Add(trouble);
        var newer = await db.Set<FlowDefinitionRow>().AsNoTracking().Where(d => d.DefinitionId == row.DefinitionId && d.IsPublished && d.VersionId != row.DefinitionVersionId)
            .Select(d => new FlowInForce(d.VersionId, d.Version)).FirstOrDefaultAsync(ct);
        return new InstanceOffer(row, troubles, !await OwesReplyAsync(row, ct), newer);
    }

    /// <summary>Is this the last running flow of an open case through which the reply it owes could still be delivered?</summary>
    internal async Task<bool> OwesReplyAsync(FlowInstanceRow instance, CancellationToken ct)
    {
        if (!CaseId.TryParse(instance.CorrelationId, out var id)
            || await db.Cases.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, ct) is not { State: not CaseState.Closed, ReplyOwed: true }
            || !(await operations.TypesAsync(instance.Id, ct)).Contains(FlowNames.DeliverReply)) return false;
        var others = await db.Set<FlowInstanceRow>().AsNoTracking()
            .Where(i => i.CorrelationId == instance.CorrelationId && i.Status == FlowStatus.Running && i.Id != instance.Id).Select(i => i.Id).ToListAsync(ct);
        foreach (var other in others)
            if ((await operations.TypesAsync(other, ct)).Contains(FlowNames.DeliverReply)) return false;
        return true;
    }
}
