using System.Globalization;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Offices;
using BanBuCheng.Desk.Steps;

namespace BanBuCheng.Web.Texts;

/// <summary>Refusal code → the sentence a person reads: what did not happen, and what to do instead. {placeholders} come from the refusal's facts.</summary>
internal static class RefusalTexts
{
    public const string SomeoneWasFirst = "task.someone-was-first";

    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>
    {
        ["who.role-needed"] = "这件事您的岗位办不了，要找{roles}。",
        ["who.person-needed"] = "请先登录，再办这一步。",
        ["case.unknown"] = "没有这个办件，或者不归您看。",
        ["case.closed"] = "这一件已经办结了，不能再改。群众说没解决，请走“没解决”。",
        ["case.reply-owed"] = "还没有把答复告诉群众，不能办结。先打电话告知并记下来。",
        ["clock.already-running"] = "时限已经在走了，不能重新起算。难易变了，请走改难易。",
        ["clock.not-running"] = "时限没有在走，这一步办不了。",
        ["clock.not-paused"] = "时限没有暂停，不用恢复。",
        ["extension.once"] = "已经延过一次，不能再延。来不及就提请会商，先部分答复。",
        ["task.unknown"] = "没有这一步，或者不归您办。",
        ["task.not-for-you"] = "这一步没有交给您的岗位或单位。要接手，请站长改派。",
        ["task.not-the-handler"] = "经办过的人不能自己回访，请换一位同事。",
        ["task.second-person-needed"] = "前面那一步是您办的，这一步要换一个人看：两把钥匙不能在一个人手里。请另一位同事来。",
        ["task.not-yours"] = "这一步不在您手里，不用放回。",
        ["task.yours-alone"] = "这一步点名交给您，放不回组里。办不了，请站长改派。",
        [SomeoneWasFirst] = "已由他人办理。{name} {at} {did}这一步。您写的内容还在下面，可以存成内部备注。",
        ["task.withdrawn"] = "这一步已经不用办了，流程走到了别处。您写的内容还在下面，可以存成内部备注。",
        ["task.outcome-unknown"] = "没有这个结果，请从列出的里面选。",
        ["draft.newer-elsewhere"] = "您在另一个窗口也改了，那边更新。请核对后再存。",
        ["draft.too-long"] = "草稿太长，没有存上。请先删短一些。",
        ["intake.day-full"] = "今天的编号已经用完（9999件）。请先用纸质受理单，明天补录。",
        ["solution.none-to-challenge"] = "还没有方案，没法推翻。请先写方案。",
        ["notice.nothing-to-tell"] = "现在没有要告诉群众的答复，可能别人刚刚已经告知了。",
        ["sms.unknown"] = "没有这条短信。",
        ["flow.event-unknown"] = "没有这种申请。",
        ["flow.nobody-listens"] = "这个旁支流程还没有发布，请找流程管理员。",
        ["flow.ended"] = "这个流程已经结束了，不用再处理。",
        ["flow.case-owes-reply"] = "还没有把答复告诉群众，这个流程不能取消：取消了，就没有地方再答复他。先把差错处理好，让它走到答复。",
        ["flow.version-unknown"] = "没有这一版流程，可能刚刚被删了。请刷新再看。",
        ["flow.version-in-force"] = "这一版本来就在用，不用退回。",
        ["flow.not-in-force"] = "这个流程本来就没有在用。",
        ["flow.cases-begin-with-it"] = "受理就从这个流程开始，停用了就受理不了。要换回旧的，请退回到那一版。",
        ["incident.settled"] = "这个差错已经处理过了。请刷新看看流程走到了哪里。",
        ["incident.never-skipped"] = "这一步（或者它里面）有开始计时、答复送达或者办结，谁也不能跳过。请改好了再试。",
        ["incident.nothing-to-run"] = "出错的那一步已经不在了，流程走到了别处。请刷新再看。",
        ["incident.variable-unknown"] = "出错的那一步看不到这个变量。请从列出的里面选。",
        ["policy.changed-meanwhile"] = "就在刚才，别人也改了时限政策。请看看新的，再改。",
        ["calendar.unknown"] = "没有这份日历改动。",
        ["calendar.already-there"] = "同样的安排已经有了，不用再交一次。",
        ["calendar.not-proposed"] = "这份改动已经有人定过了，请刷新看看。",
        ["calendar.four-eyes"] = "自己提的不能自己同意，要另一个人看过。",
        ["calendar.not-in-force"] = "这份改动没有在用，不用撤销。",
        ["calendar.no-undo-asked"] = "没有人要求撤销这份改动，请刷新看看。",
        ["calendar.changed-meanwhile"] = "就在刚才，日历又变了，期限要重新看一遍。请看看下面新的对照，再定。",
        ["step.lost-race"] = "刚才同时有人在改这一件，这一步没存上。请再点一次。",
    };

    public static string For(RefusedException refused)
    {
        var text = All.TryGetValue(refused.Code, out var known) ? known : $"这一步没有办成（{refused.Code}）。";
        foreach (var (name, value) in refused.Facts) text = text.Replace($"{{{name}}}", Say(name, value), StringComparison.Ordinal);
        return text;
    }

    private static string Say(string name, string value) => name switch
    {
        "roles" => string.Join("、", value.Split(',').Select(role => Roles.Captions.GetValueOrDefault(role, role))),
        "did" => value == "held" ? "接走了" : "办了",
        "at" when DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, out var at) =>
            Texts.Say.Time(TimeOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, ShanghaiTime.Zone).DateTime)),
        _ => value,
    };
}
