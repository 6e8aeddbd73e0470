using System.Globalization;
using System.Text;

namespace BanBuCheng.Desk.Intake;

/// <summary>How alike two short Chinese texts are: shared pairs of neighbouring characters (Dice), 0 to 1. No dictionary, no order of words.</summary>
public static class Likeness
{
    public static double Of(string one, string other)
    {
        var (a, b) = (Pairs(one), Pairs(other));
        if (a.Count == 0 || b.Count == 0) return 0;
        return 2.0 * a.Count(b.Contains) / (a.Count + b.Count);
    }

    private static HashSet<(char, char)> Pairs(string text)
    {
        var letters = text.Normalize(NormalizationForm.FormKC).ToLower(CultureInfo.InvariantCulture).Where(char.IsLetterOrDigit).ToList();
        var pairs = new HashSet<(char, char)>();
        if (letters.Count == 1) pairs.Add((letters[0], ' '));
        for (var i = 1; i < letters.Count; i++) pairs.Add((letters[i - 1], letters[i]));
        return pairs;
    }
}
