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
        ["case.unknown"] = "没有这个办件，或者不归您看。请核对编号；要用的，请服务站办。",
        ["case.closed"] = "这一件已经办结了，不能再改。群众说没解决，请走“没解决”。",
        ["case.reply-owed"] = "还没有把答复告诉群众，不能办结。先打电话告知并记下来。",
        ["clock.already-running"] = "时限已经在走了，不能重新起算。难易变了，请走改难易。",
        ["clock.not-running"] = "时限没有在走（停着，或者答复已经送到），延不了，也不能再停。停着的先恢复计时；群众说没解决的，走“没解决”。",
        ["clock.not-paused"] = "时限没有暂停，不用恢复。请刷新看看现在到哪一天。",
        ["extension.once"] = "只能延一次，这一件已经延过了。来不及就提请会商，或者先答复办成的部分。",
        ["extension.date-missing"] = "延期要有一个准日子：请写延几个工作日，至少1个。",
        ["extension.reason-unknown"] = "还没选延期的原因，请从列出的里面选。",
        ["extension.text-missing"] = "还没写向群众怎么说。没有告知的话，不能延期；最多500个字。",
        ["extension.too-late"] = "延期只能在到期以前，现在期限已经过了。先向群众说明，再尽快答复。",
        ["extension.beyond-ceiling"] = "从受理起最多{most}个工作日，谁也不能再往后延。来不及就先答复办成的部分，没办成的写清谁接着办。",
        ["pause.reason-unknown"] = "只有列出的几种法定情形可以停表，请选一种。",
        ["pause.maximum-missing"] = "停表要写最长停几个工作日，1到{most}之间。",
        ["task.unknown"] = "没有这一步，或者已经收回了。请回收件箱，看看手里还有什么。",
        ["task.not-for-you"] = "这一步没有交给您的岗位或单位，您不能办。该您的单位办的，请站长加请您的单位。",
        ["task.not-the-handler"] = "经办过的人不能自己回访，请换一位同事。",
        ["task.second-person-needed"] = "前面那一步是您办的，这一步要换一个人看：两把钥匙不能在一个人手里。请另一位同事来。",
        ["task.not-yours"] = "这一步不在您手里，不用放回。",
        ["task.yours-alone"] = "这一步点名交给您，放不回组里。您办不了的，请跟服务站站长商量怎么办，再由您记下结果。",
        [SomeoneWasFirst] = "已由他人办理。{name} {at} {did}这一步。您写的内容还在下面，可以存成内部备注。",
        ["task.withdrawn"] = "这一步已经不用办了，流程走到了别处。您写的内容还在下面，可以存成内部备注。",
        ["task.outcome-unknown"] = "这一步不能选这个结果，请从列出的里面选。审签想改拟稿的结果，先退回重拟，写明改成什么。",
        ["draft.newer-elsewhere"] = "您在另一个窗口也改了，那边更新，这边没有存。请核对后再存。",
        ["draft.too-long"] = "草稿太长，没有存上。请先删短一些。",
        ["intake.complaint-elsewhere"] = "对“办不成事”窗口自己的意见，不由窗口和服务站登记。请带群众去别的窗口，或者请督查来记。",
        ["agent.unknown"] = "这一件没有这份委托书。请刷新，从列出的里面选；没有的先登记。",
        ["agent.revoked-already"] = "这份委托已经撤销了，不用再撤。还要代办的，请登记一份新的。",
        ["agent.not-authorised"] = "这份委托今天不作数：撤销了、过期了或者还没开始。请先登记一份新的委托书，再记代办。",
        ["attachment.unknown"] = "没有这份材料，或者不归您看。请刷新案卷，从列出的里面打开。",
        ["attachment.too-many"] = "一件最多收10个文件。请把几张合成一个PDF再传。",
        ["intake.nobody-looks"] = "现在没有督查在岗，网上收不了。请打下面的电话，或者到别的窗口说。",
        ["intake.said-enough"] = "这件事上您已经说过两回，督查都答复过了。还是不满意，请打下面的电话找局领导。",
        ["intake.day-full"] = "今天的编号已经用完（9999件）。请先用纸质受理单，明天补录。",
        ["solution.none-to-challenge"] = "还没有方案，没法推翻。请先写方案。",
        ["solution.overturned"] = "最新的方案被推翻了，不能说“可行”。先请部门另提方案，或者提请联合党委。",
        ["return.once"] = "每家单位只能退一次，您这一家退过了。请写明意见，选“同意”或“有异议”；归谁，由站长定。",
        ["return.to-oneself"] = "不能退给自己。请选真正该办的那一家。",
        ["return.no-such-unit"] = "退单要写清楚归哪一家。请从列出的单位里选。",
        ["return.too-late"] = "收到一个工作日内才能退单，现在过了。请先办，归属有争议的写在意见里，站长来定。",
        ["unit.asked-already"] = "这一家手里已经有这一件，不用再加。",
        ["unit.no-coordination"] = "这一件现在不在部门协同，加不了单位。要请哪家，在研判时写成牵头或协办。",
        ["supplement.asked-already"] = "已经一次性告知过要补的材料，不能再让群众补第二回。确实非补不可，写明为什么当初没有说全。",
        ["supplement.no-time"] = "要给群众留出时间，最早写明天。",
        ["supplement.too-long"] = "等材料最长10个工作日，请写早一点的日子。",
        ["reply.risk-unsaid"] = "有风险的，写清楚是什么风险、怎么解决的。",
        ["reply.solution-overturned"] = "最新的方案被推翻了：风险不能让群众担。先换方案；风险已经解决的，选“有，已经解决”并写明怎么解决的。",
        ["reply.receipt-missing"] = "说好要备案的，回执还没有：{units}。先在案卷里补上回执号，再说“办成了”。",
        ["reply.items-open"] = "联合党委议定的还没有落实：{items}，不能说“办成了”。先答复“办成一部分”，写清谁接着办、哪天再说；或者催责任单位落实完再答复。",
        ["reply.nothing-tried"] = "还没有记下试过什么办法，不能说“不能办”。请写清楚试过什么；没试过的，先退回去试。",
        ["notice.nothing-to-tell"] = "现在没有要告诉群众的答复，可能别人刚刚已经告知了。请刷新看看。",
        ["sms.unknown"] = "没有这条短信，报告没有记。请核对短信编号。",
        ["flow.event-unknown"] = "没有这种申请。能提的是延时、中止计时、撤回、没解决。",
        ["flow.asked-already"] = "同样的申请已经有人提过，还在办，不用再提。要改天数、改原因，先把那一个办完（不同意、还要接着办），再重新提。",
        ["flow.nobody-listens"] = "这个旁支流程还没有发布，请找流程管理员。",
        ["designer.body"] = "没有办：收到的内容不完整或太大，请刷新页面再试。",
        ["designer.not-here"] = "这里没有这一项功能。要试走流程，请用“推演”。",
        ["flow.unknown"] = "没有这个流程，可能刚被删掉。请回到流程列表看看。",
        ["flow.version-unknown"] = "没有这一版，可能刚被删掉。请刷新版本列表。",
        ["flow.changed-elsewhere"] = "他人已修改，请刷新：这个流程刚才在别处改过，您这次改的没有存，免得盖掉别人的。请先导出或记下您的改动，刷新后再改。",
        ["flow.would-empty"] = "没有存：这样一存，画布上的活动就全没了。请刷新页面；真的不要这个流程，请在列表里删除。",
        ["flow.only-flowcharts"] = "这里只画流程图（Flowchart）。请选“流程图”再新建。",
        ["flow.unreadable"] = "没有存：这不是能读懂的流程文档。请用导出的原文件，或者在设计器里画。",
        ["flow.name-missing"] = "没有存：流程要有一个名称，请写上再存。",
        ["flow.name-taken"] = "没有存：已经有一个流程叫“{name}”，请换一个名称。",
        ["flow.still-published"] = "这一版正在用，不能删。先发布别的版本，或者取消发布。",
        ["flow.has-instances"] = "有办件按这一版走过，要留着备查，不能删。不想再用，取消发布就行。",
        ["flow.used-by-others"] = "别的流程里用到它，不能删。先把那边的改掉。",
        ["flow.instance-unknown"] = "没有这个流程实例。请回到实例列表看看。",
        ["flow.belongs-to-case"] = "这是一件还没办结的办件在走的流程，停掉就没有人答复群众了。群众要撤回，请在办件里走“撤回”。",
        ["flow.ended"] = "这个流程已经结束了，不用再处理。",
        ["flow.case-owes-reply"] = "还没有把答复告诉群众，这个流程不能取消：取消了，就没有地方再答复他。先把差错处理好，让它走到答复。",
        ["flow.version-in-force"] = "这一版本来就在用，不用退回。",
        ["flow.cases-begin-with-it"] = "受理就从这个流程开始，停用了就受理不了。要换回旧的，请退回到那一版。",
        ["incident.settled"] = "这个差错已经处理过了。请刷新看看流程走到了哪里。",
        ["incident.never-skipped"] = "这一步（或者它里面）有开始计时、答复送达或者办结，谁也不能跳过。请改好了再试。",
        ["incident.choose-a-step"] = "整个流程停住了，从头再试会把办过的事再办一遍。请选“从某一步接着走”，再选从哪一步。",
        ["incident.step-unknown"] = "请从列出的步骤里选一步；没有列出的，还轮不到。",
        ["incident.nothing-to-run"] = "出错的那一步已经不在了，流程走到了别处。请刷新再看。",
        ["incident.variable-unknown"] = "出错的那一步看不到这个变量。请从列出的里面选。",
        ["policy.changed-meanwhile"] = "就在刚才，别人也改了时限政策。请看看新的，再改。",
        ["companion.unknown"] = "没有这一步陪办。请刷新案卷再选。",
        ["companion.done"] = "这一步陪办已经记过走完了，不用再记。还有事，请约下一步。",
        ["meeting.unknown"] = "没有这次会商。请回议程里选。",
        ["meeting.item-unknown"] = "有的议题找不到了。请刷新议程再选。",
        ["meeting.item-decided"] = "这个议题已经有结果了，不用再排。还要议，请站长重新提请联合党委。",
        ["meeting.too-late"] = "{case} 的会商最晚{latest}开：议定了还要落实、要告诉群众。请提前，或者先批延时；都来不及的，秘书在收件箱里直接办“联合党委会商”。",
        ["meeting.not-yet"] = "还没到会商那天，不能结束。提前开了的，请按那一天重新召集，再写纪要。",
        ["meeting.closed"] = "这次会商已经结束了，纪要和回执都不能再改。要补的话，写在案卷的内部备注里。",
        ["meeting.nothing-waits"] = "{case} 的流程没有在等会商，可能已经在收件箱里办过了。请刷新，不要选它。",
        ["cluster.unknown"] = "没有这个并案，或者里面一件也没有了。请回并案列表看看。",
        ["cluster.not-member"] = "这一件已经不在并案里了，不用再拆。请刷新看看。",
        ["cluster.already-in"] = "{case} 已经在一个并案里，一件只能在一处研究。请先从那里拆出来。",
        ["reply.tells-of-another"] = "答复里写到了别人的事（{case} 那一件的编号、姓名或者电话）。每个人只看到自己的事，请删掉再交。",
        ["meeting.not-invited"] = "这次会商没有请您的单位，不用回话。",
        ["meeting.no-such-unit"] = "要请的单位里有一家名录里没有，请重新选。",
        ["late.explained"] = "这一次红灯的原因已经写过了，不用再写。",
        ["late.no-day"] = "答复还没有送到群众手里，要写哪天答复。",
        ["bottleneck.looked-at"] = "这一条有人看过了，或者日子改了，今天不用再看。到了新的日子会再有待办。",
        ["bottleneck.no-day"] = "还没有答复的，要定哪天再看，今天以后。",
        ["dispatch.changed"] = "就在刚才，这个事项的派单有人改过了，或者目录里已经有了。请刷新看看现在归谁，再定。",
        ["dispatch.same"] = "目录里已经是这一家、这个依据，不用再记。",
        ["dispatch.unknown"] = "目录里没有这一条。请回到派单目录重新找。",
        ["dispatch.ended"] = "这一条已经不用了，现在照哪一条派，请看派单目录。",
        ["cluster.rewritten"] = "就在您写的时候，别人改过研究结论了。现在写着的列在下面，对一对；要用您这一份，再存一次。",
        ["bottleneck.rewritten"] = "就在您写的时候，别人改过这一条了。现在写着的列在下面，对一对；要用您这一份，再存一次。",
        ["bottleneck.unknown"] = "清单里没有这一条。请回清单里选。",
        ["bottleneck.changed"] = "这一条的条文已经改了，不用再报，也不能再改。卡在新条文上的，研判时写新的条款。",
        ["calendar.unknown"] = "没有这份日历改动。请刷新列表再选。",
        ["calendar.already-there"] = "同样的安排已经有了，不用再交一次。请在列表里找到它，由另一个人看过定。",
        ["calendar.not-proposed"] = "这份改动已经有人定过了，请刷新看看。",
        ["calendar.four-eyes"] = "自己提的不能自己同意，要另一个人看过。请另一位管日历的同事来定。",
        ["calendar.not-in-force"] = "这份改动没有在用，或者已经有人要求撤销了。请刷新看看，等另一个人定。",
        ["calendar.no-undo-asked"] = "没有人要求撤销这份改动，请刷新看看。",
        ["calendar.changed-meanwhile"] = "就在刚才，日历又变了，期限要重新看一遍。请看看下面新的对照，再定。",
        ["step.lost-race"] = "刚才同时有人在改这一件，这一步没存上。请再点一次。",
    };

    public static string For(RefusedException refused)
    {
        var text = All.TryGetValue(refused.Code, out var known) ? known : $"这一步没有办成（{refused.Code}）。";
        foreach (var (name, value) in refused.Facts) text = text.Replace($"{{{name}}}", Say(name, value), StringComparison.Ordinal);

        // What broke a flow is kept by its code alone: then the sentence stands without the names and numbers.
        foreach (var (name, words) in Unsaid) text = text.Replace($"{{{name}}}", words, StringComparison.Ordinal);
        return text;
    }

    private static readonly Dictionary<string, string> Unsaid = new()
    {
        ["roles"] = "有这个权限的同事", ["most"] = "规定的", ["name"] = "同事", ["at"] = "刚才", ["did"] = "办了", ["units"] = "见案卷", ["items"] = "见案卷", ["case"] = "这一件", ["latest"] = "期限前两个工作日",
    };

    private static string Say(string name, string value) => name switch
    {
        "roles" => string.Join("、", value.Split(',').Select(role => Roles.Captions.GetValueOrDefault(role, role))),
        "did" => value == "held" ? "接走了" : "办了",
        "at" when DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, out var at) =>
            Texts.Say.Time(TimeOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, ShanghaiTime.Zone).DateTime)),
        _ => value,
    };
}
