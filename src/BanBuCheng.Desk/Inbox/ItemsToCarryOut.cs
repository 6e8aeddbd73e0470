using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Steps;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Desk.Inbox;

/// <summary>还没落实的议定事项 — what the joint committee resolved in a case and a department still has to do.</summary>
public class ItemsToCarryOut(DeskDb db)
{
    /// <returns>Their numbers, such as <c>HS2026-07-2</c>, in order.</returns>
    public async ValueTask<IReadOnlyList<string>> OfAsync(CaseId caseId, CancellationToken ct)
    {
        var titles = await TitlesAsync(caseId, ct);
        return [.. titles.Where(t => t.StartsWith(TaskTitles.DecisionItem, StringComparison.Ordinal)).Select(t => t[TaskTitles.DecisionItem.Length..]).Order(StringComparer.Ordinal)];
    }

    /// <summary>Titles of the case's open tasks.</summary>
    protected virtual async ValueTask<IReadOnlyList<string>> TitlesAsync(CaseId caseId, CancellationToken ct) =>
        await db.InboxTasks.Where(t => t.CaseId == caseId && t.State == TaskState.Open).Select(t => t.Title).ToListAsync(ct);
}
