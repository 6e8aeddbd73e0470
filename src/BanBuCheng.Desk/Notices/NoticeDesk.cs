using System.Text.Json.Nodes;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Inbox;
using BanBuCheng.Desk.Offices;
using BanBuCheng.Desk.Sms;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Engine;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Desk.Notices;

/// <summary>
/// 告知 — what an activity needs that goes on only once the citizen knows: issue the notice, wait for a report or a person's record,
/// and open a 电话告知 task when no report comes in time. Writing the row, or the gateway's "accepted", is not delivery.
/// </summary>
public class NoticeDesk(DeskDb db, SmsDesk sms, TaskOpener tasks, TakeOverWatch takeOver, CaseJournal journal, DeadlineBook deadlines, StepScope step, TimeProvider clock)
{
    public const string WaitName = "BanBuCheng.Delivery";
    private const string DeliveryTag = "delivered", NoReportTag = "no-report", ToldTag = "told", NoticeState = "notice", TaskState = "phoneTask";

    /// <summary>Without a report for this long in hall hours, somebody has to call.</summary>
    private static readonly TimeSpan ReportPatience = TimeSpan.FromHours(2);

    /// <summary>The form of a 电话告知 task.</summary>
    public const string TellingForm =
        """
        {"title":"电话告知","type":"object","required":["way","note"],"properties":{
        "way":{"title":"怎么告诉的","oneOf":[{"const":"Phone","title":"打电话"},{"const":"FaceToFace","title":"当面说"},{"const":"Paper","title":"送书面"}]},
        "note":{"title":"跟谁说的，他怎么说","type":"string","minLength":1,"maxLength":500,"x-rows":2}}}
        """;

    /// <summary>Issues a notice and says what to wait for.</summary>
    public async ValueTask<Answer> IssueAsync(ActivityContext context, ServiceCase serviceCase, NoticeKind kind, CaseOutcome? outcome, string text,
        string template, IReadOnlyDictionary<string, string>? parameters, CancellationToken ct, bool needsPerson = false, string? details = null)
    {
        var smsId = await sms.QueueAsync(serviceCase, template, parameters, ct);
        var notice = CaseNotice.Issue(Guid.CreateVersion7(clock.GetUtcNow()), serviceCase.Id, kind, outcome, text, smsId, needsPerson, details, step.Actor, step.Now);
        Keep(notice);
        journal.Write(serviceCase, JournalKinds.ReplyIssued, ("notice", notice.Id), ("kind", kind), ("outcome", outcome), ("sms", smsId));
        context.SetState(NoticeState, JsonValue.Create(notice.Id.ToString("D")));

        var delivery = new Wait(WaitName) { Id = notice.Id, Tag = DeliveryTag, OnlyThisExecution = true };
        var patience = await PatienceEndsAsync(serviceCase, ct);
        if (smsId is null || needsPerson || patience <= step.Now) return new Answer.Parked([delivery, .. await OpenPhoneTaskAsync(context, serviceCase, notice, ct)]);
        return new Answer.Parked([delivery, Wait.Until(WaitName, patience, NoReportTag)]);
    }

    /// <summary>Handles a wake-up of an issuing activity.</summary>
    /// <returns>The delivered notice; null when it goes on waiting (then answer <c>Parked</c> with <paramref name="wakeUp"/>'s new waits).</returns>
    public async ValueTask<(CaseNotice? Delivered, Answer? StillWaiting)> WokenAsync(ActivityContext context, ServiceCase serviceCase, WakeUp wakeUp, CancellationToken ct)
    {
        if (await takeOver.WokenAsync(context, wakeUp, ct) is { } goesOn) return (null, goesOn);
        var notice = await OfAsync(context, ct);
        if (wakeUp.Tag == NoReportTag)
        {
            journal.Write(serviceCase, JournalKinds.ToldByPhoneTask, ("notice", notice.Id));
            return (null, new Answer.Parked(await OpenPhoneTaskAsync(context, serviceCase, notice, ct)));
        }

        if (wakeUp.Tag == ToldTag)
        {
            var answer = wakeUp.Input["answer"] as JsonObject;
            var way = Enum.TryParse<DeliveryWay>(answer?["way"]?.GetValue<string>(), out var told) ? told : DeliveryWay.Phone;
            notice.Deliver(way, wakeUp.Input["by"]?.GetValue<string>(), answer?["note"]?.GetValue<string>(), step.Now);
        }
        else if (PhoneTaskOf(context) is { } phoneTask)
        {
            await tasks.WithdrawAsync(serviceCase, phoneTask, overdue: false, ct);
        }

        if (notice.DeliveredAt is null) throw new InvalidOperationException($"Expected notice {notice.Id} to be delivered, but it is not.");
        journal.Write(serviceCase, JournalKinds.NoticeDelivered, ("notice", notice.Id), ("kind", notice.Kind), ("way", notice.DeliveredBy));
        return (notice, null);
    }

