using System.Text;
using BanBuCheng.Desk.Cases;

namespace BanBuCheng.Desk.Intake;

/// <summary>Check characters of 公民身份号码 (GB 11643-1999) and 统一社会信用代码 (GB 32100-2015).</summary>
public static class IdNumbers
{
    private const string CreditAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    private static readonly int[] CreditWeights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

    /// <summary>What is wrong with a number, in Chinese; null when it is right.</summary>
    public static string? ProblemOf(string typed, ApplicantKind kind)
    {
        var text = typed.Trim().Normalize(NormalizationForm.FormKC).ToUpperInvariant();
        if (text.Length < 18) return $"现在是 {text.Length} 位，还差 {18 - text.Length} 位。";
        if (text.Length > 18) return $"现在是 {Math.Min(text.Length, 999)} 位，多了 {Math.Min(text.Length, 999) - 18} 位。";
        var right = IsCitizenNumber(text) || (kind is not ApplicantKind.Person && IsCreditCode(text));
        return right ? null : "最后一位对不上，请再核一遍。";
    }

    private static bool IsCitizenNumber(string text)
    {
        if (!text[..17].All(char.IsAsciiDigit)) return false;
        var sum = 0;
        for (var i = 0; i < 17; i++) sum += (text[i] - '0') * ((1 << (17 - i)) % 11);
        return "10X98765432"[sum % 11] == text[17];
    }

    private static bool IsCreditCode(string text)
    {
        var sum = 0;
        for (var i = 0; i < 17; i++)
        {
            var value = CreditAlphabet.IndexOf(text[i], StringComparison.Ordinal);
            if (value < 0) return false;
            sum += value * CreditWeights[i];
        }

        return CreditAlphabet[(31 - sum % 31) % 31] == text[17];
    }
}
