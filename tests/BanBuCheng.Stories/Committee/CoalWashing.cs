using System.Text.Json.Nodes;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Committee;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Stories.Given;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace BanBuCheng.Stories.Committee;

/// <summary>洗煤厂的水保方案：服务站解决不了，联合党委会商，和同类的并案研究，一件一件各自答复，一条规定记进清单。</summary>
public sealed class CoalWashing
{
    private const string Clause = "水土保持方案审批管理办法第九条";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory(DisplayName = "R-10、R-18、R-19、R-20、R-22、R-23：瓶颈从研判进清单；会商有最晚的日子，议定了变成待办，证照由部门出；并案各有各的期限和答复；延到9月14日，当天部分办成；条文改了回拨")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task R_10_R_18_R_19_R_20_R_22_R_23_from_the_window_to_the_register(Database database)
    {
        // 2022年8月23日受理，复杂，9月6日前
        await using var hall = await Hall.OpenAsync(database, "2022-08-23 09:00");
        var lead = await AcceptsAsync(hall, "10011110001");
        Assert.Equal(new DateOnly(2022, 9, 6), lead.DueOn);

        // 8月25日研判：有政策瓶颈，写清哪一条 → 清单里有了候选；水务局办不了，报联合党委
        await hall.ItIsAsync("2022-08-25 10:00");
        await JudgesAsync(hall, lead.Number);
        var entry = Assert.Single(await hall.ReadAsync(db => db.PolicyBottlenecks.AsNoTracking().ToListAsync(Ct)));
        Assert.Equal(("PB-2022-001", Clause, BottleneckState.Candidate), (entry.Number, entry.Clause, entry.State));
        await hall.DoesAsync("唐河清", lead.Number, "部门协同", "有异议", ("opinion", "前身项目的方案丢了，地形也变了，按现在的规定批不了。"));
        await hall.DoesAsync("温敬之", lead.Number, "站长看方案", "提请联合党委", ("tried", "请水务局按旧规定看过，缺影像。"), ("whyCommittee", "按旧规定还是按新规定，站里定不了。"));
        var agenda = Assert.Single(await hall.ReadAsync(db => db.AgendaItems.AsNoTracking().ToListAsync(Ct)));

        // 会商最晚9月2日开；石立群召集不了
        Assert.Equal("who.role-needed", (await HallWork.RefusedAsync(() => hall.DoAsync("石立群", new CallMeeting(new(2022, 8, 30), "三楼", [agenda.Id])))).Code);
        var late = await HallWork.RefusedAsync(() => hall.DoAsync("简一宁", new CallMeeting(new(2022, 9, 5), "三楼", [agenda.Id])));
        Assert.Equal(("meeting.too-late", "9月2日"), (late.Code, late.Facts.Single(f => f.Name == "latest").Value));
        var meeting = await hall.DoAsync("简一宁", new CallMeeting(new(2022, 8, 30), "大厅三楼", [agenda.Id]));

        // 没有议定事项、没有日子、让联合党委自己出证照，都结束不了
        await hall.ItIsAsync("2022-08-30 15:00");
        Assert.Equal(["Minutes[0].Items[0].Text"], await FaultsAsync(hall, meeting, agenda.Id));
        Assert.Equal(["Minutes[0].Items[0].Due"], await FaultsAsync(hall, meeting, agenda.Id, new ResolvedItem("核实现场", "WATER", null)));
        Assert.Equal(["Minutes[0].Items[0].Unit"], await FaultsAsync(hall, meeting, agenda.Id, new ResolvedItem("准予许可", "COMMITTEE", new(2022, 9, 9))));
        await hall.DoAsync("简一宁", Minutes(meeting, agenda.Id,
            new("核实现场和旧方案", "WATER", new(2022, 9, 1)), new("以现有项目的方案接件审批", "WATER", new(2022, 9, 9)), new("出具环评不受影响的说明", "HEALTH", new(2022, 9, 5))));
        Assert.Equal("meeting.closed", (await HallWork.RefusedAsync(() => hall.DoAsync("简一宁", Minutes(meeting, agenda.Id, new ResolvedItem("再议", "WATER", new(2022, 9, 9)))))).Code);

        // 三条都在责任单位手里，日子是议定的日子；流程自己往下走
        Assert.Equal([new DateOnly(2022, 9, 1), new DateOnly(2022, 9, 9)], (await hall.InboxOfAsync("唐河清")).Where(t => t.Title.StartsWith("落实议定事项 HS2022-01-", StringComparison.Ordinal)).Select(t => t.TaskDueOn!.Value).Order());
        Assert.True(await hall.HasTaskAsync("邱明远", lead.Number, "落实议定事项 HS2022-01-3"));
        Assert.Equal("HS2022-01", (await hall.CaseAsync(lead.Number)).Documents[^1].DocumentNumber);
        Assert.False(await hall.HasTaskAsync("唐河清", lead.Number, "部门落实")); // 一条条有人看着，不再派一遍
        Assert.True(await hall.HasTaskAsync("段小禾", lead.Number, "拟答复"));
        await hall.DoesAsync("唐河清", lead.Number, "落实议定事项 HS2022-01-1", "落实了", ("result", "和负责人一起看过现场。"));

        // 9月5日申请延时，9月14日是上限；第十六天谁也延不了
        await hall.ItIsAsync("2022-09-05 10:00");
        Assert.Equal("extension.beyond-ceiling", (await HallWork.RefusedAsync(() => hall.AsksAsync(lead.Id, CaseEvents.ExtensionRequested, Extension(6)))).Code);
        await hall.AsksAsync(lead.Id, CaseEvents.ExtensionRequested, Extension(5));
        await hall.DoesAsync("温敬之", lead.Number, "站长批延时", "同意延时", ("opinion", "同意。"));
        Assert.Equal(new DateOnly(2022, 9, 6), (await hall.CaseAsync(lead.Number)).Case.DueOn);
        await hall.ReportsAsync(await hall.MessageAsync(lead.Id, "EXTENDED"), delivered: true);
        Assert.Equal(new DateOnly(2022, 9, 14), (await hall.CaseAsync(lead.Number)).Case.DueOn);

        // 9月6日并案：另外两件各有各的编号和期限，各自收到短信；其中一件不是一回事，拆出去
        await hall.ItIsAsync("2022-09-06 09:00");
        var second = await AcceptsAsync(hall, "10011110002");
        var third = await AcceptsAsync(hall, "10011110003");

        // R-22：研判卡在同一条上，系统就说像是一类；并了案的不再提
        await JudgesAsync(hall, second.Number);
        var hint = Assert.Single(await hall.ReadAsync(db => ClusterHint.FindAsync(db, hall.Clock.GetUtcNow(), Ct)));
        Assert.Equal(($"都卡在{Clause}", 2), (hint.Title, hint.Cases.Count));
        var cluster = await hall.DoAsync("简一宁", new BeginCluster("老项目的水保方案", [lead.Number, second.Number, third.Number]));
        Assert.Empty(await hall.ReadAsync(db => ClusterHint.FindAsync(db, hall.Clock.GetUtcNow(), Ct)));
        Assert.Equal("cluster.already-in", (await HallWork.RefusedAsync(() => hall.DoAsync("简一宁", new BeginCluster("又一案", [lead.Number, second.Number])))).Code);
        Assert.Contains(await hall.MessagesAsync(second.Number), text => text.Contains("与同类问题合并研究，您的编号和期限9月21日不变", StringComparison.Ordinal));
        var member = await hall.ReadAsync(db => db.ClusterMembers.AsNoTracking().SingleAsync(m => m.CaseId == third.Id, Ct));
        await hall.DoAsync("简一宁", new LeaveCluster(member.Id, "占地不足编报门槛，不用编方案"));
        Assert.Equal(1, await hall.JournalledAsync(third.Id, JournalKinds.Unclustered));
        await hall.DoAsync("简一宁", new WriteStudy(cluster, "甲：有旧方案；乙：地形变了；丙：不到门槛。"));
        Assert.Equal(entry.Id, await hall.DoAsync("简一宁", new FindBottleneck(Clause, cluster)));

        // 9月9日水务局以自己的名义接件，留下文号
        await hall.ItIsAsync("2022-09-09 11:00");
        await hall.DoesAsync("唐河清", lead.Number, "落实议定事项 HS2022-01-2", "落实了", ("result", "按现有项目的方案接件。"), ("documentTitle", "接件通知"), ("documentNumber", "青水审〔2022〕18号"));
        Assert.Equal("WATER", (await hall.CaseAsync(lead.Number)).Documents[^1].IssuingUnit);

        // 9月14日，第15个工作日，部分办成，送到
        await hall.ItIsAsync("2022-09-14 09:30");
        var undone = await HallWork.RefusedAsync(() => hall.DraftsAsync(lead.Number, "办成了"));
        Assert.Equal(("reply.items-open", "HS2022-01-3"), (undone.Code, undone.Facts.Single().Value)); // 卫健局那一条还没落实
        await hall.DraftsAsync(lead.Number, "办成一部分", ("nextStep", "许可由水务局接着办。"), ("nextDate", "2022-10-14"));
        await hall.DoesAsync("温敬之", lead.Number, "审签", "办成一部分");
        await hall.ReportsAsync(await hall.MessageAsync(lead.Id, "PARTIALLY_RESOLVED"), delivered: true);
        var told = await hall.CaseAsync(lead.Number);
        Assert.Equal((CaseOutcome.PartiallyResolved, 15, ClockState.Stopped), (told.Case.Outcome, told.UsedWorkingDays, told.Case.Clock));
        Assert.Equal(Desk.Deadlines.Light.Done, told.Light);

        // 牵头的办结，别的两件照样开着，各有各的期限
        await hall.ItIsAsync("2022-09-16 10:00");
        await hall.DoesAsync("安素心", lead.Number, "回访", "解决了", ("satisfaction", "满意"));
        Assert.Equal(CaseState.Closed, (await hall.CaseAsync(lead.Number)).Case.State);
        foreach (var other in new[] { second, third })
        {
            var open = (await hall.CaseAsync(other.Number)).Case;
            Assert.Equal((CaseState.Open, new DateOnly(2022, 9, 21), true), (open.State, open.DueOn!.Value, open.ReplyOwed));
        }

        // R-23：清单写清、报上去；条文改了，部分办成的回拨，在办的不用
        await hall.DoAsync("简一宁", new DescribeBottleneck(entry.Id, "老项目没有影像，按新规定编不了。", "按现有项目编报。", "WATER", "市水务局", new(2022, 12, 1), BottleneckState.Submitted));
        Assert.Equal(1, await hall.DoAsync("简一宁", new ChangeClause(entry.Id, "按现有项目编报，市水〔2022〕40号")));
        Assert.True(await hall.HasTaskAsync("段小禾", lead.Number, "政策变了，回拨群众"));
        Assert.Contains(await hall.MessagesAsync(lead.Number), text => text.Contains("因政策调整现可申请办理", StringComparison.Ordinal));
        Assert.Equal("bottleneck.changed", (await HallWork.RefusedAsync(() => hall.DoAsync("简一宁", new ChangeClause(entry.Id, "再改")))).Code);
        Assert.Equal(0, (await hall.FlowsLeftAsync()).Incidents);
    }

