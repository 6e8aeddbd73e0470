using BanBuCheng.Desk.CaseFile;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Notices;
using BanBuCheng.Web.Pages.Shared.Parts;
using NoticeKind = BanBuCheng.Desk.Notices.NoticeKind;

namespace BanBuCheng.Web.Pages.Citizen;

/// <summary>The sentences of the citizen's answer: short, spoken, one idea each.</summary>
internal sealed class CitizenWords(CaseView view, WorkingCalendar calendar, DateOnly today)
{
    /// <summary>The step at which the citizen gets the answer.</summary>
    public const string ReplyStep = "答复您";

    private readonly ServiceCase _case = view.Case;

    public string Day(DateOnly day) => DateWords.Full(day, today, calendar);

    public string Sentence(bool isAnswered)
    {
        if (isAnswered) return _case.Outcome is { } outcome ? OutcomeHead(outcome) : "已经答复您了";
        if (_case.State is CaseState.Closed) return "这件事办结了";
        if (_case.Clock is ClockState.Paused) return view.Ball.Kind is BallKind.Citizen ? "等您补材料，日子先停着数" : "先停一停，日子不数";
        if (view.OpenNotice is { Kind: NoticeKind.Reply }) return "答复写好了，正在告诉您";
        return _case.Stage switch
        {
            CaseStage.Intake => "收下了，服务站马上看",
            CaseStage.Triage => "服务站正在看：堵在哪里，交给谁",
            CaseStage.Coordination => _case.LeadUnit is { } lead && view.Units.TryGetValue(lead, out var unit) ? $"{unit.Name}正在办" : "部门正在办",
            CaseStage.Committee => "一个部门定不了，几家正在一起商量",
            CaseStage.Reply => "快好了，正在给您写答复",
            _ => _case.ReplyOwed ? "接着给您办" : "已经答复您了",
        };
    }

    public static string OutcomeHead(CaseOutcome outcome) => outcome switch
    {
        CaseOutcome.Resolved => "办成了",
        CaseOutcome.PartiallyResolved => "办成了一部分，剩下的有人接着办",
        CaseOutcome.CannotBeDone => "按规定现在办不了，依据和别的办法在下面",
        CaseOutcome.AnsweredOnSite => "当场答复了您",
        CaseOutcome.NotAccepted => "这件事不归这里管，去哪里办写在下面",
        CaseOutcome.Withdrawn => "按您的意思撤回了",
        CaseOutcome.MergedDuplicate => "和您之前的一件并在一起了",
        _ => "一直联系不上您，请看下面",
    };

    public string AnsweredNote(CaseNotice reply) =>
        $"{Day(ShanghaiTime.DayOf(reply.DeliveredAt!.Value))}{(reply.DeliveredBy switch { DeliveryWay.Phone => "打电话", DeliveryWay.FaceToFace => "当面", DeliveryWay.Paper => "书面", _ => "发短信" })}告诉了您。"
        + (_case.DueOn is { } due && ShanghaiTime.DayOf(reply.DeliveredAt!.Value) > due ? $"比答应您的{Day(due)}晚了，对不起。" : "");

    public string? ExtensionNote() => view.Notices.LastOrDefault(n => n is { Kind: NoticeKind.Extension, DeliveredAt: not null })?.Text;

    public DueBadge Badge()
    {
        var due = _case.DueOn!.Value;
        var left = calendar.WorkingDaysBetween(today, due);
        var state = view.DueText.Tone switch
        {
            DueTone.Soon => DueState.Soon,
            DueTone.Today => DueState.Today,
            DueTone.Late => DueState.Late,
            DueTone.Paused => DueState.Paused,
            DueTone.Maybe => DueState.Maybe,
            DueTone.Done => DueState.Done,
            _ => DueState.Far,
        };
        var text = state switch
        {
            DueState.Paused => "先停着，不数日子",
            DueState.Maybe => "暂定，放假通知还没出",
            DueState.Late => left < 0 ? $"已经超了{-left}个工作日" : "已经过了",
            DueState.Today => "就是今天",
            DueState.Done => "已答复",
            _ => $"还有{left}个工作日",
        };
        return new DueBadge(state, text, "/q/why");
    }

