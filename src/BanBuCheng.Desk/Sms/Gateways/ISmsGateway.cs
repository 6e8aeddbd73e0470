namespace BanBuCheng.Desk.Sms.Gateways;

/// <summary>短信网关 — hands one message to a carrier. Handing over is not delivery: only a report says that.</summary>
public interface ISmsGateway
{
    /// <summary>The word that chooses it in the configuration.</summary>
    string Name { get; }

    /// <summary>Called again for the same message after a crash or a <see cref="SmsHandOver.TryLater"/>; never throws for a carrier's trouble.</summary>
    Task<SmsHandOver> SendAsync(SmsMessage message, CancellationToken ct);
}
