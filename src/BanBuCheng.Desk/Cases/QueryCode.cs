using System.Globalization;
using System.Security.Cryptography;
using BanBuCheng.Desk.Steps;

namespace BanBuCheng.Desk.Cases;

/// <summary>查询码 — six random digits per case, known to the citizen; the desk keeps a keyed hash only.</summary>
public static class QueryCode
{
    public static string Draw() => RandomNumberGenerator.GetInt32(0, 1_000_000).ToString("000000", CultureInfo.InvariantCulture);

    public static byte[] Hash(FieldCipher cipher, string caseNumber, string code) => cipher.BlindIndex("query-code", $"{caseNumber}\n{code}");

    /// <summary>Six ASCII digits from what people type; null otherwise.</summary>
    public static string? Normalise(string? typed)
    {
        if (string.IsNullOrWhiteSpace(typed) || typed.Length > 40) return null;
        var text = string.Concat(typed.Normalize(System.Text.NormalizationForm.FormKC).Where(c => !char.IsWhiteSpace(c)));
        return text.Length == 6 && text.All(char.IsAsciiDigit) ? text : null;
    }
}
