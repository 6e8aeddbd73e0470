namespace BanBuCheng.Desk.Steps;

/// <summary>打的字 — what stands against a text that somebody typed: it is missing, too long, or has characters that nobody can read and not every database can keep.</summary>
public static class TypedText
{
    /// <param name="whenEmpty">The sentence when there is nothing but blanks; null when it may be left out.</param>
    /// <returns>One Chinese sentence, or null when nothing is wrong.</returns>
    public static string? FaultOf(string? text, string? whenEmpty, int longest)
    {
        var length = text?.Trim().Length ?? 0;
        if (length == 0 && whenEmpty is not null) return whenEmpty;
        return length > longest ? $"写了 {length} 个字，最多 {longest} 个。" : Unreadable(text);
    }

    /// <summary>The same, written down beside its field.</summary>
    public static void Check(IDictionary<string, string> faults, string field, string? text, string? whenEmpty, int longest)
    {
        if (FaultOf(text, whenEmpty, longest) is { } fault) faults[field] = fault;
    }

    /// <summary>PostgreSQL keeps no NUL and neither database half a character: better a sentence here than a breakdown there.</summary>
    public static string? Unreadable(string? text) => text is null ? null
        : text.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t')) ? "里面有看不见的控制符，请删掉再试。"
        : HasHalfCharacter(text) ? "里面有半个字，显示不出来，请删掉重打。" : null;

    private static bool HasHalfCharacter(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1])) return true;
            i++;
        }

        return false;
    }
}
