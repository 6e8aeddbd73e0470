using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Engine;
using BanBuCheng.Engine.Documents;
using Microsoft.Extensions.DependencyInjection;

namespace BanBuCheng.Desk.Cases;

/// <summary>启动时限 — starts the reply clock, or re-classes it when it runs with another difficulty (due = acceptance + new limit).</summary>
internal sealed class StartClockActivity(FlowCases cases, CaseJournal journal, CasePauses pauses, CaseReclasses reclasses, DeadlineBook deadlines, StepScope step) : IActivity
{
    public const string TypeName = "BanBuCheng.StartClock";

    public async ValueTask<Answer> ExecuteAsync(ActivityContext context, CancellationToken ct)
    {
        var serviceCase = await cases.OfAsync(context, ct);
        var difficulty = serviceCase.Difficulty;
        if (context.Input<string>("Difficulty") is { Length: > 0 } word && !Enum.TryParse(word, out difficulty))
            throw new InvalidOperationException($"Expected Simple, Complex or Special, but difficulty is '{word}'.");

        var reclassed = serviceCase.Clock is ClockState.Running or ClockState.Paused;
        var policy = await deadlines.PolicyAsync(ct);
        var limit = policy.LimitOf(difficulty);
        var extended = policy.PeriodOf(difficulty, serviceCase.ExtendedBy) - limit;

        // A pause may be open: then the date is the one it would be if the clock went on tomorrow.
        var due = deadlines.Calendar.Due(serviceCase.AcceptedOn, limit + extended, await pauses.OfAsync(serviceCase.Id, ct), ShanghaiTime.DayOf(context.Now));
        var (dueOn, provisional) = (due.Date, due.Provisional);
        var (was, wasDue) = (serviceCase.Difficulty, serviceCase.DueOn);
        serviceCase.StartClock(difficulty, limit, extended, dueOn, provisional);
        if (reclassed)
        {
            // A reopened case may be told its own difficulty again: nothing was changed, so there is nothing to give a reason for.
            var change = was == difficulty ? null : reclasses.Record(serviceCase, was, wasDue, context.Input<string>("Reason")?.Trim() is { Length: > 0 } reason ? reason : context.Caption);
            journal.Write(serviceCase, JournalKinds.ClockReclassed, ("difficulty", difficulty), ("limit", limit), ("due", dueOn), ("provisional", provisional), ("reclass", change?.Id));
        }
        else
        {
            serviceCase.CountedWith(deadlines.CalendarVersion);
            journal.Write(serviceCase, JournalKinds.ClockStarted, ("difficulty", difficulty), ("limit", limit), ("due", dueOn), ("provisional", provisional));
            var correlation = context.CorrelationId;
            step.Afterwards(async (flows, token) => await flows.PublishEventAsync(CaseEvents.ClockStarted, correlation, null, step.Now, token));
        }

        return Answer.Done;
    }
}

/// <summary>进入环节. Going back before the reply clears "delivered": a new reply is owed.</summary>
internal sealed class SetStageActivity(FlowCases cases, CaseJournal journal) : IActivity
{
    public const string TypeName = "BanBuCheng.SetStage";

    public async ValueTask<Answer> ExecuteAsync(ActivityContext context, CancellationToken ct)
    {
        var word = context.Input<string>("Stage");
        if (!Enum.TryParse<CaseStage>(word, out var stage))
            throw new InvalidOperationException($"Expected a stage, but found '{word}'.");
        var serviceCase = await cases.OfAsync(context, ct);
        serviceCase.EnterStage(stage);
        journal.Write(serviceCase, JournalKinds.StageEntered, ("stage", stage));
        if (stage < CaseStage.Reply && !serviceCase.ReplyOwed)
        {
            serviceCase.ReopenAnswer();
            journal.Write(serviceCase, JournalKinds.Reopened, ("due", serviceCase.DueOn));
        }

        return Answer.Done;
    }
}

/// <summary>中止计时 — pauses the reply clock for a reason of the closed list, never without a maximum.</summary>
internal sealed class SuspendClockActivity(FlowCases cases, CaseJournal journal, CasePauses pauses, DeadlineBook deadlines) : IActivity
{
    public const string TypeName = "BanBuCheng.SuspendClock";

    public async ValueTask<Answer> ExecuteAsync(ActivityContext context, CancellationToken ct)
    {
        var serviceCase = await cases.OfAsync(context, ct);
        var maximum = context.Input<int>("MaxWorkingDays");
        if (maximum < 1) throw new InvalidOperationException($"Expected a pause with a maximum of at least one working day, but it is {maximum}.");
        var reason = context.Input<string>("ReasonCode") ?? "";
        if (!PauseReasons.Captions.ContainsKey(reason))
            throw new InvalidOperationException($"Expected a reason of the closed list, but found '{reason}'.");
        var today = ShanghaiTime.DayOf(context.Now);
        if (context.HasInput("Asked") && context.Input<int>("Asked") is > 0 and var asked) maximum = Math.Min(maximum, asked);
        maximum = Math.Min(maximum, (await deadlines.PolicyAsync(ct)).LongestPause.Value);
        var until = deadlines.Calendar.Due(today, maximum).Date;

        // Answered meanwhile: there is no clock left to stop. Stopped for another reason already: it stands still once, until the later of the two days.
        if (serviceCase.Clock is not (ClockState.Running or ClockState.Paused)) return Answer.Done;
        if (serviceCase.Clock is ClockState.Paused)
        {
            if (until > serviceCase.PausedUntil) serviceCase.MovePauseEnd(until);
        }
        else
        {
            serviceCase.PauseClock(reason, today, until);
            pauses.Open(serviceCase.Id, today, reason);
        }

        journal.Write(serviceCase, JournalKinds.ClockPaused, ("reason", reason), ("maximum", maximum), ("until", until));
        return Answer.Done;
    }
}

