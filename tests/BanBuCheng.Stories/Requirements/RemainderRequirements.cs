using BanBuCheng.Desk.CaseFile;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Stories.Given;
using BanBuCheng.Web.Pages.Cases;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace BanBuCheng.Stories.Requirements;

/// <summary>从文章里来的要求，没办成的部分：R-21。</summary>
public sealed class RemainderRequirements
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

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
        (await CaseList.LeftOpenAsync(db, await hall.PersonAsync(name), null, Ct)).Select(r => (r.Number, r.OpenPartOn!.Value, r.OpenPartOwner)).ToList());

    private static async Task RepliedAsync(Hall hall, Desk.Intake.AcceptedCase accepted)
    {
        await hall.ComesToDraftingAsync(accepted.Number);
        await hall.DraftsAsync(accepted.Number);
        await hall.ReportsAsync(await hall.MessageAsync(accepted.Id, "RESOLVED"), delivered: true);
    }
}
