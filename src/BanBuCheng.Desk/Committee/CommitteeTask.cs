using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Inbox;
using BanBuCheng.Desk.Offices;
using BanBuCheng.Desk.Steps;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Desk.Committee;

/// <summary>等着会商的那一步 — the task that a case's flow gave the committee. The secretary has others of the same case too (落实不了 and the like).</summary>
public static class CommitteeTask
{
    /// <summary>The outcome, as drawn, that tells it from the others.</summary>
    public const string Agreed = "议定方案";

    /// <returns>Per case the one that waits; a case that is not here waits for no meeting, or does so no more.</returns>
    public static async Task<IReadOnlyDictionary<CaseId, InboxTask>> OfAsync(DeskDb db, IReadOnlyCollection<CaseId> cases, CancellationToken ct)
    {
        var asked = await db.InboxTasks.Where(t => cases.Contains(t.CaseId) && t.State == TaskState.Open && t.AssignedRole == Roles.CommitteeSecretary).OrderBy(t => t.OpenedAt).ToListAsync(ct);
        return asked.Where(t => t.Outcomes.Contains(Agreed)).GroupBy(t => t.CaseId).ToDictionary(g => g.Key, g => g.First());
    }
}

/// <summary>等着会商的一件 — raised and not decided, its flow waiting for the committee.</summary>
/// <param name="Meeting">The number of the meeting it is on already: one that did not take place is called anew.</param>
public sealed record WaitingCase(Guid AgendaItem, string Number, string Subject, DateOnly? DueOn, string? Meeting)
{
    private const int Most = 100;

    /// <summary>The most urgent first.</summary>
    public static async Task<IReadOnlyList<WaitingCase>> OfAsync(DeskDb db, CancellationToken ct)
    {
        var raised = await (from item in db.AgendaItems.AsNoTracking()
                            join one in db.Cases.AsNoTracking() on item.CaseId equals one.Id
                            where item.DecidedAt == null && one.State == CaseState.Open
                            orderby one.DueOn, item.Id
                            select new { item.Id, item.CaseId, item.MeetingId, one.Number, one.Subject, one.DueOn }).Take(Most).ToListAsync(ct);
        var waiting = await CommitteeTask.OfAsync(db, [.. raised.Select(r => r.CaseId)], ct);
        var called = raised.Select(r => r.MeetingId).OfType<Guid>().Distinct().ToList();
        var meetings = await db.CommitteeMeetings.AsNoTracking().Where(m => called.Contains(m.Id)).ToDictionaryAsync(m => m.Id, m => m.Number, ct);
        return [.. raised.Where(r => waiting.ContainsKey(r.CaseId)).Select(r => new WaitingCase(r.Id, r.Number, r.Subject, r.DueOn, r.MeetingId is { } on ? meetings.GetValueOrDefault(on) : null))];
    }
}
