using System.Globalization;
using System.Text.Json;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Inbox;
using BanBuCheng.Desk.Notices;
using BanBuCheng.Desk.Offices;
using BanBuCheng.Desk.Sms;
using NoticeKind = BanBuCheng.Desk.Notices.NoticeKind;

namespace BanBuCheng.Desk.CaseFile;

/// <summary>经过 — one line of what happened to a case.</summary>
/// <param name="Kind">A code of <see cref="JournalKinds"/>; gives the icon.</param>
/// <param name="ForCitizen">May be shown to the citizen.</param>
public sealed record TimelineItem(string Kind, DateTimeOffset At, string? Who, string What, string? Facts, bool ForCitizen);

/// <summary>Turns journal entries (ids and codes) into sentences with the rows they name.</summary>
public static class CaseTimeline
{
    public static IReadOnlyList<TimelineItem> Of(IReadOnlyList<CaseJournalEntry> journal, IReadOnlyList<InboxTask> tasks, IReadOnlyList<OutgoingSms> messages,
        IReadOnlyList<CaseNotice> notices, IReadOnlyDictionary<string, (string Name, string UnitCode)> staff, IReadOnlyDictionary<string, OfficeUnit> units, IReadOnlyList<CaseReclass> reclasses)
    {
        var words = new Words(tasks.ToDictionary(t => t.Id.ToString()), messages.ToDictionary(m => m.Id.ToString()), notices.ToDictionary(n => n.Id.ToString()), reclasses.ToDictionary(r => r.Id.ToString()), staff, units);
        return [.. journal.Select(words.ItemOf).OfType<TimelineItem>().Reverse()];
    }

    private static readonly HashSet<string> ByTheFlow =
    [
        JournalKinds.StageEntered, JournalKinds.ClockStarted, JournalKinds.ClockReclassed, JournalKinds.ClockPaused, JournalKinds.ClockResumed, JournalKinds.Extended,
        JournalKinds.TaskOpened, JournalKinds.TaskWithdrawn, JournalKinds.TaskOverdue, JournalKinds.SmsQueued, JournalKinds.SmsDelivered, JournalKinds.SmsFailed,
        JournalKinds.Escalated, JournalKinds.ToldByPhoneTask, JournalKinds.NoticeDelivered, JournalKinds.Closed, JournalKinds.ReplyIssued,
    ];

    private sealed class Words(Dictionary<string, InboxTask> tasks, Dictionary<string, OutgoingSms> messages, Dictionary<string, CaseNotice> notices, Dictionary<string, CaseReclass> reclasses,
        IReadOnlyDictionary<string, (string Name, string UnitCode)> staff, IReadOnlyDictionary<string, OfficeUnit> units)
    {
        public TimelineItem? ItemOf(CaseJournalEntry entry)
        {
            using var document = JsonDocument.Parse(entry.Facts);
            var facts = document.RootElement.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.ToString());
            var (what, more, open) = Sentence(entry.Kind, facts);
            return what is null ? null : new TimelineItem(entry.Kind, entry.At, WhoOf(entry), what, more, open);
        }

        private string? WhoOf(CaseJournalEntry entry)
        {
            // What the flow does by itself is nobody's deed, even if somebody's step set it going.
            if (ByTheFlow.Contains(entry.Kind) || entry.ActorKind != "Staff" || !staff.TryGetValue(entry.ActorLogin, out var person)) return null;
            return units.TryGetValue(person.UnitCode, out var unit) ? $"{unit.Name} {person.Name}" : person.Name;
        }

