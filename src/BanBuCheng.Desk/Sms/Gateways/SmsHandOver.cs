namespace BanBuCheng.Desk.Sms.Gateways;

/// <summary>What the gateway said when a message was handed over.</summary>
public abstract record SmsHandOver
{
    private SmsHandOver() { }

    /// <summary>The gateway has it now. Not delivered yet.</summary>
    /// <param name="Reference">The gateway's own number for it, where it gives one.</param>
    public sealed record Accepted(string? Reference) : SmsHandOver;

    /// <summary>This message will never be taken: somebody has to telephone.</summary>
    public sealed record Refused(string Code) : SmsHandOver;

    /// <summary>Not now: away, overloaded, or our own configuration is wrong and will be mended.</summary>
    public sealed record TryLater(string Code) : SmsHandOver;
}