/// <summary>恢复计时 — the working days left when the clock stopped are the working days left now.</summary>
internal sealed class ResumeClockActivity(FlowCases cases, CaseJournal journal, CasePauses pauses, DeadlineBook deadlines) : IActivity
{
    public const string TypeName = "BanBuCheng.ResumeClock";

    public async ValueTask<Answer> ExecuteAsync(ActivityContext context, CancellationToken ct)
    {
        var serviceCase = await cases.OfAsync(context, ct);
        // A reply that was delivered during the pause has stopped the clock for good.
        if (serviceCase.Clock is ClockState.Stopped) return Answer.Done;
        if (serviceCase.PausedOn is not { } pausedOn)
        {
            // At the maximum the clock went on by itself; the flow that comes later finds it running.
            return (await pauses.OfAsync(serviceCase.Id, ct)).Count > 0 ? Answer.Done : throw new RefusedException("clock.not-paused");
        }

        var today = ShanghaiTime.DayOf(context.Now);
        var all = await pauses.CloseAsync(serviceCase.Id, today, ct);
        var due = deadlines.Calendar.Due(serviceCase.AcceptedOn, serviceCase.LimitWorkingDays + serviceCase.ExtendedBy, all);
        serviceCase.ResumeClock(due.Date, due.Provisional);
        journal.Write(serviceCase, JournalKinds.ClockResumed, ("from", pausedOn), ("to", today), ("due", due.Date));
        return Answer.Done;
    }
}

/// <summary>办结 — finishes the whole instance and closes the case; the domain refuses while a reply is owed. Cancels the case's other flows.</summary>
internal sealed class CloseCaseActivity(FlowCases cases, CaseJournal journal, FilingReceipts receipts, StepScope step) : IActivity
{
    public const string TypeName = "BanBuCheng.CloseCase";

    public async ValueTask<Answer> ExecuteAsync(ActivityContext context, CancellationToken ct)
    {
        var serviceCase = await cases.OfAsync(context, ct);
        // R-16, for a flow whose forms no longer ask: rather an operator's task than a paper that was promised and never came.
        if (serviceCase.Outcome is CaseOutcome.Resolved && await receipts.MissingAsync(serviceCase.Id, ct) is { Count: > 0 } missing)
            throw new RefusedException("reply.receipt-missing") { Facts = [("units", await receipts.NamesAsync(missing, ct))] };
        serviceCase.Close(context.Now);
        journal.Write(serviceCase, JournalKinds.Closed, ("outcome", serviceCase.Outcome));
        var (correlation, self) = (serviceCase.Id.ToString(), context.InstanceId);
        var inPart = serviceCase.Outcome is CaseOutcome.PartiallyResolved;
        step.Afterwards(async (flows, token) =>
        {
            await flows.CancelCorrelatedAsync(correlation, self, "case closed", token, OutlivesTheCase);
            if (inPart) await flows.PublishEventAsync(CaseEvents.ClosedInPart, correlation, null, step.Now, token);
        });
        return new Answer.FlowFinished();
    }

    /// <summary>What is owed by the desk and not to the citizen — a unit's reason for being late — is owed still when the case is closed: the document says so.</summary>
    private static bool OutlivesTheCase(FlowDocument document) =>
        document.CustomProperties["BanBuCheng.Outlives"] is System.Text.Json.Nodes.JsonValue value && value.TryGetValue<bool>(out var outlives) && outlives;
}

/// <summary>Events of a case that start a side flow or wake a main flow; correlation id = case id.</summary>
public static class CaseEvents
{
    public const string ClockStarted = "case.clock-started";
    public const string ExtensionRequested = "case.extension-requested";
    public const string PauseRequested = "case.pause-requested";
    public const string WithdrawalRequested = "case.withdrawal-requested";
    public const string NotSolved = "case.not-solved";

    /// <summary>放假安排改了，答复日期跟着变. Payload: from, to (ISO), old, due (as said), earlier.</summary>
    public const string DueMoved = "case.due-moved";

    /// <summary>The main flow says it: an ordinary window walked over with the citizen.</summary>
    public const string HandedOver = "case.handed-over";

    /// <summary>议定事项. Payload: code, text, unit, within (working days).</summary>
    public const string DecisionItem = "case.decision-item";

