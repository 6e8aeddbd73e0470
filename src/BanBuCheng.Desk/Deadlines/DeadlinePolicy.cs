namespace BanBuCheng.Desk.Deadlines;

/// <summary>时限政策 — every number a deadline depends on, with the rule it comes from. Versioned as a whole; districts differ in all of it.</summary>
public sealed record DeadlinePolicy
{
    private const string Promise = "本区“办不成事”窗口办理规定（服务承诺，请填写文号）";
    private const string Permit42 = "参照《行政许可法》第四十二条：经负责人批准可以延长一次，并告知理由";

    public static DeadlinePolicy Default { get; } = new();

    public int Version { get; init; } = 1;

    public PolicyNumber Simple { get; init; } = new(3, Promise);

    public PolicyNumber Complex { get; init; } = new(10, Promise);

    public PolicyNumber Special { get; init; } = new(10, Promise);

    /// <summary>延时上限, in working days.</summary>
    public PolicyNumber Ceiling { get; init; } = new(15, Promise);

    public ExtensionCeiling CeilingCounts { get; init; } = ExtensionCeiling.Total;

    /// <summary>最多延时几次.</summary>
    public PolicyNumber Extensions { get; init; } = new(1, Permit42);

    public bool SimpleMayBeExtended { get; init; }

    /// <summary>黄灯: this many working days left, the due day included.</summary>
    public PolicyNumber YellowAt { get; init; } = new(1, "内部督办规定：剩1个工作日亮黄灯");

    /// <summary>到期牌变成“快到了”的样子.</summary>
    public PolicyNumber WarnAt { get; init; } = new(2, "内部提醒规定：剩2个工作日提醒");

    /// <summary>蓝灯: this part of the period used and nothing tried.</summary>
    public PolicyNumber BlueAtPercent { get; init; } = new(50, "内部督办规定：用掉一半时限还没有办理记录");

    /// <summary>超期几个工作日后提级.</summary>
    public PolicyNumber EscalateAfter { get; init; } = new(3, "内部督办规定：超期3个工作日提级联合党委");

    /// <summary>没人接过来几个办公小时就提醒; 0 = nobody is reminded.</summary>
    public PolicyNumber TakeOverWithin { get; init; } = new(2, "内部督办规定：任务到了两个办公小时没有人接，提醒承办单位和它的负责人");

    /// <summary>补录: how many working days back a real acceptance may lie.</summary>
    public PolicyNumber BackdateWithin { get; init; } = new(3, "内部管理规定：停电、断网、下乡受理的，3个工作日内补录");

    /// <summary>Same person or same item within so many days: shown to the clerk as possibly the same matter.</summary>
    public PolicyNumber AlikeWithin { get; init; } = new(30, "参照国办函〔2025〕66号：重复诉求原则上一单办理");

    /// <summary>回访抽样, percent of the cases answered so.</summary>
    public PolicyNumber VisitResolved { get; init; } = new(100, "内部回访规定：办成的件件回访");
    public PolicyNumber VisitPartly { get; init; } = new(100, "内部回访规定：部分办成的件件回访");
    public PolicyNumber VisitRefused { get; init; } = new(100, "内部回访规定：不能办、不归我们管的件件回访");
    public PolicyNumber VisitOther { get; init; } = new(100, "内部回访规定：现场解答、撤回、并件的件件回访");
    /// <summary>中止计时最长几个工作日，到了自动恢复.</summary>
    public PolicyNumber LongestPause { get; init; } = new(10, "参照《行政许可法》第四十五条：专家评审等所需时间不计算在内，并书面告知");

    public HallHours Hours { get; init; } = HallHours.Default;

    public string HoursBasis { get; init; } = "《民法典》第二百零三条：有业务时间的，停止业务活动的时间为截止时间";

    public int LimitOf(Difficulty difficulty) => difficulty switch
    {
        Difficulty.Simple => Simple.Value,
        Difficulty.Complex => Complex.Value,
        Difficulty.Special => Special.Value,
        _ => throw new ArgumentOutOfRangeException(nameof(difficulty), difficulty, "Expected Simple, Complex or Special."),
    };

    public bool MayBeExtended(Difficulty difficulty) => difficulty != Difficulty.Simple || SimpleMayBeExtended;

    /// <summary>The most working days from acceptance that a case of this difficulty can ever have.</summary>
    public int CeilingOf(Difficulty difficulty)
    {
        if (!MayBeExtended(difficulty)) return LimitOf(difficulty);
        return CeilingCounts == ExtensionCeiling.Total ? Ceiling.Value : LimitOf(difficulty) + Ceiling.Value;
    }

    /// <summary>The whole period of a case: its limit and what an extension added, never past the ceiling, whatever it was re-classed to since.</summary>
    public int PeriodOf(Difficulty difficulty, int extendedBy)
    {
        var limit = LimitOf(difficulty);
        var most = CeilingCounts == ExtensionCeiling.Total ? Math.Max(Ceiling.Value, limit) : limit + Ceiling.Value;
        return Math.Min(limit + extendedBy, most);
    }

    /// <summary>Whether a case may have <paramref name="more"/> working days on top of <paramref name="soFar"/> (its limit and what was added before).</summary>
    /// <param name="inTime">Whether the due day is not over yet.</param>
    public ExtensionVerdict Judge(Difficulty difficulty, int soFar, int more, int extensionsBefore, bool inTime)
    {
        if (more <= 0) return ExtensionVerdict.NothingAsked;
        if (!MayBeExtended(difficulty)) return ExtensionVerdict.ReclassFirst;
        if (extensionsBefore >= Extensions.Value) return ExtensionVerdict.AlreadyExtended;
        if (!inTime) return ExtensionVerdict.TooLate;
        return (long)soFar + more > CeilingOf(difficulty) ? ExtensionVerdict.BeyondCeiling : ExtensionVerdict.Allowed;
    }

    /// <summary>Everything that keeps this table from being published; empty when it may be.</summary>
    public IReadOnlyList<PolicyFault> Faults() => PolicyCheck.Faults(this);
}
