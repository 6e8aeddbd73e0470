using System.Text.Json.Nodes;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Stories.Given;
using Xunit;

namespace BanBuCheng.Stories.Notices;

/// <summary>中止计时：停几个工作日，期限就往后移几个工作日，最多十个。</summary>
public sealed class ClockIsPaused
{
    [Theory(DisplayName = "停表等材料，等到了恢复：停了几个工作日，期限就移几个工作日")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task Resumed_by_hand(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var accepted = await hall.AcceptsAsync();
        await hall.ItIsAsync("2026-03-04 09:00");
        await PausedAsync(hall, accepted);
        var paused = await hall.CaseAsync(accepted.Number);
        Assert.Equal((ClockState.Paused, "SUPPLEMENT"), (paused.Case.Clock, paused.Case.PauseReason));
        Assert.Equal("群众补材料", paused.Ball.Name);
        Assert.Equal(1, paused.UsedWorkingDays);

        // 3月4日（三）停，3月9日（一）恢复：4、5、6、9 四个工作日不算
        await hall.ItIsAsync("2026-03-09 15:00");
        await hall.DoesAsync("段小禾", accepted.Number, "等结果", "等到了，恢复计时");

        var resumed = await hall.CaseAsync(accepted.Number);
        Assert.Equal((ClockState.Running, new DateOnly(2026, 3, 20)), (resumed.Case.Clock, resumed.Case.DueOn!.Value));
        Assert.Equal(resumed.Case.DueOn, resumed.Why!.Date);
        Assert.Equal(1, resumed.UsedWorkingDays);
    }

    [Theory(DisplayName = "停满十个工作日自动恢复，期限移的正好是停的那些工作日")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task Resumed_by_the_maximum(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var accepted = await hall.AcceptsAsync();
        await hall.ItIsAsync("2026-03-04 09:00");
        await PausedAsync(hall, accepted);

        await hall.ItIsAsync("2026-03-18 16:59");
        Assert.Equal(ClockState.Paused, (await hall.CaseAsync(accepted.Number)).Case.Clock);
        await hall.ItIsAsync("2026-03-18 17:00");

        // 3月4日到18日十一个工作日不算：用了1个（3日），19日起还有9个 → 3月31日
        var resumed = await hall.CaseAsync(accepted.Number);
        Assert.Equal((ClockState.Running, new DateOnly(2026, 3, 31)), (resumed.Case.Clock, resumed.Case.DueOn!.Value));
        Assert.False(await hall.HasTaskAsync("段小禾", accepted.Number, "等结果"));
    }

    [Fact(DisplayName = "站长不同意，表不停")]
    public async Task Not_agreed_is_not_paused()
    {
        await using var hall = await Hall.OpenAsync(Database.Sqlite, "2026-03-02 09:00");
        var accepted = await hall.AcceptsAsync();
        await hall.AsksAsync(accepted.Id, CaseEvents.PauseRequested, new JsonObject { ["reasonCode"] = "SUPPLEMENT", ["maxWorkingDays"] = 5 });
        await hall.DoesAsync("温敬之", accepted.Number, "站长批中止", "不同意", ("opinion", "材料够了。"));
        Assert.Equal(ClockState.Running, (await hall.CaseAsync(accepted.Number)).Case.Clock);
    }

    private static async Task PausedAsync(Hall hall, Desk.Intake.AcceptedCase accepted)
    {
        await hall.AsksAsync(accepted.Id, CaseEvents.PauseRequested, new JsonObject { ["reasonCode"] = "SUPPLEMENT", ["maxWorkingDays"] = 10 });
        await hall.DoesAsync("温敬之", accepted.Number, "站长批中止", "同意中止", ("opinion", "等群众补材料。"));
    }
}