    /// <summary>并进同类研究.</summary>
    public const string Clustered = "case.clustered";

    /// <summary>卡住它的规定改了. Payload: bottleneck, to.</summary>
    public const string PolicyChanged = "case.policy-changed";

    /// <summary>夜里核对查出了这一件. Payload: what (unheld, flowless, unanswered).</summary>
    public const string WatchFound = "case.watch-found";

    /// <summary>部分办成的办结了: what was left open has its own day. After the case's other flows have ended.</summary>
    public const string ClosedInPart = "case.closed-in-part";

    /// <summary>没人接过来: a task lay for the office hours of the policy and nobody took it over. Payload: task, role, unit, who, hours.</summary>
    public const string TaskUntaken = "case.task-untaken";

    /// <summary>红灯亮了，记了一次超期.</summary>
    public const string WentLate = "case.went-late";

    /// <summary>会商请了一家单位. Payload: number, day, place, unit, unitName, within.</summary>
    public const string MeetingInvited = "case.meeting-invited";

    /// <summary>瓶颈写清了，定了再看的日子. Payload: bottleneck, clause, owner, ownerName, addressee, on (ISO), within.</summary>
    public const string BottleneckDated = "case.bottleneck-dated";

    /// <summary>现场解答依据的条款改了. Payload: count, clause, to.</summary>
    public const string AnswersOutdated = "case.answers-outdated";

    public static IReadOnlyList<string> All { get; } =
    [
        ClockStarted, DueMoved, HandedOver, DecisionItem, Clustered, PolicyChanged, WatchFound, ClosedInPart, TaskUntaken, WentLate, MeetingInvited, BottleneckDated, AnswersOutdated, .. AskedByPeople,
    ];

    /// <summary>Those a person may bring about; the rest are the desk's own.</summary>
    public static IReadOnlyList<string> AskedByPeople => [ExtensionRequested, PauseRequested, WithdrawalRequested, NotSolved];
}

/// <summary>中止计时的法定情形 — a closed list (by analogy with 行政许可法 article 45, and waiting for the citizen's materials).</summary>
public static class PauseReasons
{
    public static IReadOnlyDictionary<string, string> Captions { get; } = new Dictionary<string, string>
    {
        ["SUPPLEMENT"] = "等群众补材料",
        ["HEARING"] = "听证",
        ["INSPECTION"] = "检验、检测、检疫",
        ["APPRAISAL"] = "鉴定",
        ["EXPERT_REVIEW"] = "专家评审",
    };
}

/// <summary>Palette entries of this room.</summary>
internal static class CasePalette
{
    public static IEnumerable<ActivityDescriptor> All =>
    [
        new(StartClockActivity.TypeName, "启动时限", "办件")
        {
            Description = "从受理的第二天起数工作日。时限已经在走、难易改了的：按新难易重算，不重新起算。",
            Inputs =
            [
                new("Difficulty", "String", "难易", "不填就用办件自己的难易。", "dropdown")
                {
                    Options = [("Simple", "简单"), ("Complex", "复杂"), ("Special", "特殊")],
                },
                new("Reason", "String", "为什么改", "改难易才用：写给群众看的原因，记在案卷里；批准人是站长。", "multiline"),
            ],
            Create = services => ActivatorUtilities.CreateInstance<StartClockActivity>(services),
        },
        new(SetStageActivity.TypeName, "进入环节", "办件")
        {
            Description = "告诉大家办到哪一步了。答复以后又回到前面的环节，就欠一个新的答复。",
            Inputs =
            [
                new("Stage", "String", "环节", UiHint: "dropdown")
                {
                    Required = true,
                    Options = [.. Enum.GetValues<CaseStage>().Select(s => (s.ToString(), s.Caption()))],
                },
            ],
            Create = services => ActivatorUtilities.CreateInstance<SetStageActivity>(services),
        },
        new(SuspendClockActivity.TypeName, "中止计时", "办件")
        {
            Description = "法定情形才能停表，必须写最长停几个工作日。",
            Inputs =
            [
                new("ReasonCode", "String", "情形", UiHint: "dropdown") { Required = true, Options = [.. PauseReasons.Captions.Select(r => (r.Key, r.Value))] },
                new("MaxWorkingDays", "Int32", "最长（工作日）") { Required = true },
                new("Asked", "Int32", "申请停几个工作日", "比最长的短，就按申请的；到了自动恢复。"),
            ],
            Create = services => ActivatorUtilities.CreateInstance<SuspendClockActivity>(services),
        },
        new(ResumeClockActivity.TypeName, "恢复计时", "办件")
        {
            Description = "停表时还剩几个工作日，恢复后还是几个工作日。",
            Create = services => ActivatorUtilities.CreateInstance<ResumeClockActivity>(services),
        },
        new(CloseCaseActivity.TypeName, "办结", "办件")
        {
            Description = "整个流程到此结束，办件归档。答复没有送达之前不能办结。",
            Ports = [],
            IsTerminal = true,
            Create = services => ActivatorUtilities.CreateInstance<CloseCaseActivity>(services),
        },
    ];
}
