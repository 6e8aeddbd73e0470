using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Stories.Given;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace BanBuCheng.Stories.Deadlines;

/// <summary>日历和时限政策两个人同时动：一个算数，另一个知道为什么；缺的、乱的、定过的、撤过的都说清楚。</summary>
public sealed class CalendarByTwo
{
    private static readonly LocalDays Festival = new("州庆", "青政发〔2025〕9号", "2025-07-16至2025-07-18", "");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory(DisplayName = "同一份改动：两个人同时同意，一个算数，日历只变一回；定过的不能再定、不能不用；没有的说没有，没登录的不行")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task Decided_by_two_at_once(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2025-07-11 09:00");
        var id = await hall.DoAsync("袁博", new ProposeLocalDays(Festival));
        Assert.Equal("calendar.unknown", await AtOnce.CodeAsync(() => hall.DoAsync("温敬之", new PutCalendarChangeInForce(HallWork.Unknown, 0))));
        Assert.Equal("who.person-needed", await AtOnce.CodeAsync(() => hall.Door.SendAsync(new PutCalendarChangeInForce(id, 0), Actor.Console, Ct)));
        AtOnce.OneCounts("calendar.not-proposed", await AtOnce.DoAsync(() => hall.DoAsync("温敬之", new PutCalendarChangeInForce(id, 0)), () => hall.DoAsync("蔡成明", new PutCalendarChangeInForce(id, 0))));
        Assert.Equal(1, await hall.RowsAsync("calendar_versions"));
        Assert.Equal("calendar.not-proposed", await AtOnce.CodeAsync(() => hall.DoAsync("蔡成明", new DeclineCalendarChange(id))));
        Assert.Equal("calendar.no-undo-asked", await AtOnce.CodeAsync(() => hall.DoAsync("蔡成明", new KeepCalendarChange(id))));
    }

    [Theory(DisplayName = "撤销：没写原因不行；两个人同时要求，一个算数；一个撤一个留同时来，只有一个结果；撤过的不用再撤")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task Undone_by_two_at_once(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2025-07-11 09:00");
        var id = await hall.DoAsync("袁博", new ProposeLocalDays(Festival));
        Assert.Equal("calendar.not-in-force", await AtOnce.CodeAsync(() => hall.DoAsync("温敬之", new AskCalendarUndo(id, "录错了"))));
        await hall.DoAsync("温敬之", new PutCalendarChangeInForce(id, 0));
        Assert.Equal(AtOnce.Form, await AtOnce.CodeAsync(() => hall.DoAsync("袁博", new AskCalendarUndo(id, " "))));
        AtOnce.OneCounts("calendar.not-in-force", await AtOnce.DoAsync(() => hall.DoAsync("袁博", new AskCalendarUndo(id, "录错了")), () => hall.DoAsync("栗知行", new AskCalendarUndo(id, "不放了"))));
        AtOnce.OneCounts("calendar.no-undo-asked", await AtOnce.DoAsync(() => hall.DoAsync("温敬之", new UndoCalendarChange(id, 1)), () => hall.DoAsync("蔡成明", new KeepCalendarChange(id))));
        var state = (await hall.ReadAsync(db => db.CalendarChanges.AsNoTracking().SingleAsync(Ct))).State;
        Assert.Equal(state is CalendarChangeState.Undone ? 2 : 1, await hall.RowsAsync("calendar_versions"));
    }

    [Fact(DisplayName = "本地放假写得不对：看不懂的、倒着的、又放又上的、带控制符的，一格一句；通知贴了别的，也说得出")]
    public async Task What_cannot_be_read_is_said()
    {
        await using var hall = await Hall.OpenAsync(Database.Sqlite, "2025-07-11 09:00");
        foreach (var (days, field) in new[]
        {
            (Festival with { Off = "州庆那几天" }, "off"), (Festival with { Off = "2025-07-18至2025-07-16" }, "off"), (Festival with { Worked = "2025-07-17" }, "worked"),
            (Festival with { Title = "州\0庆" }, "title"), (Festival with { Number = "" }, "number"),
        })
            Assert.Equal([field], (await Assert.ThrowsAsync<FormRejectedException>(() => hall.DoAsync("袁博", new ProposeLocalDays(days)))).Faults.Keys);
        foreach (var text in new[] { "", "明天放假一天。", "2025年放\0假", new string('假', 20_001) })
            Assert.Equal(["text"], (await Assert.ThrowsAsync<FormRejectedException>(() => hall.DoAsync("袁博", new ProposeNotice(text)))).Faults.Keys);
        Assert.Equal(0, await hall.RowsAsync("calendar_changes"));
    }

    [Theory(DisplayName = "时限政策：两位管理员同时改，一个算数；照老样子改的、没写依据的、没权限的，都不收")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task The_policy_is_changed_by_one(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var policy = DeadlinePolicy.Default with { Simple = new PolicyNumber(2, "区政发〔2026〕1号") };
        Assert.Equal("who.role-needed", await AtOnce.CodeAsync(() => hall.DoAsync("温敬之", new ChangePolicy(policy, 0))));
        Assert.Equal(AtOnce.Form, await AtOnce.CodeAsync(() => hall.DoAsync("栗知行", new ChangePolicy(policy with { Complex = new PolicyNumber(10, " ") }, 0))));
        Assert.Equal(AtOnce.Form, await AtOnce.CodeAsync(() => hall.DoAsync("栗知行", new ChangePolicy(policy with { Ceiling = new PolicyNumber(5, "区政发") }, 0))));
        AtOnce.OneCounts("policy.changed-meanwhile", await AtOnce.DoAsync(() => hall.DoAsync("栗知行", new ChangePolicy(policy, 0)), () => hall.DoAsync("袁博", new ChangePolicy(policy, 0))));
        Assert.Equal("policy.changed-meanwhile", await AtOnce.CodeAsync(() => hall.DoAsync("袁博", new ChangePolicy(policy, 0))));
        Assert.Equal(1, await hall.RowsAsync("policy_versions"));
    }
}
