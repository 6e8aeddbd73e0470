namespace BanBuCheng.Desk.Sms.Gateways;

/// <summary>One text to one phone.</summary>
/// <param name="Id">Stays the same over every attempt, so that a gateway which can will send it once.</param>
public sealed record SmsMessage(Guid Id, string Phone, string Text)
{
    /// <summary>The id alone: phone and text must never reach a log, and a record would print them.</summary>
    public override string ToString() => $"sms {Id:D}";
}
