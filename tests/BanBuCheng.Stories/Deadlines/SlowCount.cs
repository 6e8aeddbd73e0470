using System.Globalization;
using BanBuCheng.Desk.Deadlines;

namespace BanBuCheng.Stories.Deadlines;

/// <summary>A second way of counting, as plain as possible: the shipped rows read again, one list, one loop.</summary>
internal static class SlowCount
{
    private static readonly List<(string Date, string Kind, string Notice)> Rows = Read();

    public static bool Works(DateOnly day)
    {
        var text = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var works = day.DayOfWeek != DayOfWeek.Saturday && day.DayOfWeek != DayOfWeek.Sunday;
        foreach (var row in Rows)
        {
            if (row.Date == text && row.Kind == "makeup-workday") works = true;
        }

        foreach (var row in Rows)
        {
            // No day was ever off and then worked again; only the other way round (1 February 2020).
            if (row.Date == text && row.Kind == "holiday") works = false;
        }

        return works;
    }

    public static DateOnly Due(DateOnly start, int workingDays)
    {
        var day = start;
        var left = workingDays;
        while (left > 0)
        {
            day = day.AddDays(1);
            if (Works(day)) left--;
        }

        return day;
    }

    private static List<(string, string, string)> Read()
    {
        using var stream = typeof(WorkingCalendar).Assembly.GetManifestResourceStream("cn-holidays.csv")!;
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n').Where(line => line.StartsWith('国')).Select(line => line.Split(',')).Select(row => (row[1], row[2], row[0]))];
    }
}
