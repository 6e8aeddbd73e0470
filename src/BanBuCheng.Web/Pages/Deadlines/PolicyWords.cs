using BanBuCheng.Desk.Deadlines;

namespace BanBuCheng.Web.Pages.Deadlines;

/// <summary>The policy's numbers with their names and units, in the order of the page.</summary>
internal static class PolicyWords
{
    public static IReadOnlyList<PolicyEntry> Numbers { get; } =
    [
        new(nameof(DeadlinePolicy.Simple), "简单时限", "个工作日", "一个部门就能定的", p => p.Simple, (p, n) => p with { Simple = n }),
        new(nameof(DeadlinePolicy.Complex), "复杂时限", "个工作日", "要几个部门一起办的", p => p.Complex, (p, n) => p with { Complex = n }),
        new(nameof(DeadlinePolicy.Special), "特殊时限", "个工作日", "政策没写到、要会商的；要延时另走延时", p => p.Special, (p, n) => p with { Special = n }),
        new(nameof(DeadlinePolicy.Ceiling), "延时上限", "个工作日", "不管怎么改流程，都越不过这个数", p => p.Ceiling, (p, n) => p with { Ceiling = n }),
        new(nameof(DeadlinePolicy.Extensions), "延时次数", "次", "一件最多延几次", p => p.Extensions, (p, n) => p with { Extensions = n }),
        new(nameof(DeadlinePolicy.LongestPause), "中止最长", "个工作日", "停表最多这么久，到了自动恢复", p => p.LongestPause, (p, n) => p with { LongestPause = n }),
        new(nameof(DeadlinePolicy.WarnAt), "提醒", "个工作日", "还剩这么多时，到期牌变样子", p => p.WarnAt, (p, n) => p with { WarnAt = n }),
        new(nameof(DeadlinePolicy.YellowAt), "黄灯", "个工作日", "还剩这么多时亮黄灯，最后一天也算", p => p.YellowAt, (p, n) => p with { YellowAt = n }),
        new(nameof(DeadlinePolicy.BlueAtPercent), "蓝灯", "%", "时限用掉这么多还没有办理记录", p => p.BlueAtPercent, (p, n) => p with { BlueAtPercent = n }),
        new(nameof(DeadlinePolicy.EscalateAfter), "超期提级", "个工作日", "超期这么久，提级到联合党委", p => p.EscalateAfter, (p, n) => p with { EscalateAfter = n }),
        new(nameof(DeadlinePolicy.TakeOverWithin), "接手提醒", "个办公小时", "待办到了这么久没有人接，提醒承办单位和它的负责人；写0就不提醒", p => p.TakeOverWithin, (p, n) => p with { TakeOverWithin = n }),
        new(nameof(DeadlinePolicy.BackdateWithin), "补录", "个工作日", "断网、下乡受理的，几个工作日内可以补录", p => p.BackdateWithin, (p, n) => p with { BackdateWithin = n }),
        new(nameof(DeadlinePolicy.AlikeWithin), "查重复", "天", "同一个电话、同一件事，多少天以内的提醒可能重复", p => p.AlikeWithin, (p, n) => p with { AlikeWithin = n }),
        new(nameof(DeadlinePolicy.VisitResolved), "回访办成的", "%", "系统按这个比例抽，谁也不能挑", p => p.VisitResolved, (p, n) => p with { VisitResolved = n }),
        new(nameof(DeadlinePolicy.VisitPartly), "回访部分办成的", "%", "系统按这个比例抽", p => p.VisitPartly, (p, n) => p with { VisitPartly = n }),
        new(nameof(DeadlinePolicy.VisitRefused), "回访没办成的", "%", "不能办、不归我们管的", p => p.VisitRefused, (p, n) => p with { VisitRefused = n }),
        new(nameof(DeadlinePolicy.VisitOther), "回访其他的", "%", "现场解答、撤回、并件的", p => p.VisitOther, (p, n) => p with { VisitOther = n }),
    ];

    public static string Of(ExtensionCeiling ceiling) => ceiling is ExtensionCeiling.Total ? "从受理起合计" : "在原时限之外另加";

    public static string Of(HallHours hours) => $"{hours.MorningOpens:HH\\:mm}—{hours.MorningCloses:HH\\:mm}，{hours.AfternoonOpens:HH\\:mm}—{hours.AfternoonCloses:HH\\:mm}";
}

/// <summary>One number of the policy.</summary>
internal sealed record PolicyEntry(string Field, string Caption, string Unit, string Means, Func<DeadlinePolicy, PolicyNumber> Read, Func<DeadlinePolicy, PolicyNumber, DeadlinePolicy> With);
