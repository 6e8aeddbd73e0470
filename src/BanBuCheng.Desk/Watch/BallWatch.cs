using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Inbox;
using BanBuCheng.Desk.Notices;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Engine.Durable;
using BanBuCheng.Engine.Running;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Desk.Watch;

/// <summary>
/// 事事有着落 — finds open cases that nobody has: no open task of a person, post or unit, no notice on its way, no timer that moves them
/// on, no incident that an operator was told of. There should be none.
/// </summary>
/// <remarks>
/// The timer of a flow beside the case (supervision) watches the case and does not move it; it counts only after a first reply, when a
/// reopened case is handled inside such a flow. Asked in pages, so that a probe costs the same with a hundred cases and with a million.
/// </remarks>
public static class BallWatch
{
    /// <param name="after">The last case looked at; the default to begin.</param>
    public static async Task<BallPage> LookAsync(DeskDb db, CaseId after, int take, CancellationToken ct)
    {
        var loose = await Loose(db).Where(c => c.Id > after).OrderBy(c => c.Id).Take(take).Select(c => new { c.Id, c.Number, c.RepliedAt }).ToListAsync(ct);
        var ids = loose.Select(c => c.Id.ToString()).ToList();
        var held = await (
            from instance in db.Set<FlowInstanceRow>()
            where instance.Status == FlowStatus.Running && ids.Contains(instance.CorrelationId!)
                && (instance.OpenIncidents > 0 || db.Set<FlowWaitRow>().Any(w => w.InstanceId == instance.Id && w.DueAt != null))
            join definition in db.Set<FlowDefinitionRow>() on instance.DefinitionVersionId equals definition.VersionId
            select new { Case = instance.CorrelationId!, instance.OpenIncidents, definition.Kind }).ToListAsync(ct);
        var moved = held.Where(h => h.OpenIncidents > 0 || h.Kind != SideFlow).Select(h => h.Case).ToHashSet();
        var watched = held.Select(h => h.Case).ToHashSet();
        return new BallPage(
            [.. loose.Where(c => !(c.RepliedAt is null ? moved : watched).Contains(c.Id.ToString())).Select(c => new UnheldCase(c.Id, c.Number))],
            loose.Count < take ? null : loose[^1].Id);
    }

    /// <summary>The document's word for a flow beside the case.</summary>
    private const string SideFlow = "Side";

    /// <summary>Open cases with neither an open task nor a notice on its way: the few that a timer must have.</summary>
    private static IQueryable<ServiceCase> Loose(DeskDb db) => db.Cases.AsNoTracking().Where(c => c.State == CaseState.Open
        && !db.InboxTasks.Any(t => t.CaseId == c.Id && t.State == TaskState.Open)
        && !db.CaseNotices.Any(n => n.CaseId == c.Id && n.DeliveredAt == null && !n.Withdrawn));

    /// <summary>件件有回音 — closed cases without a reply whose delivery is on record.</summary>
    public static IQueryable<ServiceCase> Unanswered(DeskDb db) => db.Cases.AsNoTracking().Where(c => c.State == CaseState.Closed
        && (c.ReplyOwed || c.Outcome == null || !db.CaseNotices.Any(n => n.CaseId == c.Id && n.Kind == NoticeKind.Reply && n.DeliveredAt != null)));
}

/// <param name="Unheld">Those that nobody has.</param>
/// <param name="Next">Where to go on; null at the end.</param>
public sealed record BallPage(IReadOnlyList<UnheldCase> Unheld, CaseId? Next);

public sealed record UnheldCase(CaseId Id, string Number);
