using System.Globalization;

namespace BanBuCheng.Desk.Deadlines;

/// <summary>已公布的放假通知 — the notices that ship with the program (Calendar/*.csv), so that a first start needs no import.</summary>
internal static class PublishedNotices
{
    public static IReadOnlyList<HolidayNotice> Load()
    {
        var days = Rows("cn-holidays.csv").ToLookup(row => row[0]);
        return [.. Rows("cn-notices.csv").Select(row => Notice(row, [.. days[row[0]]]))];
    }

    private static HolidayNotice Notice(string[] row, string[][] days)
    {
        return new HolidayNotice
        {
            Number = row[0],
            Year = int.Parse(row[1], CultureInfo.InvariantCulture),
            Kind = row[2] == "annual" ? NoticeKind.Annual : NoticeKind.Change,
            KnownOn = Date(row[3]),
            Title = row[4],
            Holidays = Of("holiday"),
            MakeUpWorkdays = Of("makeup-workday"),
            CancelledMakeUpWorkdays = [.. Of("cancelled-makeup-workday").Select(day => day.Date)],
        };

        FestivalDay[] Of(string kind) => [.. days.Where(day => day[2] == kind).Select(day => new FestivalDay(Date(day[1]), day[3]))];
    }

    private static DateOnly Date(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static IEnumerable<string[]> Rows(string file)
    {
        using var stream = typeof(PublishedNotices).Assembly.GetManifestResourceStream(file)
            ?? throw new InvalidOperationException($"Expected the resource {file} in the program, but it is not there.");
        using var reader = new StreamReader(stream);
        var headed = false;
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#') continue;
            if (headed) yield return line.Split(',');
            headed = true;
        }
    }
}