        private (string? What, string? Facts, bool ForCitizen) Sentence(string kind, Dictionary<string, string> facts)
        {
            var task = facts.TryGetValue("task", out var taskId) ? tasks.GetValueOrDefault(taskId) : null;
            var sms = facts.TryGetValue("sms", out var smsId) ? messages.GetValueOrDefault(smsId) : null;
            var notice = facts.TryGetValue("notice", out var noticeId) ? notices.GetValueOrDefault(noticeId) : null;
            return kind switch
            {
                JournalKinds.Accepted => ("受理了这一件", $"编号 {facts.GetValueOrDefault("number")}", true),
                JournalKinds.StageEntered => ($"进入“{Stage(facts)}”", null, true),
                JournalKinds.ClockStarted => ($"开始计时，{Days(facts, "limit")}，{Day(facts, "due")}前答复", Provisional(facts), true),
                JournalKinds.ClockReclassed => ($"难易改为“{DifficultyOf(facts)}”，期限改为{Day(facts, "due")}，不重新起算", Reclassed(facts), true),
                JournalKinds.ClockPaused => ($"暂停计时：{PauseReasons.Captions.GetValueOrDefault(facts.GetValueOrDefault("reason", ""), "")}", $"最长{facts.GetValueOrDefault("maximum")}个工作日", true),
                JournalKinds.ClockResumed => ($"恢复计时，{Day(facts, "due")}前答复", null, true),
                JournalKinds.Extended => ($"延期{facts.GetValueOrDefault("days")}个工作日，新期限{Day(facts, "due")}", null, true),
                JournalKinds.DueMoved => ($"放假安排有变，期限{(facts.ContainsKey("from") ? $"由{Day(facts, "from")}" : "")}改为{Day(facts, "due")}", null, true),
                JournalKinds.TaskOpened => ($"交给{AssigneeOf(facts)}：{task?.Title}", Day(facts, "due") is { Length: > 0 } last ? $"{last}前" : null, false),
                JournalKinds.TaskClaimed => ($"接过来：{task?.Title}", null, false),
                JournalKinds.TaskPutBack => ($"放回组里：{task?.Title}", null, false),
                JournalKinds.TaskDone => ($"{task?.Title}：{facts.GetValueOrDefault("outcome")}", null, false),
                JournalKinds.TaskWithdrawn => ($"不用办了：{task?.Title}", null, false),
                JournalKinds.TaskOverdue => ($"到期没办，收回：{task?.Title}", null, false),
                JournalKinds.Judged => ($"研判为“{DifficultyOf(facts)}”", PolicyOf(facts), false),
                JournalKinds.UnitsAssigned => ($"牵头{Unit(facts.GetValueOrDefault("lead"))}{Assisting(facts)}", null, true),
                JournalKinds.SolutionProposed => ($"提出方案{facts.GetValueOrDefault("attempt")}", null, false),
                JournalKinds.SolutionChallenged => ($"方案{facts.GetValueOrDefault("attempt")}被推翻", null, false),
                JournalKinds.DocumentAdded => ("添了一份文件", Join(facts.GetValueOrDefault("number"), facts.GetValueOrDefault("receipt")), false),
                JournalKinds.Escalated => ("提请联合党委会商", null, true),
                JournalKinds.SmsQueued => ($"短信“{Template(sms, facts)}”等着发", null, false),
                JournalKinds.SmsDelivered => ($"短信“{Template(sms, facts)}”已送达", null, true),
                JournalKinds.SmsFailed => ($"短信“{Template(sms, facts)}”没送到", null, false),
                JournalKinds.ReplyIssued => (notice?.Kind is NoticeKind.Extension ? "发出延期告知" : "发出答复", notice?.Outcome?.Caption(), false),
                JournalKinds.NoticeDelivered => (Delivered(notice), notice?.DeliveredByName is { } by ? $"告知人 {by}" : null, true),
                JournalKinds.ToldByPhoneTask => ("短信一直没有送达报告，改为打电话", null, false),
                JournalKinds.NoteAdded => ("记了一条内部备注", null, false),
                JournalKinds.Looked => (facts.GetValueOrDefault("field") == "attachment" ? "打开了一份材料" : "看了一眼电话号码", null, false),
                JournalKinds.Visited => ($"回访：{facts.GetValueOrDefault("solved")}", facts.GetValueOrDefault("satisfaction"), true),
                JournalKinds.Reopened => ("没解决，接着原来的期限重办", null, true),
                JournalKinds.Closed => ("办结", null, true),
                JournalKinds.CompanionPlanned => ($"约好陪办第{facts.GetValueOrDefault("step")}步，{Day(facts, "on")}", null, true),
                JournalKinds.CompanionDone => ($"陪办第{facts.GetValueOrDefault("step")}步走完了", null, true),
                JournalKinds.Contacted => ("联系了群众，说了接下来怎么办", null, true),
                JournalKinds.EarlierContact => ($"补录：{Day(facts, "on")}来问过、联系过", "不计时", true),
                JournalKinds.MeetingCalled => ($"{Day(facts, "on")}联合党委会商", facts.GetValueOrDefault("meeting"), true),
                JournalKinds.MeetingDecided => ($"联合党委会商定了{facts.GetValueOrDefault("items")}件事", facts.GetValueOrDefault("meeting"), true),
                JournalKinds.Clustered => ("和同类的并案研究，编号、期限、答复都各自不变", facts.GetValueOrDefault("cluster"), true),
                JournalKinds.Unclustered => ("不再并案，单独办", facts.GetValueOrDefault("cluster"), true),
                JournalKinds.BottleneckFound => ("记进政策瓶颈清单", facts.GetValueOrDefault("bottleneck"), false),
                JournalKinds.CalledBack => ("卡住它的规定改了，回拨群众", facts.GetValueOrDefault("bottleneck"), true),
                JournalKinds.WatchFound => (facts.GetValueOrDefault("what") switch { "unheld" => "夜里核对：没有人、没有定时在管这一件，已报管理员", "flowless" => "夜里核对：没有流程在走这一件，已报管理员", _ => "夜里核对：办结了，却没有送达的答复，已报管理员" }, null, false),
                JournalKinds.SideFlowStarted => (SideFlow(facts), null, false),
                JournalKinds.AttachmentAdded => ("收了一份材料", null, true),
                JournalKinds.AgentNamed => ("登记了委托书", Day(facts, "until") is { Length: > 0 } until ? $"到{until}" : null, true),
                JournalKinds.AgentRevoked => ("委托撤销了", null, true),
                JournalKinds.DoneOnBehalf => ("代办了一步", null, true),
                JournalKinds.UnitReturned => ($"{Unit(facts.GetValueOrDefault("from"))}说不归自己管，建议{Unit(facts.GetValueOrDefault("proposed"))}", "期限不变", false),
                JournalKinds.ReturnDecided => ($"{(facts.GetValueOrDefault("arbitrated") == "True" ? "站长定了" : "改派")}：由{Unit(facts.GetValueOrDefault("unit"))}办", "期限不变", true),
                JournalKinds.UnitAdded => ($"加请{Unit(facts.GetValueOrDefault("unit"))}一起办", null, true),
                JournalKinds.Consulted => ("请示了上级", "时限照走", false),
                JournalKinds.SupplementAsked => ($"一次性告知要补{facts.GetValueOrDefault("items")}项材料", Day(facts, "by") is { Length: > 0 } wanted ? $"{wanted}前补齐" : null, true),
                JournalKinds.SolutionAdopted => ($"方案{facts.GetValueOrDefault("attempt")}可行", null, false),
                JournalKinds.RiskSaid => (facts.GetValueOrDefault("risk") switch { nameof(ApplicantRisk.None) => "群众以后没有风险", nameof(ApplicantRisk.Removed) => "群众以后的风险已经解决", _ => "群众以后还有风险，要讲明、要站长签" }, null, false),
                JournalKinds.NotDrawn => ("抽样没有抽到，不回访", null, false),
                JournalKinds.Praised => ("记了一条表扬", "不计入满意率", false),
                JournalKinds.WentLate => ($"亮了红灯，这时在{Unit(facts.GetValueOrDefault("unit"))}手里", "责任单位一个工作日内写原因", false),
                JournalKinds.LateExplained => ($"{Unit(facts.GetValueOrDefault("unit"))}写了超期原因", null, false),
                JournalKinds.PartLeftOpen => ($"没办成的部分挂着账，{Day(facts, "on")}前再告诉群众", facts.GetValueOrDefault("owner") is { Length: > 0 } owner ? $"{Unit(owner)}接着办" : null, true),
                JournalKinds.PartSettled => ("没办成的部分有了结果，销账", facts.GetValueOrDefault("outcome"), true),
                JournalKinds.MeetingAnswered => ($"{Unit(facts.GetValueOrDefault("unit"))}回话：会商{facts.GetValueOrDefault("meeting")}{(facts.GetValueOrDefault("comes") == "True" ? "到会" : "请假，由人代")}", null, false),
                JournalKinds.FlowMended => (Mended(facts), null, false),
                JournalKinds.FlowMoved => ($"流程由第{facts.GetValueOrDefault("from")}版换到第{facts.GetValueOrDefault("to")}版", "手里的事和日子都没变", false),
                _ => (null, null, false),
            };
        }

