using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Inbox;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Stories.Given;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace BanBuCheng.Stories.Reply;

/// <summary>拟答复和审签：缺的、矛盾的、答应了过去的日子的、撤回以后的、两个人同时来的。群众收到的答复只有一份，说的是一回事。</summary>
public sealed class DraftsThatContradict
{
    private const string Text = "凭户口簿内页就能办，明天到大厅3号窗口。";

    [Theory(DisplayName = "拟答复：缺哪一样、哪两样打架，就说哪一样；再告诉群众的日子要在今天以后")]
    [InlineData("办成了", "risk,text")]
    [InlineData("办成了", "text", "text", "办好了。", "risk", "没有")]
    [InlineData("办成了", "riskHandling", "text", Text, "risk", "有，已经解决")]
    [InlineData("办成了", "risk", "text", Text, "risk", "也许")]
    [InlineData("办成一部分", "nextDate,nextStep", "text", Text, "risk", "没有")]
    [InlineData("办成一部分", "nextDate", "text", Text, "risk", "没有", "nextStep", "接着办", "nextDate", "2026-03-02")]
    [InlineData("办成一部分", "nextDate", "text", Text, "risk", "没有", "nextStep", "接着办", "nextDate", "2026-02-30")]
    [InlineData("办成一部分", "nextOwner", "text", Text, "risk", "没有", "nextStep", "接着办", "nextDate", "2026-03-20", "nextOwner", "NOBODY")]
    [InlineData("依法不能办", "alternatives,basis,facts,tried", "text", Text, "risk", "没有")]
    [InlineData("不归我们管", "receivingBody,receivingContact", "text", Text, "risk", "没有")]
    [InlineData("", "outcome", "text", Text, "risk", "没有")]
    public async Task What_is_missing_is_said(string outcome, string faulty, params string[] form)
    {
        await using var hall = await Hall.OpenAsync(Database.Sqlite, "2026-03-02 09:00");
        var number = (await hall.AcceptsAsync()).Number;
        await hall.ComesToDraftingAsync(number);
        var rejected = await Assert.ThrowsAsync<FormRejectedException>(() => hall.DoesAsync("段小禾", number, "拟答复", outcome, [.. form.Chunk(2).Select(pair => (pair[0], pair[1]))]));
        Assert.Equal(faulty.Split(','), rejected.Faults.Keys.Order(StringComparer.Ordinal));
        Assert.Empty((await hall.CaseAsync(number)).Notices);
    }

    [Theory(DisplayName = "两个经办人同时交、两位站长同时签：一个算数，群众只收到一份；签了再改的不收")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task Two_drafts_and_two_signatures(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var accepted = await hall.AcceptsAsync();
        await hall.ComesToDraftingAsync(accepted.Number);
        var draft = (await hall.TaskAsync("段小禾", accepted.Number, "拟答复")).TaskId;
        CompleteTask Part(string step) => HallWork.Completing(draft, "办成一部分", ("text", Text), ("risk", "没有"), ("nextStep", step), ("nextDate", "2026-03-20"));
        AtOnce.OneCounts("task.someone-was-first", await AtOnce.DoAsync(() => hall.DoAsync("段小禾", Part("甲接着办")), () => hall.DoAsync("温敬之", Part("乙接着办"))));

        // 谁拟的谁签不了：剩下那位和局领导之间不会都签
        var sign = (await hall.TaskAsync("严守正", accepted.Number, "审签")).TaskId;
        Assert.Equal(AtOnce.Form, await AtOnce.CodeAsync(() => hall.DoAsync("严守正", HallWork.Completing(sign, "退回重拟"))));
        Assert.Equal("task.outcome-unknown", await AtOnce.CodeAsync(() => hall.DoAsync("严守正", HallWork.Completing(sign, "办成了"))));
        var signed = await AtOnce.DoAsync(() => hall.DoAsync("严守正", HallWork.Completing(sign, "办成一部分")), () => hall.DoAsync("温敬之", HallWork.Completing(sign, "办成一部分")));
        Assert.Single(signed, answer => answer is null);
        Assert.All(signed, answer => Assert.Contains(answer, new[] { null, "task.someone-was-first", "task.second-person-needed" }));
        Assert.Single((await hall.CaseAsync(accepted.Number)).Notices);
        Assert.Equal(1, await hall.ReadAsync(db => db.OutgoingSms.CountAsync(s => s.Template == "PARTIALLY_RESOLVED", TestContext.Current.CancellationToken)));
        Assert.Equal("task.someone-was-first", await AtOnce.CodeAsync(() => hall.DoAsync("段小禾", Part("改一改"))));
        Assert.Equal(0, (await hall.FlowsLeftAsync()).Incidents);
    }

    [Theory(DisplayName = "群众撤回、归了档：研判、拟答复、回访手里的那一步都不用办了，交上来的不收，也不再发短信")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task After_the_citizen_withdrew(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var (a, b, c) = (await hall.AcceptsAsync(), await hall.AcceptsAsync(), await hall.AcceptsAsync());
        await hall.ComesToDraftingAsync(b.Number);
        await hall.ComesToDraftingAsync(c.Number);
        await hall.DraftsAsync(c.Number);
        await hall.ReportsAsync(await hall.MessageAsync(c.Id, "RESOLVED"), delivered: true);
        var triage = (await hall.TaskAsync("温敬之", a.Number, "研判")).TaskId;
        var draft = (await hall.TaskAsync("段小禾", b.Number, "拟答复")).TaskId;
        var visit = (await hall.TaskAsync("安素心", c.Number, "回访")).TaskId;
        foreach (var one in new[] { a, b, c })
        {
            await hall.AsksAsync(one.Id, CaseEvents.WithdrawalRequested, []);
            await hall.DoesAsync("段小禾", one.Number, "跟群众核实", "本人撤回", ("text", "按您的意思撤回。"), ("contacts", "本人接的电话。"));
            await hall.ReportsAsync(await hall.MessageAsync(one.Id, "WITHDRAWN"), delivered: true);
        }

        Assert.Equal("task.withdrawn", await AtOnce.CodeAsync(() => hall.DoAsync("温敬之", HallWork.Completing(triage, "部门协同"))));
        Assert.Equal("task.withdrawn", await AtOnce.CodeAsync(() => hall.DoAsync("段小禾", HallWork.Completing(draft, "办成了", ("text", Text), ("risk", "没有")))));
        Assert.Equal("task.withdrawn", await AtOnce.CodeAsync(() => hall.DoAsync("安素心", HallWork.Completing(visit, "没解决"))));
        foreach (var one in new[] { a, b, c }) Assert.Equal(CaseState.Closed, (await hall.CaseAsync(one.Number)).Case.State);
        Assert.Equal((0, 0), await hall.FlowsLeftAsync());
    }
}
