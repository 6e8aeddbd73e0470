using System.Security.Cryptography;
using System.Text;

namespace BanBuCheng.Web.Texts;

/// <summary>报修号 — six characters that can be read out on the telephone ("7K3 M92"); no 0/O, 1/I/L, U/V. The log has the same.</summary>
internal static class TroubleReference
{
    private const string Alphabet = "23456789ABCDEFGHJKMNPQRSTWXYZ";

    public static string For(string traceId)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(traceId));
        var text = string.Create(7, hash, static (span, bytes) =>
        {
            for (var i = 0; i < span.Length; i++) span[i] = i == 3 ? ' ' : Alphabet[bytes[i] % Alphabet.Length];
        });
        return text;
    }
}
