using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Notices;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Stories.Given;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace BanBuCheng.Stories.Flows;

/// <summary>停电、重启、时钟乱跳：办到哪里还是哪里，到点的事正好做一次。</summary>
public sealed class PowerCut
{
    [Theory(DisplayName = "每一步以后都停一次电：待办、定时和答复都还在，一直办到办结")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task The_story_goes_on_after_every_restart(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var accepted = await hall.AcceptsAsync();
        var number = accepted.Number;
        var waits = await hall.FlowsLeftAsync();
        var errors = hall.Log.Errors.Count; // PostgreSQL's driver complains once about the empty database it was given
        await hall.RestartAsync();
        Assert.Equal(waits, await hall.FlowsLeftAsync());
        await hall.JudgesAsync(number);
        await hall.RestartAsync();
        await hall.MarketAgreesAsync(number);
        await hall.RestartAsync();
        await hall.DoesAsync("温敬之", number, "站长看方案", "方案可行");
        await hall.RestartAsync();
        await hall.DraftsAsync(number);
        await hall.RestartAsync("2026-03-02 09:20");
        await hall.DoAsync("段小禾", new RecordTelling(accepted.Id, DeliveryWay.Phone, "本人接的。"));
        await hall.RestartAsync();
        await hall.DoesAsync("安素心", number, "回访", "解决了");

        Assert.Equal(CaseState.Closed, (await hall.CaseAsync(number)).Case.State);
        Assert.Equal((0, 0), await hall.FlowsLeftAsync());
        Assert.Equal(errors, hall.Log.Errors.Count);
    }

    [Theory(DisplayName = "停电停过了期限：开机以后，到点的事各做一次")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task Timers_missed_while_down_fire_once(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var accepted = await hall.AnswersSimpleAsync();
        var due = hall.Services.GetRequiredService<IDueWork>();
        Assert.Equal(2, await due.DrainAsync(TestContext.Current.CancellationToken)); // 两条短信

        await hall.RestartAsync("2026-03-03 10:00");
        due = hall.Services.GetRequiredService<IDueWork>();
        var drained = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => due.DrainAsync(TestContext.Current.CancellationToken))));

        Assert.Equal(2, drained.Sum()); // 等报告等过了头；受理当天下班，看看跟群众说上话没有
        Assert.Equal(1, await hall.JournalledAsync(accepted.Id, JournalKinds.ToldByPhoneTask));
        Assert.True(await hall.HasTaskAsync("段小禾", accepted.Number, "打电话"));
        await hall.RestartAsync("2026-03-03 10:00");
        Assert.Equal(0, await hall.Services.GetRequiredService<IDueWork>().DrainAsync(TestContext.Current.CancellationToken));
    }

    [Theory(DisplayName = "服务器的钟拨回去一天又拨回来：什么也不重做")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task A_jumping_clock_fires_nothing_twice(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-03 09:00");
        var accepted = await hall.AnswersSimpleAsync();
        await hall.ItIsAsync("2026-03-03 11:00");
        Assert.True(await hall.HasTaskAsync("段小禾", accepted.Number, "打电话"));
        var rows = await RowsAsync(hall);

        var due = hall.Services.GetRequiredService<IDueWork>();
        foreach (var at in new[] { "2026-03-02 11:00", "2026-03-03 11:00", "2026-03-02 17:30", "2026-03-03 11:00" })
        {
            hall.Clock.AdjustTime(Hall.Local(at));
            Assert.Equal(0, await due.DrainAsync(TestContext.Current.CancellationToken));
        }

        Assert.Equal(rows, await RowsAsync(hall));
    }

    private static async Task<(int, int, int)> RowsAsync(Hall hall) =>
        (await hall.RowsAsync("case_journal"), await hall.RowsAsync("outgoing_sms"), await hall.RowsAsync("inbox_tasks"));
}
