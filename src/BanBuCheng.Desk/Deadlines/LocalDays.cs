using System.Globalization;
using BanBuCheng.Desk.Steps;

namespace BanBuCheng.Desk.Deadlines;

/// <summary>本地放假 — as typed: a title, the document it rests on, and one day or range per line.</summary>
public sealed record LocalDays(string Title, string Number, string Off, string Worked)
{
    private const int LongestHoliday = 40;

    /// <summary>The reading, or one sentence per field that is wrong.</summary>
    public (HolidayNotice? Notice, IReadOnlyDictionary<string, string> Faults) Read(DateOnly knownOn)
    {
        var faults = new Dictionary<string, string>();
        var title = Title.Trim();
        TypedText.Check(faults, "title", title, "还没写是什么事放假。", 60);
        TypedText.Check(faults, "number", Number, "还没写依据哪个文件。", 60);
        var off = Days("off", Off);
        var worked = Days("worked", Worked);
        if (off.Count + worked.Count == 0 && !faults.ContainsKey("off") && !faults.ContainsKey("worked")) faults["off"] = "放假和上班至少写一天。";
        if (off.Intersect(worked).Order().FirstOrDefault() is { } both && both != default) faults["worked"] = $"{both:yyyy-MM-dd} 又放假又上班，只能写一样。";
        if (faults.Count > 0) return (null, faults);
        return (new HolidayNotice
        {
            Kind = NoticeKind.Local,
            Title = title,
            Number = Number.Trim(),
            Year = off.Concat(worked).Min().Year,
            KnownOn = knownOn,
            Holidays = [.. off.Order().Select(day => new FestivalDay(day, title))],
            MakeUpWorkdays = [.. worked.Order().Select(day => new FestivalDay(day, title))],
        }, faults);

        List<DateOnly> Days(string field, string text)
        {
            var days = new List<DateOnly>();
            foreach (var line in text.Split(['\n', '、', '，', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                var ends = line.Split(['至', '到', '~', '—'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
                if (ends.Length is 1 or 2 && Day(ends[0]) is { } first && Day(ends[^1]) is { } last && last >= first && last.DayNumber - first.DayNumber < LongestHoliday)
                {
                    for (var day = first; day <= last; day = day.AddDays(1)) days.Add(day);
                }
                else
                {
                    faults[field] = $"“{line}”看不懂，请写成 2026-04-14，几天连着的写成 2026-04-14至2026-04-16。";
                }
            }

            return [.. days.Distinct()];
        }
    }

    private static DateOnly? Day(string text) =>
        DateOnly.TryParseExact(text, ["yyyy-MM-dd", "yyyy-M-d", "yyyy/M/d", "yyyy年M月d日"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 1949 and <= 2199
            ? day : null;

    public override string ToString() => $"{Title}\n{Number}\n放假：{Off}\n上班：{Worked}";
}
