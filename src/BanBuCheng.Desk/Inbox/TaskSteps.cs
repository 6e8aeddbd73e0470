using System.Text.Json;
using System.Text.Json.Nodes;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Engine.Durable;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Desk.Inbox;

/// <summary>接过来 — takes a task on.</summary>
public sealed record ClaimTask(TaskId TaskId) : IStep;

internal sealed class ClaimTaskHandler(DeskDb db, CaseJournal journal, StepScope step) : IRequestHandler<ClaimTask, Unit>
{
    public async Task<Unit> Handle(ClaimTask request, CancellationToken cancellationToken)
    {
        var (task, serviceCase) = await TaskGuards.LoadAsync(db, request.TaskId, step.Actor, cancellationToken);
        if (task.HolderLogin == step.Actor.Login) return Unit.Value;
        task.Claim(step.Actor, step.Now);
        journal.Write(serviceCase, JournalKinds.TaskClaimed, ("task", task.Id));
        return Unit.Value;
    }
}

/// <summary>放回组里.</summary>
public sealed record PutBackTask(TaskId TaskId) : IStep;

internal sealed class PutBackTaskHandler(DeskDb db, CaseJournal journal, TakeOverWatch takeOver, StepScope step) : IRequestHandler<PutBackTask, Unit>
{
    public async Task<Unit> Handle(PutBackTask request, CancellationToken cancellationToken)
    {
        var (task, serviceCase) = await TaskGuards.LoadAsync(db, request.TaskId, step.Actor, cancellationToken);
        task.PutBack(step.Actor);
        journal.Write(serviceCase, JournalKinds.TaskPutBack, ("task", task.Id));
        await takeOver.PutBackAsync(task, cancellationToken);
        return Unit.Value;
    }
}

/// <summary>办完这一步 — hands in the form and an outcome; the flow goes on in the same transaction.</summary>
/// <param name="Fields">Posted form fields, by name.</param>
public sealed record CompleteTask(TaskId TaskId, string Outcome, IReadOnlyDictionary<string, IReadOnlyList<string>> Fields) : IStep<CaseId>;

internal sealed class CompleteTaskHandler(DeskDb db, IFlows flows, CaseJournal journal, FormRecorders recorders, StepScope step) : IRequestHandler<CompleteTask, CaseId>
{
    public async Task<CaseId> Handle(CompleteTask request, CancellationToken cancellationToken)
    {
        var (task, serviceCase) = await TaskGuards.LoadAsync(db, request.TaskId, step.Actor, cancellationToken);
        var undecided = string.IsNullOrEmpty(request.Outcome) ? new Dictionary<string, string> { ["outcome"] = "还没选结果。" } : [];
        if (task.IsOpenTo(step.Actor) && task.FormHash is null && undecided.Count > 0) throw new FormRejectedException(undecided);
        JsonObject? answer = null;
        if (task.FormHash is { } hash)
        {
            var schema = await FormChoices.FillAsync(db, await db.TaskForms.Where(f => f.Hash == hash).Select(f => f.Schema).SingleAsync(cancellationToken), cancellationToken);
            var form = await FormCheck.OfAsync(schema, cancellationToken);
            (answer, var faults) = form.Read(request.Fields, ShanghaiTime.DayOf(step.Now));
            var missing = form.Contradictions(request.Outcome, answer);
            if (task.IsOpenTo(step.Actor) && faults.Count + missing.Count + undecided.Count > 0)
                throw new FormRejectedException(undecided.Concat(missing).Concat(faults).GroupBy(f => f.Key).ToDictionary(g => g.Key, g => g.Last().Value));
            task.Complete(step.Actor, request.Outcome, answer.ToJsonString(Plain), step.Now);
            await recorders.RecordAsync(form, serviceCase, request.Outcome, answer, cancellationToken);
        }
        else
        {
            task.Complete(step.Actor, request.Outcome, null, step.Now);
        }

        journal.Write(serviceCase, JournalKinds.TaskDone, ("task", task.Id), ("outcome", request.Outcome));
        await db.TaskDrafts.Where(d => d.Key == task.Id.Value).ExecuteDeleteAsync(cancellationToken);
        var input = new JsonObject { ["outcome"] = request.Outcome, ["by"] = step.Actor.Name, ["answer"] = answer };
        if (!await flows.WakeAsync(task.Id.Value, input, cancellationToken))
        {
            // Somebody ended it since it was read here: the row as it is now says who.
            (await db.InboxTasks.AsNoTracking().SingleAsync(t => t.Id == request.TaskId, cancellationToken)).GuardOpen();
            throw new RefusedException("task.withdrawn");
        }

        return serviceCase.Id;
    }

    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}

/// <summary>Who may touch a task: the role, the unit or the person asked. Whom it excludes, the task itself says.</summary>
internal static class TaskGuards
{
    /// <exception cref="RefusedException"><c>task.unknown</c>, <c>task.not-for-you</c>.</exception>
    public static async ValueTask<(InboxTask Task, ServiceCase Case)> LoadAsync(DeskDb db, TaskId id, Actor actor, CancellationToken ct)
    {
        var task = await db.InboxTasks.FirstOrDefaultAsync(t => t.Id == id, ct) ?? throw new RefusedException("task.unknown");
        actor.RequirePerson();
        if (!IsFor(task, actor)) throw new RefusedException("task.not-for-you");
        return (task, await db.Cases.SingleAsync(c => c.Id == task.CaseId, ct));
    }

    public static bool IsFor(InboxTask task, Actor actor) =>
        task.AssignedPerson == actor.Login
        || (task.AssignedUnit is not null && task.AssignedUnit == actor.UnitCode)
        || (task.AssignedRole is not null && actor.Is(task.AssignedRole));
}
