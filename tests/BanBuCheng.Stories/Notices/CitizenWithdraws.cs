using System.Text.Json.Nodes;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Flows;
using BanBuCheng.Stories.Given;
using Xunit;

namespace BanBuCheng.Stories.Notices;

/// <summary>群众说不办了：跟本人核实，答复送到了才归档。</summary>
public sealed class CitizenWithdraws
{
    [Theory(DisplayName = "群众撤回：核实过、答复送到了才办结，别处等着的都收了")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task Closed_only_after_the_reply_arrived(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var accepted = await hall.AcceptsAsync();
        await hall.AsksAsync(accepted.Id, CaseEvents.WithdrawalRequested, new JsonObject { ["reason"] = "自己在手机上办好了" });
        await hall.DoesAsync("段小禾", accepted.Number, "跟群众核实", "本人撤回", ("text", "按您的意思撤回。"), ("contacts", "今天上午电话，本人接的。"));
        var waiting = await hall.CaseAsync(accepted.Number);
        Assert.Equal((CaseState.Open, true), (waiting.Case.State, waiting.Case.ReplyOwed));

        await hall.ReportsAsync(await hall.MessageAsync(accepted.Id, "WITHDRAWN"), delivered: true);

        var closed = await hall.CaseAsync(accepted.Number);
        Assert.Equal((CaseState.Closed, CaseOutcome.Withdrawn), (closed.Case.State, closed.Case.Outcome));
        Assert.Empty(closed.OpenTasks);
        Assert.Empty(await hall.InboxOfAsync("温敬之"));
        Assert.Equal((0, 0), await hall.FlowsLeftAsync());
        Assert.Equal("case.closed", (await HallWork.RefusedAsync(() => hall.AsksAsync(accepted.Id, CaseEvents.WithdrawalRequested, []))).Code);
    }

    [Fact(DisplayName = "本人说还要接着办：一切照旧")]
    public async Task Going_on_changes_nothing()
    {
        await using var hall = await Hall.OpenAsync(Database.Sqlite, "2026-03-02 09:00");
        var accepted = await hall.AcceptsAsync();
        await hall.AsksAsync(accepted.Id, CaseEvents.WithdrawalRequested, []);
        await hall.DoesAsync("段小禾", accepted.Number, "跟群众核实", "还要接着办", ("contacts", "本人说打错了。"));
        Assert.Equal(CaseState.Open, (await hall.CaseAsync(accepted.Number)).Case.State);
        Assert.True(await hall.HasTaskAsync("温敬之", accepted.Number, "研判"));
    }

    [Theory(DisplayName = "部门和回访员不能从旁边启动流程，没有的事件也不行")]
    [InlineData("石立群", CaseEvents.WithdrawalRequested, "who.role-needed")]
    [InlineData("安素心", CaseEvents.ExtensionRequested, "who.role-needed")]
    [InlineData("段小禾", "case.whatever", "flow.event-unknown")]
    public async Task Not_everybody_may_ask(string name, string eventName, string code)
    {
        await using var hall = await Hall.OpenAsync(Database.Sqlite, "2026-03-02 09:00");
        var accepted = await hall.AcceptsAsync();
        Assert.Equal(code, (await HallWork.RefusedAsync(() => hall.DoAsync(name, new StartSideFlow(accepted.Id, eventName, [])))).Code);
    }
}
