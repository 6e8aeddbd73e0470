using BanBuCheng.Desk.Sms;
using BanBuCheng.Web.Pages.Shared.Parts;

namespace BanBuCheng.Web.Pages.Sms;

/// <summary>送达的说法 — how far a message got, in words that promise no more than is known.</summary>
internal static class SmsWords
{
    public static Tag StateOf(MessageRow row) => row.State switch
    {
        SmsState.Delivered => new Tag("已送达", Tone.Ok, "check"),
        SmsState.Failed => new Tag("没送到", Tone.Late, "x"),
        SmsState.HandedOver => new Tag("运营商已收，还不算送达", Tone.Brand, "right"),
        _ when row.Attempts > 0 => new Tag("重发中", Tone.Warn, "refresh"),
        _ => new Tag("等着发", Tone.Rest, "clock"),
    };

    public static IReadOnlyList<(Tag Tag, string Means)> Legend { get; } =
    [
        (new("等着发", Tone.Rest, "clock"), "晚上8点半以后不发，等到早上8点半"),
        (new("运营商已收，还不算送达", Tone.Brand, "right"), "没有报告，就不算告诉了群众"),
        (new("已送达", Tone.Ok, "check"), "手机收到了，不等于看了"),
        (new("重发中", Tone.Warn, "refresh"), "运营商暂时连不上，过一会儿再发"),
        (new("没送到", Tone.Late, "x"), "空号、停机：改打电话，系统会开一个电话告知任务"),
    ];

    private static readonly Dictionary<string, string> Sample = new()
    {
        ["no"] = "B2609190007A", ["pin"] = "482615", ["due"] = "10月14日", ["tel"] = "8800-1345", ["place"] = "大厅3号窗口", ["name"] = "温敬之",
        ["dept"] = "区市场监管局", ["n"] = "2", ["date"] = "10月9日", ["reason"] = "需核实情况", ["old"] = "10月9日", ["until"] = "10月23日", ["kind"] = "复杂",
    };

    // After the values: static members come to life in the order in which they stand.
    /// <summary>Templates with sample values, for their length.</summary>
    public static IReadOnlyList<(string Caption, string Text)> Samples { get; } = [.. SmsTemplates.All.Values.Select(t => (t.Caption, SmsTemplates.Render(t.Code, Sample)))];
}
