using System.Text.Json.Nodes;
using BanBuCheng.Desk.CaseFile;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Notices;

namespace BanBuCheng.Web.Pages.Cases;

/// <summary>从旁边申请 — what was written in one of the three forms beside the flow, and what the policy would say to it.</summary>
public sealed class SideRequest
{
    public string? Days { get; set; }
    public string? Reason { get; set; }

    /// <summary>向群众怎么说.</summary>
    public string? Explanation { get; set; }

    public JsonObject Extension() => new() { ["workingDays"] = Whole, ["reasonCode"] = Reason, ["explanation"] = Explanation?.Trim() };
    public JsonObject Pause() => new() { ["reasonCode"] = Reason, ["maxWorkingDays"] = Whole };
    public JsonObject Withdrawal() => new() { ["reason"] = Reason?.Trim() };

    /// <summary>How many working days may still be asked for; null with the sentence why none.</summary>
    internal static (int? Most, string Words) Extendable(CaseView file, DateOnly today)
    {
        var one = file.Case;
        if (one.Clock is not ClockState.Running || one.DueOn is not { } due) return (null, "时限没有在走，现在不能延期。");
        return file.Policy.Judge(one.Difficulty, one.LimitWorkingDays, 1, one.ExtendedBy > 0 ? 1 : 0, today <= due) switch
        {
            ExtensionVerdict.Allowed when file.Policy.CeilingOf(one.Difficulty) - one.LimitWorkingDays is var most =>
                (most, $"最多再延{most}个工作日，只能延一次。告诉到群众，新日期才算数。"),
            ExtensionVerdict.ReclassFirst => (null, "简单的不能延期。确实难，先改难易。"),
            ExtensionVerdict.AlreadyExtended => (null, "已经延过一次，不能再延。来不及就提请会商，先部分答复。"),
            ExtensionVerdict.TooLate => (null, "期限已经过了，不能再延。先向群众说明，再尽快答复。"),
            _ => (null, $"已经到上限{file.Policy.CeilingOf(one.Difficulty)}个工作日，不能再延。"),
        };
    }

    internal Dictionary<string, string> ExtensionFaults(CaseView file, DateOnly today)
    {
        var faults = new Dictionary<string, string>();
        var most = Extendable(file, today).Most ?? 0;
        if (Whole < 1 || Whole > most) faults[nameof(Days)] = Whole is null ? "还没写延几个工作日。" : $"要在1到{most}个工作日之间。";
        if (Reason is null || !ExtensionReasons.Captions.ContainsKey(Reason)) faults[nameof(Reason)] = "还没选原因。";
        if (string.IsNullOrWhiteSpace(Explanation)) faults[nameof(Explanation)] = "还没写向群众怎么说。";
        else if (Explanation.Length > AskedRules.LongestExplanation) faults[nameof(Explanation)] = $"写长了，最多{AskedRules.LongestExplanation}个字。";
        return faults;
    }

    internal Dictionary<string, string> PauseFaults(CaseView file)
    {
        var faults = new Dictionary<string, string>();
        var longest = file.Policy.LongestPause.Value;
        if (Whole is not { } days || days < 1 || days > longest) faults[nameof(Days)] = Whole is null ? "还没写最长停几个工作日。" : $"要在1到{longest}个工作日之间。";
        if (Reason is null || !PauseReasons.Captions.ContainsKey(Reason)) faults[nameof(Reason)] = "还没选情形。";
        return faults;
    }

    internal Dictionary<string, string> WithdrawalFaults()
    {
        var faults = new Dictionary<string, string>();
        if (string.IsNullOrWhiteSpace(Reason)) faults[nameof(Reason)] = "还没写群众为什么要撤回。";
        else if (Reason.Length > CaseLimits.ShortText) faults[nameof(Reason)] = $"写长了，最多{CaseLimits.ShortText}个字。";
        return faults;
    }

    private int? Whole => int.TryParse(Days?.Normalize(System.Text.NormalizationForm.FormKC).Trim(), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var days) ? days : null;
}
