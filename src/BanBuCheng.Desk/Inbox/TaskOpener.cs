using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Offices;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Engine;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Desk.Inbox;

/// <summary>Opens and withdraws tasks on behalf of a flow's activity, in the running step.</summary>
public class TaskOpener(DeskDb db, CaseJournal journal, StepScope step, TimeProvider clock)
{
    /// <summary>The stimulus name of a task's wait.</summary>
    public const string WaitName = "BanBuCheng.Task";

    /// <summary>Adds the task row and gives the wait that its completion wakes; the tag is handed back to the activity.</summary>
    public async ValueTask<(InboxTask Task, Wait Wait)> OpenAsync(ServiceCase serviceCase, TaskRequest request, string tag, CancellationToken ct)
    {
        await GuardAssigneeAsync(request, ct);
        var task = InboxTask.Open(TaskId.Next(clock), request, step.Now);
        Keep(task);
        journal.Write(serviceCase, JournalKinds.TaskOpened, ("task", task.Id), ("activity", task.ActivityId), ("assignee", request.Assignee.ToString()), ("due", task.DueOn));
        return (task, new Wait(WaitName) { Id = task.Id.Value, Tag = tag, OnlyThisExecution = true });
    }

    /// <summary>Takes an open task back; nothing happens when it has ended already.</summary>
    public async ValueTask WithdrawAsync(ServiceCase serviceCase, TaskId id, bool overdue, CancellationToken ct)
    {
        var task = await FindAsync(id, ct);
        if (task is not { State: TaskState.Open }) return;
        task.Withdraw(overdue, step.Now);
        journal.Write(serviceCase, overdue ? JournalKinds.TaskOverdue : JournalKinds.TaskWithdrawn, ("task", id));
    }

    public virtual async ValueTask<InboxTask?> FindAsync(TaskId id, CancellationToken ct) =>
        db.InboxTasks.Local.FindEntry(id)?.Entity ?? await db.InboxTasks.FirstOrDefaultAsync(t => t.Id == id, ct);

    /// <summary>Stores the form once per content; gives its hash, or null when there is no form.</summary>
    /// <exception cref="InvalidOperationException">Not a JSON object (becomes an incident at the step that asks for it).</exception>
    public virtual async ValueTask<string?> KeepFormAsync(string? schema, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(schema)) return null;
        RequireObject(schema);
        var hash = TaskForm.HashOf(schema);
        if (db.TaskForms.Local.FindEntry(hash) is null && !await db.TaskForms.AnyAsync(f => f.Hash == hash, ct))
            db.TaskForms.Add(TaskForm.Of(schema));
        return hash;
    }

    protected static void RequireObject(string schema)
    {
        using var document = System.Text.Json.JsonDocument.Parse(schema);
        if (document.RootElement.ValueKind != System.Text.Json.JsonValueKind.Object) throw new InvalidOperationException("Expected the form to be a JSON Schema object.");
    }

    /// <summary>Who last finished each of these activities of the case: they must not hold the second key to their own work.</summary>
    public virtual async ValueTask<IReadOnlyList<string>> HandlersOfAsync(CaseId caseId, IReadOnlyList<string> activities, CancellationToken ct)
    {
        var done = await db.InboxTasks.Where(t => t.CaseId == caseId && activities.Contains(t.ActivityId) && t.DoneByLogin != null)
            .Select(t => new { t.ActivityId, t.EndedAt, Login = t.DoneByLogin! }).ToListAsync(ct);
        // The one who has just finished is in memory only: the step is not saved yet.
        var now = db.InboxTasks.Local.Where(t => t.CaseId == caseId && activities.Contains(t.ActivityId) && t.DoneByLogin is not null)
            .Select(t => new { t.ActivityId, t.EndedAt, Login = t.DoneByLogin! });
        return [.. done.Concat(now).GroupBy(t => t.ActivityId).Select(g => g.MaxBy(t => t.EndedAt)!.Login).Distinct()];
    }

    /// <summary>Is there anybody active who is asked and not excluded?</summary>
    public virtual async ValueTask<bool> HasSomebodyAsync(Assignee assignee, IReadOnlyList<string> excluded, CancellationToken ct)
    {
        var (role, unit, person) = assignee;
        return await db.Staff.AnyAsync(s => s.Active && !excluded.Contains(s.Login)
            && ((role != null && s.Roles.Contains(role)) || (unit != null && s.UnitCode == unit) || (person != null && s.Login == person)), ct);
    }

    /// <summary>Visitors and supervisors who worked on the case; what they did as visitors is no handling.</summary>
    public virtual async ValueTask<IReadOnlyList<string>> VisitorsWhoHandledAsync(ServiceCase serviceCase, CancellationToken ct)
    {
        var handlers = await db.InboxTasks.Where(t => t.CaseId == serviceCase.Id && t.DoneByLogin != null && t.Purpose != TaskPurpose.Visit && t.AssignedRole != Roles.Visitor)
            .Select(t => t.DoneByLogin!).Distinct().ToListAsync(ct);
        return await db.Staff.Where(s => (s.Roles.Contains(Roles.Visitor) || s.Roles.Contains(Roles.Supervisor)) && (handlers.Contains(s.Login) || s.Id == serviceCase.FirstContact))
            .Select(s => s.Login).ToListAsync(ct);
    }

    /// <summary>Whether somebody has tried something for the citizen (<see cref="CaseDeeds"/>).</summary>
    public virtual async ValueTask<bool> ActedAsync(CaseId caseId, CancellationToken ct) =>
        db.SolutionAttempts.Local.Any(a => a.CaseId == caseId) || db.InboxTasks.Local.Any(t => t.CaseId == caseId && CaseDeeds.IsDeed(t)) || (await CaseDeeds.AmongAsync(db, [caseId], ct)).Count > 0;

    /// <summary>Who has something of the case in hand: the people who took it, the posts and units that nobody of has taken it yet.</summary>
    public virtual async ValueTask<IReadOnlyList<Assignee>> HandlersAsync(CaseId caseId, CancellationToken ct)
    {
        await db.InboxTasks.Where(t => t.CaseId == caseId && t.State == TaskState.Open).LoadAsync(ct);
        return [.. db.InboxTasks.Local.Where(t => t.CaseId == caseId && t.State is TaskState.Open && t.Purpose is not TaskPurpose.Beside)
            .Select(t => t.HolderLogin is { } login ? new Assignee(null, null, login) : new Assignee(t.AssignedRole, t.AssignedUnit, t.AssignedPerson)).Distinct()];
    }

    /// <summary>Null when there is no such unit.</summary>
    public virtual async ValueTask<string?> UnitNameAsync(string code, CancellationToken ct) =>
        await db.OfficeUnits.Where(u => u.Code == code).Select(u => u.Name).FirstOrDefaultAsync(ct);

    protected virtual void Keep(InboxTask task) => db.InboxTasks.Add(task);

    protected virtual async ValueTask<bool> KnowsAsync(Assignee assignee, CancellationToken ct)
    {
        var (role, unit, person) = assignee;
        return role is not null ? Roles.Captions.ContainsKey(role)
            : unit is not null ? await db.OfficeUnits.AnyAsync(u => u.Code == unit && u.Active, ct)
            : await db.Staff.AnyAsync(s => s.Login == person && s.Active, ct);
    }

    private async ValueTask GuardAssigneeAsync(TaskRequest request, CancellationToken ct)
    {
        if (!await KnowsAsync(request.Assignee, ct)) throw new InvalidOperationException($"Expected somebody to do '{request.Title}', but '{request.Assignee}' is not in the directory.");
    }
}
