namespace BanBuCheng.Desk.Cases;

/// <summary>条款 — the same clause typed twice is one: compared without blanks and punctuation.</summary>
public static class Clauses
{
    public const int KeyLength = 120;

    public static string KeyOf(string clause)
    {
        var key = new string([.. clause.Normalize(System.Text.NormalizationForm.FormKC).Where(char.IsLetterOrDigit)]);
        return key.Length <= KeyLength ? key : key[..KeyLength];
    }
}
