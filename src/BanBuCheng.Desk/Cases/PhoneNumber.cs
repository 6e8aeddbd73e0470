namespace BanBuCheng.Desk.Cases;

/// <summary>
/// 电话 — a Chinese mobile (11 digits, 1…) or a landline with area code (10–12 digits, 0…). Demo and test numbers begin with 100,
/// which no carrier gives out.
/// </summary>
public static class PhoneNumber
{
    /// <summary>Cleans what people type; on failure says in Chinese what is wrong, for the field.</summary>
    public static bool TryParse(string? typed, out string phone, out string problem)
    {
        phone = "";
        problem = "";
        if (string.IsNullOrWhiteSpace(typed))
        {
            problem = "还没写电话。";
            return false;
        }

        var text = string.Concat(typed.Normalize(System.Text.NormalizationForm.FormKC).Where(c => c is not (' ' or '-' or '－' or '(' or ')')));
        if (text.StartsWith("+86", StringComparison.Ordinal)) text = text[3..];
        if (text.Length > 20 || !text.All(char.IsAsciiDigit))
        {
            problem = "电话里只能有数字。";
            return false;
        }

        if (text.StartsWith('0'))
        {
            if (text.Length is < 10 or > 12) problem = $"座机连区号一共 10 到 12 位，现在是 {text.Length} 位。";
        }
        else if (!text.StartsWith('1'))
        {
            problem = "手机号以 1 开头，座机请带上区号。";
        }
        else if (text.Length < 11)
        {
            problem = $"现在是 {text.Length} 位，还差 {11 - text.Length} 位。";
        }
        else if (text.Length > 11)
        {
            problem = $"现在是 {text.Length} 位，多了 {text.Length - 11} 位。";
        }

        if (problem.Length > 0) return false;
        phone = text;
        return true;
    }

    /// <summary>Only mobiles can receive SMS.</summary>
    public static bool IsMobile(string phone) => phone.Length == 11 && phone[0] == '1';

    /// <summary><c>138****5678</c>.</summary>
    public static string Mask(string phone) => phone.Length >= 8 ? $"{phone[..3]}****{phone[^4..]}" : "****";
}
