using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Engine;
using Microsoft.Extensions.DependencyInjection;

namespace BanBuCheng.Desk.Notices;

/// <summary>
/// 延时办理 — asks the policy first; what it forbids leaves by Refused. The new date counts when the notice has been delivered; until
/// then the old one stands.
/// </summary>
internal sealed class ExtendDeadlineActivity(FlowCases cases, NoticeDesk notices, CasePauses pauses, DeadlineBook deadlines, CaseJournal journal) : IActivity
{
    public const string TypeName = "BanBuCheng.ExtendDeadline";

    public async ValueTask<Answer> ExecuteAsync(ActivityContext context, CancellationToken ct)
    {
        var serviceCase = await cases.OfAsync(context, ct);
        var days = context.Input<int>("WorkingDays");
        var reason = context.Input<string>("ReasonCode") ?? "";
        var policy = await deadlines.PolicyAsync(ct);
        var inTime = serviceCase.Clock is ClockState.Running && serviceCase.DueOn is { } due && HallHours.InTime(due, context.Now);
        var verdict = policy.Judge(serviceCase.Difficulty, serviceCase.LimitWorkingDays, days, serviceCase.ExtendedBy > 0 ? 1 : 0, inTime);
        if (verdict is not ExtensionVerdict.Allowed || !ExtensionReasons.Captions.TryGetValue(reason, out var caption))
        {
            return new Answer.Finished("Refused");
        }

        // Nothing to tell the citizen, nothing extended; a flow drawn before the text was asked for says the reason alone.
        var explanation = context.Input<string>("Explanation")?.Trim() is { Length: > 0 } told ? $"{told.TrimEnd('。')}。" : "";
        var newDue = await NewDueAsync(serviceCase, days, ct);
        var today = ShanghaiTime.DayOf(context.Now);
        return await notices.IssueAsync(context, serviceCase, NoticeKind.Extension, null,
            $"因{caption}，答复日期由{DateWords.Full(serviceCase.DueOn!.Value, today, deadlines.Calendar)}延至{DateWords.Full(newDue.Date, today, deadlines.Calendar)}。{explanation}",
            "EXTENDED", new Dictionary<string, string>
            {
                ["reason"] = caption,
                ["old"] = DateWords.MonthDay(serviceCase.DueOn!.Value, today),
                ["due"] = DateWords.MonthDay(newDue.Date, today),
            }, ct);
    }

    public async ValueTask<Answer> ResumeAsync(ActivityContext context, WakeUp wakeUp, CancellationToken ct)
    {
        var serviceCase = await cases.OfAsync(context, ct);
        var (delivered, waiting) = await notices.WokenAsync(context, serviceCase, wakeUp, ct);
        if (delivered is null) return waiting!;

        // Told too late, the clock stopped or the case extended some other way meanwhile: the old date stands.
        if (serviceCase.Clock is not ClockState.Running || serviceCase.ExtendedBy > 0 || !HallHours.InTime(serviceCase.DueOn!.Value, context.Now)) return new Answer.Finished("Refused");
        var days = context.Input<int>("WorkingDays");
        var newDue = await NewDueAsync(serviceCase, days, ct);
        serviceCase.Extend(days, newDue.Date, newDue.Provisional);
        journal.Write(serviceCase, JournalKinds.Extended, ("days", days), ("due", newDue.Date));
        return new Answer.Finished("Extended");
    }

    public async ValueTask CancelAsync(ActivityContext context, CancellationToken ct) =>
        await notices.CancelAsync(context, await cases.OfAsync(context, ct), ct);

    private async ValueTask<DueDate> NewDueAsync(ServiceCase serviceCase, int days, CancellationToken ct) =>
        deadlines.Calendar.Due(serviceCase.AcceptedOn, serviceCase.LimitWorkingDays + days, await pauses.OfAsync(serviceCase.Id, ct));

    public static ActivityDescriptor Descriptor { get; } = new(TypeName, "延时办理", "办件")
    {
        Description = "到期以前才能延，只能延一次，总共不超过上限。告诉到群众，新日期才算数。",
        Inputs =
        [
            new("WorkingDays", "Int32", "延几个工作日") { Required = true },
            new("ReasonCode", "String", "原因", UiHint: "dropdown") { Required = true, Options = [.. ExtensionReasons.Captions.Select(r => (r.Key, r.Value))] },
            new("Explanation", "String", "向群众怎么说", "写进延期告知书，群众凭查询码看得到。", "multiline"),
        ],
        Ports = [new("Extended", "已延时"), new("Refused", "不予延时")],
        Create = services => ActivatorUtilities.CreateInstance<ExtendDeadlineActivity>(services),
    };
}

/// <summary>延时原因 — short phrases that fit an SMS variable; the long text stands in the written notice.</summary>
public static class ExtensionReasons
{
    public static IReadOnlyDictionary<string, string> Captions { get; } = new Dictionary<string, string>
    {
        ["EXPERT_REVIEW"] = "专家评审未结束",
        ["UPPER_LEVEL"] = "需请示上级",
        ["FACT_FINDING"] = "需核实情况",
        ["JOINT_MEETING"] = "需联席会商",
        ["THIRD_PARTY"] = "等第三方回复",
    };
}