        private static string Delivered(CaseNotice? notice)
        {
            var what = notice?.Kind is NoticeKind.Extension ? "延期已经告诉群众" : $"答复已经告诉群众{(notice?.Outcome is { } outcome ? $"：{outcome.Caption()}" : "")}";
            return notice?.DeliveredBy switch
            {
                DeliveryWay.SmsReport => $"{what}（短信送达）",
                DeliveryWay.Phone => $"{what}（打电话）",
                DeliveryWay.FaceToFace => $"{what}（当面）",
                DeliveryWay.Paper => $"{what}（书面）",
                _ => what,
            };
        }

        private static string SideFlow(Dictionary<string, string> facts) => facts.GetValueOrDefault("event") switch
        {
            CaseEvents.ExtensionRequested => "申请延期",
            CaseEvents.PauseRequested => "申请暂停计时",
            CaseEvents.WithdrawalRequested => "群众要求撤回",
            CaseEvents.NotSolved => "群众说没解决",
            _ => "启动了一个旁支流程",
        };

        private static string Mended(Dictionary<string, string> facts) => facts.GetValueOrDefault("act") switch
        {
            "retried" => "流程出了差错，管理员让它再试一次",
            "skipped" => "流程出了差错，管理员跳过了那一步",
            "repaired" => "流程出了差错，管理员改好了再试",
            _ => "管理员取消了这一件的一个流程",
        };

