using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Notices;
using BanBuCheng.Desk.Sms;
using BanBuCheng.Desk.Sms.Gateways;
using BanBuCheng.Stories.Given;
using Xunit;

namespace BanBuCheng.Stories.Notices;

/// <summary>答复不是发出去就算，告诉到了才算。</summary>
public sealed class ReplyArrives
{
    [Theory(DisplayName = "运营商收了短信不算送达；报告说送到了，答复才算，时限才停")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task Only_the_report_delivers(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var accepted = await hall.AnswersSimpleAsync();

        await hall.ItIsAsync("2026-03-02 09:30");
        var handedOver = await hall.MessageAsync(accepted.Id, "RESOLVED");
        Assert.Equal(SmsState.HandedOver, handedOver.State);
        Assert.Equal((ClockState.Running, true), await ClockAsync(hall, accepted.Number));

        await hall.ReportsAsync(handedOver, delivered: true);
        var told = await hall.CaseAsync(accepted.Number);
        Assert.Equal((ClockState.Stopped, false, CaseOutcome.Resolved), (told.Case.Clock, told.Case.ReplyOwed, told.Case.Outcome));
        Assert.Equal(DeliveryWay.SmsReport, Assert.Single(told.Notices).DeliveredBy);
        Assert.True(await hall.HasTaskAsync("安素心", accepted.Number, "回访"));

        // 迟到的、重复的、反着来的报告什么也不改
        await hall.ReportsAsync(handedOver, delivered: true);
        await hall.ReportsAsync(handedOver, delivered: false);
        Assert.Equal(1, await hall.JournalledAsync(accepted.Id, JournalKinds.NoticeDelivered));
        Assert.Equal(SmsState.Delivered, (await hall.MessageAsync(accepted.Id, "RESOLVED")).State);
        await hall.ItIsAsync("2026-03-02 17:00");
        Assert.False(await hall.HasTaskAsync("段小禾", accepted.Number, "打电话"));
    }

    [Theory(DisplayName = "短信没送到：大厅开门两小时后（中午不算）有人打电话，打通了才算答复")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task A_failed_report_becomes_a_call(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 11:30");
        var accepted = await hall.AnswersSimpleAsync();
        await hall.ReportsAsync(await hall.MessageAsync(accepted.Id, "RESOLVED"), delivered: false);

        await hall.ItIsAsync("2026-03-02 14:29");
        Assert.False(await hall.HasTaskAsync("段小禾", accepted.Number, "打电话"));
        await hall.ItIsAsync("2026-03-02 14:30");
        Assert.True(await hall.HasTaskAsync("段小禾", accepted.Number, "打电话把答复告诉群众"));
        Assert.Equal((ClockState.Running, true), await ClockAsync(hall, accepted.Number));

        await hall.DoesAsync("段小禾", accepted.Number, "打电话", NoticeDesk.Told, ("way", "Phone"), ("note", "本人接的，知道了。"));
        var told = await hall.CaseAsync(accepted.Number);
        Assert.Equal((ClockState.Stopped, CaseOutcome.Resolved), (told.Case.Clock, told.Case.Outcome));
        var notice = Assert.Single(told.Notices);
        Assert.Equal((DeliveryWay.Phone, "段小禾", "本人接的，知道了。"), (notice.DeliveredBy, notice.DeliveredByName, notice.DeliveryNote));
    }

    [Theory(DisplayName = "电话里说过了，短信报告才到：不算第二回")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task A_report_after_the_call_changes_nothing(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var accepted = await hall.AnswersSimpleAsync();
        await hall.ItIsAsync("2026-03-02 11:00");
        await hall.DoesAsync("段小禾", accepted.Number, "打电话", NoticeDesk.Told, ("way", "FaceToFace"), ("note", "当面说的。"));

        await hall.ItIsAsync("2026-03-02 11:20");
        await hall.ReportsAsync(await hall.MessageAsync(accepted.Id, "RESOLVED"), delivered: true);

        var told = await hall.CaseAsync(accepted.Number);
        Assert.Equal(DeliveryWay.FaceToFace, Assert.Single(told.Notices).DeliveredBy);
        Assert.Equal(Hall.Local("2026-03-02 11:00"), told.Case.RepliedAt);
        Assert.Equal(1, await hall.JournalledAsync(accepted.Id, JournalKinds.NoticeDelivered));
        Assert.Single(await hall.InboxOfAsync("安素心"));
    }

    [Fact(DisplayName = "报告先到，打电话的任务就收回来")]
    public async Task A_report_takes_the_call_back()
    {
        await using var hall = await Hall.OpenAsync(Database.Sqlite, "2026-03-02 09:00");
        var accepted = await hall.AnswersSimpleAsync();
        await hall.ItIsAsync("2026-03-02 11:00");
        var call = (await hall.TaskAsync("段小禾", accepted.Number, "打电话")).TaskId;

        await hall.ReportsAsync(await hall.MessageAsync(accepted.Id, "RESOLVED"), delivered: true);

        Assert.False(await hall.HasTaskAsync("段小禾", accepted.Number, "打电话"));
        var late = await HallWork.RefusedAsync(() => hall.DoAsync("段小禾", HallWork.Completing(call, NoticeDesk.Told, ("way", "Phone"), ("note", "说过了"))));
        Assert.Equal("task.withdrawn", late.Code);
    }

    [Fact(DisplayName = "留的是座机：收不到短信，马上有人打电话")]
    public async Task A_landline_is_called_at_once()
    {
        await using var hall = await Hall.OpenAsync(Database.Sqlite, "2026-03-02 09:00");
        var accepted = await hall.AnswersSimpleAsync("0874-8800134");

        Assert.Empty(await hall.MessagesAsync(accepted.Number));
        Assert.True(await hall.HasTaskAsync("段小禾", accepted.Number, "打电话把答复告诉群众"));
        Assert.Equal(ClockState.Running, (await hall.CaseAsync(accepted.Number)).Case.Clock);
    }

    [Theory(DisplayName = "送到的、没送到的报告和网关的回话挤在同一刻：送到了就是送到了，只记一回")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task Delivered_is_final_whatever_comes_with_it(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        for (var n = 0; n < 6; n++)
        {
            var accepted = await hall.AnswersSimpleAsync($"1001234560{n}");
            var sms = await hall.MessageAsync(accepted.Id, "RESOLVED");
            Assert.All(await AtOnce.DoAsync(() => hall.ReportsAsync(sms, delivered: true), () => hall.ReportsAsync(sms, delivered: false), () => hall.ReportsAsync(sms, delivered: true),
                () => hall.Door.SendAsync(new RecordHandOver(sms.Id, new SmsHandOver.Accepted("7"), 5), Desk.Steps.Actor.Clock, TestContext.Current.CancellationToken)), Assert.Null);
            Assert.Equal(SmsState.Delivered, (await hall.MessageAsync(accepted.Id, "RESOLVED")).State);
            Assert.Equal((1, 1), (await hall.JournalledAsync(accepted.Id, JournalKinds.SmsDelivered), await hall.JournalledAsync(accepted.Id, JournalKinds.NoticeDelivered)));
        }
    }

    [Fact(DisplayName = "没什么要告诉的，就没有“已告知”")]
    public async Task Nothing_to_tell_is_refused()
    {
        await using var hall = await Hall.OpenAsync(Database.Sqlite, "2026-03-02 09:00");
        var accepted = await hall.AcceptsAsync();
        Assert.Equal("notice.nothing-to-tell", (await HallWork.RefusedAsync(() => hall.DoAsync("段小禾", new RecordTelling(accepted.Id, DeliveryWay.Phone, "打过了")))).Code);
        Assert.True((await hall.CaseAsync(accepted.Number)).Case.ReplyOwed);
    }

    private static async Task<(ClockState, bool)> ClockAsync(Hall hall, string number)
    {
        var seen = (await hall.CaseAsync(number)).Case;
        return (seen.Clock, seen.ReplyOwed);
    }
}
