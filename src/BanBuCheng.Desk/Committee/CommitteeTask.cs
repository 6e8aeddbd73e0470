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
