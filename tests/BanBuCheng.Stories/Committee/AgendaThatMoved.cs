using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Committee;
using BanBuCheng.Desk.Coordination;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Stories.Given;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace BanBuCheng.Stories.Committee;

/// <summary>会商的议题不等人：改天开的、会前办过的、撤回的、两位秘书同时排的。开得成的照样结束，结束不了的说清楚为什么。</summary>
public sealed class AgendaThatMoved
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory(DisplayName = "召集会商：日子、地点、议题缺的和写错的一样一样说；没有的议题、议过的议题、没有的会商、还没到的日子都不行")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task Calling_and_closing_at_the_wrong_time(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var item = await RaisedAsync(hall, (await hall.AcceptsAsync()).Number);
        Assert.Equal(["items", "on", "place"], await CallFaultsAsync(hall, new CallMeeting(null, " ", [])));
        Assert.Equal(["on", "place"], await CallFaultsAsync(hall, new CallMeeting(new(2026, 3, 1), new string('楼', 61), [item])));
        Assert.Equal("meeting.item-unknown", await AtOnce.CodeAsync(() => hall.DoAsync("简一宁", new CallMeeting(new(2026, 3, 5), "三楼", [item, HallWork.Unknown]))));
        Assert.Equal("meeting.unknown", await AtOnce.CodeAsync(() => hall.DoAsync("简一宁", Minutes(HallWork.Unknown, item))));

        var meeting = await hall.DoAsync("简一宁", new CallMeeting(new(2026, 3, 5), "三楼", [item]));
        await hall.ItIsAsync("2026-03-04 09:00");
        Assert.Equal("meeting.not-yet", await AtOnce.CodeAsync(() => hall.DoAsync("简一宁", Minutes(meeting, item))));
        await hall.ItIsAsync("2026-03-05 15:00");
        var twice = Minutes(meeting, item);
        Assert.Equal(["present"], await CloseFaultsAsync(hall, twice with { Minutes = [.. twice.Minutes, .. twice.Minutes] }));
        Assert.Equal(["present"], await CloseFaultsAsync(hall, twice with { Minutes = [] }));
        Assert.Equal(["Minutes[0].BottomLine", "Minutes[0].Facts", "Minutes[0].Outcome"], await CloseFaultsAsync(hall, twice with { Minutes = [new CaseMinutes(item, "", "", "", [])] }));
        Assert.Equal(["Minutes[0].Items[0].Due", "Minutes[0].Items[0].Text", "Minutes[0].Items[0].Unit"],
            await CloseFaultsAsync(hall, twice with { Minutes = [twice.Minutes[0] with { Items = [new ResolvedItem(" ", "NOBODY", new(2026, 3, 4))] }] }));
        Assert.Equal("task.outcome-unknown", await AtOnce.CodeAsync(() => hall.DoAsync("简一宁", twice with { Minutes = [twice.Minutes[0] with { Outcome = "再议" }] })));

        AtOnce.OneCounts("meeting.closed", await AtOnce.DoAsync(() => hall.DoAsync("简一宁", twice), () => hall.DoAsync("简一宁", twice)));
        Assert.Equal(1, await hall.RowsAsync("decision_items"));
        Assert.Equal("meeting.item-decided", await AtOnce.CodeAsync(() => hall.DoAsync("简一宁", new CallMeeting(new(2026, 3, 9), "三楼", [item]))));
        Assert.Equal(0, (await hall.FlowsLeftAsync()).Incidents);
    }

    [Theory(DisplayName = "两件里有一件会前在收件箱里办过、一件撤回了：剩下的照样结束；一件也不剩，也能结束，不用写谁来了；办过的排不进新的会商")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task What_was_settled_before_the_meeting_keeps_nobody(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var cases = new List<(CaseId Id, string Number, Guid Item)>();
        for (var i = 0; i < 4; i++)
        {
            var one = await hall.AcceptsAsync();
            cases.Add((one.Id, one.Number, await RaisedAsync(hall, one.Number)));
        }

        var meeting = await hall.DoAsync("简一宁", new CallMeeting(new(2026, 3, 3), "三楼", [.. cases.Take(3).Select(c => c.Item)]));
        var idle = await hall.DoAsync("简一宁", new CallMeeting(new(2026, 3, 3), "三楼", [cases[3].Item]));
        await SettledAsync(cases[0].Number);
        await hall.AsksAsync(cases[1].Id, CaseEvents.WithdrawalRequested, []);
        await hall.DoesAsync("段小禾", cases[1].Number, "跟群众核实", "本人撤回", ("text", "按您的意思撤回。"), ("contacts", "本人接的电话。"));
        await hall.ReportsAsync(await hall.MessageAsync(cases[1].Id, "WITHDRAWN"), delivered: true);
        await SettledAsync(cases[3].Number);
        Assert.Equal([(cases[2].Number, "HS2026-01")], (await hall.ReadAsync(db => WaitingCase.OfAsync(db, Ct))).Select(w => (w.Number, w.Meeting!)));

        await hall.ItIsAsync("2026-03-03 15:00");
        await hall.DoAsync("简一宁", Minutes(meeting, cases[2].Item));
        await hall.DoAsync("简一宁", new CloseMeeting(idle, "", []));
        var became = await hall.ReadAsync(db => db.AgendaItems.AsNoTracking().ToDictionaryAsync(a => a.Id, a => a.Outcome, Ct));
        Assert.Equal([AgendaItem.SettledBefore, AgendaItem.SettledBefore, "议定方案", AgendaItem.SettledBefore], cases.Select(c => became[c.Item]));
        Assert.Equal(1, await hall.RowsAsync("decision_items"));
        Assert.Equal((CaseState.Closed, CaseOutcome.Withdrawn), ((await hall.CaseAsync(cases[1].Number)).Case.State, (await hall.CaseAsync(cases[1].Number)).Case.Outcome!.Value));

        var last = await hall.AcceptsAsync();
        var done = await RaisedAsync(hall, last.Number);
        await SettledAsync(last.Number);
        Assert.Empty(await hall.ReadAsync(db => WaitingCase.OfAsync(db, Ct)));
        Assert.Equal("meeting.nothing-waits", await AtOnce.CodeAsync(() => hall.DoAsync("简一宁", new CallMeeting(new(2026, 3, 5), "三楼", [done]))));
        Assert.Equal(0, (await hall.FlowsLeftAsync()).Incidents);

        Task SettledAsync(string number) => hall.DoesAsync("简一宁", number, "联合党委会商", "议定方案", ("facts", "情况属实。"), ("bottomLine", "不能免证。"), ("solution", "先收件。"));
    }

    [Theory(DisplayName = "改天开：议题跟到新的会商，老的那次没有要结束的；没再请到的单位回话不收；会商和收件箱同时办同一件，只办一回")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task Called_anew_for_another_day(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var number = (await hall.AcceptsAsync()).Number;
        var item = await RaisedAsync(hall, number);
        var first = await hall.DoAsync("简一宁", new CallMeeting(new(2026, 3, 4), "三楼", [item]) { Units = ["HOUSING"] });
        var second = await hall.DoAsync("简一宁", new CallMeeting(new(2026, 3, 3), "三楼", [item]));
        Assert.Equal("meeting.not-invited", await AtOnce.CodeAsync(() => hall.DoesAsync("方正宜", number, "会商回执", "到会", ("who", "方正宜"))));
        await hall.ItIsAsync("2026-03-04 15:00");
        Assert.Contains("没有议题", (await Assert.ThrowsAsync<FormRejectedException>(() => hall.DoAsync("简一宁", Minutes(first, item)))).Faults["present"], StringComparison.Ordinal);

        var task = (await hall.TaskAsync("简一宁", number, "联合党委会商")).TaskId;
        var answers = await AtOnce.DoAsync(() => hall.DoAsync("简一宁", Minutes(second, item)),
            () => hall.DoAsync("简一宁", HallWork.Completing(task, "议定方案", ("facts", "属实。"), ("bottomLine", "不能免证。"), ("solution", "先收件。"))));
        Assert.Contains(answers, answer => answer is null);
        Assert.All(answers, answer => Assert.Contains(answer, new[] { null, "task.someone-was-first" }));
        Assert.Single((await hall.CaseAsync(number)).Attempts);
        Assert.NotNull((await hall.ReadAsync(db => db.CommitteeMeetings.AsNoTracking().SingleAsync(m => m.Id == second, Ct))).ClosedAt);
        Assert.Equal(0, (await hall.FlowsLeftAsync()).Incidents);
    }

    [Theory(DisplayName = "秘书手里还有“落实不了”的，同一件第二回会商照样结束得了；手里有议定事项的单位，照样能加请进协同")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task The_secretarys_other_tasks_are_not_the_meeting(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var accepted = await hall.AcceptsAsync();
        var number = accepted.Number;
        var item = await RaisedAsync(hall, number);
        var meeting = await hall.DoAsync("简一宁", new CallMeeting(new(2026, 3, 2), "三楼", [item]));
        await hall.DoAsync("简一宁", Minutes(meeting, item, new ResolvedItem("出说明", "HEALTH", new(2026, 3, 10)), new ResolvedItem("核实现场", "WATER", new(2026, 3, 10))));
        await hall.DoesAsync("唐河清", number, "落实议定事项", "落实不了", ("result", "现场进不去。"));
        Assert.True(await hall.HasTaskAsync("简一宁", number, "议定事项落实不了"));
        await hall.DraftsAsync(number, "办成一部分", ("nextStep", "接着核"), ("nextDate", "2026-03-20"));
        await hall.DoesAsync("温敬之", number, "审签", "办成一部分");
        await hall.ReportsAsync(await hall.MessageAsync(accepted.Id, "PARTIALLY_RESOLVED"), delivered: true);
        await hall.DoesAsync("安素心", number, "回访", "没解决");

        var again = await RaisedAsync(hall, number, () => hall.DoAsync("温敬之", new AskAnotherUnit(accepted.Id, "HEALTH", "说明还要多久")));
        var second = await hall.DoAsync("简一宁", new CallMeeting(new(2026, 3, 2), "三楼", [again]));
        await hall.DoAsync("简一宁", Minutes(second, again));
        Assert.True(await hall.HasTaskAsync("段小禾", number, "拟答复"));
        Assert.True(await hall.HasTaskAsync("简一宁", number, "议定事项落实不了"));
        Assert.Equal(0, (await hall.FlowsLeftAsync()).Incidents);
    }

    /// <summary>From the triage to the agenda; the item that was raised.</summary>
    private static async Task<Guid> RaisedAsync(Hall hall, string number, Func<Task>? meanwhile = null)
    {
        await hall.DoesAsync("温敬之", number, "研判", "部门协同", ("lawful", "UNCLEAR"), ("legalBasis", "某办法第九条"), ("difficulty", "Complex"), ("policyAttribute", "POLICY_BOTTLENECK"), ("causeCodes", "HISTORICAL"), ("lead", "WATER"));
        if (meanwhile is not null)
        {
            await meanwhile();
            await hall.DoesAsync("邱明远", number, "部门协同", "同意", ("opinion", "月底前。"));
        }

        await hall.DoesAsync("唐河清", number, "部门协同", "有异议", ("opinion", "按现在的规定批不了。"));
        await hall.DoesAsync("温敬之", number, "站长看方案", "提请联合党委", ("tried", "请水务局看过。"), ("whyCommittee", "站里定不了。"));
        return await hall.ReadAsync(db => (from item in db.AgendaItems join one in db.Cases on item.CaseId equals one.Id where one.Number == number && item.DecidedAt == null select item.Id).SingleAsync(Ct));
    }

    private static CloseMeeting Minutes(Guid meeting, Guid item, params ResolvedItem[] items) =>
        new(meeting, "蔡成明主持", [new CaseMinutes(item, "情况属实。", "不能免编方案。", "议定方案", items.Length > 0 ? items : [new ResolvedItem("接件审批", "WATER", new(2026, 3, 10))])])
        {
            Came = new Dictionary<string, string> { ["WATER"] = "唐河清", ["HEALTH"] = "没来" },
        };

    private static async Task<IEnumerable<string>> CallFaultsAsync(Hall hall, CallMeeting call) =>
        (await Assert.ThrowsAsync<FormRejectedException>(() => hall.DoAsync("简一宁", call))).Faults.Keys.Order(StringComparer.Ordinal);

    private static async Task<IEnumerable<string>> CloseFaultsAsync(Hall hall, CloseMeeting close) =>
        (await Assert.ThrowsAsync<FormRejectedException>(() => hall.DoAsync("简一宁", close))).Faults.Keys.Order(StringComparer.Ordinal);
}
