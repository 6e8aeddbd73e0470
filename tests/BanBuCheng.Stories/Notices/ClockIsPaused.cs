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

    [Theory(DisplayName = "申请停三天就停三天：没人来恢复、流程也没到点，系统自己恢复；以后再来恢复的，不算错")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task Lifted_at_the_maximum_whatever_the_flow_does(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var accepted = await hall.AcceptsAsync();
        await hall.ItIsAsync("2026-03-04 09:00");
        await PausedAsync(hall, accepted, 3);
        Assert.Contains(await hall.MessagesAsync(accepted.Number), text => text.Contains("因等群众补材料暂停计时，最晚到3月9日恢复", StringComparison.Ordinal));
        await hall.ItIsAsync("2026-03-09 16:59");
        Assert.Equal(ClockState.Paused, (await hall.CaseAsync(accepted.Number)).Case.Clock);
        await hall.ItIsAsync("2026-03-09 17:00");

        // 3月4、5、6、9日四个工作日不算：用了1个，10日起还有9个
        var lifted = await hall.CaseAsync(accepted.Number);
        Assert.Equal((ClockState.Running, new DateOnly(2026, 3, 20)), (lifted.Case.Clock, lifted.Case.DueOn!.Value));
        Assert.Equal(lifted.Case.DueOn, lifted.Why!.Date);
        await hall.ItIsAsync("2026-03-10 09:30");
        await hall.DoesAsync("段小禾", accepted.Number, "等结果", "等到了，恢复计时");
        Assert.Equal(new DateOnly(2026, 3, 20), (await hall.CaseAsync(accepted.Number)).Case.DueOn);
        Assert.Equal(0, (await hall.FlowsLeftAsync()).Incidents);
    }

    [Theory(DisplayName = "不在列的情形、没写最长几天、超过最长的，不停")]
    [InlineData("VACATION", 5, "pause.reason-unknown")]
    [InlineData("SUPPLEMENT", 0, "pause.maximum-missing")]
    [InlineData("SUPPLEMENT", 11, "pause.maximum-missing")]
    public async Task Only_from_the_closed_list_and_never_without_a_maximum(string reason, int days, string code)
    {
        await using var hall = await Hall.OpenAsync(Database.Sqlite, "2026-03-02 09:00");
        var accepted = await hall.AcceptsAsync();
        Assert.Equal(code, (await HallWork.RefusedAsync(() => hall.AsksAsync(accepted.Id, CaseEvents.PauseRequested, new JsonObject { ["reasonCode"] = reason, ["maxWorkingDays"] = days }))).Code);
    }

    [Fact(DisplayName = "停表的时候改难易，不出错；恢复以后按新的难易接着数")]
    public async Task Another_class_while_paused()
    {
        await using var hall = await Hall.OpenAsync(Database.Sqlite, "2026-03-02 09:00");
        var accepted = await hall.AcceptsSimpleAsync();
        await PausedAsync(hall, accepted, 3);
        await hall.DoesAsync("段小禾", accepted.Number, "窗口办理", "转服务站研判", ("why", "窗口定不了。"));
        Assert.Equal(0, (await hall.FlowsLeftAsync()).Incidents);
        var seen = (await hall.CaseAsync(accepted.Number)).Case;
        Assert.Equal((Desk.Deadlines.Difficulty.Complex, ClockState.Paused), (seen.Difficulty, seen.Clock));
    }

    private static async Task PausedAsync(Hall hall, Desk.Intake.AcceptedCase accepted, int days = 10)
    {
        await hall.AsksAsync(accepted.Id, CaseEvents.PauseRequested, new JsonObject { ["reasonCode"] = "SUPPLEMENT", ["maxWorkingDays"] = days });
        await hall.DoesAsync("温敬之", accepted.Number, "站长批中止", "同意中止", ("opinion", "等群众补材料。"));
    }
}
