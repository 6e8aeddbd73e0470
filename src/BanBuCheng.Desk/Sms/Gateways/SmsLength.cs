namespace BanBuCheng.Desk.Sms.Gateways;

/// <summary>短信长度 — how many segments a Chinese text is paid for: 70 UCS-2 units alone, 67 each when it is cut (the header takes three).</summary>
/// <param name="Units">UCS-2 units; an emoji takes two.</param>
public readonly record struct SmsLength(int Units, int Segments)
{
    public const int Alone = 70;
    public const int Cut = 67;

    public static SmsLength Of(string text)
    {
        if (text.Length <= Alone) return new SmsLength(text.Length, text.Length == 0 ? 0 : 1);

        // A surrogate pair is never torn apart, so a segment may stay one unit short.
        var (segments, used) = (1, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            if (used + rune.Utf16SequenceLength > Cut) (segments, used) = (segments + 1, 0);
            used += rune.Utf16SequenceLength;
        }

        return new SmsLength(text.Length, segments);
    }
}
