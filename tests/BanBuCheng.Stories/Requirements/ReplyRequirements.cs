using BanBuCheng.Desk.CaseFile;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Notices;
using BanBuCheng.Desk.ReturnVisit;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Stories.Given;
using BanBuCheng.Web.Pages.Cases;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace BanBuCheng.Stories.Requirements;

/// <summary>从文章里来的要求，答复和回访这一段：R-08、R-09、R-21、R-25、R-29、R-32、R-34。</summary>
public sealed class ReplyRequirements
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static readonly (string, string)[] Explained =
    [
        ("text", "您这份证明现在开不出来，原因和出路写在下面。"), ("risk", "没有"), ("facts", "户籍底册1987年以前的页缺失。"), ("basis", "《户口登记条例》第十三条。"),
        ("tried", "查了档案馆和派出所。"), ("alternatives", "到公安分局申请补录，找雷致远。"),
    ];

    [Theory(DisplayName = "R-08 延时只能在到期以前：过了期限的不批，期限不动")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task R_08_no_extension_after_the_limit(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var accepted = await hall.AcceptsAsync();
        await hall.ItIsAsync("2026-03-17 09:30");
        Assert.Equal("extension.too-late", (await HallWork.RefusedAsync(() =>
            hall.AsksAsync(accepted.Id, CaseEvents.ExtensionRequested, new() { ["workingDays"] = 3, ["reasonCode"] = "UPPER_LEVEL", ["explanation"] = "请示市局，还没回。" }))).Code);
        Assert.Equal((new DateOnly(2026, 3, 16), 0), ((await hall.CaseAsync(accepted.Number)).Case.DueOn!.Value, (await hall.CaseAsync(accepted.Number)).Case.ExtendedBy));
    }

    [Theory(DisplayName = "R-09 延时过不了15个工作日的顶，谁来批都一样")]
    [InlineData(5, ExtensionVerdict.Allowed)]
    [InlineData(6, ExtensionVerdict.BeyondCeiling)]
    public void R_09_the_ceiling_holds(int days, ExtensionVerdict verdict) =>
        Assert.Equal(verdict, DeadlinePolicy.Default.Judge(Difficulty.Complex, 10, days, 0, inTime: true));

    [Theory(DisplayName = "R-21 办成一部分：谁接着办、哪天再说，都要写；群众的答复里看得到")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task R_21_a_part_is_answered_with_what_follows(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var number = (await hall.AcceptsAsync()).Number;
        await hall.ComesToDraftingAsync(number);
        var faults = (await Assert.ThrowsAsync<FormRejectedException>(() => hall.DraftsAsync(number, "办成一部分"))).Faults;
        Assert.Equal(["nextDate", "nextStep"], faults.Keys.Order(StringComparer.Ordinal));
        await hall.DraftsAsync(number, "办成一部分", ("nextStep", "水务局接着办审批"), ("nextDate", "2026-04-08"));
        await hall.DoesAsync("温敬之", number, "审签", "办成一部分");
        Assert.Contains("没办成的：水务局接着办审批，4月8日前再告诉您", Assert.Single((await hall.CaseAsync(number)).Notices).Text, StringComparison.Ordinal);
    }

    [Theory(DisplayName = "R-21 没办成的部分自己有待办：办结以后，到了说好的日子经办人接着给准信；还要等的再约日子，直到有结果；全办成的没有这一条")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task R_21_what_is_left_open_comes_back_on_its_day(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var part = await hall.AcceptsAsync();
        await hall.ComesToDraftingAsync(part.Number);
        await hall.DraftsAsync(part.Number, "办成一部分", ("nextStep", "水务局接着办审批"), ("nextDate", "2026-04-08"));
        await hall.DoesAsync("温敬之", part.Number, "审签", "办成一部分");
        await hall.ReportsAsync(await hall.MessageAsync(part.Id, "PARTIALLY_RESOLVED"), delivered: true);
        await hall.DoesAsync("安素心", part.Number, "回访", "解决了");
        var whole = await hall.AcceptsAsync();
        await RepliedAsync(hall, whole);
        await hall.DoesAsync("安素心", whole.Number, "回访", "解决了");
        Assert.Equal(CaseState.Closed, (await hall.CaseAsync(part.Number)).Case.State);

        await hall.ItIsAsync("2026-04-08 08:59");
        Assert.False(await hall.HasTaskAsync("段小禾", part.Number, "没办成的部分"));
        await hall.ItIsAsync("2026-04-08 09:00");
        var task = Assert.Single((await hall.CaseAsync(part.Number)).OpenTasks);
        Assert.Contains("水务局接着办审批，4月8日前再告诉群众", task.Instructions, StringComparison.Ordinal);

        // 案子办结了，页面上照样接得过来、办得了；手里没有这一条的人看不到按钮
        var again = await hall.CaseAsync(part.Number);
        Assert.Equal(task.Id, NextStep.Of(again, await hall.PersonAsync("段小禾"), new DateOnly(2026, 4, 8))?.Mine?.Id);
        Assert.Null(NextStep.Of(again, await hall.PersonAsync("安素心"), new DateOnly(2026, 4, 8)));
        Assert.Equal(["nextDays"], (await Assert.ThrowsAsync<FormRejectedException>(() => hall.DoesAsync("段小禾", part.Number, "没办成的部分", "还要等", ("note", "水务局说等专家签字。")))).Faults.Keys);
        await hall.DoesAsync("段小禾", part.Number, "没办成的部分", "还要等", ("note", "水务局说等专家签字，跟本人说了。"), ("nextDays", "5"));
        await hall.ItIsAsync("2026-04-15 08:59");
        Assert.False(await hall.HasTaskAsync("段小禾", part.Number, "没办成的部分"));
        await hall.ItIsAsync("2026-04-15 09:00");
        await hall.DoesAsync("段小禾", part.Number, "没办成的部分", "办成了，告诉群众了", ("note", "批文下来了，本人来领。"));

        // 时限早就停了，办结也没有动；旁边没有谁还在等
        var closed = await hall.CaseAsync(part.Number);
        Assert.Equal((CaseState.Closed, CaseOutcome.PartiallyResolved, ClockState.Stopped), (closed.Case.State, closed.Case.Outcome!.Value, closed.Case.Clock));
        Assert.Equal((0, 0), await hall.FlowsLeftAsync());
    }

    [Theory(DisplayName = "R-21 局领导直接批“办成一部分”，要写归谁接着办、哪天再说；到那天那家和经办人都收到；台账“挂账”里办结了也在，再约就换日子，有了结果才销账")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task R_21_a_leader_says_who_goes_on_and_when(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var accepted = await hall.AcceptsAsync();
        var number = accepted.Number;
        await hall.ComesToDraftingAsync(number);
        await hall.DraftsAsync(number);
        await hall.ReportsAsync(await hall.MessageAsync(accepted.Id, "RESOLVED"), delivered: true);
        await hall.DoesAsync("安素心", number, "回访", "没解决");
        await hall.ItIsAsync("2026-03-03 10:00");
        await hall.ComesToDraftingAsync(number);
        await hall.DraftsAsync(number);
        await hall.ReportsAsync(await hall.MessageAsync(accepted.Id, "RESOLVED"), delivered: true);
        await hall.DoesAsync("安素心", number, "回访", "没解决");

        Assert.Equal(["nextDate", "nextOwner", "nextStep"], (await Assert.ThrowsAsync<FormRejectedException>(() => LeadsAsync(hall, number))).Faults.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(["nextOwner"], (await Assert.ThrowsAsync<FormRejectedException>(() => LeadsAsync(hall, number, ("nextStep", "补证"), ("nextOwner", "NOBODY"), ("nextDate", "2026-04-08")))).Faults.Keys);
        await hall.ItIsAsync("2026-03-04 10:00");
        await LeadsAsync(hall, number, ("nextStep", "户籍底册由民政局接着查"), ("nextOwner", "CIVIL"), ("nextDate", "2026-04-08"));
        Assert.EndsWith("没办成的：户籍底册由民政局接着查，4月8日前再告诉您", (await hall.CaseAsync(number)).Notices[^1].Text, StringComparison.Ordinal);
        Assert.Empty(await LeftOpenAsync(hall, "温敬之")); // 送到了才挂账
        await hall.ReportsAsync(await hall.MessageAsync(accepted.Id, "PARTIALLY_RESOLVED"), delivered: true);
        Assert.Equal(CaseState.Closed, (await hall.CaseAsync(number)).Case.State);
        Assert.Equal((number, new DateOnly(2026, 4, 8), "CIVIL"), Assert.Single(await LeftOpenAsync(hall, "温敬之")));
        Assert.Empty(await LeftOpenAsync(hall, "唐河清")); // 与它无关的看不到

        await hall.ItIsAsync("2026-04-08 09:00");
        Assert.Equal(["顾敏"], await hall.ReadAsync(db => (from notice in db.StaffNotices join person in db.Staff on notice.To equals person.Id
            where notice.CaseId == accepted.Id && notice.Text.StartsWith("没办成的部分说好的日子到了") orderby person.Login select person.Name).ToListAsync(Ct)));
        Assert.Contains("问清区民政局办到哪一步", Assert.Single((await hall.CaseAsync(number)).OpenTasks).Instructions, StringComparison.Ordinal);
        await hall.DoesAsync("段小禾", number, "没办成的部分", "还要等", ("note", "底册在省里，跟本人说了。"), ("nextDays", "5"));
        Assert.Equal(new DateOnly(2026, 4, 15), Assert.Single(await LeftOpenAsync(hall, "温敬之")).On);
        await hall.ItIsAsync("2026-04-15 09:00");
        await hall.DoesAsync("段小禾", number, "没办成的部分", "办成了，告诉群众了", ("note", "底册找到了，证明开好了。"));
        Assert.Empty(await LeftOpenAsync(hall, "温敬之"));
        Assert.Equal((2, 1), (await hall.JournalledAsync(accepted.Id, JournalKinds.PartLeftOpen), await hall.JournalledAsync(accepted.Id, JournalKinds.PartSettled)));
        Assert.Equal((0, 0), await hall.FlowsLeftAsync());
    }

    private static Task LeadsAsync(Hall hall, string number, params (string, string)[] more) =>
        hall.DoesAsync("蔡成明", number, "局领导包办", "办成一部分", [("text", "当面听了，能办的今天办了，底册还要查。"), .. more]);

    private static Task<List<(string Number, DateOnly On, string? Owner)>> LeftOpenAsync(Hall hall, string name) => hall.ReadAsync(async db =>
        (await Desk.CaseFile.CaseList.LeftOpenAsync(db, await hall.PersonAsync(name), null, Ct)).Select(r => (r.Number, r.OpenPartOn!.Value, r.OpenPartOwner)).ToList());

    [Theory(DisplayName = "R-25 解释安抚：事实、依据、试过、出路缺一不可；短信送到不算，要有人讲清楚、记下他怎么说")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task R_25_explained_in_full_and_by_a_person(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var accepted = await hall.AcceptsAsync();
        var number = accepted.Number;
        await hall.DoesAsync("温敬之", number, "研判", "依法不能办", ("lawful", "NO"), ("legalBasis", "第十三条"), ("difficulty", "Complex"), ("policyAttribute", "LEGAL_PROHIBITION"), ("causeCodes", "INELIGIBLE"), ("lead", "POLICE"));
        var faults = (await Assert.ThrowsAsync<FormRejectedException>(() => hall.DoesAsync("段小禾", number, "拟答复", "依法不能办", ("text", "办不了，请谅解，谢谢您。"), ("risk", "没有")))).Faults;
        Assert.Equal(["alternatives", "basis", "facts", "tried"], faults.Keys.Order(StringComparer.Ordinal));
        await hall.DoesAsync("段小禾", number, "拟答复", "依法不能办", Explained);

        // 没有记过方案的，试过的办法就是第一个
        Assert.Equal("查了档案馆和派出所。", Assert.Single((await hall.CaseAsync(number)).Attempts).Text);
        await hall.DoesAsync("严守正", number, "审签", "依法不能办");
        var notice = Assert.Single((await hall.CaseAsync(number)).Notices);
        foreach (var part in new[] { "缺失", "第十三条", "档案馆", "找雷致远", "行政复议" }) Assert.Contains(part, notice.Text, StringComparison.Ordinal);

        await hall.ReportsAsync(await hall.MessageAsync(accepted.Id, "CANNOT_BE_DONE"), delivered: true);
        Assert.True((await hall.CaseAsync(number)).Case.ReplyOwed);
        await hall.DoesAsync("段小禾", number, "打电话", NoticeDesk.Told, ("way", "FaceToFace"), ("note", "本人，听明白了，说去分局补录。"));
        var told = Assert.Single((await hall.CaseAsync(number)).Notices);
        Assert.Equal((DeliveryWay.FaceToFace, "段小禾", "本人，听明白了，说去分局补录。"), (told.DeliveredBy!.Value, told.DeliveredByName!, told.DeliveryNote!));
        Assert.Equal(CaseOutcome.CannotBeDone, (await hall.CaseAsync(number)).Case.Outcome);
    }

    [Theory(DisplayName = "R-29 回访：换个人问，解决和满意分开记；没解决、满意，两个数各算各的")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task R_29_solved_and_satisfied_are_two_answers(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var accepted = await hall.AcceptsAsync();
        await RepliedAsync(hall, accepted);
        var visit = (await hall.TaskAsync("安素心", accepted.Number, "回访")).TaskId;
        foreach (var handler in new[] { "段小禾", "温敬之", "贺文静" })
            Assert.Equal("task.not-for-you", (await HallWork.RefusedAsync(() => hall.DoAsync(handler, HallWork.Completing(visit, "解决了")))).Code);
        await hall.DoesAsync("安素心", accepted.Number, "回访", "没解决", ("satisfaction", "满意"), ("words", "人很好，事没办成。"));
        var recorded = await hall.ReadAsync(db => db.CaseVisits.AsNoTracking().SingleAsync(Ct));
        Assert.Equal((VisitAnswer.NotSolved, Satisfaction.Satisfied, "安素心"), (recorded.Solved, recorded.Satisfaction!.Value, recorded.VisitedBy!));
    }

    [Theory(DisplayName = "R-29 抽样由系统按比例抽：同一件再抽还是那个结果；没抽到的记着，不算进分母，照样办结")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task R_29_the_sample_is_drawn_by_rule(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var policy = DeadlinePolicy.Default with { VisitResolved = new PolicyNumber(1, "试行") };
        await hall.DoAsync("栗知行", new ChangePolicy(policy, 0));
        AcceptedIn? kept = null;
        for (var i = 0; kept is null && i < 8; i++)
        {
            var accepted = await hall.AcceptsAsync();
            if (VisitDraw.IsDrawn(accepted.Id, 1, 1)) continue;
            await RepliedAsync(hall, accepted);
            kept = new AcceptedIn(accepted.Id, accepted.Number);
        }

        Assert.Equal(CaseState.Closed, (await hall.CaseAsync(kept!.Number)).Case.State);
        var recorded = await hall.ReadAsync(db => db.CaseVisits.AsNoTracking().SingleAsync(v => v.CaseId == kept.Id, Ct));
        Assert.Equal((VisitAnswer.NotDrawn, (Satisfaction?)null), (recorded.Solved, recorded.Satisfaction));

        // 一万件里抽三成，差不多三成；谁来抽都一样
        var ids = Enumerable.Range(0, 10_000).Select(i => new CaseId(new Guid(i, 7, 7, [1, 2, 3, 4, 5, 6, 7, 8]))).ToList();
        Assert.InRange(ids.Count(id => VisitDraw.IsDrawn(id, 1, 30)), 2_800, 3_200);
        Assert.All(ids.Take(100), id => Assert.Equal(VisitDraw.IsDrawn(id, 1, 30), VisitDraw.IsDrawn(id, 1, 30)));
        Assert.All(ids.Take(100), id => Assert.True(VisitDraw.IsDrawn(id, 1, 100) && !VisitDraw.IsDrawn(id, 1, 0)));
    }

    [Theory(DisplayName = "R-32 锦旗、感谢单独记，不算满意率")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task R_32_praise_is_no_satisfaction(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var accepted = await hall.AcceptsAsync();
        await RepliedAsync(hall, accepted);
        await hall.DoesAsync("安素心", accepted.Number, "回访", "解决了", ("praise", "锦旗：小小窗口，殷殷为民"), ("satisfaction", "没有回答"));
        await hall.DoAsync("段小禾", new RecordPraise(accepted.Id, "又送来一封感谢信。"));
        Assert.Equal(2, await hall.ReadAsync(db => db.Praises.CountAsync(Ct)));
        Assert.Equal(0, await hall.ReadAsync(db => db.CaseVisits.CountAsync(v => v.Satisfaction != null, Ct)));
    }

    [Theory(DisplayName = "R-34 不为不办找理由：一个人说不了“不能办”，自己拟的自己签不了")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task R_34_no_by_one_person_is_no_reply(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var number = (await hall.AcceptsAsync()).Number;
        await hall.ComesToDraftingAsync(number);
        await hall.DoesAsync("温敬之", number, "拟答复", "依法不能办", Explained);
        var sign = (await hall.TaskAsync("严守正", number, "审签")).TaskId;
        Assert.Equal("task.second-person-needed", (await HallWork.RefusedAsync(() => hall.DoAsync("温敬之", HallWork.Completing(sign, "依法不能办")))).Code);
        Assert.Empty((await hall.CaseAsync(number)).Notices);
        await hall.DoAsync("严守正", HallWork.Completing(sign, "依法不能办"));
        Assert.Single((await hall.CaseAsync(number)).Notices);
    }

    [Theory(DisplayName = "R-34 审签只能照拟的结果发，或者退回：改不了结果；退回重拟成别的，再签那一个")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task R_34_the_signer_changes_no_outcome(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var number = (await hall.AcceptsAsync()).Number;
        await hall.ComesToDraftingAsync(number);
        await hall.DraftsAsync(number, "办成一部分", ("nextStep", "水务局接着办"), ("nextDate", "2026-04-08"));
        var sign = (await hall.TaskAsync("温敬之", number, "审签")).TaskId;
        Assert.Equal(["办成一部分", "退回重拟"], Assert.Single((await hall.CaseAsync(number)).OpenTasks).Outcomes);
        foreach (var other in new[] { "办成了", "依法不能办", "不归我们管" })
            Assert.Equal("task.outcome-unknown", (await HallWork.RefusedAsync(() => hall.DoAsync("温敬之", HallWork.Completing(sign, other)))).Code);
        Assert.Empty((await hall.CaseAsync(number)).Notices);

        Assert.Equal(["opinion"], (await Assert.ThrowsAsync<FormRejectedException>(() => hall.DoAsync("温敬之", HallWork.Completing(sign, "退回重拟")))).Faults.Keys);
        await hall.DoAsync("温敬之", HallWork.Completing(sign, "退回重拟", ("opinion", "这是不能办，照不能办写全。")));
        await hall.DoesAsync("段小禾", number, "拟答复", "依法不能办", Explained);
        Assert.Equal(["依法不能办", "退回重拟"], Assert.Single((await hall.CaseAsync(number)).OpenTasks).Outcomes);
        await hall.DoesAsync("温敬之", number, "审签", "依法不能办");
        Assert.Equal(CaseOutcome.CannotBeDone, Assert.Single((await hall.CaseAsync(number)).Notices).Outcome);
    }

    [Theory(DisplayName = "对窗口自己的意见：窗口和服务站登记不了、看不见、办不着；督查查，局领导审，答复送到，回访没解决再查")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task The_second_instance_is_somewhere_else(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var first = await hall.AcceptsAsync();
        var form = HallWork.Form with { About = CaseAbout.Window, RelatedNumber = first.Number, Subject = "窗口让我等了一上午", Story = "问了三回都说等着。" };
        foreach (var accused in new[] { "段小禾", "温敬之" }) Assert.Equal("intake.complaint-elsewhere", (await HallWork.RefusedAsync(() => hall.AcceptsAsync(form, accused))).Code);
        var accepted = await hall.AcceptsAsync(form, "莫清");
        var number = accepted.Number;

        Assert.Null(await SeenByAsync("温敬之"));
        Assert.Null(await SeenByAsync("段小禾"));
        foreach (var accused in new[] { "段小禾", "温敬之" }) Assert.DoesNotContain(await hall.InboxOfAsync(accused), row => row.CaseNumber == number);
        await hall.DoesAsync("莫清", number, "查", "属实", ("text", "您说的情况属实，向您道歉。"), ("found", "看了叫号记录。"), ("correction", "改为到号即办，3月底前。"));
        await hall.DoesAsync("蔡成明", number, "审", "可以答复");
        await hall.ReportsAsync(await hall.MessageAsync(accepted.Id, "COMPLAINT_ANSWERED"), delivered: true);
        var seen = (await SeenByAsync("莫清"))!;
        Assert.Contains("怎么改：改为到号即办", seen.Notices.Single().Text, StringComparison.Ordinal);
        await hall.DoesAsync("安素心", number, "回访", "没解决");
        Assert.True(await hall.HasTaskAsync("莫清", number, "查"));
        Assert.Equal(first.Id, (await SeenByAsync("莫清"))!.Case.RelatedTo);
        Assert.Equal(0, (await hall.FlowsLeftAsync()).Incidents);

        async Task<CaseView?> SeenByAsync(string name)
        {
            try
            {
                return await hall.CaseAsync(number, name);
            }
            catch (InvalidOperationException)
            {
                return null;
            }
        }
    }

    private sealed record AcceptedIn(CaseId Id, string Number);

    private static async Task RepliedAsync(Hall hall, Desk.Intake.AcceptedCase accepted)
    {
        await hall.ComesToDraftingAsync(accepted.Number);
        await hall.DraftsAsync(accepted.Number);
        await hall.ReportsAsync(await hall.MessageAsync(accepted.Id, "RESOLVED"), delivered: true);
    }
}
