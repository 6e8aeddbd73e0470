using System.Globalization;

namespace BanBuCheng.Desk.Cases;

/// <summary>
/// 办件编号 — the number a citizen reads aloud: <c>B</c> + yymmdd + four-digit serial of the day + check character, twelve in all
/// (it must fit one SMS segment). Holds no personal data.
/// </summary>
public static class CaseNumber
{
    public const int Length = 12;

    // No I, O, Z, S, B: they are misheard or misread as 1, 0, 2, 5, 8. 23 is prime, so every single wrong digit and every swap of
    // neighbours changes the character (weights 2…11 are distinct and not 0 modulo 23).
    private const string Alphabet = "ACDEFGHJKLMNPQRTUVWXY34";
    public const int MaxSerial = 9999;

    /// <exception cref="ArgumentOutOfRangeException">The serial is not between 1 and 9999.</exception>
    public static string Make(DateOnly day, int serial)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(serial, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(serial, MaxSerial);
        var digits = string.Create(CultureInfo.InvariantCulture, $"{day:yyMMdd}{serial:0000}");
        return $"B{digits}{CheckCharacter(digits)}";
    }

    /// <summary>Cleans what people type (full-width characters, blanks, dashes, lower case); null when it cannot be a case number.</summary>
    public static string? Normalise(string? typed)
    {
        if (string.IsNullOrWhiteSpace(typed) || typed.Length > 60) return null;
        var text = string.Concat(typed.Normalize(System.Text.NormalizationForm.FormKC).Where(char.IsLetterOrDigit)).ToUpperInvariant();
        if (text.Length != Length || text[0] != 'B') return null;
        var digits = text[1..11];
        return digits.All(char.IsAsciiDigit) && CheckCharacter(digits) == text[11] ? text : null;
    }

    private static char CheckCharacter(string digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++) sum += (digits[i] - '0') * (i + 2);
        return Alphabet[sum % Alphabet.Length];
    }
}
