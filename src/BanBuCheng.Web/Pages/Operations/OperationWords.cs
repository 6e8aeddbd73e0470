using System.Text.RegularExpressions;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Engine.Durable;
using BanBuCheng.Engine.Running;
using BanBuCheng.Web.Texts;

namespace BanBuCheng.Web.Pages.Operations;

/// <summary>What broke in a flow, and what is in the way of a move, in words a person of the hall understands.</summary>
internal static partial class OperationWords
{
    /// <summary>The breakdown in one sentence; the program's own words stand below it on the page.</summary>
    public static string Trouble(string type, string message)
    {
        if (type == typeof(StuckException).FullName) return "走到这里以后，没有人、没有时间、也没有事件能让它再往下走。";
        if (type == typeof(RefusedException).FullName && message.StartsWith("Refused: ", StringComparison.Ordinal)) return RefusalTexts.For(new RefusedException(message["Refused: ".Length..]));
        if (Input().Match(message) is { Success: true } input) return $"“{InputName(input.Groups[1].Value)}”这一项算不出来。";
        if (type.EndsWith(".JavaScriptException", StringComparison.Ordinal)) return "这里写的式子或者脚本算不出来。";
        if (message.EndsWith("could not be found.", StringComparison.Ordinal)) return "系统不认识这种活动，可能是装的版本旧了。";
        if (message.StartsWith("No published version", StringComparison.Ordinal)) return "它要启动的那个流程没有发布。";
        return message;
    }

    /// <summary>What the program said: for the input that could not be computed the reason is in the details' first line.</summary>
    public static string Original(string message, string? details) => Input().IsMatch(message) && details is not null ? details.Split('\n')[0] : message;

    public static string Place(FlowPlace place) => string.Join(" › ", [.. place.Where, place.Caption]);

    public static string Resolution(string? how) => how switch
    {
        "retried" => "再试过了",
        "skipped" => "跳过了",
        "withdrawn" => "流程走到别处，不用处理了",
        _ => "流程已经结束",
    };

    public static string Fault(MoveFault fault) => fault.Kind switch
    {
        MoveFaultKind.Missing => $"新版本里没有“{fault.Caption}”，它正停在这里",
        MoveFaultKind.OtherType => $"新版本里的“{fault.Caption}”换成了别的活动",
        MoveFaultKind.Elsewhere => $"新版本把“{fault.Caption}”放进了别的框里",
        MoveFaultKind.Unreachable => $"新版本里走不到“{fault.Caption}”",
        MoveFaultKind.OutcomeGone => $"“{fault.Caption}”选了“{Port(fault.Detail)}”，新版本没有路可走",
        MoveFaultKind.EventChanged => $"“{fault.Caption}”等的事件改了",
        MoveFaultKind.JoinChanged => $"已经有分支到了“{fault.Caption}”，新版本改了它的汇合，会丢",
        MoveFaultKind.JoinStarves => fault.Detail is null ? $"“{fault.Caption}”会一直等，等不来" : $"“{fault.Caption}”会一直等“{fault.Detail}”，可那一步已经过去了",
        MoveFaultKind.BranchNew => $"并行的分支已经开始，新版本多了“{fault.Detail}”，不会再补上",
        MoveFaultKind.PromiseBroken => $"从现在停的地方按新版本走，答复会落空：{fault.Detail}",
        MoveFaultKind.OrderChanged => $"“{fault.Detail}”已经做过，新版本里又排到后面",
        _ => "已经走完，或者不在这一版了",
    };

    public static string Port(string? port) => port switch { "Done" => "完成", "True" => "是", "False" => "否", "Delivered" => "已送达", null => "", _ => port };

    /// <summary>Inputs of the general boxes that an expression is written into; those of the desk's own have Chinese names of their own.</summary>
    private static string InputName(string input) => input switch { "Condition" => "条件", "Text" => "文字", "Value" => "值", "Items" => "一个个办的那些", "Expression" => "式子", _ => input };

    [GeneratedRegex("^Failed to evaluate activity input '(.+)'$")]
    private static partial Regex Input();
}
