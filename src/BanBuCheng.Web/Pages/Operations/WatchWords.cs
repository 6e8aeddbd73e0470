using System.Globalization;
using BanBuCheng.Web.Health;
using BanBuCheng.Web.Pages.Shared.Parts;

namespace BanBuCheng.Web.Pages.Operations;

/// <summary>What each check of the work is called, and what it means when it is not good.</summary>
internal static class WatchWords
{
    private static readonly Dictionary<string, (string Caption, string Means, string Unit)> Known = new()
    {
        ["unheld-cases"] = ("没人管的在办件", "没有待办、没有在送的告知、也没有定时。应当一直是0。", "件"),
        ["flowless-cases"] = ("没有流程在走的在办件", "没办结，却没有哪个流程在走，办了也没有下文。应当一直是0；在“运维”页上列着。", "件"),
        ["late-timers"] = ("最晚的定时迟了多久", "到点的事一分钟内就该办。迟了，看闹钟和数据库忙不忙。", "时间"),
        ["stuck-instances"] = ("停住的流程", "谁也叫不醒的流程。应当一直是0。", "个"),
        ["open-incidents"] = ("出错的步骤", "流程里有一步出了错，等人重试或者跳过。", "处"),
        ["unsent-messages"] = ("发不出去的短信", "该发没发出去的。看短信网关通不通。", "条"),
        ["nightly-check"] = ("夜里核对查出的", "昨夜查出来的，见“夜里核对”那一栏。", "件"),
        ["sweep"] = ("上一次扫描", "每分钟扫一遍到期的事，有没有闹钟都扫。", "时间"),
    };

    public static WatchLine? Of(ProbeCheck check) => Known.TryGetValue(check.Name, out var words)
        ? new WatchLine(words.Caption, words.Means, Value(check.Value, words.Unit), Verdict(check.Ok))
        : null;

    public static Tag Verdict(bool ok) => ok ? new Tag("好", Tone.Ok) : new Tag("要看", Tone.Late);

    private static string Value(double? value, string unit) => value is not { } number ? "还没有"
        : unit is not "时间" ? string.Create(CultureInfo.InvariantCulture, $"{number:0}{unit}")
        : number < 1 ? "没有迟" : number < 120 ? string.Create(CultureInfo.InvariantCulture, $"{number:0}秒")
        : number < 7200 ? string.Create(CultureInfo.InvariantCulture, $"{number / 60:0}分钟") : string.Create(CultureInfo.InvariantCulture, $"{number / 3600:0}小时");
}

internal sealed record WatchLine(string Caption, string Means, string Value, Tag Verdict);
