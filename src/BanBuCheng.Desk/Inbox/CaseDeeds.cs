using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Steps;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Desk.Inbox;

/// <summary>
/// 动过手没有 — whether anybody has tried something for the citizen: a solution was put forward, or a department gave an answer. Taking a task
/// on is not yet trying, and handing it back is the opposite. Until then the blue light comes on at half the period.
/// </summary>
public static class CaseDeeds
{
    /// <summary>Which of these cases somebody has worked on; two look-ups by index, for a page of a list as for one case.</summary>
    public static async Task<IReadOnlySet<CaseId>> AmongAsync(DeskDb db, IReadOnlyCollection<CaseId> cases, CancellationToken ct)
    {
        if (cases.Count == 0) return new HashSet<CaseId>();
        var tried = await db.SolutionAttempts.AsNoTracking().Where(a => cases.Contains(a.CaseId)).Select(a => a.CaseId).Distinct().ToListAsync(ct);
        var answered = await db.InboxTasks.AsNoTracking()
            .Where(t => cases.Contains(t.CaseId) && t.Purpose == TaskPurpose.Department && t.State == TaskState.Done && t.Outcome != CaseReturn.Outcome)
            .Select(t => t.CaseId).Distinct().ToListAsync(ct);
        return tried.Concat(answered).ToHashSet();
    }

    /// <summary>The same of one task, where no tables are.</summary>
    public static bool IsDeed(InboxTask task) => task.Purpose is TaskPurpose.Department && task.State is TaskState.Done && task.Outcome != CaseReturn.Outcome;
}
