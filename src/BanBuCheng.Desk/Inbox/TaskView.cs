using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Steps;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Desk.Inbox;

/// <summary>One task as its page shows it.</summary>
/// <param name="Schema">The form's JSON Schema; null when the task asks for an outcome only.</param>
/// <param name="MayAct">False: shown read-only, with the reason.</param>
public sealed record TaskView(InboxTask Task, ServiceCase Case, string? Schema, bool MayAct)
{
    /// <returns>Null when there is no such task, or the actor may not see its case (the same answer).</returns>
    public static async Task<TaskView?> FindAsync(DeskDb db, TaskId id, Actor actor, CancellationToken ct)
    {
        var task = await db.InboxTasks.AsNoTracking().FirstOrDefaultAsync(t => t.Id == id, ct);
        if (task is null) return null;
        var serviceCase = await db.Cases.AsNoTracking().SingleAsync(c => c.Id == task.CaseId, ct);
        var isFor = TaskGuards.IsFor(task, actor);
        if (!isFor && !await CaseAccess.MaySeeAsync(db, serviceCase.Id, serviceCase.FirstContact, actor, ct)) return null;
        var schema = task.FormHash is { } hash
            ? await FormChoices.FillAsync(db, await db.TaskForms.AsNoTracking().Where(f => f.Hash == hash).Select(f => f.Schema).SingleAsync(ct), ct)
            : null;
        return new TaskView(task, serviceCase, schema, task.IsOpenTo(actor));
    }
}