        private static string Template(OutgoingSms? sms, Dictionary<string, string> facts)
        {
            var code = sms?.Template ?? facts.GetValueOrDefault("template", "");
            return SmsTemplates.All.TryGetValue(code, out var template) ? template.Caption : code;
        }

        private string AssigneeOf(Dictionary<string, string> facts) => Assignee.Parse(facts.GetValueOrDefault("assignee")) switch
        {
            { Role: { } role } => Roles.Captions.GetValueOrDefault(role, role),
            { Unit: { } unit } => Unit(unit),
            { Person: { } person } => staff.TryGetValue(person, out var known) ? known.Name : person,
            _ => "",
        };

        private string Unit(string? code) => code is not null && units.TryGetValue(code, out var unit) ? unit.Name : code ?? "";

        private string Assisting(Dictionary<string, string> facts)
        {
            var names = facts.GetValueOrDefault("assisting", "").Split(',', StringSplitOptions.RemoveEmptyEntries).Select(code => Unit(code));
            return string.Join('、', names) is { Length: > 0 } list ? $"，协办{list}" : "";
        }

        private static string Day(Dictionary<string, string> facts, string name) =>
            DateOnly.TryParseExact(facts.GetValueOrDefault(name), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
                ? $"{day.Month}月{day.Day}日（{DateWords.Weekday(day)}）" : "";

        private static string Days(Dictionary<string, string> facts, string name) => $"{facts.GetValueOrDefault(name)}个工作日";
        private string? Reclassed(Dictionary<string, string> facts) => reclasses.GetValueOrDefault(facts.GetValueOrDefault("reclass", "")) is { } change
            ? $"{change.Reason.TrimEnd('。')}。{(change.ApprovedBy is { } by ? $"{by}批准" : "等站长研判时批")}" : null;

        private static string? Provisional(Dictionary<string, string> facts) => facts.GetValueOrDefault("provisional") == "True" ? "暂定：放假通知还没出" : null;
        private static string Stage(Dictionary<string, string> facts) => Enum.TryParse<CaseStage>(facts.GetValueOrDefault("stage"), out var stage) ? stage.Caption() : "";
        private static string DifficultyOf(Dictionary<string, string> facts) => Enum.TryParse<Difficulty>(facts.GetValueOrDefault("difficulty"), out var difficulty) ? difficulty.Chinese() : "";
        private static string? PolicyOf(Dictionary<string, string> facts) => PolicyAttributes.Captions.GetValueOrDefault(facts.GetValueOrDefault("policy", ""));
        private static string? Join(params string?[] parts) => string.Join(" · ", parts.Where(p => !string.IsNullOrEmpty(p))) is { Length: > 0 } text ? text : null;
    }
}
