using System.Globalization;
using System.Text.RegularExpressions;

namespace BanBuCheng.Desk.Deadlines;

/// <summary>
/// 通知里的一句 — read from left to right: dates wait until a verb says what they are. That is how the notices are
/// written (“2月14日（周六）、2月28日（周六）上班”), whatever else differs from year to year.
/// </summary>
internal sealed partial class NoticeSentence(int year, string festival, List<string> warnings)
{
    private const int LongestHoliday = 40;

    private readonly List<DateOnly> pending = [];
    private DateOnly? last;
    private bool rangeOpen;
    private bool moved;
    private bool cancelling;

    public List<DateOnly> Off { get; } = [];

    public List<DateOnly> Worked { get; } = [];

    public List<DateOnly> Cancelled { get; } = [];

    /// <summary>共几天, as the sentence counts itself.</summary>
    public int? Total { get; private set; }

    public NoticeSentence Read(string sentence)
    {
        foreach (Match token in Token().Matches(sentence))
        {
            if (token.Groups["d"].Success) Date(token);
            else if (token.Groups["to"].Success) rangeOpen = last is not null && pending.Count > 0;
            else if (token.Groups["cancel"].Success) cancelling = true;
            else if (token.Groups["total"].Success) Total = int.Parse(token.Groups["total"].Value, CultureInfo.InvariantCulture);
            else if (token.Groups["comma"].Success) EndMove();
            else Verb(token);
        }

        EndMove();
        if (pending.Count > 0 && Mentions(sentence)) warnings.Add($"这一句没有全读懂，请核对：“{sentence}”");
        return this;
    }

    private static bool Mentions(string sentence) => sentence.Contains('休') || sentence.Contains('假') || sentence.Contains("上班");

    private void Verb(Match token)
    {
        if (token.Groups["moved"].Success)
        {
            // “12月29日公休日调至12月31日”: what stands before is given away, what follows is received.
            moved = true;
            pending.Clear();
            return;
        }

        if (token.Groups["from"].Success)
        {
            // “2月3日起正常上班” says when ordinary days begin again; it orders no make-up day.
            pending.Clear();
            return;
        }

        var target = token.Groups["notwork"].Success || (cancelling && token.Groups["work"].Success) ? Cancelled
            : token.Groups["work"].Success ? Worked
            : Off;
        if (target == Cancelled) cancelling = false;
        target.AddRange(pending);
        pending.Clear();
    }

    private void EndMove()
    {
        if (!moved) return;
        moved = false;
        Off.AddRange(pending);
        pending.Clear();
    }

    private void Date(Match token)
    {
        var date = Resolve(token);
        if (date is null)
        {
            warnings.Add($"没有{token.Value}这一天，跳过了。");
            return;
        }

        if (rangeOpen && last is { } from)
        {
            var days = date.Value.DayNumber - from.DayNumber;
            if (days is < 1 or > LongestHoliday) warnings.Add($"“{token.Value}”和前一个日期连不成一段假期，请核对。");
            for (var i = 1; i < days && days <= LongestHoliday; i++) pending.Add(from.AddDays(i));
        }

        rangeOpen = false;
        pending.Add(date.Value);
        last = date;
        CheckWeekday(token, date.Value);
    }

    private DateOnly? Resolve(Match token)
    {
        var day = Number(token, "d") ?? 0;
        var month = Number(token, "m") ?? last?.Month;
        if (month is null) return null;

        if (Number(token, "y") is { } written) return NoticeText.Day(written, month.Value, day);
        if (!token.Groups["m"].Success) return NoticeText.Day(last!.Value.Year, month.Value, day);

        // New Year reaches back into December, and only New Year does.
        var inferred = festival == "元旦" && month >= 11 ? year - 1 : year;
        if (rangeOpen && last is { } from && NoticeText.Day(inferred, month.Value, day) < from) inferred = from.Year + 1;
        return NoticeText.Day(inferred, month.Value, day);
    }

    private void CheckWeekday(Match token, DateOnly date)
    {
        var written = WeekdayWord().Match(token.Groups["note"].Value);
        if (!written.Success) return;
        var word = written.Groups[1].Value == "天" ? "日" : written.Groups[1].Value;
        if ("周" + word != DateWords.Weekday(date))
        {
            warnings.Add($"通知写{date.Year}年{date.Month}月{date.Day}日是周{word}，日历上是{DateWords.Weekday(date)}，请核对原文。");
        }
    }

    private static int? Number(Match token, string group) =>
        token.Groups[group].Success ? int.Parse(token.Groups[group].Value, CultureInfo.InvariantCulture) : null;

    [GeneratedRegex(
        @"(?:(?:(?<y>\d{4})年)?(?<m>\d{1,2})月(?<d>\d{1,2})(?:日|(?=[至到—–~-]))|(?<d>\d{1,2})日)(?:\((?<note>[^)]*)\))?"
        + @"|(?<total>\d{1,2})天|(?<comma>,)|(?<to>至|到|[—–~-]+)"
        + "|(?<moved>公休日?(?:分别)?(?:调至|调到|调休至)|(?:分别)?(?:调整至|调整到|调至|调到)|(?:假期|放假)(?:时间|日期|安排)?(?:调整|变更|改)为)"
        + "|(?<from>起(?:正常|恢复|照常)?(?:上班|工作|办公))"
        + "|(?<notwork>(?:不再|不用|无需|不)(?:作为|安排)?(?:调休|补休)?(?:上班|补班|工作日|上班日)|的?(?:调休)?上班(?:安排)?(?:相应|予以)?(?:取消|(?:调整|改)为(?:休息日?|放假)))"
        + "|(?<cancel>取消)"
        + "|(?<work>(?:调休|补休|正常|照常)?(?:上班|补班))"
        + "|(?<off>放假|调休|补休|休息|公休|休假|法定节假日|法定假日)")]
    private static partial Regex Token();

    [GeneratedRegex("(?:星期|周)([一二三四五六日天])")]
    private static partial Regex WeekdayWord();
}
