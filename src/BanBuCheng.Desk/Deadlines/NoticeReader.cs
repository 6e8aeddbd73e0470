using System.Globalization;
using System.Text.RegularExpressions;

namespace BanBuCheng.Desk.Deadlines;

/// <summary>读放假通知 — turns the State Council's text into a <see cref="HolidayNotice"/>, and says where it is not sure.</summary>
internal sealed partial class NoticeReader
{
    private readonly NoticeText text;
    private readonly NoticeKind kind;
    private readonly int year;
    private readonly DateOnly? signedOn;
    private readonly WorkingCalendar calendar;
    private readonly List<string> warnings = [];
    private readonly Dictionary<DateOnly, string> off = [];
    private readonly Dictionary<DateOnly, string> worked = [];
    private readonly SortedSet<DateOnly> cancelled = [];
    private readonly HashSet<string> named = [];

    private NoticeReader(NoticeText text, WorkingCalendar calendar)
    {
        this.text = text;
        kind = KindOf(text.Title.Length > 0 ? text.Title : text.Header + text.Body);
        signedOn = text.SignedOn;
        year = YearOf(text) ?? signedOn?.Year ?? throw new UnreadableNoticeException("没找到这份通知管哪一年。请粘贴通知全文，标题也要。");
        this.calendar = InForce(calendar);
    }

    public static HolidayNotice Read(string text, WorkingCalendar calendar)
    {
        if (string.IsNullOrWhiteSpace(text)) throw new UnreadableNoticeException("文件是空的。");
        return new NoticeReader(NoticeText.From(text), calendar).Read();
    }

    private HolidayNotice Read()
    {
        // Until an item says otherwise, a change is about the festival in its title; a yearly notice is about none.
        var festival = kind == NoticeKind.Change ? TitleFestival() : null;
        foreach (var raw in text.Sentences)
        {
            var sentence = Introduction().Replace(ItemMark().Replace(raw, ""), "");
            var heading = Heading().Match(sentence);
            if (heading.Success)
            {
                festival = heading.Groups[1].Value;
                sentence = sentence[heading.Length..];
                foreach (var name in FestivalsIn(festival)) named.Add(name);
            }

            if (festival is not null) Sentence(sentence, festival);
        }

        if (off.Count + worked.Count + cancelled.Count == 0)
        {
            throw new UnreadableNoticeException("这不像国务院的放假通知：没有找到放假或者上班的日期。");
        }

        var lost = kind == NoticeKind.Change ? CompareWithInForce(festival) : [];
        Doubts();
        return new HolidayNotice
        {
            Number = text.Number,
            Title = text.Title,
            Kind = kind,
            Year = year,
            KnownOn = signedOn ?? DateOnly.MinValue,
            Holidays = [.. off.OrderBy(day => day.Key).Select(day => new FestivalDay(day.Key, day.Value))],
            MakeUpWorkdays = [.. worked.OrderBy(day => day.Key).Select(day => new FestivalDay(day.Key, day.Value))],
            CancelledMakeUpWorkdays = [.. cancelled],
            CancelledHolidays = lost,
            Warnings = warnings,
        };
    }

    private void Sentence(string sentence, string festival)
    {
        if (sentence.Contains("鼓励", StringComparison.Ordinal))
        {
            // 2024 urged employers to let people rest on New Year's Eve; it did not give the day off.
            if (DateInside().IsMatch(sentence)) warnings.Add($"“{sentence}”只是鼓励，不是放假，没有计入。");
            return;
        }

        var prolonged = Prolonged().Match(sentence);
        if (prolonged.Success)
        {
            Prolong(prolonged, festival);
            sentence = sentence[(prolonged.Index + prolonged.Length)..];
        }

        // What follows the signature is its date, not a holiday.
        if (sentence.StartsWith("国务院", StringComparison.Ordinal)) return;
        var read = new NoticeSentence(year, FestivalsIn(festival).FirstOrDefault() ?? festival, warnings).Read(sentence);
        foreach (var day in read.Off) off[day] = FestivalOf(day, festival);
        foreach (var day in read.Worked) worked[day] = FestivalOf(day, festival);
        cancelled.UnionWith(read.Cancelled);

        var distinct = read.Off.Distinct().Count();
        if (read.Total is { } total && distinct > 0 && total != distinct && !sentence.Contains("连休", StringComparison.Ordinal) && kind == NoticeKind.Annual)
        {
            warnings.Add($"{festival}写共{total}天，读出来是{distinct}天，请核对。");
        }
    }

    /// <summary>“延长春节假期至2月2日”: from the day after the last day off in force up to the day named.</summary>
    private void Prolong(Match words, string festival)
    {
        var name = FestivalsIn(words.Groups["what"].Value).FirstOrDefault() ?? festival;
        var until = new NoticeSentence(year, name, warnings).Read(words.Groups["until"].Value + "放假").Off.LastOrDefault();
        if (until == default) return;

        var end = calendar.NamedDays
            .Where(day => day.Kind == DayKind.Holiday && day.Festival == name && day.Date < until && until.DayNumber - day.Date.DayNumber <= 60)
            .Select(day => (DateOnly?)day.Date)
            .LastOrDefault();
        if (end is null)
        {
            warnings.Add($"日历里没有{year}年{name}原来的假期，只把{until.Month}月{until.Day}日当天算作放假，请先导入全年的通知。");
            end = until.AddDays(-1);
        }

        for (var day = end.Value.AddDays(1); day <= until; day = day.AddDays(1)) off[day] = name;
    }

