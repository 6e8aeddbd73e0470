using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Stories.Given;
using Xunit;

namespace BanBuCheng.Stories.Cases;

/// <summary>没人管的办件：快到期催，超期督办、给群众道歉，再超三天局领导包办。</summary>
public sealed class LeftAlone
{
    [Theory(DisplayName = "一件放着没人管：剩一天催办，超期第一天督办并向群众致歉，再过三天提级")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task Reminded_supervised_and_lifted(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var number = (await hall.AcceptsSimpleAsync()).Number; // 到期 3月5日
        await hall.ItIsAsync("2026-03-04 08:59");
        Assert.False(await hall.HasTaskAsync("温敬之", number, "催办"));
        await hall.ItIsAsync("2026-03-04 09:00");
        Assert.True(await hall.HasTaskAsync("温敬之", number, "催办"));

        await hall.ItIsAsync("2026-03-05 23:59");
        Assert.DoesNotContain(await hall.MessagesAsync(number), text => text.Contains("致歉", StringComparison.Ordinal));
        Assert.False(await hall.HasTaskAsync("莫清", number, "督办"));
        await hall.ItIsAsync("2026-03-06 08:59");
        Assert.False(await hall.HasTaskAsync("莫清", number, "督办"));

        // 红灯一亮，督办单就到：都是超期第一天一上班
        await hall.ItIsAsync("2026-03-06 09:00");
        Assert.Equal(Light.Red, (await hall.CaseAsync(number)).Light);
        Assert.True(await hall.HasTaskAsync("莫清", number, "督办"));
        Assert.Contains($"【青屏区政务服务】编号{number}未能在3月5日前答复，致歉。温敬之已督办，电话8800-1345。", await hall.MessagesAsync(number));

        await hall.ItIsAsync("2026-03-10 08:59");
        Assert.False(await hall.HasTaskAsync("蔡成明", number, "提级"));
        await hall.ItIsAsync("2026-03-10 09:00");
        Assert.True(await hall.HasTaskAsync("蔡成明", number, "提级：局领导包办"));

        // 谁也没动，原来的任务还在窗口，没有丢
        Assert.True(await hall.HasTaskAsync("段小禾", number, "窗口办理"));
        Assert.Equal((CaseState.Open, ClockState.Running), ((await hall.CaseAsync(number)).Case.State, (await hall.CaseAsync(number)).Case.Clock));
        Assert.Equal(0, (await hall.FlowsLeftAsync()).Incidents);
    }

    [Theory(DisplayName = "按时答复的，不催、不督、不道歉")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task Nobody_is_bothered_about_an_answered_case(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var accepted = await hall.AnswersSimpleAsync();
        await hall.ReportsAsync(await hall.MessageAsync(accepted.Id, "RESOLVED"), delivered: true);

        await hall.ItIsAsync("2026-03-20 18:00");

        Assert.Equal(["安素心"], (await hall.CaseAsync(accepted.Number)).OpenTasks.Select(t => t.AssignedRole == Desk.Offices.Roles.Visitor ? "安素心" : t.Title));
        Assert.DoesNotContain(await hall.MessagesAsync(accepted.Number), text => text.Contains("致歉", StringComparison.Ordinal));
        await hall.DoesAsync("安素心", accepted.Number, "回访", "解决了");
        Assert.Equal((0, 0), await hall.FlowsLeftAsync());
    }
}
