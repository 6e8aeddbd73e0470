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
        var loose = await Loose(db).Where(c => c.Id > after).OrderBy(c => c.Id).Take(take).Select(c => new LooseCase(c.Id, c.Number, c.RepliedAt != null)).ToListAsync(ct);
        return new BallPage(await UnheldAsync(db, loose, ct), loose.Count < take ? null : loose[^1].Id);
    }

    /// <summary>Those of these cases that nobody has.</summary>
    public static async Task<IReadOnlyList<CaseId>> UnheldAsync(DeskDb db, IReadOnlyCollection<CaseId> cases, CancellationToken ct)
    {
        var loose = await Loose(db).Where(c => cases.Contains(c.Id)).Select(c => new LooseCase(c.Id, c.Number, c.RepliedAt != null)).ToListAsync(ct);
        return [.. (await UnheldAsync(db, loose, ct)).Select(c => c.Id)];
    }

    /// <summary>Those of these cases that are open while no flow runs for them: a task of theirs may be open, but nothing waits for it.</summary>
    public static async Task<IReadOnlyList<CaseId>> WithoutFlowAsync(DeskDb db, IReadOnlyCollection<CaseId> cases, CancellationToken ct)
    {
        var correlations = cases.Select(c => c.ToString()).ToList();
        var running = (await db.Set<FlowInstanceRow>().AsNoTracking().Where(i => i.Status == FlowStatus.Running && correlations.Contains(i.CorrelationId!))
            .Select(i => i.CorrelationId!).Distinct().ToListAsync(ct)).ToHashSet(StringComparer.Ordinal);
        var without = cases.Where(c => !running.Contains(c.ToString())).ToList();
        // In this order: a case that was closed between the two reads is not accused.
        return without.Count == 0 ? [] : await db.Cases.AsNoTracking().Where(c => without.Contains(c.Id) && c.State == CaseState.Open).Select(c => c.Id).ToListAsync(ct);
    }

    private static async Task<IReadOnlyList<UnheldCase>> UnheldAsync(DeskDb db, List<LooseCase> loose, CancellationToken ct)
    {
        if (loose.Count == 0) return [];
        var ids = loose.Select(c => c.Id.ToString()).ToList();
        var held = await (
            from instance in db.Set<FlowInstanceRow>()
            where instance.Status == FlowStatus.Running && ids.Contains(instance.CorrelationId!)
                && (instance.OpenIncidents > 0 || db.Set<FlowWaitRow>().Any(w => w.InstanceId == instance.Id && w.DueAt != null))
            join definition in db.Set<FlowDefinitionRow>() on instance.DefinitionVersionId equals definition.VersionId
            select new { Case = instance.CorrelationId!, instance.OpenIncidents, definition.Kind }).ToListAsync(ct);
        var moved = held.Where(h => h.OpenIncidents > 0 || h.Kind != SideFlow).Select(h => h.Case).ToHashSet();
        var watched = held.Select(h => h.Case).ToHashSet();
        return [.. loose.Where(c => !(c.IsReplied ? watched : moved).Contains(c.Id.ToString())).Select(c => new UnheldCase(c.Id, c.Number))];
    }

    private sealed record LooseCase(CaseId Id, string Number, bool IsReplied);

    /// <summary>The document's word for a flow beside the case.</summary>
    private const string SideFlow = "Side";

    /// <summary>Open cases with neither an open task nor a notice on its way: the few that a timer must have.</summary>
    private static IQueryable<ServiceCase> Loose(DeskDb db) => db.Cases.AsNoTracking().Where(c => c.State == CaseState.Open
        && !db.InboxTasks.Any(t => t.CaseId == c.Id && t.State == TaskState.Open && t.Purpose != TaskPurpose.Beside)
        && !db.CaseNotices.Any(n => n.CaseId == c.Id && n.DeliveredAt == null && !n.Withdrawn));

    /// <summary>件件有回音 — closed cases without a reply whose delivery is on record.</summary>
    public static IQueryable<ServiceCase> Unanswered(DeskDb db) => db.Cases.AsNoTracking().Where(c => c.State == CaseState.Closed
        && (c.ReplyOwed || c.Outcome == null || !db.CaseNotices.Any(n => n.CaseId == c.Id && n.Kind == NoticeKind.Reply && n.DeliveredAt != null)));
}

/// <param name="Unheld">Those that nobody has.</param>
/// <param name="Next">Where to go on; null at the end.</param>
public sealed record BallPage(IReadOnlyList<UnheldCase> Unheld, CaseId? Next);

public sealed record UnheldCase(CaseId Id, string Number);
