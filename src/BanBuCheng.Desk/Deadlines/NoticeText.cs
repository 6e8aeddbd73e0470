using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace BanBuCheng.Desk.Deadlines;

/// <summary>通知正文 — a notice as published, put into one form: half-width signs, no spaces, cut into sentences.</summary>
internal sealed partial class NoticeText
{
    public static readonly string[] Festivals = ["元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节"];

    private NoticeText(string header, string body)
    {
        Header = header;
        Body = body;
    }

    /// <summary>Title and number, with whatever a web page puts before them.</summary>
    public string Header { get; }

    /// <summary>What is ordered, from the salutation on.</summary>
    public string Body { get; }

    public IEnumerable<string> Sentences => Body.Split(['。', ';', '\n'], StringSplitOptions.RemoveEmptyEntries);

    public string Number => NumberPattern().Match(Header) is { Success: true } found ? found.Value : "";

    public string Title => TitlePattern().Matches(Header) is { Count: > 0 } found ? found[^1].Value : "";

    /// <summary>The date under the signature; on a bare page, the date of issue it states.</summary>
    public DateOnly? SignedOn => Date(SignaturePattern().Matches(Body)) ?? Date(IssuedPattern().Matches(Header));

    public static NoticeText From(string text)
    {
        var plain = Plain(text);
        var salutation = SalutationPattern().Match(plain);
        if (salutation.Success) return new(plain[..salutation.Index], plain[(salutation.Index + salutation.Length)..]);

        var title = TitlePattern().Match(plain);
        var end = title.Success ? title.Index + title.Length : 0;
        return new(plain[..end], plain[end..]);
    }

    private static string Plain(string text)
    {
        var halved = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (c == '\n') halved.Append('\n');
            // The full-width block runs parallel to ASCII: （１：， become (1:,
            else if (c is >= '！' and <= '～') halved.Append((char)(c - '！' + '!'));
            else if (!char.IsWhiteSpace(c) && char.GetUnicodeCategory(c) is not (UnicodeCategory.Format or UnicodeCategory.Control)) halved.Append(c);
        }

        // A line may be broken anywhere; only an item's own mark begins something new, even where the full stop is missing.
        var marked = ItemStart().Replace(halved.ToString(), "。");
        return marked.Replace("\n", "", StringComparison.Ordinal);
    }

    private static DateOnly? Date(MatchCollection found)
    {
        if (found.Count == 0) return null;
        var groups = found[^1].Groups;
        return Day(Number(groups[1]), Number(groups[2]), Number(groups[3]));

        static int Number(Group group) => int.Parse(group.Value, CultureInfo.InvariantCulture);
    }

    public static DateOnly? Day(int year, int month, int day) =>
        year is >= 1949 and <= 2199 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            ? new DateOnly(year, month, day)
            : null;

    [GeneratedRegex(@"\n(?=[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\)|——|\d+[.、])")]
    private static partial Regex ItemStart();

    [GeneratedRegex(@"各省、自治区、直辖市[^:。]*:")]
    private static partial Regex SalutationPattern();

    [GeneratedRegex(@"国务院(?:办公厅)?关于[^。:]*?的通知")]
    private static partial Regex TitlePattern();

    [GeneratedRegex(@"国(?:办)?发(?:明电)?[〔\[(]\d{4}[〕\])]\d+号")]
    private static partial Regex NumberPattern();

    [GeneratedRegex(@"国务院(?:办公厅)?(\d{4})年(\d{1,2})月(\d{1,2})日")]
    private static partial Regex SignaturePattern();

    [GeneratedRegex(@"(?:成文|发布)日期:?(\d{4})年(\d{1,2})月(\d{1,2})日")]
    private static partial Regex IssuedPattern();
}
