using System.Text.Json;
using System.Text.Json.Nodes;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Engine;
using Microsoft.Extensions.DependencyInjection;

namespace BanBuCheng.Desk.Inbox;

/// <summary>
/// 人工办理 — asks a person and waits. Leaves by the outcome chosen; by 逾期 at close of the last day only if that port is connected,
/// else the task stays open, turns red and is supervised.
/// </summary>
internal sealed class HumanTaskActivity(FlowCases cases, TaskOpener tasks, TakeOverWatch takeOver, DeadlineBook deadlines) : IActivity
{
    public const string TypeName = "BanBuCheng.HumanTask";
    public const string OverduePort = "逾期";
    private const string TaskTag = "task", OverdueTag = "overdue", TaskState = "task";

    public async ValueTask<Answer> ExecuteAsync(ActivityContext context, CancellationToken ct)
    {
        var serviceCase = await cases.OfAsync(context, ct);
        var assignee = Assignee.Parse(context.Input<string>("AssignTo"))
            ?? throw new InvalidOperationException($"Expected role:CODE, unit:CODE or person:LOGIN, but {context.ActivityId} is assigned to '{context.Input<string>("AssignTo")}'.");
        var excluded = NotBy(context) is { Count: > 0 } activities ? await tasks.HandlersOfAsync(serviceCase.Id, activities, ct) : [];
        if (excluded.Count > 0 && !await tasks.HasSomebodyAsync(assignee, excluded, ct))
            assignee = Assignee.Parse(context.Input<string>("Otherwise")) is { } other && await tasks.HasSomebodyAsync(other, excluded, ct) ? other
                : throw new InvalidOperationException($"Expected somebody other than {string.Join(", ", excluded)} to do {context.ActivityId}, but '{assignee}' has nobody else. Name another in 'otherwise'.");
        var within = context.HasInput("Within") ? context.Input<int>("Within") : (int?)null;
        (DateOnly On, DateTimeOffset At, bool)? due = within is { } days ? await deadlines.DueAsync(ShanghaiTime.DayOf(context.Now), days, ct) : null;

        var (task, wait) = await tasks.OpenAsync(serviceCase, new TaskRequest
        {
            CaseId = serviceCase.Id,
            InstanceId = context.InstanceId,
            ActivityId = context.ActivityId,
            Purpose = context.Input<bool>("Beside") ? TaskPurpose.Beside : TaskPurpose.Work,
            Title = context.Input<string>("Title") is { Length: > 0 } title ? title : context.Caption,
            Instructions = context.Input<string>("Instructions") ?? "",
            FormHash = await tasks.KeepFormAsync(context.Input<string>("Form"), ct),
            Outcomes = OfferedOutcomes(context),
            Assignee = assignee,
            Excluded = excluded,
            Round = context.Round,
            WithinDays = within,
            DueOn = due?.On,
            DueAt = due?.At,
        }, TaskTag, ct);
        context.SetState(TaskState, JsonValue.Create(task.Id.Value.ToString("D")));

        var watch = await takeOver.ForAsync(context, task, ct);
        return due is { } last && context.IsConnected(OverduePort)
            ? new Answer.Parked([wait, Wait.Until(TypeName, last.At, OverdueTag), .. watch])
            : new Answer.Parked([wait, .. watch]);
    }

    public async ValueTask<Answer> ResumeAsync(ActivityContext context, WakeUp wakeUp, CancellationToken ct)
    {
        if (await takeOver.WokenAsync(context, wakeUp, ct) is { } goesOn) return goesOn;
        if (wakeUp.Tag == OverdueTag)
        {
            await WithdrawAsync(context, overdue: true, ct);
            return new Answer.Finished(OverduePort);
        }

        var outcome = wakeUp.Input["outcome"]?.GetValue<string>() ?? throw new InvalidOperationException("Expected an outcome with the completed task, but there is none.");
        context.SetOutput("Outcome", outcome);
        context.SetOutput("Answer", wakeUp.Input["answer"]?.DeepClone());
        return new Answer.Finished(outcome);
    }