    private static Task<Desk.Intake.AcceptedCase> AcceptsAsync(Hall hall, string phone) => hall.AcceptsAsync(HallWork.Form with
    {
        Subject = "水土保持方案编不出来",
        ApplicantName = "青屏洗煤有限公司",
        ApplicantKind = ApplicantKind.Enterprise,
        Phone = phone,
    });

    private static Task JudgesAsync(Hall hall, string number) => hall.DoesAsync("温敬之", number, "研判", "部门协同",
        ("lawful", "UNCLEAR"), ("legalBasis", Clause), ("difficulty", "Complex"), ("policyAttribute", "POLICY_BOTTLENECK"), ("causeCodes", "HISTORICAL"), ("lead", "WATER"));

    private static JsonObject Extension(int days) => new() { ["workingDays"] = days, ["reasonCode"] = "JOINT_MEETING", ["explanation"] = "会商定了办法，水务局正在接件。" };

    private static CloseMeeting Minutes(Guid meeting, Guid agenda, params ResolvedItem[] items) =>
        new(meeting, "水务、卫健、市场监管的负责人", [new CaseMinutes(agenda, "前身项目的方案确实丢了，地形也变了。", "不能免编方案，水土保持法第二十五条。", "议定方案", items)]) { Came = new Dictionary<string, string> { ["WATER"] = "唐河清" } };

    private static async Task<IEnumerable<string>> FaultsAsync(Hall hall, Guid meeting, Guid agenda, params ResolvedItem[] items) =>
        (await Assert.ThrowsAsync<FormRejectedException>(() => hall.DoAsync("简一宁", Minutes(meeting, agenda, items)))).Faults.Keys;
}
