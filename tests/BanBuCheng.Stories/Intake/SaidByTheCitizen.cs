using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Intake;
using BanBuCheng.Desk.Sms;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Stories.Given;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace BanBuCheng.Stories.Intake;

/// <summary>群众自己在查询页上说对窗口不满意：督查去查，窗口和服务站看不到，原来的事照样办。</summary>
public sealed class SaidByTheCitizen
{
    private const string Words = "六月五号上午，窗口的人让我等了两个钟头，问了三回都不抬头。";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory(DisplayName = "凭编号和查询码说一句，成了督查的一件：姓名电话照原来的，短信里有新编号，窗口和服务站一处也看不到")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task It_goes_to_the_supervisors(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-06-08 09:00");
        var first = await hall.AcceptsAsync();
        var said = await SaysAsync(hall, first.Id, Words);
        Assert.False(said.WasThere);

        var seen = await hall.CaseAsync(said.Number, "莫清");
        Assert.Equal((CaseAbout.Window, first.Id, Words, "莫清"), (seen.Case.About, seen.Case.RelatedTo, seen.Case.Story, seen.Case.FirstContactName));
        Assert.Equal((await hall.CaseAsync(first.Number)).Case.MaskedPhone, seen.Case.MaskedPhone);
        Assert.True(await hall.HasTaskAsync("莫清", said.Number, "查"));
        Assert.Contains(said.Number, Assert.Single(await hall.MessagesAsync(said.Number)), StringComparison.Ordinal);

        var cipher = hall.Services.GetRequiredService<FieldCipher>();
        foreach (var accused in new[] { "段小禾", "温敬之" })
        {
            await Assert.ThrowsAsync<InvalidOperationException>(() => hall.CaseAsync(said.Number, accused));
            Assert.DoesNotContain(await hall.InboxOfAsync(accused), row => row.CaseNumber == said.Number);
        }

        Assert.DoesNotContain(await hall.ReadAsync(db => MessageList.NewestAsync(db, cipher, null, complaints: false, showCodes: false, Ct)), row => row.CaseNumber == said.Number);
        Assert.Equal(CaseState.Open, (await hall.CaseAsync(first.Number)).Case.State);
    }

    [Theory(DisplayName = "在查的时候再说一遍，还是那一件；说过两回、没写字、工作人员替说，都不收")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task It_cannot_be_said_without_end(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-06-08 09:00");
        var first = await hall.AcceptsAsync();
        await Assert.ThrowsAsync<FormRejectedException>(() => SaysAsync(hall, first.Id, "  "));
        Assert.Equal("intake.complaint-elsewhere", (await HallWork.RefusedAsync(() => hall.DoAsync("莫清", new SayAboutWindow(first.Id, Words)))).Code);

        for (var round = 0; round < 2; round++)
        {
            var said = await SaysAsync(hall, first.Id, Words);
            var again = await SaysAsync(hall, first.Id, "还是那件事。");
            Assert.Equal((said.Number, true), (again.Number, again.WasThere));
            Assert.Equal("intake.said-enough", (await HallWork.RefusedAsync(() => SaysAsync(hall, said.Id, "对这一件也不满意。"))).Code);
            await hall.DoesAsync("莫清", said.Number, "查", "不属实", ("text", "看了录像，等了六分钟。"), ("found", "看了叫号记录和录像。"));
            await hall.DoesAsync("蔡成明", said.Number, "审", "可以答复");
            await hall.ReportsAsync(await hall.MessageAsync(said.Id, "COMPLAINT_ANSWERED"), delivered: true);
            await hall.DoesAsync("安素心", said.Number, "回访", "解决了");
            Assert.Equal(CaseState.Closed, (await hall.CaseAsync(said.Number, "莫清")).Case.State);
        }

        Assert.Equal("intake.said-enough", (await HallWork.RefusedAsync(() => SaysAsync(hall, first.Id, Words))).Code);
    }

    private static Task<AcceptedCase> SaysAsync(Hall hall, CaseId about, string text) => hall.Door.SendAsync(new SayAboutWindow(about, text), Actor.Citizen, Ct);
}
