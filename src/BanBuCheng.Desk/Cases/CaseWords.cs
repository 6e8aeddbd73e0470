namespace BanBuCheng.Desk.Cases;

/// <summary>办理结果 — how a case was answered. The names are the document's contract (<c>DeliverReply.outcome</c>).</summary>
public enum CaseOutcome { Resolved, PartiallyResolved, CannotBeDone, AnsweredOnSite, NotAccepted, Withdrawn, MergedDuplicate, Unreachable }

/// <summary>环节 — where a case stands; set by the flow (<c>SetStage</c>).</summary>
public enum CaseStage { Intake, Triage, Coordination, Committee, Reply, ReturnVisit }

/// <summary>An open case owes something; a closed one has had its delivered reply.</summary>
public enum CaseState { Open, Closed }

/// <summary>时钟 — the reply clock of a case: it runs, is lawfully paused, or stopped at the delivery of the reply.</summary>
public enum ClockState { Off, Running, Paused, Stopped }

/// <summary>What a case is about: a matter that could not be done, or the help window itself (second instance).</summary>
public enum CaseAbout { Matter, Window }

/// <summary>群众以后还有没有风险 — as the one who drafted the reply said .</summary>
public enum ApplicantRisk { None, Removed, Remaining }

/// <summary>申请人类型.</summary>
public enum ApplicantKind { Person, SoleTrader, Enterprise }

/// <summary>渠道 — how the matter came to the desk (domain list; more than the counter will come).</summary>
public enum Channel { Window, Online, Phone, Hotline12345, TownStation, Village, HomeVisit, TransferredFromUpper, Proactive, Agency }

/// <summary>Chinese captions of the case's words, in one place.</summary>
public static class CaseWords
{
    public static string Caption(this CaseOutcome outcome) => outcome switch
    {
        CaseOutcome.Resolved => "办成",
        CaseOutcome.PartiallyResolved => "部分办成",
        CaseOutcome.CannotBeDone => "依法不能办，已解释",
        CaseOutcome.AnsweredOnSite => "现场解答",
        CaseOutcome.NotAccepted => "不予受理，已引导",
        CaseOutcome.Withdrawn => "申请人撤回",
        CaseOutcome.MergedDuplicate => "重复并入",
        CaseOutcome.Unreachable => "无法联系",
        _ => outcome.ToString(),
    };

    public static string Caption(this CaseStage stage) => stage switch
    {
        CaseStage.Intake => "窗口受理",
        CaseStage.Triage => "服务站研判",
        CaseStage.Coordination => "部门协同",
        CaseStage.Committee => "联合党委",
        CaseStage.Reply => "答复解释",
        CaseStage.ReturnVisit => "回访",
        _ => stage.ToString(),
    };

    /// <summary>群众的话: their own words, or the one sentence when nobody wrote more.</summary>
    public static string Told(this ServiceCase serviceCase) => serviceCase.Story.Length > 0 ? serviceCase.Story : serviceCase.Subject;

    public static string Caption(this ApplicantKind kind) => kind switch
    {
        ApplicantKind.Person => "群众",
        ApplicantKind.SoleTrader => "个体户",
        ApplicantKind.Enterprise => "企业",
        _ => kind.ToString(),
    };

    public static string Caption(this ClockState state) => state switch
    {
        ClockState.Off => "还没计时",
        ClockState.Running => "计时中",
        ClockState.Paused => "暂停计时",
        ClockState.Stopped => "已停表",
        _ => state.ToString(),
    };
}
