using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace BanBuCheng.Desk.Sms.Gateways;

/// <summary>Which gateway carries the messages.</summary>
public sealed class SmsOptions
{
    public const string Section = "Sms";

    /// <summary><c>Log</c> sends nothing; <c>Kannel</c> goes through an SMS gateway of that make.</summary>
    [Required, RegularExpression("^(Log|Kannel)$")]
    public string Gateway { get; init; } = LogSmsGateway.GatewayName;

    [ValidateObjectMembers]
    public KannelOptions Kannel { get; init; } = new();
}
