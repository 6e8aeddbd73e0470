using System.Text.Json.Nodes;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Inbox;
using BanBuCheng.Desk.Offices;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Engine;
using Microsoft.Extensions.DependencyInjection;

namespace BanBuCheng.Desk.ReturnVisit;

/// <summary>回访 — somebody who did not handle the case asks two things: is it solved, are you satisfied. "Not solved" clears the reply.</summary>
internal sealed class ReturnVisitActivity(FlowCases cases, TaskOpener tasks, CaseVisits visits, CaseJournal journal, DeadlineBook deadlines) : IActivity
{
    public const string TypeName = "BanBuCheng.ReturnVisit";
    private const string Solved = "解决了", NotSolved = "没解决", Understood = "没解决，但听明白了", Unreached = "联系不上", Tag = "visit";
    public const int WithinDays = 3;

    private const string Form =
        """
        {"title":"回访","type":"object","properties":{
        "satisfaction":{"title":"满意吗（群众自己说的）","enum":["非常满意","满意","基本满意","不满意","非常不满意","没有回答"]},
        "words":{"title":"群众的原话","type":"string","maxLength":500,"x-rows":2},
        "praise":{"title":"表扬（不计入满意率）","type":"string","maxLength":200}},
        "x-rules":[{"when":{"outcome":["没解决，但听明白了"]},"then":{"satisfaction":["非常满意","满意","基本满意"]},
        "say":"选“没解决，但听明白了”，要他自己说满意。没说、不满意的，选“没解决”，接着办。"}]}
        """;

    public async ValueTask<Answer> ExecuteAsync(ActivityContext context, CancellationToken ct)
    {
        var serviceCase = await cases.OfAsync(context, ct);
        var round = await visits.NextRoundAsync(serviceCase.Id, ct);
        var rate = context.Input<string>("Sample") == "ByRule" ? VisitDraw.RateOf(await deadlines.PolicyAsync(ct), serviceCase.Outcome) : 100;
        if (!VisitDraw.IsDrawn(serviceCase.Id, round, rate))
        {
            await visits.RecordAsync(serviceCase.Id, VisitAnswer.NotDrawn, null, null, null, ct);
            journal.Write(serviceCase, JournalKinds.NotDrawn, ("round", round), ("percent", rate));
            return new Answer.Finished("Unreached");
        }

        var (on, at, _) = await deadlines.DueAsync(ShanghaiTime.DayOf(context.Now), WithinDays, ct);
        var visitors = new Assignee(Roles.Visitor, null, null);
        var handlers = await tasks.VisitorsWhoHandledAsync(serviceCase, ct);
        // Nobody left in the visitors' group: rather the supervisor than the one who did the work.
        if (!await tasks.HasSomebodyAsync(visitors, handlers, ct)) visitors = new Assignee(Roles.Supervisor, null, null);
        var (task, wait) = await tasks.OpenAsync(serviceCase, new TaskRequest
        {
            CaseId = serviceCase.Id,
            InstanceId = context.InstanceId,
            ActivityId = context.ActivityId,
            Purpose = TaskPurpose.Visit,
            Title = "回访：问解决没有、满不满意",
            Instructions = "先问解决没有，再问满不满意，两件事分开记。没解决就选“没解决”，接着原来的期限重办。"
                + (MayBeUnderstood(serviceCase) ? "依法不能办、不归我们管的，他说没解决、但听明白了也满意，选“没解决，但听明白了”：照记没解决，不重办。" : ""),
            FormHash = await tasks.KeepFormAsync(Form, ct),
            Outcomes = MayBeUnderstood(serviceCase) ? [Solved, Understood, NotSolved, Unreached] : [Solved, NotSolved, Unreached],
            Assignee = visitors,
            Excluded = handlers,
            Round = context.Round,
            WithinDays = WithinDays,
            DueOn = on,
            DueAt = at,
        }, Tag, ct);
        context.SetState("task", JsonValue.Create(task.Id.Value.ToString("D")));
        return new Answer.Parked(wait);
    }

    public async ValueTask<Answer> ResumeAsync(ActivityContext context, WakeUp wakeUp, CancellationToken ct)
    {
        var serviceCase = await cases.OfAsync(context, ct);
        var outcome = wakeUp.Input["outcome"]?.GetValue<string>();
        var answer = wakeUp.Input["answer"] as JsonObject;
        await visits.RecordAsync(serviceCase.Id, outcome switch { Solved => VisitAnswer.Solved, NotSolved or Understood => VisitAnswer.NotSolved, _ => VisitAnswer.Unreached },
            outcome == Unreached ? null : VisitWords.Read(Text("satisfaction")), Text("words"), wakeUp.Input["by"]?.GetValue<string>(), ct);
        journal.Write(serviceCase, JournalKinds.Visited, ("solved", outcome), ("satisfaction", Text("satisfaction")));
        if (Text("praise") is { } praise)
        {
            visits.Praise(serviceCase.Id, praise);
            journal.Write(serviceCase, JournalKinds.Praised);
        }

        if (outcome == NotSolved || serviceCase.ReplyOwed)
        {
            // Said from the side while the visitor was on the telephone: the citizen's own word counts, and a reply is owed already.
            if (!serviceCase.ReplyOwed)
            {
                serviceCase.ReopenAnswer();
                journal.Write(serviceCase, JournalKinds.Reopened, ("due", serviceCase.DueOn));
            }

            return new Answer.Finished("NotSatisfied");
        }

        return new Answer.Finished(outcome == Unreached ? "Unreached" : "Satisfied");

        string? Text(string field) => answer?[field]?.GetValue<string>() is { Length: > 0 } text ? text : null;
    }

    public async ValueTask CancelAsync(ActivityContext context, CancellationToken ct)
    {
        if (context.GetState("task")?.GetValue<string>() is { } id)
            await tasks.WithdrawAsync(await cases.OfAsync(context, ct), new TaskId(Guid.Parse(id)), overdue: false, ct);
    }

    /// <summary>
    /// A lawful refusal solves nothing for the citizen; whoever says so and accepts the explanation is counted as not solved and satisfied,
    /// and the case is not handled a second time for the same answer.
    /// </summary>
    private static bool MayBeUnderstood(ServiceCase serviceCase) => serviceCase.Outcome is CaseOutcome.CannotBeDone or CaseOutcome.NotAccepted;

    public static ActivityDescriptor Descriptor { get; } = new(TypeName, "回访", "办件")
    {
        Description = "换一个人打电话问：解决没有，满不满意。没解决就欠一个新的答复。",
        Inputs = [new("Sample", "String", "抽样", "按比例的，比例在时限政策里；抽谁由系统定，谁也不能挑。", "dropdown") { Options = [("All", "每件都访"), ("ByRule", "按政策里的比例抽")] }],
        Ports = [new("Satisfied", "解决了"), new("NotSatisfied", "没解决"), new("Unreached", "联系不上")],
        Create = services => ActivatorUtilities.CreateInstance<ReturnVisitActivity>(services),
    };
}
