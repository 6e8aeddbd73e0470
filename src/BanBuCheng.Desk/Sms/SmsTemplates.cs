using System.Text.RegularExpressions;

namespace BanBuCheng.Desk.Sms;

/// <summary>短信模板 — the fixed texts. Only number, date, place and telephone; never a name with a matter and a department together.</summary>
public static partial class SmsTemplates
{
    public const string Signature = "【青屏区政务服务】";

    public const string Accepted = "ACCEPTED";
    public const string OnSiteAnswered = "ONSITE_ANSWERED";
    public const string Transferred = "TRANSFERRED";
    public const string Supplement = "SUPPLEMENT";
    public const string Committee = "COMMITTEE";
    public const string Extended = "EXTENDED";
    public const string Resolved = "RESOLVED";
    public const string PartiallyResolved = "PARTIALLY_RESOLVED";
    public const string CannotBeDone = "CANNOT_BE_DONE";
    public const string NotAccepted = "NOT_ACCEPTED";
    public const string Withdrawn = "WITHDRAWN";
    public const string Survey = "SURVEY";
    public const string Reopened = "REOPENED";
    public const string ComplaintAnswered = "COMPLAINT_ANSWERED";
    public const string OverdueApology = "OVERDUE_APOLOGY";
    public const string Recalculated = "RECALCULATED";
    public const string Paused = "PAUSED";
    public const string Merged = "MERGED";
    public const string Reclassed = "RECLASSED";
    public const string PolicyChanged = "POLICY_CHANGED";

    /// <summary>Code → caption, text without signature, with {parameters}.</summary>
    public static IReadOnlyDictionary<string, SmsTemplate> All { get; } = new[]
    {
        new SmsTemplate(Accepted, "受理", "您的事项已受理，编号{no}，查询码{pin}勿告他人，{due}前答复。咨询{tel}。"),
        new SmsTemplate(OnSiteAnswered, "现场解答", "您今日咨询事项已现场答复，编号{no}。如仍办不成，报编号即可，无需重讲，电话{tel}。"),
        new SmsTemplate(Transferred, "转办", "编号{no}已交{dept}办理，{name}全程跟进，电话{tel}。答复期限{due}不变。"),
        new SmsTemplate(Supplement, "补材料", "编号{no}需补{n}项材料，清单已一次列全，凭查询码查看。请于{date}前提交，等待期间不计时限。咨询{tel}。"),
        new SmsTemplate(Committee, "提请会商", "编号{no}涉及多部门，定于{date}会商，会后2个工作日内告知您进展。咨询{tel}。"),
        new SmsTemplate(Extended, "延期", "编号{no}因{reason}，答复日期由{old}延至{due}，延期告知书可凭查询码查看。有异议请拨{tel}。"),
        new SmsTemplate(Resolved, "办成", "编号{no}已办成，可凭身份证到{place}领取，也可拨{tel}办理邮寄。"),
        new SmsTemplate(PartiallyResolved, "部分办成", "编号{no}已办成一部分，没办成的由{name}接着办，详情凭查询码查看。咨询{tel}。"),
        new SmsTemplate(CannotBeDone, "依法不能办", "编号{no}经核查暂不能办理，依据和可选的其他途径见书面解释。{name}将与您当面或电话说明。对原办理部门的决定有异议，可依法申请行政复议或提起诉讼；对本窗口服务有异议请拨{tel}。"),
        new SmsTemplate(NotAccepted, "不属范围", "您反映的事项不在本窗口范围，去哪里办已写在答复里，凭编号{no}和查询码查看，需要帮助可拨{tel}。"),
        new SmsTemplate(Withdrawn, "撤回", "编号{no}已按您的要求撤回。想再办，报编号即可，无需重讲，电话{tel}。"),
        new SmsTemplate(Survey, "评价", "编号{no}已答复。请回数字评价：1非常满意2满意3基本满意4不满意5非常不满意；问题没解决请回9。"),
        new SmsTemplate(Reopened, "重办", "编号{no}因您反馈未解决已重新办理，答复日期{due}，由{name}负责，电话{tel}。"),
        new SmsTemplate(Recalculated, "期限重算", "因国家节假日安排调整，编号{no}答复日期由{old}变为{due}。咨询{tel}。"),
        new SmsTemplate(ComplaintAnswered, "对窗口的意见", "您对窗口的意见（编号{no}）已查清，结果凭查询码查看，或拨{tel}请督查人员跟您说。"),
        new SmsTemplate(Paused, "中止计时", "编号{no}因{reason}暂停计时，最晚到{until}恢复，剩下的天数不变。咨询{tel}。"),
        new SmsTemplate(Merged, "并案", "编号{no}与同类问题合并研究，您的编号和期限{due}不变，结果单独告知。咨询{tel}。"),
        new SmsTemplate(Reclassed, "改难易", "编号{no}改按{kind}事项办理，{due}前答复，从受理那天算起，原因见查询页。咨询{tel}。"),
        new SmsTemplate(PolicyChanged, "政策变化回拨", "您曾反映的{no}事项，因政策调整现可申请办理，请联系{name}，电话{tel}。"),
        new SmsTemplate(OverdueApology, "超期致歉", "编号{no}未能在{due}前答复，致歉。{name}已督办，电话{tel}。"),
    }.ToDictionary(t => t.Code);

    /// <summary>Signature and text with its parameters filled in.</summary>
    /// <exception cref="ArgumentException">Unknown template, or a parameter is missing.</exception>
    public static string Render(string code, IReadOnlyDictionary<string, string> parameters)
    {
        if (!All.TryGetValue(code, out var template)) throw new ArgumentException($"Expected a known SMS template, but found '{code}'.", nameof(code));
        return Signature + Placeholder().Replace(template.Text, match =>
            parameters.TryGetValue(match.Groups[1].Value, out var value)
                ? value
                : throw new ArgumentException($"Expected parameter '{match.Groups[1].Value}' of SMS template {code}, but it is missing.", nameof(parameters)));
    }

    /// <summary>Names of a template's parameters.</summary>
    public static IReadOnlyList<string> ParametersOf(string code) => [.. Placeholder().Matches(All[code].Text).Select(m => m.Groups[1].Value).Distinct()];

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Placeholder();
}

/// <param name="Text">Without the signature.</param>
public sealed record SmsTemplate(string Code, string Caption, string Text);