    /// <summary>Withdraws the notice and its phone task when the flow takes the activity back.</summary>
    public async ValueTask CancelAsync(ActivityContext context, ServiceCase serviceCase, CancellationToken ct)
    {
        if (context.GetState(NoticeState) is null) return;
        (await OfAsync(context, ct)).Withdraw();
        if (PhoneTaskOf(context) is { } phoneTask) await tasks.WithdrawAsync(serviceCase, phoneTask, overdue: false, ct);
    }

    /// <summary>没办成的部分 — what the last reply left open and the day it was promised for; null when it left nothing, or says no day.</summary>
    internal async ValueTask<(string Step, DateOnly On, string? Owner)?> RemainderAsync(CaseId caseId, CancellationToken ct) =>
        await LastReplyAsync(caseId, ct) is { } reply ? RemainderOf(reply) : null;

    /// <summary>The same of one reply.</summary>
    public static (string Step, DateOnly On, string? Owner)? RemainderOf(CaseNotice reply)
    {
        if (reply is not { Outcome: CaseOutcome.PartiallyResolved, Details: { } details } || JsonNode.Parse(details) is not JsonObject draft) return null;
        return DateOnly.TryParseExact(Text("nextDate"), "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out var on)
            ? (Text("nextStep"), on, Text("nextOwner") is { Length: > 0 } owner ? owner : null) : null;

        string Text(string field) => draft[field] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";
    }

    protected virtual async ValueTask<CaseNotice?> LastReplyAsync(CaseId caseId, CancellationToken ct)
    {
        await db.CaseNotices.Where(n => n.CaseId == caseId && n.Kind == NoticeKind.Reply).LoadAsync(ct);
        return db.CaseNotices.Local.Where(n => n.CaseId == caseId && n.Kind is NoticeKind.Reply && n.DeliveredAt is not null).MaxBy(n => n.DeliveredAt);
    }

    private ValueTask<CaseNotice> OfAsync(ActivityContext context, CancellationToken ct) =>
        FindAsync(Guid.Parse(context.GetState(NoticeState)!.GetValue<string>()), ct);

    protected virtual void Keep(CaseNotice notice) => db.CaseNotices.Add(notice);

    protected virtual async ValueTask<CaseNotice> FindAsync(Guid id, CancellationToken ct) =>
        db.CaseNotices.Local.FindEntry(id)?.Entity ?? await db.CaseNotices.SingleAsync(n => n.Id == id, ct);

    private static TaskId? PhoneTaskOf(ActivityContext context) =>
        context.GetState(TaskState)?.GetValue<string>() is { } id ? new TaskId(Guid.Parse(id)) : null;

    private async ValueTask<IReadOnlyList<Wait>> OpenPhoneTaskAsync(ActivityContext context, ServiceCase serviceCase, CaseNotice notice, CancellationToken ct)
    {
        var today = ShanghaiTime.DayOf(step.Now);
        var due = await deadlines.DueAsync(today, deadlines.Calendar.Day(today).Counts ? 0 : 1, ct);
        var (task, wait) = await tasks.OpenAsync(serviceCase, new TaskRequest
        {
            CaseId = serviceCase.Id,
            InstanceId = context.InstanceId,
            ActivityId = context.ActivityId,
            Purpose = TaskPurpose.TellByPhone,
            Title = notice.Kind is NoticeKind.Reply ? "打电话把答复告诉群众" : "打电话把延期告诉群众",
            Instructions = notice.NeedsPerson ? "这样的答复要有人当面或者打电话讲清楚，短信不算。讲依据、试过什么、还有哪些路、不服怎么办，再记下他怎么说。"
                : "短信没有确认送到。请打电话或当面告诉群众，说清楚了再记下来；没告诉到，就不算答复。",
            FormHash = await tasks.KeepFormAsync(TellingForm, ct),
            Outcomes = [Told],
            Assignee = new Assignee(serviceCase.About is CaseAbout.Window ? Roles.Supervisor : Roles.CaseOfficer, null, null),
            Round = context.Round,
            WithinDays = 0,
            DueOn = due.On,
            DueAt = due.At,
        }, ToldTag, ct);
        context.SetState(TaskState, JsonValue.Create(task.Id.Value.ToString("D")));
        return [wait, .. await takeOver.ForAsync(context, task, ct)];
    }

    /// <summary>The one outcome of a 电话告知 task.</summary>
    public const string Told = "已告知";

    /// <summary>Two hours of hall time from now, and never later than two hours before the last day closes: somebody must still be there to call.</summary>
    private async ValueTask<DateTimeOffset> PatienceEndsAsync(ServiceCase serviceCase, CancellationToken ct) =>
        PatienceEnds(step.Now, serviceCase.DueOn, (await deadlines.PolicyAsync(ct)).Hours, deadlines.Calendar);

    /// <summary>The same for a notice that went out then, when the calendar or the last day changed since.</summary>
    public static DateTimeOffset PatienceEnds(DateTimeOffset issuedAt, DateOnly? dueOn, HallHours hours, WorkingCalendar calendar)
    {
        var end = hours.After(issuedAt, ReportPatience, calendar);
        if (dueOn is not { } due || !HallHours.InTime(due, issuedAt)) return end;
        var latest = hours.CloseOf(due) - ReportPatience;
        return latest < end ? latest : end;
    }
}
