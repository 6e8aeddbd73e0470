using System.Text.Json;
using System.Text.Json.Nodes;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Notices;
using BanBuCheng.Desk.Sms;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Engine;
using Microsoft.Extensions.DependencyInjection;

namespace BanBuCheng.Desk.Reply;

/// <summary>答复送达 — issues the reply and waits until the citizen has it. The clock stops at delivery, not at drafting.</summary>
internal sealed class DeliverReplyActivity(FlowCases cases, NoticeDesk notices, CasePauses pauses, DeadlineBook deadlines, CaseJournal journal) : IActivity
{
    public const string TypeName = FlowNames.DeliverReply;

    public async ValueTask<Answer> ExecuteAsync(ActivityContext context, CancellationToken ct)
    {
        var serviceCase = await cases.OfAsync(context, ct);
        if (!Enum.TryParse<CaseOutcome>(context.Input<string>("Outcome"), out var outcome))
            throw new InvalidOperationException($"Expected an outcome on {context.ActivityId}, but found '{context.Input<string>("Outcome")}'.");
        var text = context.Input<string>("Text");
        if (string.IsNullOrWhiteSpace(text)) throw new InvalidOperationException($"Expected the reply's text on {context.ActivityId}, but it is empty.");
        var template = context.Input<string>("Template") is { Length: > 0 } other ? other : TemplateOf(outcome);
        var details = context.HasInput("Details") && context.Input<JsonObject>("Details") is { Count: > 0 } fields ? fields.ToJsonString(Plain) : null;
        return await notices.IssueAsync(context, serviceCase, Notices.NoticeKind.Reply, outcome, text, template, null, ct, context.Input<bool>("InPerson"), details);
    }

    public async ValueTask<Answer> ResumeAsync(ActivityContext context, WakeUp wakeUp, CancellationToken ct)
    {
        var serviceCase = await cases.OfAsync(context, ct);
        var (delivered, waiting) = await notices.WokenAsync(context, serviceCase, wakeUp, ct);
        if (delivered is null) return waiting!;
        await EndPauseAsync(serviceCase, context.Now, ct);
        serviceCase.ReplyDelivered(delivered.Outcome!.Value, delivered.DeliveredAt!.Value);
        serviceCase.SettleOpenPart(); // of a reply before this one
        if (NoticeDesk.RemainderOf(delivered) is { } left)
        {
            serviceCase.LeaveOpen(left.Step, left.On, left.Owner);
            journal.Write(serviceCase, JournalKinds.PartLeftOpen, ("on", left.On), ("owner", left.Owner));
        }

        return new Answer.Finished("Delivered");
    }

    public async ValueTask CancelAsync(ActivityContext context, CancellationToken ct) =>
        await notices.CancelAsync(context, await cases.OfAsync(context, ct), ct);

    /// <summary>Answered while the clock stood still: the pause ends that day, or it would go on for ever should the citizen come back with 没解决.</summary>
    private async ValueTask EndPauseAsync(ServiceCase serviceCase, DateTimeOffset now, CancellationToken ct)
    {
        if (serviceCase.PausedOn is not { } pausedOn) return;
        var today = ShanghaiTime.DayOf(now);
        var due = deadlines.Calendar.Due(serviceCase.AcceptedOn, serviceCase.LimitWorkingDays + serviceCase.ExtendedBy, await pauses.CloseAsync(serviceCase.Id, today, ct));
        serviceCase.ResumeClock(due.Date, due.Provisional);
        journal.Write(serviceCase, JournalKinds.ClockResumed, ("from", pausedOn), ("to", today), ("due", due.Date));
    }

    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static string TemplateOf(CaseOutcome outcome) => outcome switch
    {
        CaseOutcome.Resolved => SmsTemplates.Resolved,
        CaseOutcome.PartiallyResolved => SmsTemplates.PartiallyResolved,
        CaseOutcome.CannotBeDone => SmsTemplates.CannotBeDone,
        CaseOutcome.AnsweredOnSite => SmsTemplates.OnSiteAnswered,
        CaseOutcome.Withdrawn or CaseOutcome.MergedDuplicate or CaseOutcome.Unreachable => SmsTemplates.Withdrawn,
        _ => SmsTemplates.NotAccepted,
    };

    public static ActivityDescriptor Descriptor { get; } = new(TypeName, "答复送达", "办件")
    {
        Description = "发出答复，等群众真的知道了才往下走：短信送达，或有人打了电话、当面说了、送了书面。",
        Inputs =
        [
            new("Outcome", "String", "结果", UiHint: "dropdown") { Required = true, Options = [.. Enum.GetValues<CaseOutcome>().Select(o => (o.ToString(), o.Caption()))] },
            new("Text", "String", "答复全文", "群众凭查询码能看到。", "multiline") { Required = true },
            new("InPerson", "Boolean", "要有人讲清楚", "短信送到不算，要有人当面或打电话讲了、记下来才算。", "checkbox"),
            new("Details", "Object", "纸面上的各项", "指路牌、明白纸、答复卡用的：依据、出路、救济、去哪里。"),
            new("Template", "String", "短信模板", "不填就按结果选。", "dropdown") { Options = [.. SmsTemplates.All.Values.Select(t => (t.Code, t.Caption))] },
        ],
        Ports = [new("Delivered", "已送达")],
        Create = services => ActivatorUtilities.CreateInstance<DeliverReplyActivity>(services),
    };
}
