using System.ComponentModel.DataAnnotations;

namespace BanBuCheng.Desk.Sms.Gateways;

/// <summary>Where the Kannel smsbox listens and where its reports come back. The password belongs into the environment (<c>Sms__Kannel__Password</c>).</summary>
public sealed class KannelOptions
{
    /// <summary>The whole sendsms address.</summary>
    [Required, Url]
    public string SendUrl { get; init; } = "http://127.0.0.1:13013/cgi-bin/sendsms";

    [Required]
    public string Username { get; init; } = "desk";

    public string Password { get; init; } = "";

    /// <summary>Our own address as Kannel sees it, without a query.</summary>
    [Required, Url, RegularExpression("^[^?#]*$")]
    public string ReportUrl { get; init; } = "http://127.0.0.1:5000/sms/report";

    [Range(1, 60)]
    public int TimeoutSeconds { get; init; } = 10;
}
