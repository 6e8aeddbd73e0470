using BanBuCheng.Desk.Sms.Gateways;
using BanBuCheng.Stories.Given.Infrastructure;
using Microsoft.Extensions.Options;
using Xunit;

namespace BanBuCheng.Stories.Sms;

/// <summary>Messages through a real Kannel: what the gateway says, what the carrier gets, which reports come back.</summary>
public sealed class ThroughKannel
{
    private const string Text = "【青屏区政务服务】您的事项已受理，编号B2611230001，3日内答复。";
    private static readonly SmsReportSeal Seal = new(text => System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes("test" + text)));

    [Fact]
    public async Task A_message_is_accepted_and_its_delivery_comes_back_signed()
    {
        await using var kannel = await KannelServer.StartAsync();
        await using var desk = await ReportDesk.StartAsync(Seal);
        var message = Message(Text);

        var said = await Gateway(kannel, desk).SendAsync(message, TestContext.Current.CancellationToken);

        Assert.IsType<SmsHandOver.Accepted>(said);
        await desk.HearsAsync(message.Id, SmsProgress.Delivered);
    }

    [Fact]
    public async Task While_the_carrier_is_away_messages_are_kept_and_delivered_when_it_returns()
    {
        await using var kannel = await KannelServer.StartAsync(smscIsThere: false);
        await using var desk = await ReportDesk.StartAsync(Seal);
        var message = Message(Text);

        var said = await Gateway(kannel, desk).SendAsync(message, TestContext.Current.CancellationToken);
        Assert.IsType<SmsHandOver.Accepted>(said);
        Assert.Empty(desk.Reports);

        await kannel.SmscComesAsync();
        await desk.HearsAsync(message.Id, SmsProgress.Delivered);
    }

    [Fact]
    public async Task A_wrong_password_gives_no_message_up()
    {
        await using var kannel = await KannelServer.StartAsync();
        await using var desk = await ReportDesk.StartAsync(Seal);

        var said = await Gateway(kannel, desk, password: "wrong").SendAsync(Message(Text), TestContext.Current.CancellationToken);

        Assert.Equal(new SmsHandOver.TryLater("kannel.not-authorised"), said);
    }

    [Fact]
    public async Task What_Kannel_calls_malformed_is_refused_for_good()
    {
        await using var kannel = await KannelServer.StartAsync();
        await using var desk = await ReportDesk.StartAsync(Seal);

        var said = await Gateway(kannel, desk).SendAsync(Message(Text) with { Phone = "abc" }, TestContext.Current.CancellationToken);

        Assert.Equal(new SmsHandOver.Refused("kannel.bad-request"), said);
    }

    [Fact]
    public async Task A_long_Chinese_text_reaches_the_carrier_whole_and_is_reported_delivered()
    {
        await using var carrier = await HttpCarrier.StartAsync();
        await using var kannel = await KannelServer.StartAsync(carrier);
        await using var desk = await ReportDesk.StartAsync(Seal);
        var message = Message(Text + string.Concat(Enumerable.Repeat("没办成的事，我们接着办。", 6)));

        await Gateway(kannel, desk).SendAsync(message, TestContext.Current.CancellationToken);
        await desk.HearsAsync(message.Id, SmsProgress.WithCarrier);
        Assert.DoesNotContain(desk.Reports, r => r.Progress == SmsProgress.Delivered);
        foreach (var part in carrier.Submitted) await carrier.ReportAsync(part, 1);

        await desk.HearsAsync(message.Id, SmsProgress.Delivered);
        Assert.Equal(message.Text, string.Concat(carrier.Submitted.OrderBy(part => part.Part).Select(part => part.Text)));
        Assert.All(carrier.Submitted, part => Assert.Equal(message.Phone, part.To));
    }

    [Fact]
    public async Task What_the_carrier_rejects_is_reported_failed()
    {
        await using var carrier = await HttpCarrier.StartAsync();
        carrier.Answer = _ => "reject";
        await using var kannel = await KannelServer.StartAsync(carrier);
        await using var desk = await ReportDesk.StartAsync(Seal);
        var message = Message(Text);

        Assert.IsType<SmsHandOver.Accepted>(await Gateway(kannel, desk).SendAsync(message, TestContext.Current.CancellationToken));
        await desk.HearsAsync(message.Id, SmsProgress.Failed);

        Assert.Equal("kannel.rejected", desk.Reports.Single(r => r.Progress == SmsProgress.Failed).Code);
    }

    [Fact]
    public async Task A_phone_that_never_gets_it_is_reported_failed_later()
    {
        await using var carrier = await HttpCarrier.StartAsync();
        await using var kannel = await KannelServer.StartAsync(carrier);
        await using var desk = await ReportDesk.StartAsync(Seal);
        var message = Message(Text);

        await Gateway(kannel, desk).SendAsync(message, TestContext.Current.CancellationToken);
        await desk.HearsAsync(message.Id, SmsProgress.WithCarrier);
        await carrier.ReportAsync(carrier.Submitted.Single(), 2);

        await desk.HearsAsync(message.Id, SmsProgress.Failed);
    }

    [Fact]
    public async Task What_the_carrier_puts_off_is_submitted_again_by_Kannel()
    {
        await using var carrier = await HttpCarrier.StartAsync();
        carrier.Answer = _ => carrier.Submitted.Count == 1 ? "retry" : "ok";
        await using var kannel = await KannelServer.StartAsync(carrier);
        await using var desk = await ReportDesk.StartAsync(Seal);
        var message = Message(Text);

        await Gateway(kannel, desk).SendAsync(message, TestContext.Current.CancellationToken);

        await desk.HearsAsync(message.Id, SmsProgress.WithCarrier);
        Assert.Equal(2, carrier.Submitted.Count);
        Assert.All(carrier.Submitted, part => Assert.Equal(Text, part.Text));
    }

    [Fact]
    public async Task Without_Kannel_the_message_waits()
    {
        var gateway = new KannelSmsGateway(new HttpClient(), Options.Create(new SmsOptions
        {
            Kannel = new KannelOptions { SendUrl = $"http://127.0.0.1:{LoopbackPort.Free(1)[0]}/cgi-bin/sendsms", Password = "x" },
        }), Seal);

        Assert.Equal(new SmsHandOver.TryLater("kannel.unreachable"), await gateway.SendAsync(Message(Text), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_Kannel_that_does_not_answer_is_tried_later()
    {
        var never = new TaskCompletionSource();
        await using var silent = await LoopbackListener.StartAsync(context => never.Task.WaitAsync(context.RequestAborted));
        var gateway = new KannelSmsGateway(new HttpClient(), Options.Create(new SmsOptions
        {
            Kannel = new KannelOptions { SendUrl = silent.Address.ToString(), Password = "x", TimeoutSeconds = 1 },
        }), Seal);

        Assert.Equal(new SmsHandOver.TryLater("kannel.timeout"), await gateway.SendAsync(Message(Text), TestContext.Current.CancellationToken));
    }

    private static SmsMessage Message(string text) => new(Guid.CreateVersion7(), "10000001234", text);

    private static KannelSmsGateway Gateway(KannelServer kannel, ReportDesk desk, string? password = null) => new(new HttpClient(), Options.Create(new SmsOptions
    {
        Gateway = KannelSmsGateway.GatewayName,
        Kannel = new KannelOptions
        {
            SendUrl = kannel.SendUrl.ToString(),
            Username = kannel.Username,
            Password = password ?? kannel.Password,
            ReportUrl = desk.Address.ToString(),
        },
    }), Seal);
}
