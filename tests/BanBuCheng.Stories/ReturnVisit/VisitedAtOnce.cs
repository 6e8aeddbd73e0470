using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Intake;
using BanBuCheng.Desk.Offices;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Stories.Given;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace BanBuCheng.Stories.ReturnVisit;

/// <summary>回访、重办和对窗口的意见：自相矛盾的、两个人同时记的、同时说的，一件只有一个结果。</summary>
public sealed class VisitedAtOnce
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory(DisplayName = "两个回访员记得不一样，同时交：一个算数，只记一回；办成的不能选“没解决，但听明白了”，满意不满意要照单子写")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task Two_visitors_disagree(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        await hall.Door.SendAsync(new OpenOffices([], [("tongshi", "童适", "BUREAU", "8800-1348", [Roles.Visitor])]), Actor.Clock, Ct);
        var accepted = await RepliedAsync(hall);
        var visit = (await hall.TaskAsync("安素心", accepted.Number, "回访")).TaskId;
        Assert.Equal("task.outcome-unknown", await AtOnce.CodeAsync(() => hall.DoAsync("安素心", HallWork.Completing(visit, "没解决，但听明白了", ("satisfaction", "满意")))));
        Assert.Equal(AtOnce.Form, await AtOnce.CodeAsync(() => hall.DoAsync("安素心", HallWork.Completing(visit, "解决了", ("satisfaction", "还行")))));
        AtOnce.OneCounts("task.someone-was-first", await AtOnce.DoAsync(() => hall.DoAsync("安素心", HallWork.Completing(visit, "解决了")), () => hall.DoAsync("童适", HallWork.Completing(visit, "没解决"))));
        var seen = (await hall.CaseAsync(accepted.Number)).Case;
        var recorded = await hall.ReadAsync(db => db.CaseVisits.AsNoTracking().SingleAsync(Ct));
        Assert.Equal(recorded.Solved is VisitAnswer.Solved ? CaseState.Closed : CaseState.Open, seen.State);
        Assert.Equal(recorded.Solved is VisitAnswer.NotSolved, seen.ReplyOwed);
        Assert.Equal(0, (await hall.FlowsLeftAsync()).Incidents);
    }

    [Theory(DisplayName = "办结以后两个窗口同时替群众说“没解决”：重新打开一回，只研判一遍")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task Not_solved_is_said_by_two(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var accepted = await RepliedAsync(hall);
        await hall.DoesAsync("安素心", accepted.Number, "回访", "解决了");
        Assert.All(await AtOnce.DoAsync(() => hall.AsksAsync(accepted.Id, CaseEvents.NotSolved, []), () => hall.AsksAsync(accepted.Id, CaseEvents.NotSolved, [], "温敬之")), Assert.Null);
        Assert.Equal(1, await hall.JournalledAsync(accepted.Id, JournalKinds.Reopened));
        Assert.Single((await hall.CaseAsync(accepted.Number)).OpenTasks, t => t.Title.StartsWith("研判", StringComparison.Ordinal));
        Assert.Single(await hall.MessagesAsync(accepted.Number), text => text.Contains("因您反馈未解决", StringComparison.Ordinal));
        Assert.Equal(0, (await hall.FlowsLeftAsync()).Incidents);
    }

    [Theory(DisplayName = "对窗口的意见：说属实要写怎么改，退回要写为什么；窗口插不了手；两位督查同时查完，一个算数")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task A_complaint_is_looked_into_once(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-06-08 09:00");
        await hall.Door.SendAsync(new OpenOffices([], [("jiming", "纪明", "BUREAU", "8800-1349", [Roles.Supervisor])]), Actor.Clock, Ct);
        var first = await hall.AcceptsAsync();
        var said = await hall.Door.SendAsync(new SayAboutWindow(first.Id, "等了两个钟头，问了三回都不抬头。"), Actor.Citizen, Ct);
        var look = (await hall.TaskAsync("莫清", said.Number, "查")).TaskId;
        Assert.Equal("task.not-for-you", await AtOnce.CodeAsync(() => hall.DoAsync("段小禾", HallWork.Completing(look, "不属实", ("text", "没有的事。"), ("found", "看了录像。")))));
        Assert.Equal(["found", "text"], (await Assert.ThrowsAsync<FormRejectedException>(() => hall.DoAsync("莫清", HallWork.Completing(look, "不属实")))).Faults.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(["correction"], (await Assert.ThrowsAsync<FormRejectedException>(() => hall.DoAsync("莫清", HallWork.Completing(look, "属实", ("text", "您说的情况属实，向您道歉。"), ("found", "看了录像。"))))).Faults.Keys);
        AtOnce.OneCounts("task.someone-was-first", await AtOnce.DoAsync(
            () => hall.DoAsync("莫清", HallWork.Completing(look, "不属实", ("text", "看了录像，等了六分钟。"), ("found", "看了录像。"))),
            () => hall.DoAsync("纪明", HallWork.Completing(look, "不属实", ("text", "看了录像，等了六分钟。"), ("found", "看了录像。")))));
        Assert.Equal(AtOnce.Form, await AtOnce.CodeAsync(() => hall.DoesAsync("蔡成明", said.Number, "审", "退回再查")));
        foreach (var asked in new[] { CaseEvents.ExtensionRequested, CaseEvents.WithdrawalRequested, CaseEvents.NotSolved })
            Assert.Equal("who.role-needed", await AtOnce.CodeAsync(() => hall.AsksAsync(said.Id, asked, [])));
        Assert.Equal(0, (await hall.FlowsLeftAsync()).Incidents);
    }

    private static async Task<AcceptedCase> RepliedAsync(Hall hall)
    {
        var accepted = await hall.AcceptsAsync();
        await hall.ComesToDraftingAsync(accepted.Number);
        await hall.DraftsAsync(accepted.Number);
        await hall.ReportsAsync(await hall.MessageAsync(accepted.Id, "RESOLVED"), delivered: true);
        return accepted;
    }
}
