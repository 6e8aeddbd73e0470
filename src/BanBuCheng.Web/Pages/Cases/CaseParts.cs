using BanBuCheng.Desk.CaseFile;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Sms;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Web.Pages.Shared.Parts;
using BanBuCheng.Web.Texts;
using Lamp = BanBuCheng.Web.Pages.Shared.Parts.Lamp;
using Timeline = BanBuCheng.Web.Pages.Shared.Parts.Timeline;
using TimelineItem = BanBuCheng.Web.Pages.Shared.Parts.TimelineItem;

namespace BanBuCheng.Web.Pages.Cases;

/// <summary>The desk's answers about a case as the parts that draw them: whose turn, by which day, why that day, what happened.</summary>
internal static class CaseParts
{
    /// <summary>An instant in the hall's own time.</summary>
    public static DateTimeOffset Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, ShanghaiTime.Zone);

    public static string Moment(DateTimeOffset at, DateOnly today) => Say.Moment(Local(at), today);

    public static DueBadge Due(DueText due, string? whyUrl = null) => new(
        due.Tone switch
        {
            DueTone.Soon => DueState.Soon,
            DueTone.Today => DueState.Today,
            DueTone.Late => DueState.Late,
            DueTone.Paused => DueState.Paused,
            DueTone.Maybe => DueState.Maybe,
            DueTone.Done => DueState.Done,
            _ => DueState.Far,
        },
        due.Words,
        whyUrl);

    /// <summary>Null when nobody owes anything any more.</summary>
    public static Ball? Turn(BallHolder ball, Actor actor, DateOnly today)
    {
        if (ball.Kind is BallKind.Nobody) return null;
        var since = ball.Since is { } at ? $"{Moment(at, today)}起" : null;
        var face = ball.Kind switch
        {
            BallKind.Citizen => "群",
            BallKind.Delivery => "信",
            BallKind.Timer => "钟",
            _ => ball.Name.Length == 0 ? "？" : System.Globalization.StringInfo.GetNextTextElement(ball.Name.TrimStart('“', '区')),
        };
        return new Ball(ball.Name, face, since, ball.Kind is BallKind.Staff && ball.Login == actor.Login);
    }

    /// <summary>群众10月13日（周二）要用，早于期限1天.</summary>
    public static Tag? NeededBy(DateOnly? needed, DateOnly? due, DateOnly today) =>
        needed is { } day && due is { } last && day < last
            ? new Tag($"群众{Say.Day(day, today)}要用，早于期限{last.DayNumber - day.DayNumber}天", Tone.Late, "flag")
            : null;

    public static IEnumerable<Tag> Facts(ServiceCase serviceCase)
    {
        yield return new Tag(serviceCase.Stage.Caption(), Tone.Brand, "route");
        yield return new Tag(serviceCase.Difficulty.Chinese());
        if (serviceCase.PolicyAttribute is { } policy)
        {
            yield return new Tag(PolicyAttributes.Captions.GetValueOrDefault(policy, policy), policy switch
            {
                "NO_BARRIER" => Tone.Ok,
                "POLICY_BOTTLENECK" => Tone.Warn,
                _ => Tone.Late,
            });
        }

        if (serviceCase.State is CaseState.Closed && serviceCase.Outcome is { } outcome) yield return new Tag(outcome.Caption(), Tone.Ok, "done");
    }

    public static string Who(ApplicantKind kind, string maskedName) => kind is ApplicantKind.Person ? $"群众 {maskedName}" : $"{kind.Caption()} {maskedName}";

    public static WhyThisDate? Why(CaseView file, DateOnly today)
    {
        if (file.Why is not { } due) return null;
        var extended = file.Case.ExtendedBy > 0 ? $"其中延期{file.Case.ExtendedBy}个工作日，已经告诉群众。" : "";
        var basis = new List<string> { $"依据：{BasisOf(file)}；放假安排按国务院办公厅的通知。群众在手机上看到的是同一张表。" };
        basis.AddRange(file.Pauses.Select(p => $"暂停：{p.Reason}，从{Say.Day(p.From, today)}{(p.Until is { } until ? $"到{Say.Day(until, today)}" : "起，还没恢复")}。"));
        return new WhyThisDate(due.Sentence() + extended, [.. due.Derivation.Select(d => DayOf(d, due.Date, today))]) { Basis = basis };
    }

    public static Timeline Happened(CaseView file, DateOnly today, int most, string? olderUrl = null)
    {
        var items = file.Timeline.Take(most).Select(item =>
        {
            var (mark, icon) = TimelineMarks.Of(item.Kind);
            return new TimelineItem(mark, icon, item.Who, item.What, Local(item.At), Moment(item.At, today)) { Facts = item.Facts };
        });
        return new Timeline([.. items], file.Timeline.Count > most ? olderUrl : null);
    }

    public static Tag StateOf(OutgoingSms sms) => sms.State switch
    {
        SmsState.Delivered => new Tag("已送达", Tone.Ok, "check"),
        SmsState.HandedOver => new Tag("运营商已收，还没送到", Tone.Rest, "clock"),
        SmsState.Failed => new Tag("没送到", Tone.Late, "x"),
        _ => new Tag("等着发", Tone.Rest, "hourglass"),
    };

    /// <summary>The beginning of a long text, never cut inside a character.</summary>
    public static string Short(string text, int most)
    {
        var elements = new System.Globalization.StringInfo(text);
        return elements.LengthInTextElements <= most ? text : $"{elements.SubstringByTextElements(0, most)}……";
    }

    private static string BasisOf(CaseView file) => file.Case.Difficulty switch
    {
        Difficulty.Simple => file.Policy.Simple.Basis,
        Difficulty.Complex => file.Policy.Complex.Basis,
        _ => file.Policy.Special.Basis,
    };

    private static WhyDay DayOf(CountedDay day, DateOnly due, DateOnly today)
    {
        var kind = day.Kind switch
        {
            DayKind.Start => WhyDayKind.Start,
            DayKind.Paused => WhyDayKind.Paused,
            DayKind.Weekend or DayKind.Holiday => WhyDayKind.Rest,
            _ => day.Date == due ? WhyDayKind.Due : day.Date <= today ? WhyDayKind.Counted : WhyDayKind.Ahead,
        };
        var why = kind switch
        {
            WhyDayKind.Start => "受理",
            WhyDayKind.Rest or WhyDayKind.Paused => day.Label,
            _ => null,
        };
        return new WhyDay(day.Date, kind, day.Number, why) { MakeUp = day.Kind is DayKind.MakeUpWorkday, Today = day.Date == today };
    }

    /// <summary>The light in words and shape; nothing for a clock that is paused or has done its work.</summary>
    public static Lamp? LampOf(Light light) => light switch
    {
        Light.Green => new Lamp(LampColour.Green, "绿灯"),
        Light.Blue => new Lamp(LampColour.Blue, "蓝灯"),
        Light.Yellow => new Lamp(LampColour.Yellow, "黄灯"),
        Light.Red => new Lamp(LampColour.Red, "红灯"),
        _ => null,
    };
}
