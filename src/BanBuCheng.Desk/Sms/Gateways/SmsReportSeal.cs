using System.Security.Cryptography;
using System.Text;

namespace BanBuCheng.Desk.Sms.Gateways;

/// <summary>
/// Signs the address to which a delivery report comes back. A report ends the duty to reply, so whoever merely knows a message id must
/// not be able to make one.
/// </summary>
/// <param name="keyedDigest">A keyed digest that every node computes alike, such as the field cipher's blind index.</param>
public sealed class SmsReportSeal(Func<string, byte[]> keyedDigest)
{
    public string For(Guid id) => Convert.ToHexStringLower(keyedDigest($"sms-report {id:N}"));

    public bool Fits(Guid id, string? token) =>
        token is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(For(id)));
}