    /// <summary>What a change takes back without saying so: make-up days that are off now, and days of the festival it leaves out.</summary>
    private DateOnly[] CompareWithInForce(string? festival)
    {
        if (!calendar.HasNotice(year)) warnings.Add($"{year}年的全年通知还没导入，这份改动没有东西可以对照。");
        foreach (var day in off.Keys.Where(day => calendar.Day(day).Kind == DayKind.MakeUpWorkday)) cancelled.Add(day);
        foreach (var day in cancelled.Where(day => calendar.Day(day).Kind != DayKind.MakeUpWorkday))
        {
            warnings.Add($"{day.Month}月{day.Day}日本来就不是调休上班的日子，取消它没有作用。");
        }

        if (!text.Title.Contains("调整", StringComparison.Ordinal) || off.Count == 0) return [];
        var restated = calendar.NamedDays.Where(day => day.Date.Year == year && day.Festival == festival).ToArray();
        foreach (var day in restated.Where(day => day.Kind == DayKind.MakeUpWorkday && !worked.ContainsKey(day.Date)))
        {
            if (cancelled.Add(day.Date)) warnings.Add($"新的{festival}安排没有再提{day.Date.Month}月{day.Date.Day}日上班，按取消处理，请核对。");
        }

        var lost = restated.Where(day => day.Kind == DayKind.Holiday && !off.ContainsKey(day.Date) && !worked.ContainsKey(day.Date))
            .Select(day => day.Date)
            .ToArray();
        foreach (var day in lost) warnings.Add($"新的{festival}安排没有再提{day.Month}月{day.Day}日放假，按不放假处理，请核对。");
        return lost;
    }

    private void Doubts()
    {
        if (signedOn is null) warnings.Add("没有找到落款日期，不知道通知是哪天公布的。");
        foreach (var day in off.Keys.Where(worked.ContainsKey).Order()) warnings.Add($"{day.Month}月{day.Day}日既写了放假又写了上班，请核对。");
        foreach (var day in worked.Keys.Where(day => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)).Order())
        {
            warnings.Add($"{day.Month}月{day.Day}日是{DateWords.Weekday(day)}，不是周末，写成了上班，请核对。");
        }

        if (kind != NoticeKind.Annual) return;
        foreach (var missing in NoticeText.Festivals.Where(name => !named.Contains(name))) warnings.Add($"没有找到{missing}的安排。");
    }

    private static string FestivalOf(DateOnly day, string heading)
    {
        var names = FestivalsIn(heading);
        if (names.Length < 2) return names.FirstOrDefault() ?? heading;

        // “中秋节、国庆节”in one item: the lunar day belongs to Mid-Autumn, unless it is one of the three national days.
        var national = day is { Month: 10, Day: <= 3 };
        if (!national && names.Contains("中秋节") && StatutoryDays.MidAutumn(day.Year) == day) return "中秋节";
        return names.Contains("国庆节") ? "国庆节" : names[0];
    }

    private WorkingCalendar InForce(WorkingCalendar known) => signedOn is { } signed
        ? known.AsKnownOn(signed.AddDays(-1))
        : WorkingCalendar.Of(known.Notices.Where(notice => notice.Kind is NoticeKind.Annual || notice.Year != year), known.Region);

    private string TitleFestival()
    {
        if (FestivalsIn(text.Title) is [var known, ..]) return known;
        var what = TitleSubject().Match(text.Title);
        return what.Success ? what.Groups[1].Value : "放假";
    }

    private static string[] FestivalsIn(string words) => [.. NoticeText.Festivals.Where(name => words.Contains(name, StringComparison.Ordinal))];

    private static NoticeKind KindOf(string words) =>
        AnnualPattern().IsMatch(words) && !ChangePattern().IsMatch(words) ? NoticeKind.Annual : NoticeKind.Change;

    private static int? YearOf(NoticeText text)
    {
        foreach (var part in (string[])[text.Title, text.Body])
        {
            var found = YearPattern().Match(part);
            if (found.Success) return int.Parse(found.Groups[1].Value, CultureInfo.InvariantCulture);
        }

        return null;
    }

    [GeneratedRegex(@"部分节假日(?:放假)?安排|节假日放假(?:调休)?安排|现将\d{4}年元旦")]
    private static partial Regex AnnualPattern();

    [GeneratedRegex(@"关于(?:调整|延长|变更|取消)")]
    private static partial Regex ChangePattern();

    [GeneratedRegex(@"(\d{4})年")]
    private static partial Regex YearPattern();

    [GeneratedRegex(@"^(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\)|——|\d+[.、])")]
    private static partial Regex ItemMark();

    /// <summary>“为方便公众安排假日期间生产生活，特作如下调休：” and its like order nothing themselves.</summary>
    [GeneratedRegex(@"^[^:]*(?:如下|通知)[^:]{0,8}(?::|$)")]
    private static partial Regex Introduction();

    [GeneratedRegex(@"^(?:\d{4}年)?((?:元旦|春节|清明节|劳动节|端午节|中秋节|国庆节|[、和及与])+)(?:放假|假期)?(?:安排|调休)?:")]
    private static partial Regex Heading();

    [GeneratedRegex(@"延长(?:\d{4}年)?(?<what>[^0-9]*?)(?:假期|放假)(?:时间)?(?:延长)?(?:至|到)(?<until>(?:\d{4}年)?\d{1,2}月\d{1,2}日(?:\([^)]*\))?)|(?:\d{4}年)?(?<what>[^0-9,。]*?)(?:假期|放假)(?:时间)?延长(?:至|到)(?<until>(?:\d{4}年)?\d{1,2}月\d{1,2}日(?:\([^)]*\))?)")]
    private static partial Regex Prolonged();

    [GeneratedRegex(@"\d{1,2}日")]
    private static partial Regex DateInside();

    [GeneratedRegex(@"关于(?:做好)?(?:\d{4}年)?(.+?)(?:调休|放假|假期|节日)")]
    private static partial Regex TitleSubject();
}
