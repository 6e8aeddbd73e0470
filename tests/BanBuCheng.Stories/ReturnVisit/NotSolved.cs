using BanBuCheng.Desk.Cases;
using BanBuCheng.Stories.Given;
using Xunit;

namespace BanBuCheng.Stories.ReturnVisit;

/// <summary>群众说没解决：接着原来的期限重办，再答复一回。</summary>
public sealed class NotSolved
{
    [Theory(DisplayName = "回访说没解决：期限还是原来的那天，重新办、重新答复，再办结")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task Reopened_on_the_original_clock(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var accepted = await hall.AcceptsAsync();
        var number = accepted.Number;
        await RepliedAsync(hall, accepted);
        await hall.ItIsAsync("2026-03-04 10:00");
        await hall.DoesAsync("安素心", number, "回访", "没解决", ("satisfaction", "不满意"));

        var again = await hall.CaseAsync(number);
        Assert.Equal((CaseState.Open, CaseStage.Triage, ClockState.Running, true), (again.Case.State, again.Case.Stage, again.Case.Clock, again.Case.ReplyOwed));
        Assert.Equal((new DateOnly(2026, 3, 16), (CaseOutcome?)null), (again.Case.DueOn!.Value, again.Case.Outcome));
        Assert.Equal(2, again.UsedWorkingDays);
        Assert.Contains(await hall.MessagesAsync(number), text => text.Contains("因您反馈未解决已重新办理，答复日期3月16日", StringComparison.Ordinal));

        await hall.ItIsAsync("2026-03-05 10:00");
        await RepliedAsync(hall, accepted);
        Assert.Equal((ClockState.Stopped, 3), ((await hall.CaseAsync(number)).Case.Clock, (await hall.CaseAsync(number)).UsedWorkingDays));
        await hall.DoesAsync("安素心", number, "回访", "解决了", ("satisfaction", "满意"));

        var closed = await hall.CaseAsync(number);
        Assert.Equal(CaseState.Closed, closed.Case.State);
        Assert.Equal(2, closed.Notices.Count);
        Assert.Equal((0, 0), await hall.FlowsLeftAsync());
    }

    [Theory(DisplayName = "办结以后群众来说没解决：重新打开，期限不变，答复了再办结")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task Reopened_after_it_was_closed(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var accepted = await hall.AcceptsAsync();
        var number = accepted.Number;
        await RepliedAsync(hall, accepted);
        await hall.DoesAsync("安素心", number, "回访", "解决了");
        Assert.Equal(CaseState.Closed, (await hall.CaseAsync(number)).Case.State);

        await hall.ItIsAsync("2026-03-06 09:30");
        await hall.AsksAsync(accepted.Id, CaseEvents.NotSolved, []);

        var again = await hall.CaseAsync(number);
        Assert.Equal((CaseState.Open, CaseStage.Triage, ClockState.Running, true), (again.Case.State, again.Case.Stage, again.Case.Clock, again.Case.ReplyOwed));
        Assert.Equal(new DateOnly(2026, 3, 16), again.Case.DueOn);
        Assert.Equal(1, await hall.JournalledAsync(accepted.Id, JournalKinds.Reopened));
        Assert.True(await hall.HasTaskAsync("温敬之", number, "研判"));

        await RepliedAsync(hall, accepted);
        await hall.DoesAsync("安素心", number, "回访", "解决了");
        Assert.Equal(CaseState.Closed, (await hall.CaseAsync(number)).Case.State);
        Assert.Equal((0, 0), await hall.FlowsLeftAsync());
    }

    [Fact(DisplayName = "还在回访，群众自己来说没解决：欠一个新答复，回访员知道，没答复就结不了")]
    public async Task Said_before_the_visit()
    {
        await using var hall = await Hall.OpenAsync(Database.Sqlite, "2026-03-02 09:00");
        var accepted = await hall.AcceptsAsync();
        await RepliedAsync(hall, accepted);
        await hall.AsksAsync(accepted.Id, CaseEvents.NotSolved, []);

        var owed = await hall.CaseAsync(accepted.Number);
        Assert.Equal((ClockState.Running, true), (owed.Case.Clock, owed.Case.ReplyOwed));
        await hall.DoesAsync("安素心", accepted.Number, "告诉回访员", "知道了");
        await hall.DoesAsync("安素心", accepted.Number, "回访", "没解决");
        Assert.True(await hall.HasTaskAsync("温敬之", accepted.Number, "研判"));
    }

    [Theory(DisplayName = "群众刚从旁边说了没解决，回访员记“解决了”：以群众的话为准，接着办，没有差错")]
    [InlineData(Database.Sqlite, "解决了")]
    [InlineData(Database.PostgreSql, "解决了")]
    [InlineData(Database.Sqlite, "联系不上")]
    public async Task Said_while_the_visitor_was_calling(Database database, string outcome)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var accepted = await hall.AcceptsAsync();
        await RepliedAsync(hall, accepted);
        await hall.AsksAsync(accepted.Id, CaseEvents.NotSolved, []);
        await hall.DoesAsync("安素心", accepted.Number, "回访", outcome);

        var again = await hall.CaseAsync(accepted.Number);
        Assert.Equal((CaseState.Open, CaseStage.Triage, ClockState.Running, true), (again.Case.State, again.Case.Stage, again.Case.Clock, again.Case.ReplyOwed));
        Assert.True(await hall.HasTaskAsync("温敬之", accepted.Number, "研判"));
        Assert.Equal((1, 0), (await hall.JournalledAsync(accepted.Id, JournalKinds.Reopened), (await hall.FlowsLeftAsync()).Incidents));
    }

    [Theory(DisplayName = "回访记“解决了”和群众说“没解决”同时到：不管谁先，这一件都还开着、还有人办")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task Both_at_the_same_moment(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var accepted = await hall.AcceptsAsync();
        await RepliedAsync(hall, accepted);
        await Task.WhenAll(
            Task.Run(() => hall.DoesAsync("安素心", accepted.Number, "回访", "解决了"), TestContext.Current.CancellationToken),
            Task.Run(() => hall.AsksAsync(accepted.Id, CaseEvents.NotSolved, []), TestContext.Current.CancellationToken));

        var again = (await hall.CaseAsync(accepted.Number)).Case;
        Assert.Equal((CaseState.Open, ClockState.Running, true), (again.State, again.Clock, again.ReplyOwed));
        Assert.True(await hall.HasTaskAsync("温敬之", accepted.Number, "研判"));
        Assert.Equal(0, (await hall.FlowsLeftAsync()).Incidents);
    }

    [Fact(DisplayName = "简单的没解决：改成复杂的，从受理起十个工作日")]
    public async Task A_simple_case_comes_back_as_a_complex_one()
    {
        await using var hall = await Hall.OpenAsync(Database.Sqlite, "2026-03-02 09:00");
        var accepted = await hall.AnswersSimpleAsync();
        await hall.ReportsAsync(await hall.MessageAsync(accepted.Id, "RESOLVED"), delivered: true);
        await hall.DoesAsync("安素心", accepted.Number, "回访", "没解决");
        var seen = (await hall.CaseAsync(accepted.Number)).Case;
        Assert.Equal((ClockState.Running, new DateOnly(2026, 3, 16)), (seen.Clock, seen.DueOn!.Value));
        Assert.Equal((0, false), ((await hall.FlowsLeftAsync()).Incidents, hall.Log.Errors.Count > 0));
    }

    private static async Task RepliedAsync(Hall hall, Desk.Intake.AcceptedCase accepted)
    {
        await hall.ComesToDraftingAsync(accepted.Number);
        await hall.DraftsAsync(accepted.Number);
        await hall.ReportsAsync(await hall.MessageAsync(accepted.Id, "RESOLVED"), delivered: true);
    }
}
