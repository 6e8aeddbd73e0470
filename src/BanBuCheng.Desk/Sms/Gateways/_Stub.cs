namespace BanBuCheng.Desk.Sms.Gateways;
public interface ISmsGateway { string Name { get; } Task<SmsHandOver> SendAsync(SmsMessage message, CancellationToken ct); }
public sealed record SmsMessage(Guid Id, string Phone, string Text);
public abstract record SmsHandOver { private SmsHandOver() {} public sealed record Accepted(string? Reference) : SmsHandOver; public sealed record Refused(string Code) : SmsHandOver; public sealed record TryLater(string Code) : SmsHandOver; }
