using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Notices;
using BanBuCheng.Desk.Watch;
using BanBuCheng.Stories.Given;
using BanBuCheng.Stories.House;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using Database = BanBuCheng.Stories.Given.Database;

namespace BanBuCheng.Stories.Watch;

/// <summary>夜里核对：事事有着落，件件有回音。</summary>
public sealed class NightlyHolds
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory(DisplayName = "从受理到办结，每走一步都有人、有单位或者有定时在管；夜里核对没有话说")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task Somebody_has_the_ball_at_every_step(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var accepted = await hall.AcceptsAsync();
        await HeldAsync(hall);
        await hall.JudgesAsync(accepted.Number);
        await HeldAsync(hall);
        await hall.MarketAgreesAsync(accepted.Number);
        await HeldAsync(hall);
        await hall.DoesAsync("温敬之", accepted.Number, "站长看方案", "方案可行");
        await hall.DraftsAsync(accepted.Number);
        await HeldAsync(hall);
        await hall.ItIsAsync("2026-03-02 09:20");
        await hall.DoAsync("段小禾", new RecordTelling(accepted.Id, DeliveryWay.Phone, "本人接的。"));
        await HeldAsync(hall);
        await hall.DoesAsync("安素心", accepted.Number, "回访", "解决了");
        await hall.AcceptsAsync();

        await hall.ItIsAsync("2026-03-03 02:30");
        var night = await hall.ReadAsync(db => NightlyFinding.LastAsync(db, Ct));
        Assert.Equal((new DateOnly(2026, 3, 3), 1, 1, 0, 0), (night!.Night, night.Open, night.Closed, night.Unheld, night.Unanswered));

        // Once a night, whoever rings.
        Assert.Null(await hall.Services.GetRequiredService<NightlyCheck>().RunIfDueAsync(Ct));
    }

    [Theory(DisplayName = "有一件没人管了、有一件没答复就办结了：夜里查出来，写进那一件的经过，报管理员")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task What_should_never_be_is_found(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var lost = await hall.AcceptsAsync();
        var shut = await hall.AcceptsAsync();
        var good = await hall.AcceptsAsync();
        await hall.ItIsAsync("2026-03-02 09:30");
        await hall.TamperAsync(async db =>
        {
            // As only a hand in the database could: the flow's waits gone with their tasks, but not those of the supervision beside it.
            await db.InboxTasks.Where(t => t.CaseId == lost.Id).ExecuteDeleteAsync(Ct);
            var main = await db.Set<Engine.Durable.FlowInstanceRow>().Where(i => i.CorrelationId == lost.Id.ToString() && i.DefinitionId == "case-handling").Select(i => i.Id).SingleAsync(Ct);
            await db.Set<Engine.Durable.FlowWaitRow>().Where(w => w.InstanceId == main).ExecuteDeleteAsync(Ct);
            await db.Cases.Where(c => c.Id == shut.Id).ExecuteUpdateAsync(c => c.SetProperty(x => x.State, CaseState.Closed)
                .SetProperty(x => x.RepliedAt, hall.Clock.GetUtcNow()).SetProperty(x => x.Outcome, CaseOutcome.Resolved).SetProperty(x => x.ReplyOwed, false), Ct);
            return 0;
        });

        await hall.ItIsAsync("2026-03-03 02:30");

        var night = await hall.ReadAsync(db => NightlyFinding.LastAsync(db, Ct));
        Assert.Equal((1, 0, 1), (night!.Unheld, night.Flowless, night.Unanswered));
        Assert.Equal(1, await hall.JournalledAsync(lost.Id, JournalKinds.WatchFound));
        Assert.Equal(1, await hall.JournalledAsync(shut.Id, JournalKinds.WatchFound));
        Assert.Equal(0, await hall.JournalledAsync(good.Id, JournalKinds.WatchFound));
        Assert.Contains((await hall.CaseAsync(lost.Number)).Timeline, item => item.What.StartsWith("夜里核对：没有人", StringComparison.Ordinal));
        Assert.Contains(hall.Log.Errors, line => line.Contains("nightly check found 1 open cases", StringComparison.Ordinal));

        // An operator is asked, about each of them, and not again every night while they have not looked.
        Assert.True(await hall.HasTaskAsync(Operator, lost.Number, "夜里核对查出这一件"));
        Assert.True(await hall.HasTaskAsync(Operator, shut.Number, "夜里核对查出这一件"));
        Assert.False(await hall.HasTaskAsync(Operator, good.Number, "夜里核对查出这一件"));
        await hall.ItIsAsync("2026-03-04 02:30");
        Assert.Equal((0, 1), await hall.ReadAsync(async db => (await NightlyFinding.LastAsync(db, Ct)) is { } next ? (next.Unheld, next.Unanswered) : default));
        Assert.Equal(2, await hall.ReadAsync(db => db.InboxTasks.CountAsync(t => t.Title.StartsWith("夜里核对查出"), Ct)));
        await hall.DoAsync(Operator, HallWork.Completing((await hall.TaskAsync(Operator, lost.Number, "夜里核对查出这一件")).TaskId, "处理好了", ("note", "流程重新接上了")));
        Assert.Equal(0, await hall.ReadAsync(db => db.Set<Engine.Durable.FlowIncidentRow>().CountAsync(Ct)));
    }

    private const string Operator = "栗知行";

    [Theory(DisplayName = "没办结、待办还开着，流程却没了：探针当场看得见，夜里有人被叫来处理")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task An_open_case_without_a_flow_is_seen(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var lost = await hall.AcceptsAsync();
        await hall.AcceptsAsync();
        await hall.ItIsAsync("2026-03-02 09:30");
        var round = new WatchRound();
        Assert.Equal(new WatchFound(0, 0, 0), await hall.ReadAsync(db => round.GoOnAsync(db, Ct)));

        // Its task stays open: somebody could do it, and nothing would follow.
        await hall.TamperAsync(async db =>
        {
            var all = db.Set<Engine.Durable.FlowInstanceRow>().Where(i => i.CorrelationId == lost.Id.ToString());
            await db.Set<Engine.Durable.FlowWaitRow>().Where(w => all.Any(i => i.Id == w.InstanceId)).ExecuteDeleteAsync(Ct);
            return await all.ExecuteUpdateAsync(i => i.SetProperty(x => x.Status, Engine.Running.FlowStatus.Finished), Ct);
        });
        Assert.Equal(new WatchFound(0, 1, 0), await hall.ReadAsync(db => round.GoOnAsync(db, Ct)));
        Assert.Equal(new WatchFound(0, 1, 0), await hall.ReadAsync(db => round.GoOnAsync(db, Ct)));

        await hall.ItIsAsync("2026-03-03 02:30");
        Assert.Equal((0, 1), await hall.ReadAsync(async db => (await NightlyFinding.LastAsync(db, Ct)) is { } night ? (night.Unheld, night.Flowless) : default));
        Assert.True(await hall.HasTaskAsync(Operator, lost.Number, "夜里核对查出这一件"));
        Assert.Contains((await hall.CaseAsync(lost.Number)).Timeline, item => item.What.StartsWith("夜里核对：没有流程", StringComparison.Ordinal));
    }

    [Theory(DisplayName = "数据库自己也不让：没有答复就不能办结")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task The_database_itself_refuses_a_closed_case_without_a_reply(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var accepted = await hall.AcceptsAsync();
        foreach (var set in new[] { "state = 'Closed'", "state = 'Closed', outcome = 'Resolved'", "state = 'Closed', replied_at = accepted_at" })
        {
#pragma warning disable EF1002 // Constants of this test.
            var refused = await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => hall.TamperAsync(db => db.Database.ExecuteSqlRawAsync($"UPDATE cases SET {set} WHERE number = '{accepted.Number}'", Ct)));
#pragma warning restore EF1002
            Assert.Contains("ck_cases_closed_has_reply", refused.Message, StringComparison.Ordinal);
        }

        // SQL Server is never run here; its migration says the same.
        Assert.Contains("ck_cases_closed_has_reply", string.Concat(Directory.EnumerateFiles(Repository.Path("src/BanBuCheng.Desk/Database/SqlServer/Migrations"), "*.cs").Select(File.ReadAllText)), StringComparison.Ordinal);
    }

    private static async Task HeldAsync(Hall hall) => Assert.Empty((await hall.ReadAsync(db => BallWatch.LookAsync(db, default, 100, Ct))).Unheld);
}
