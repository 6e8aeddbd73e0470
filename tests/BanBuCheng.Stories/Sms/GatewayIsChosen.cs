using BanBuCheng.Desk.Sms.Gateways;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Xunit;

namespace BanBuCheng.Stories.Sms;

/// <summary>One word in the configuration chooses the gateway; what it needs is checked at the start.</summary>
public sealed class GatewayIsChosen
{
    [Fact]
    public async Task Without_a_word_nothing_is_sent_and_the_log_has_the_id_alone()
    {
        var lines = new Lines();
        await using var services = Services([], lines);
        var message = new SmsMessage(Guid.CreateVersion7(), "10000001234", "您的事项已受理");

        var gateway = services.GetRequiredService<ISmsGateway>();
        Assert.Equal(LogSmsGateway.GatewayName, gateway.Name);
        Assert.Equal(new SmsHandOver.Accepted(null), await gateway.SendAsync(message, TestContext.Current.CancellationToken));

        var line = Assert.Single(lines.All);
        Assert.Contains(message.Id.ToString(), line, StringComparison.Ordinal);
        Assert.DoesNotContain(message.Phone, line + message, StringComparison.Ordinal);
        Assert.DoesNotContain(message.Text, line + message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Kannel_is_used_when_named()
    {
        await using var services = Services([new("Sms:Gateway", "Kannel"), new("Sms:Kannel:Password", "x")]);
        Assert.Equal(KannelSmsGateway.GatewayName, services.GetRequiredService<ISmsGateway>().Name);
    }

    [Theory]
    [InlineData("Sms:Gateway", "Pigeon")]
    [InlineData("Sms:Kannel:Password", "")]
    [InlineData("Sms:Kannel:SendUrl", "kannel")]
    [InlineData("Sms:Kannel:ReportUrl", "http://127.0.0.1/sms/report?x=1")]
    [InlineData("Sms:Kannel:TimeoutSeconds", "0")]
    public async Task What_cannot_work_is_refused_at_the_start(string key, string value)
    {
        await using var services = Services([new("Sms:Gateway", "Kannel"), new("Sms:Kannel:Password", "x"), new(key, value)]);
        Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IOptions<SmsOptions>>().Value);
    }

    private static ServiceProvider Services(KeyValuePair<string, string?>[] settings, ILoggerProvider? lines = null) => new ServiceCollection()
        .AddLogging(log => { if (lines is not null) log.AddProvider(lines); })
        .AddSingleton(new SmsReportSeal(System.Text.Encoding.UTF8.GetBytes))
        .AddSmsGateway(new ConfigurationBuilder().AddInMemoryCollection(settings.GroupBy(s => s.Key).Select(g => g.Last())).Build())
        .BuildServiceProvider();

    private sealed class Lines : ILoggerProvider, ILogger
    {
        public List<string> All { get; } = [];
        public ILogger CreateLogger(string categoryName) => this;
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;
        public bool IsEnabled(LogLevel logLevel) => true;
        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            All.Add(formatter(state, exception));
        public void Dispose() { }
    }
}
