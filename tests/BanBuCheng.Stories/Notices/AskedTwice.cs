using System.Text.Json.Nodes;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Notices;
using BanBuCheng.Stories.Given;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace BanBuCheng.Stories.Notices;

/// <summary>延时、停表、撤回撞在一起：同样的申请来两回，批的时候已经答复了，答复和撤回一起送到。一件事只算一回，谁也不白批。</summary>
public sealed class AskedTwice
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static JsonObject Days(int days) => new() { ["workingDays"] = days, ["reasonCode"] = "EXPERT_REVIEW", ["explanation"] = "专家还没评完，评完马上办。" };

    private static JsonObject Pause(int days) => new() { ["reasonCode"] = "SUPPLEMENT", ["maxWorkingDays"] = days };

    [Theory(DisplayName = "同样的申请还没有结果，再提一回不收；两个人同时提，只有一个；有了结果才能再提")]
    [InlineData(Database.Sqlite, CaseEvents.ExtensionRequested, "温敬之", "站长批延时", "不同意")]
    [InlineData(Database.PostgreSql, CaseEvents.ExtensionRequested, "温敬之", "站长批延时", "不同意")]
    [InlineData(Database.Sqlite, CaseEvents.PauseRequested, "温敬之", "站长批中止", "不同意")]
    [InlineData(Database.PostgreSql, CaseEvents.PauseRequested, "温敬之", "站长批中止", "不同意")]
    [InlineData(Database.Sqlite, CaseEvents.WithdrawalRequested, "段小禾", "跟群众核实", "还要接着办")]
    [InlineData(Database.PostgreSql, CaseEvents.WithdrawalRequested, "段小禾", "跟群众核实", "还要接着办")]
    public async Task Two_requests_are_one(Database database, string asked, string decider, string task, string no)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var accepted = await hall.AcceptsAsync();
        AtOnce.OneCounts("flow.asked-already", await AtOnce.DoAsync(() => AsksAsync("段小禾"), () => AsksAsync("温敬之"), () => AsksAsync("严守正")));
        Assert.Equal("flow.asked-already", await AtOnce.CodeAsync(() => AsksAsync("段小禾")));
        await hall.DoesAsync(decider, accepted.Number, task, no, ("opinion", "不用。"), ("contacts", "打过电话。"));
        await AsksAsync("段小禾");
        Assert.True(await hall.HasTaskAsync(decider, accepted.Number, task));
        Assert.Equal(0, (await hall.FlowsLeftAsync()).Incidents);

        Task AsksAsync(string by) => hall.AsksAsync(accepted.Id, asked, asked == CaseEvents.PauseRequested ? Pause(3) : Days(2), by);
    }

    [Theory(DisplayName = "批了还没告诉到，再提一回不收；两位站长同时批，一个算数，短信只有一条；报告和电话同时到，只延一回；没延成的看过之前就能再提")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task Approved_twice_and_told_twice(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var accepted = await hall.AcceptsAsync();
        await hall.AsksAsync(accepted.Id, CaseEvents.ExtensionRequested, Days(5));
        var task = (await hall.TaskAsync("温敬之", accepted.Number, "站长批延时")).TaskId;
        Assert.Equal(AtOnce.Form, await AtOnce.CodeAsync(() => hall.DoAsync("温敬之", HallWork.Completing(task, "同意延时"))));
        Assert.Equal(AtOnce.Form, await AtOnce.CodeAsync(() => hall.DoAsync("温敬之", HallWork.Completing(task, "", ("opinion", "同意。")))));
        AtOnce.OneCounts("task.someone-was-first", await AtOnce.DoAsync(
            () => hall.DoAsync("温敬之", HallWork.Completing(task, "同意延时", ("opinion", "同意。"))), () => hall.DoAsync("严守正", HallWork.Completing(task, "同意延时", ("opinion", "同意。")))));
        Assert.Equal("flow.asked-already", await AtOnce.CodeAsync(() => hall.AsksAsync(accepted.Id, CaseEvents.ExtensionRequested, Days(3))));

        var sms = await hall.MessageAsync(accepted.Id, "EXTENDED");
        var told = await AtOnce.DoAsync(() => hall.ReportsAsync(sms, delivered: true), () => hall.DoAsync("段小禾", new RecordTelling(accepted.Id, DeliveryWay.Phone, "本人接的。")));
        Assert.Null(told[0]);
        Assert.Contains(told[1], new[] { null, "notice.nothing-to-tell" });
        var extended = await hall.CaseAsync(accepted.Number);
        Assert.Equal((new DateOnly(2026, 3, 23), 5), (extended.Case.DueOn!.Value, extended.Case.ExtendedBy));
        Assert.Equal((1, 1), (await hall.JournalledAsync(accepted.Id, JournalKinds.Extended), (await hall.MessagesAsync(accepted.Number)).Count(text => text.Contains("延至", StringComparison.Ordinal))));
        Assert.Equal("extension.once", await AtOnce.CodeAsync(() => hall.AsksAsync(accepted.Id, CaseEvents.ExtensionRequested, Days(1))));
        Assert.Equal(0, (await hall.FlowsLeftAsync()).Incidents);
    }

    [Theory(DisplayName = "延期的话到下班那一刻还算数，过了就不算；不算的，经办人知道，还没看过也能先停表")]
    [InlineData(Database.Sqlite, "2026-03-16 16:59", true)]
    [InlineData(Database.PostgreSql, "2026-03-16 16:59", true)]
    [InlineData(Database.Sqlite, "2026-03-17 00:00", false)]
    [InlineData(Database.PostgreSql, "2026-03-17 00:00", false)]
    public async Task Told_on_the_last_day_or_after_it(Database database, string told, bool counts)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var accepted = await hall.AcceptsAsync();
        await hall.ItIsAsync("2026-03-16 14:00");
        await hall.AsksAsync(accepted.Id, CaseEvents.ExtensionRequested, Days(2));
        await hall.DoesAsync("温敬之", accepted.Number, "站长批延时", "同意延时", ("opinion", "同意。"));
        await hall.ItIsAsync(told);
        await hall.ReportsAsync(await hall.MessageAsync(accepted.Id, "EXTENDED"), delivered: true);
        Assert.Equal(new DateOnly(2026, 3, counts ? 18 : 16), (await hall.CaseAsync(accepted.Number)).Case.DueOn);
        Assert.Equal(!counts, await hall.HasTaskAsync("段小禾", accepted.Number, "告诉经办人没延成"));
        Assert.Equal(counts ? "extension.once" : "extension.too-late", await AtOnce.CodeAsync(() => hall.AsksAsync(accepted.Id, CaseEvents.ExtensionRequested, Days(1))));
    }

    [Theory(DisplayName = "批以前已经答复了：答复还算数，时限不重走；延时的告诉经办人没延成，停表的不停、不给群众发短信")]
    [InlineData(Database.Sqlite, CaseEvents.ExtensionRequested)]
    [InlineData(Database.PostgreSql, CaseEvents.ExtensionRequested)]
    [InlineData(Database.Sqlite, CaseEvents.PauseRequested)]
    [InlineData(Database.PostgreSql, CaseEvents.PauseRequested)]
    public async Task Approved_after_the_reply_arrived(Database database, string asked)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var accepted = await hall.AcceptsSimpleAsync();
        var isPause = asked == CaseEvents.PauseRequested;
        await hall.AsksAsync(accepted.Id, asked, isPause ? Pause(3) : Days(2));
        await hall.DoesAsync("段小禾", accepted.Number, "窗口办理", "办成了", ("text", "今天就办好了。"));
        await hall.ReportsAsync(await hall.MessageAsync(accepted.Id, "RESOLVED"), delivered: true);
        await hall.DoesAsync("温敬之", accepted.Number, isPause ? "站长批中止" : "站长批延时", isPause ? "同意中止" : "同意延时", ("opinion", "同意。"));

        var seen = (await hall.CaseAsync(accepted.Number)).Case;
        Assert.Equal((ClockState.Stopped, false, Difficulty.Simple, CaseOutcome.Resolved), (seen.Clock, seen.ReplyOwed, seen.Difficulty, seen.Outcome!.Value));
        string[] wrong = ["PAUSED", "RECLASSED", "EXTENDED"];
        Assert.Equal(0, await hall.ReadAsync(db => db.OutgoingSms.CountAsync(s => wrong.Contains(s.Template), Ct)));
        Assert.Equal(!isPause, await hall.HasTaskAsync("段小禾", accepted.Number, "告诉经办人没延成"));
        Assert.Equal(isPause ? 2 : 0, await hall.ReadAsync(db => db.StaffNotices.CountAsync(n => n.Text.Contains("这一次没有停表"), Ct)));
        Assert.Equal("clock.not-running", await AtOnce.CodeAsync(() => hall.AsksAsync(accepted.Id, CaseEvents.PauseRequested, Pause(2))));
        Assert.Equal(0, (await hall.FlowsLeftAsync()).Incidents);
    }

    [Theory(DisplayName = "停着表就答复了：停到那天为止；群众说没解决，期限是停过的那一天，一天天不再往后跑；停着不能再停、不能延")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task Answered_while_the_clock_stands_still(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var accepted = await hall.AcceptsAsync();
        await hall.ComesToDraftingAsync(accepted.Number);
        await hall.ItIsAsync("2026-03-04 09:00");
        await hall.AsksAsync(accepted.Id, CaseEvents.PauseRequested, Pause(10));
        await hall.DoesAsync("温敬之", accepted.Number, "站长批中止", "同意中止", ("opinion", "等群众补材料。"));
        foreach (var asked in new[] { CaseEvents.PauseRequested, CaseEvents.ExtensionRequested })
            Assert.Contains(await AtOnce.CodeAsync(() => hall.AsksAsync(accepted.Id, asked, asked == CaseEvents.PauseRequested ? Pause(3) : Days(2))), new[] { "clock.not-running", "flow.asked-already" });
        await hall.ItIsAsync("2026-03-06 10:00");
        await hall.DraftsAsync(accepted.Number);
        await hall.ReportsAsync(await hall.MessageAsync(accepted.Id, "RESOLVED"), delivered: true);
        Assert.Equal(1, (await hall.CaseAsync(accepted.Number)).UsedWorkingDays);

        // 4、5、6日三个工作日不算：3月16日往后三天
        await hall.DoesAsync("安素心", accepted.Number, "回访", "没解决");
        foreach (var day in new[] { "2026-03-09 09:00", "2026-03-12 09:00" })
        {
            await hall.ItIsAsync(day);
            var again = await hall.CaseAsync(accepted.Number);
            Assert.Equal((ClockState.Running, new DateOnly(2026, 3, 19)), (again.Case.Clock, again.Case.DueOn!.Value));
            Assert.Equal(again.Case.DueOn, again.Why!.Date);
        }

        await hall.DoesAsync("段小禾", accepted.Number, "等结果", "等到了，恢复计时");
        Assert.Equal(new DateOnly(2026, 3, 19), (await hall.CaseAsync(accepted.Number)).Case.DueOn);
        Assert.Equal(0, (await hall.FlowsLeftAsync()).Incidents);
    }

    [Theory(DisplayName = "两个原因都要停表，谁先谁后：只停一回，研判不出差错，材料齐了照一回算")]
    [InlineData(Database.Sqlite, true)]
    [InlineData(Database.PostgreSql, true)]
    [InlineData(Database.Sqlite, false)]
    [InlineData(Database.PostgreSql, false)]
    public async Task Two_reasons_to_stand_still(Database database, bool approvedFirst)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var accepted = await hall.AcceptsAsync();
        await hall.AsksAsync(accepted.Id, CaseEvents.PauseRequested, Pause(3));
        if (approvedFirst) await ApprovesAsync();
        await hall.DoesAsync("温敬之", accepted.Number, "研判", "先补材料", ("lawful", "YES"), ("difficulty", "Complex"), ("policyAttribute", "NO_BARRIER"), ("causeCodes", "MATERIAL"), ("lead", "MARKET"),
            ("supplementItems", "户口簿"), ("supplementBy", "2026-03-10"));
        if (!approvedFirst) await ApprovesAsync();
        Assert.Equal((ClockState.Paused, 1), ((await hall.CaseAsync(accepted.Number)).Case.Clock, await hall.RowsAsync("case_pauses")));
        await hall.ItIsAsync("2026-03-04 10:00");
        await hall.DoesAsync("段小禾", accepted.Number, "收群众补的材料", "材料齐了");
        var resumed = await hall.CaseAsync(accepted.Number);
        Assert.Equal((ClockState.Running, new DateOnly(2026, 3, 18)), (resumed.Case.Clock, resumed.Case.DueOn!.Value)); // 3、4日两个工作日不算
        Assert.Equal(0, (await hall.FlowsLeftAsync()).Incidents);

        Task ApprovesAsync() => hall.DoesAsync("温敬之", accepted.Number, "站长批中止", "同意中止", ("opinion", "同意。"));
    }

    [Theory(DisplayName = "答复和撤回一起送到：不管谁先，办结一回，旁边没有谁还在等，也没有差错")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task Reply_and_withdrawal_arrive_together(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var accepted = await hall.AcceptsAsync();
        await hall.ComesToDraftingAsync(accepted.Number);
        await hall.AsksAsync(accepted.Id, CaseEvents.WithdrawalRequested, []);
        Assert.Equal(AtOnce.Form, await AtOnce.CodeAsync(() => hall.DoesAsync("段小禾", accepted.Number, "跟群众核实", "本人撤回", ("contacts", "电话。"))));
        await hall.DoesAsync("段小禾", accepted.Number, "跟群众核实", "本人撤回", ("text", "按您的意思撤回。"), ("contacts", "今天上午电话，本人接的。"));
        await hall.DraftsAsync(accepted.Number);
        var (reply, withdrawal) = (await hall.MessageAsync(accepted.Id, "RESOLVED"), await hall.MessageAsync(accepted.Id, "WITHDRAWN"));
        Assert.All(await AtOnce.DoAsync(() => hall.ReportsAsync(reply, delivered: true), () => hall.ReportsAsync(withdrawal, delivered: true)), Assert.Null);

        var closed = await hall.CaseAsync(accepted.Number);
        Assert.Equal((CaseState.Closed, CaseOutcome.Withdrawn, false), (closed.Case.State, closed.Case.Outcome!.Value, closed.Case.ReplyOwed));
        Assert.Empty(closed.OpenTasks);
        Assert.Equal(1, await hall.JournalledAsync(accepted.Id, JournalKinds.Closed));
        Assert.Equal((0, 0), await hall.FlowsLeftAsync());
        Assert.Equal("notice.nothing-to-tell", await AtOnce.CodeAsync(() => hall.DoAsync("段小禾", new RecordTelling(accepted.Id, DeliveryWay.Phone, "打过了"))));
        Assert.Equal("sms.unknown", await AtOnce.CodeAsync(() => hall.Door.SendAsync(new Desk.Sms.RecordSmsReport(new Desk.Steps.SmsId(HallWork.Unknown), true, "DELIVRD"), Desk.Steps.Actor.Gateway, Ct)));
    }
}
