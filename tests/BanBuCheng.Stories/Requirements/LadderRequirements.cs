using BanBuCheng.Desk.CaseFile;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Inbox;
using BanBuCheng.Desk.Intake;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Stories.Given;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace BanBuCheng.Stories.Requirements;

/// <summary>督办的梯子：没人接就催，红灯记在责任单位名下、由它自己写原因，一个月三次建议约谈。</summary>
public sealed class LadderRequirements
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory(DisplayName = "没人接过来：待办到了两个办公小时没有人接，提醒岗位、它的负责人和首问；接了的不提醒，拿一下又放回去的躲不过；中午、夜里、周末不算")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task Two_office_hours_without_anybody(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 10:30");
        var lies = await hall.AcceptsAsync();
        var taken = await hall.AcceptsAsync();
        var early = await hall.AcceptsAsync();
        var late = await hall.AcceptsAsync();
        foreach (var one in new[] { taken, early, late }) await hall.DoAsync("温敬之", new ClaimTask((await hall.TaskAsync("温敬之", one.Number, "研判")).TaskId));

        // 10:30到12:00、13:00到13:30：两个办公小时
        await hall.ItIsAsync("2026-03-02 13:00");
        await hall.DoAsync("温敬之", new PutBackTask((await hall.TaskAsync("温敬之", early.Number, "研判")).TaskId));
        await hall.ItIsAsync("2026-03-02 13:29");
        Assert.Empty(await UntakenAsync(hall, lies.Id));
        await hall.ItIsAsync("2026-03-02 13:30");
        Assert.Equal(["严守正", "温敬之", "蔡成明", "贺文静"], await UntakenAsync(hall, lies.Id)); // 站长的事，负责人是局领导
        Assert.Equal(["严守正", "温敬之", "蔡成明", "贺文静"], await UntakenAsync(hall, early.Id));
        Assert.Empty(await UntakenAsync(hall, taken.Id));

        // 点过才放回去的，放回去那一刻就提醒
        await hall.ItIsAsync("2026-03-02 15:00");
        Assert.Empty(await UntakenAsync(hall, late.Id));
        await hall.DoAsync("温敬之", new PutBackTask((await hall.TaskAsync("温敬之", late.Number, "研判")).TaskId));
        Assert.Equal(["严守正", "温敬之", "蔡成明", "贺文静"], await UntakenAsync(hall, late.Id));

        // 部门的：星期五16:30派下去，星期一10:30才满两个小时；提醒那家单位和站长，只提醒一次
        await hall.ItIsAsync("2026-03-06 16:30");
        var asked = await hall.AcceptsAsync();
        await hall.JudgesAsync(asked.Number);
        await hall.ItIsAsync("2026-03-09 10:29");
        Assert.Empty(await UntakenAsync(hall, asked.Id));
        await hall.ItIsAsync("2026-03-09 10:30");
        Assert.Equal(["严守正", "温敬之", "石立群", "贺文静", "钟望山"], await UntakenAsync(hall, asked.Id));
        Assert.Contains("区市场监管局还没有人接过来", await hall.ReadAsync(db => db.StaffNotices.Where(n => n.CaseId == asked.Id && n.Text.StartsWith("没人接")).Select(n => n.Text).FirstAsync(Ct)), StringComparison.Ordinal);
        await hall.ItIsAsync("2026-03-09 17:00");
        Assert.Equal(5, await hall.ReadAsync(db => db.StaffNotices.CountAsync(n => n.CaseId == asked.Id && n.Text.StartsWith("没人接"), Ct)));
        Assert.Equal(0, (await hall.FlowsLeftAsync()).Incidents);
    }

    [Theory(DisplayName = "超期：红灯记在手里有这一件的单位名下，一个工作日内由它自己写原因；没写的告诉督查、接着欠；办结了也要写；一个月第三次红灯，给督查事实清单，建议约谈")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task The_unit_says_why_and_three_times_is_a_talk(Database database)
    {
        // 3月2日受理，16日到期；16日才交给部门，17日红灯亮的时候在部门手里
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var cases = new List<AcceptedCase>();
        for (var n = 0; n < 4; n++) cases.Add(await hall.AcceptsAsync());
        var other = await hall.AcceptsAsync(); // 还在站长手里
        await hall.ItIsAsync("2026-03-16 10:00");
        foreach (var one in cases.Take(3)) await hall.JudgesAsync(one.Number);
        await hall.ItIsAsync("2026-03-17 08:59");
        Assert.Equal(0, await hall.RowsAsync("case_lates"));
        await hall.ItIsAsync("2026-03-17 09:00");

        var lates = await hall.ReadAsync(db => db.CaseLates.AsNoTracking().ToListAsync(Ct));
        Assert.Equal(["MARKET", "MARKET", "MARKET", "STATION", "STATION"], lates.Select(l => l.UnitCode).Order(StringComparer.Ordinal));
        Assert.All(lates, l => Assert.Equal((new DateOnly(2026, 3, 17), (string?)null), (l.On, l.Reason)));
        Assert.True(await hall.HasTaskAsync("温敬之", other.Number, "写明为什么超期"));
        Assert.False(await hall.HasTaskAsync("邱明远", cases[0].Number, "写明为什么超期"));

        // 球还在部门协同那一步，不因为写原因换了人；原因空着、没写哪天答复，都不行
        Assert.Equal((BallKind.Unit, "区市场监管局"), ((await hall.CaseAsync(cases[0].Number)).Ball.Kind, (await hall.CaseAsync(cases[0].Number)).Ball.Name));
        Assert.Equal(["reason"], (await Assert.ThrowsAsync<FormRejectedException>(() => ExplainsAsync(hall, cases[0].Number, ("replyBy", "2026-03-19")))).Faults.Keys);
        Assert.Equal("late.no-day", (await HallWork.RefusedAsync(() => ExplainsAsync(hall, cases[0].Number, ("reason", "等市局回话，没有盯。")))).Code);
        await ExplainsAsync(hall, cases[0].Number, ("reason", "等市局回话，没有盯。"), ("replyBy", "2026-03-19"));
        var told = Assert.Single((await hall.CaseAsync(cases[0].Number)).Lates);
        Assert.Equal(("等市局回话，没有盯。", new DateOnly(2026, 3, 19), "石立群"), (told.Reason, told.ReplyBy!.Value, told.ExplainedBy));
        var ledger = await hall.ReadAsync(async db => (await CaseList.OpenAsync(db, await hall.PersonAsync("温敬之"), null, Ct)).ToDictionary(r => r.Number, r => r.LateExplained));
        Assert.Equal((true, false), (ledger[cases[0].Number], ledger[cases[1].Number]));

        // 当天答复、回访完、办结了的，原因照样要写；不再欠答复，就不用写哪天
        await hall.MarketAgreesAsync(cases[1].Number);
        await hall.DoesAsync("温敬之", cases[1].Number, "站长看方案", "方案可行");
        await hall.DraftsAsync(cases[1].Number);
        await hall.ReportsAsync(await hall.MessageAsync(cases[1].Id, "RESOLVED"), delivered: true);
        await hall.DoesAsync("安素心", cases[1].Number, "回访", "解决了");
        Assert.Equal(CaseState.Closed, (await hall.CaseAsync(cases[1].Number)).Case.State);
        Assert.True(await hall.HasTaskAsync("石立群", cases[1].Number, "写明为什么超期"));
        await ExplainsAsync(hall, cases[1].Number, ("reason", "经办人请假，没有交接。"));

        // 第三件没有写：一个工作日过了，告诉督查，接着欠着
        await hall.ItIsAsync("2026-03-18 16:59");
        Assert.Empty(await ToldAsync(hall, cases[2].Id, "超期一个工作日了"));
        Assert.False(await hall.HasTaskAsync("莫清", cases[2].Number, "约谈建议"));
        await hall.ItIsAsync("2026-03-18 17:00");
        Assert.Equal(["石立群", "莫清", "钟望山"], await ToldAsync(hall, cases[2].Id, "超期一个工作日了"));
        Assert.True(await hall.HasTaskAsync("石立群", cases[2].Number, "补写为什么超期"));

        // 本月第三次：事实清单里三件都在，写了原因的有原因；约不约由督查定，服务站两次的没有
        var talks = (await hall.InboxOfAsync("莫清")).Where(t => t.Title.StartsWith("约谈建议", StringComparison.Ordinal)).ToList();
        var talk = Assert.Single(talks);
        Assert.Equal("约谈建议：区市场监管局本月第3次红灯", talk.Title);
        var sheet = (await hall.ReadAsync(db => db.InboxTasks.SingleAsync(t => t.Id == talk.TaskId, Ct))).Instructions;
        Assert.All(cases.Take(3), c => Assert.Contains(c.Number, sheet, StringComparison.Ordinal));
        Assert.Contains("等市局回话，没有盯。", sheet, StringComparison.Ordinal);
        Assert.Contains("没有写原因", sheet, StringComparison.Ordinal);
        await hall.DoAsync("莫清", HallWork.Completing(talk.TaskId, "约谈", ("note", "三件都没有盯，约谈分管负责人。")));
        var about = cases.Single(c => c.Number == talk.CaseNumber);
        Assert.Equal(["石立群", "蔡成明", "钟望山"], await ToldAsync(hall, about.Id, "督查约谈区市场监管局"));
        Assert.Equal(0, (await hall.FlowsLeftAsync()).Incidents);
    }

    [Theory(DisplayName = "快到期、红灯：在部门手里的，它的负责人也收到；有人接过去了一样；别家的负责人、没到部门的，都不打扰")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task The_leader_of_the_unit_that_has_it_is_told(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var theirs = await hall.AcceptsAsync();
        var late = await hall.AcceptsAsync();
        var ours = await hall.AcceptsAsync(); // 一直在站长手里

        // 3月16日到期，还剩两个工作日的时候催
        await hall.ItIsAsync("2026-03-11 10:00");
        await hall.JudgesAsync(theirs.Number);
        await hall.DoAsync("石立群", new ClaimTask((await hall.TaskAsync("石立群", theirs.Number, "部门协同")).TaskId));
        await hall.ItIsAsync("2026-03-12 16:00");
        Assert.Equal(["严守正", "温敬之", "石立群", "钟望山"], await ToldAsync(hall, theirs.Id, "快到期了"));
        Assert.Equal(["严守正", "温敬之"], await ToldAsync(hall, ours.Id, "快到期了"));

        await hall.ItIsAsync("2026-03-16 10:00");
        await hall.JudgesAsync(late.Number);
        Assert.Empty(await ToldAsync(hall, late.Id, "红灯"));
        await hall.ItIsAsync("2026-03-17 09:00");
        Assert.Contains("钟望山", await ToldAsync(hall, late.Id, "红灯"));
        Assert.DoesNotContain("苏清源", await ToldAsync(hall, late.Id, "红灯"));
        Assert.DoesNotContain("钟望山", await ToldAsync(hall, ours.Id, "红灯"));

        // 负责人看得到本单位的待办，自己也接得过来
        Assert.Contains((await hall.InboxOfAsync("钟望山")), t => t.CaseNumber == late.Number && t.Title.StartsWith("写明为什么超期", StringComparison.Ordinal));
        Assert.Equal(0, (await hall.FlowsLeftAsync()).Incidents);
    }

    [Theory(DisplayName = "一个单位十八件同一分钟亮红灯：几条路同时记，一件一件数，约谈建议只有一份")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task Many_lights_in_one_minute_are_one_talk(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var cases = new List<AcceptedCase>();
        for (var n = 0; n < 18; n++) cases.Add(await hall.AcceptsAsync()); // more than fire one after the other
        await hall.ItIsAsync("2026-03-16 10:00");
        foreach (var one in cases) await hall.JudgesAsync(one.Number);
        await hall.ItIsAsync("2026-03-18 17:00");

        Assert.Equal(18, await hall.ReadAsync(db => db.CaseLates.CountAsync(l => l.UnitCode == "MARKET", Ct)));
        Assert.Equal(1, await hall.ReadAsync(db => db.InboxTasks.CountAsync(t => t.Title.StartsWith("约谈建议"), Ct)));
        Assert.Equal(0, (await hall.FlowsLeftAsync()).Incidents);
    }

    private static Task ExplainsAsync(Hall hall, string number, params (string, string)[] form) => hall.DoesAsync("石立群", number, "写明为什么超期", "写好了", form);

    private static Task<List<string>> UntakenAsync(Hall hall, CaseId id) => ToldAsync(hall, id, "没人接");

    private static async Task<List<string>> ToldAsync(Hall hall, CaseId id, string beginning) => [.. (await hall.ReadAsync(db =>
        (from notice in db.StaffNotices
         join person in db.Staff on notice.To equals person.Id
         where notice.CaseId == id && notice.Kind == StaffNotice.Alarm && notice.Text.StartsWith(beginning)
         select person.Name).Distinct().ToListAsync(Ct))).Order(StringComparer.Ordinal)];
}
