using System.Text.Json.Nodes;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Inbox;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Engine;
using Microsoft.Extensions.DependencyInjection;

namespace BanBuCheng.Desk.Coordination;

/// <summary>
/// 部门协同 — one task for the lead unit and one for each assisting unit, at the same time. All: goes on when the last has answered,
/// Disputed if any objected. LeadDecides: goes on with the lead's answer and takes the others back.
/// </summary>
internal sealed class DepartmentTasksActivity(FlowCases cases, TaskOpener tasks, DeadlineBook deadlines) : IActivity
{
    public const string TypeName = "BanBuCheng.DepartmentTasks";
    public const string Agrees = "同意", Objects = "有异议";
    private const string OverdueTag = "overdue", Parts = "parts";

    public async ValueTask<Answer> ExecuteAsync(ActivityContext context, CancellationToken ct)
    {
        var serviceCase = await cases.OfAsync(context, ct);
        var lead = context.Input<string>("Lead") is { Length: > 0 } unit ? unit
            : throw new InvalidOperationException($"Expected a lead unit on {context.ActivityId}, but there is none.");
        var assisting = (context.Input<List<string>>("Assisting") ?? []).Where(u => !string.IsNullOrWhiteSpace(u) && u != lead).Distinct();
        var within = context.HasInput("Within") ? context.Input<int>("Within") : (int?)null;
        (DateOnly On, DateTimeOffset At, bool)? due = within is { } days ? await deadlines.DueAsync(ShanghaiTime.DayOf(context.Now), days, ct) : null;
        var form = await tasks.KeepFormAsync(context.Input<string>("Form"), ct);

        var waits = new List<Wait>();
        var parts = new JsonObject();
        foreach (var code in assisting.Prepend(lead))
        {
            var (task, wait) = await tasks.OpenAsync(serviceCase, new TaskRequest
            {
                CaseId = serviceCase.Id,
                InstanceId = context.InstanceId,
                ActivityId = context.ActivityId,
                Purpose = TaskPurpose.Department,
                Title = context.Caption,
                Instructions = context.Input<string>("Request") ?? "",
                FormHash = form,
                Outcomes = [Agrees, Objects],
                Assignee = new Assignee(null, code, null),
                Round = context.Round,
                WithinDays = within,
                DueOn = due?.On,
                DueAt = due?.At,
            }, code, ct);
            waits.Add(wait);
            parts[code] = task.Id.Value.ToString("D");
        }

        context.SetState(Parts, parts);
        context.SetState("lead", lead);
        if (due is { } last && context.IsConnected("Overdue")) waits.Add(Wait.Until(TypeName, last.At, OverdueTag));
        return new Answer.Parked(waits);
    }

    public async ValueTask<Answer> ResumeAsync(ActivityContext context, WakeUp wakeUp, CancellationToken ct)
    {
        if (wakeUp.Tag == OverdueTag)
        {
            await WithdrawRestAsync(context, overdue: true, ct);
            return new Answer.Finished("Overdue");
        }

        var parts = context.GetState(Parts)!.DeepClone().AsObject();
        var objected = wakeUp.Input["outcome"]?.GetValue<string>() == Objects;
        parts.Remove(wakeUp.Tag!);
        context.SetState(Parts, parts);
        if (objected) context.SetState("objected", true);

        var leadAnswered = wakeUp.Tag == context.GetState("lead")!.GetValue<string>();
        if (context.Input<string>("Join") == "LeadDecides")
        {
            if (!leadAnswered) return new Answer.Parked([]);
            await WithdrawRestAsync(context, overdue: false, ct);
            return new Answer.Finished(objected ? "Disputed" : "Agreed");
        }

        if (parts.Count > 0) return new Answer.Parked([]);
        return new Answer.Finished(context.GetState("objected") is not null ? "Disputed" : "Agreed");
    }

    public ValueTask CancelAsync(ActivityContext context, CancellationToken ct) => WithdrawRestAsync(context, overdue: false, ct);

    private async ValueTask WithdrawRestAsync(ActivityContext context, bool overdue, CancellationToken ct)
    {
        if (context.GetState(Parts) is not JsonObject parts) return;
        var serviceCase = await cases.OfAsync(context, ct);
        foreach (var (_, id) in parts)
            await tasks.WithdrawAsync(serviceCase, new TaskId(Guid.Parse(id!.GetValue<string>())), overdue, ct);
    }

    public static ActivityDescriptor Descriptor { get; } = new(TypeName, "部门协同", "办件")
    {
        Description = "牵头单位和协办单位同时收到任务，各办各的。",
        Inputs =
        [
            new("Lead", "String", "牵头单位") { Required = true },
            new("Assisting", "List<String>", "协办单位"),
            new("Request", "String", "请他们做什么", UiHint: "multiline"),
            new("Form", "String", "表单", "办的人要填的表，写成 JSON Schema；填的人看到的样子在“看表单”里。", "multiline"),
            new("Within", "Int32", "几个工作日内"),
            new("Join", "String", "怎样算办完", UiHint: "dropdown") { Options = [("All", "都答复了"), ("LeadDecides", "牵头单位说了算")] },
        ],
        Ports = [new("Agreed", "都同意"), new("Disputed", "有异议"), new("Overdue", "逾期")],
        Create = services => ActivatorUtilities.CreateInstance<DepartmentTasksActivity>(services),
    };
}
