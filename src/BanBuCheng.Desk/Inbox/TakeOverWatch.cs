using System.Text.Json.Nodes;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Offices;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Engine;

namespace BanBuCheng.Desk.Inbox;

/// <summary>
/// 没人接过来 — a task that lies for the office hours of the policy without anybody taking it over is told to the flows, once; the flow that
/// listens decides who is reminded. A timer beside the task's own wait: it goes with the task.
/// </summary>
public class TakeOverWatch(TaskOpener tasks, DeadlineBook deadlines, StepScope step)
{
    public const string WaitName = "BanBuCheng.Untaken";
    private const string Tag = "untaken:";

    /// <summary>The same on every activity that asks people.</summary>
    public static InputDescriptor Input { get; } = new("TakeOver", "Int32", "几个办公小时没人接就提醒", "不填照时限政策（2个办公小时）；0不提醒。");

    /// <summary>What to wait for besides the task; nothing when it is in somebody's hands, or nobody is to be reminded.</summary>
    public virtual async ValueTask<IReadOnlyList<Wait>> ForAsync(ActivityContext context, InboxTask task, CancellationToken ct)
    {
        if (task.HolderLogin is not null || await HoursAsync(context, ct) is not (> 0 and var hours)) return [];
        return [await UntilAsync(task, hours, ct)];
    }

    /// <returns>What the activity answers; null when it was woken for something else.</returns>
    public async ValueTask<Answer?> WokenAsync(ActivityContext context, WakeUp wakeUp, CancellationToken ct)
    {
        if (wakeUp.Tag?.StartsWith(Tag, StringComparison.Ordinal) != true) return null;
        var task = await tasks.FindAsync(new TaskId(Guid.Parse(wakeUp.Tag[Tag.Length..])), ct);
        if (task is not { State: TaskState.Open, HolderLogin: null } || await HoursAsync(context, ct) is not (> 0 and var hours)) return new Answer.Parked([]);

        // The calendar or the policy may have changed since: what counts is how long the hall was open.
        var wait = await UntilAsync(task, hours, ct);
        if (wait.DueAt > step.Now) return new Answer.Parked(wait);
        await SayAsync(task, hours, ct);
        return new Answer.Parked([]);
    }

    /// <summary>Put back after the hours are over: its timer is gone, and it must not lie there unseen because somebody had it for a minute.</summary>
    internal async ValueTask PutBackAsync(InboxTask task, CancellationToken ct)
    {
        if ((await deadlines.PolicyAsync(ct)).TakeOverWithin.Value is > 0 and var hours && (await UntilAsync(task, hours, ct)).DueAt <= step.Now) await SayAsync(task, hours, ct);
    }

    private async ValueTask<int> HoursAsync(ActivityContext context, CancellationToken ct) =>
        context.HasInput(Input.Name) ? context.Input<int>(Input.Name) : (await deadlines.PolicyAsync(ct)).TakeOverWithin.Value;

    private async ValueTask<Wait> UntilAsync(InboxTask task, int hours, CancellationToken ct) =>
        Wait.Until(WaitName, (await deadlines.PolicyAsync(ct)).Hours.After(task.OpenedAt, TimeSpan.FromHours(hours), deadlines.Calendar), Tag + task.Id.Value.ToString("D"));

    private async ValueTask SayAsync(InboxTask task, int hours, CancellationToken ct)
    {
        var who = task.AssignedUnit is { } unit ? await tasks.UnitNameAsync(unit, ct) ?? unit : Roles.Captions.GetValueOrDefault(task.AssignedRole ?? "", task.AssignedRole ?? "");
        var payload = new JsonObject { ["task"] = task.Title, ["role"] = task.AssignedRole, ["unit"] = task.AssignedUnit, ["who"] = who, ["hours"] = hours };
        step.Afterwards(async (flows, token) => await flows.PublishEventAsync(CaseEvents.TaskUntaken, task.CaseId.ToString(), payload, step.Now, token));
    }
}
