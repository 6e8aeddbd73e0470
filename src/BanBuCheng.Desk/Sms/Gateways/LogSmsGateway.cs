using Microsoft.Extensions.Logging;

namespace BanBuCheng.Desk.Sms.Gateways;

/// <summary>日志网关 — the default: writes down that there was a message. It reports no delivery, because nothing was delivered.</summary>
public sealed partial class LogSmsGateway(ILogger<LogSmsGateway> log) : ISmsGateway
{
    public const string GatewayName = "Log";

    public string Name => GatewayName;

    public Task<SmsHandOver> SendAsync(SmsMessage message, CancellationToken ct)
    {
        NotSent(log, message.Id);
        return Task.FromResult<SmsHandOver>(new SmsHandOver.Accepted(null));
    }

    [LoggerMessage(EventId = 7001, Level = LogLevel.Information, Message = "SMS {Id} was given to the log gateway, which sends nothing")]
    private static partial void NotSent(ILogger log, Guid id);
}
