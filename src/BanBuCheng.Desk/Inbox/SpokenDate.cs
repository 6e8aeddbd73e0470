using System.Globalization;
using System.Text.RegularExpressions;

namespace BanBuCheng.Desk.Inbox;

/// <summary>Dates as people type them: 明天, 下周三, 10.20, 10月20日, 2026-10-20. Without a year, the next such day from today.</summary>
public static partial class SpokenDate
{
    /// <summary>Reads a date; on failure says in Chinese what is wrong with it.</summary>
    public static bool TryParse(string typed, DateOnly today, out DateOnly day, out string problem)
    {
        day = default;
        problem = "";
        var text = string.Concat(typed.Normalize(System.Text.NormalizationForm.FormKC).Where(c => !char.IsWhiteSpace(c)));
        if (Words(text, today) is { } spoken)
        {
            day = spoken;
            return true;
        }

        var match = Numbers().Match(text);
        if (!match.Success)
        {
            problem = "没看懂这个日期。可以写“10月20日”“10.20”“下周三”。";
            return false;
        }

        var month = int.Parse(match.Groups["m"].Value, CultureInfo.InvariantCulture);
        var date = int.Parse(match.Groups["d"].Value, CultureInfo.InvariantCulture);
        var hasYear = match.Groups["y"].Success;
        var year = hasYear ? int.Parse(match.Groups["y"].Value, CultureInfo.InvariantCulture) : today.Year;
        if (month is < 1 or > 12 || year is < 1900 or > 2200 || date < 1 || date > DateTime.DaysInMonth(year, month))
        {
            problem = $"没有{(hasYear ? $"{year}年" : "")}{month}月{date}日。";
            return false;
        }

        day = new DateOnly(year, month, date);
        if (!hasYear && day < today && !(month == 2 && date == 29)) day = day.AddYears(1);
        return true;
    }

    private static DateOnly? Words(string text, DateOnly today)
    {
        switch (text)
        {
            case "今天": return today;
            case "明天": return today.AddDays(1);
            case "后天": return today.AddDays(2);
            case "大后天": return today.AddDays(3);
        }

        var match = Weekdays().Match(text);
        if (!match.Success) return null;
        var monday = today.AddDays(-(((int)today.DayOfWeek + 6) % 7));
        var index = "一二三四五六日天".IndexOf(match.Groups["d"].Value, StringComparison.Ordinal);
        var weekday = Math.Min(index, 6);
        var weeks = match.Groups["p"].Value.Count(c => c == '下');
        return monday.AddDays((7 * weeks) + weekday);
    }

    [GeneratedRegex("^(?:(?<y>\\d{4})[年./-])?(?<m>\\d{1,2})[月./-](?<d>\\d{1,2})[日号]?$")]
    private static partial Regex Numbers();

    [GeneratedRegex("^(?<p>下下|下|这|本)?(?:周|星期|礼拜)(?<d>[一二三四五六日天])$")]
    private static partial Regex Weekdays();
}
