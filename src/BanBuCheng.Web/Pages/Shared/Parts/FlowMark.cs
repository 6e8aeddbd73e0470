namespace BanBuCheng.Web.Pages.Shared.Parts;

/// <summary>What is to be seen of a box or a line of a flow. Colour, word and line style say the same thing.</summary>
public enum FlowMark { None, Done, Here, Next, Fault, OnPath, Added, Removed, Changed, Told }

internal static class FlowMarks
{
    public static string Words(this FlowMark mark) => mark switch
    {
        FlowMark.Done => "办过了",
        FlowMark.Here => "在这里",
        FlowMark.Next => "接下来",
        FlowMark.Fault => "出错了",
        FlowMark.OnPath => "走到过",
        FlowMark.Added => "新增",
        FlowMark.Removed => "删去",
        FlowMark.Changed => "改了",
        FlowMark.Told => "提醒在这里",
        _ => "",
    };

    public static string Css(this FlowMark mark) => mark is FlowMark.None ? "" : $"is-{mark.ToString().ToLowerInvariant()}";
}