    public ValueTask CancelAsync(ActivityContext context, CancellationToken ct) => WithdrawAsync(context, overdue: false, ct);

    private async ValueTask WithdrawAsync(ActivityContext context, bool overdue, CancellationToken ct)
    {
        if (context.GetState(TaskState)?.GetValue<string>() is { } id)
            await tasks.WithdrawAsync(await cases.OfAsync(context, ct), new TaskId(Guid.Parse(id)), overdue, ct);
    }

    /// <summary>Ids of the activities whose handlers may not take this one: a list, or ids with commas between, as people type them.</summary>
    private static IReadOnlyList<string> NotBy(ActivityContext context)
    {
        if (!context.HasInput("Exclude")) return [];
        if (context.Input<List<string>>("Exclude") is { Count: > 0 } list) return list;
        return context.Input<string>("Exclude")?.Split([',', '，', '、', ' ', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
    }

    /// <summary>All outcomes, or those of them that <c>offered</c> leaves; after <c>maxRounds</c> rounds without those that lead back.</summary>
    private static IReadOnlyList<string> OfferedOutcomes(ActivityContext context)
    {
        var outcomes = context.Input<string>("Outcomes") is { Length: > 0 } text ? JsonSerializer.Deserialize<List<string>>(text) ?? [] : [];
        if (outcomes.Count == 0) throw new InvalidOperationException($"Expected outcomes on {context.ActivityId}, but there are none.");
        if (context.HasInput("Offered") && context.Input<List<string>>("Offered") is { Count: > 0 } only)
        {
            // Never none: a flow that computes nonsense here must not leave a task that nobody can finish.
            var left = outcomes.Where(only.Contains).ToList();
            outcomes = left.Count > 0 ? left : outcomes;
        }

        if (!context.HasInput("MaxRounds") || context.Round <= context.Input<int>("MaxRounds")) return outcomes;
        var offered = outcomes.Where(o => !context.LeadsBack(o)).ToList();
        return offered.Count > 0 ? offered : outcomes;
    }

    public static ActivityDescriptor Descriptor { get; } = new(TypeName, "人工办理", "办件")
    {
        Description = "交给一个岗位、一个单位或一个人办，等他选一个结果。",
        Inputs =
        [
            new("Title", "String", "做什么") { Required = true },
            new("AssignTo", "String", "交给谁", "role:岗位、unit:单位 或 person:账号。") { Required = true },
            new("Form", "String", "表单", "办的人要填的表，写成 JSON Schema；填的人看到的样子在“看表单”里。", "multiline"),
            new("Within", "Int32", "几个工作日内", "连了“逾期”就到点收回；没连就一直等，变红，有人督办。"),
            new("Instructions", "String", "怎么办", "写给办的人看的话。", "multiline"),
            new("Outcomes", "String", "结果", "每个结果是一个出口。", "dynamic-outcomes") { Required = true },
            new("Offered", "List<String>", "这一回只给哪几个结果", "算出来的：比如审签只能照拟稿的结果发，或者退回。不填就都给。"),
            new("Exclude", "List<String>", "不许谁办", "写活动的编号：办过那几步的人不能办这一步，第二把钥匙就一定是另一个人。"),
            new("Otherwise", "String", "没有别人时交给谁", "照“不许谁办”排掉以后一个人也不剩，就交给这里写的岗位、单位或账号。"),
            TakeOverWatch.Input,
            new("Beside", "Boolean", "旁边的事", "写原因、回执这样的：办它的人不算手里有这一件。", "checkbox"),
            new("MaxRounds", "Int32", "最多退几次", "退够了，就不再提供退回去的结果。"),
        ],
        Outputs = [new("Outcome", "String", "选的结果"), new("Answer", "Object", "填的表")],
        Ports = [new(OverduePort, "逾期")],
        PortsFromInput = "Outcomes",
        Create = services => ActivatorUtilities.CreateInstance<HumanTaskActivity>(services),
    };
}