    public Ball Ball()
    {
        var holder = view.Ball;
        var unit = holder.UnitCode is { } code && view.Units.TryGetValue(code, out var known) ? known.Name : null;
        return holder.Kind switch
        {
            BallKind.Citizen => new Ball("您", "您", "等您补材料"),
            BallKind.Delivery => new Ball("短信", "信", "等您收到"),
            BallKind.Timer => new Ball("系统", "钟", "到时候自动往下走"),
            BallKind.Staff when unit is not null && unit != holder.Name => new Ball($"{unit} {holder.Name}", holder.Name[..1], Since(holder)),
            _ => new Ball(holder.Name, holder.Name.TrimStart('“', '区') is { Length: > 0 } face ? face[..1] : "办", Since(holder)),
        };
    }

    /// <summary>Done steps with their day, later ones with the days between which they will come.</summary>
    public StepMap Map(IReadOnlyDictionary<CaseStage, DateOnly> entered, CaseNotice? reply)
    {
        var steps = new List<MapStep> { new(MapPlace.Done, "受理", $"{Day(_case.AcceptedOn)}{(_case.Channel is Channel.Window ? "在大厅受理" : "受理")}") };
        var here = reply is not null ? (_case.State is CaseState.Closed ? 6 : 5) : view.OpenNotice is { Kind: NoticeKind.Reply } ? 4 : _case.Stage switch
        {
            CaseStage.Intake or CaseStage.Triage => 1,
            CaseStage.Coordination => 2,
            CaseStage.Committee => 3,
            _ => 4,
        };
        steps.Add(Step(1, "研判", Entered(CaseStage.Triage) + JudgedWords(), "服务站正在看堵在哪里、交给谁", $"{Range(1)}"));
        steps.Add(Step(2, "部门办理", Entered(CaseStage.Coordination) + LeadWords(), LeadWords() is { Length: > 0 } lead ? lead + "在办" : "部门在办", $"{Range(2)}"));
        if (here == 3 || entered.ContainsKey(CaseStage.Committee)) steps.Add(Step(3, "联合会商", Entered(CaseStage.Committee) + "几家一起商量过", "几家一起商量，定了马上告诉您", ""));
        steps.Add(Step(4, ReplyStep, reply is null ? "" : AnsweredNote(reply), view.OpenNotice is null ? "正在给您写答复" : "短信发出了，等您收到；收不到会有人打电话", $"{Range(4)}短信告诉您，收不到就打电话"));
        steps.Add(Step(5, "回访", "问过您了", "换一个人打电话问您满不满意", "答复后1至3个工作日，换一个人打电话问您满不满意", "phone"));
        return new StepMap(steps);

        MapStep Step(int place, string title, string done, string now, string later, string? icon = null) =>
            place < here ? new(MapPlace.Done, title, done) : place == here ? new(MapPlace.Here, title, now) : new(MapPlace.Later, title, later, icon);

        string Entered(CaseStage stage) => entered.TryGetValue(stage, out var day) ? $"{Day(day)}，" : "";
    }

    private string JudgedWords() => _case.LimitWorkingDays > 0 ? $"定为“{_case.Difficulty.Chinese()}”，{_case.LimitWorkingDays}个工作日内答复" : "看过了";

    private string LeadWords()
    {
        if (_case.LeadUnit is not { } lead) return "";
        var assisting = string.Join('、', _case.AssistingUnits.Select(Unit));
        return Unit(lead) + (assisting.Length > 0 ? $"牵头，{assisting}一起" : "");
    }

    private string Unit(string code) => view.Units.TryGetValue(code, out var unit) ? unit.Name : code;

    /// <summary>From when until when a later step comes: the triage within a day, the departments until two days before the end, the reply in the last three days.</summary>
    private string Range(int step)
    {
        if (_case.DueOn is not { } due || today > due || _case.Clock is ClockState.Paused) return "";
        var soonest = calendar.Counts(today) ? today : calendar.NextWorkingDay(today);
        var (from, to) = step switch
        {
            1 => (soonest, Earlier(calendar.AddWorkingDays(_case.AcceptedOn, 1), due)),
            2 => (soonest, Earlier(calendar.AddWorkingDays(due, -1), due)),
            _ => (Later(soonest, calendar.AddWorkingDays(due, -2)), due),
        };
        if (to < from) to = from;
        return from == to ? $"{Day(from)}，" : $"{DateWords.MonthDay(from, today)}至{(from.Month == to.Month && from.Year == to.Year ? $"{to.Day}日" : DateWords.MonthDay(to, today))}，";
    }

    private static DateOnly Earlier(DateOnly a, DateOnly b) => a < b ? a : b;
    private static DateOnly Later(DateOnly a, DateOnly b) => a > b ? a : b;

    private string? Since(BallHolder holder) => holder.Since is { } since ? $"{Texts.Say.Near(ShanghaiTime.DayOf(since), today)}起" : null;
}
