using BanBuCheng.Desk.Deadlines;
using Xunit;

namespace BanBuCheng.Stories.Deadlines;

/// <summary>没有通知的年份 — weekdays minus the statutory days, always marked, never an exception.</summary>
public sealed class YearsWithoutNotice
{
    [Fact(DisplayName = "1990年到2100年哪一天都答得出，没有通知的年份都标暂定")]
    public void No_day_between_1990_and_2100_fails()
    {
        var calendar = WorkingCalendar.BuiltIn;
        for (DateOnly day = new(1990, 1, 1); day <= new DateOnly(2100, 12, 31); day = day.AddDays(1))
        {
            Assert.Equal(day.Year is < 2015 or > 2026, calendar.Day(day).Provisional);
        }

        Assert.True(calendar.Due(new(2100, 12, 31), WorkingCalendar.LongestPeriod).Provisional);
    }

    [Fact(DisplayName = "每年法定节假日：2025年起13天，之前11天，节日相重时少一天")]
    public void The_decree_gives_its_number_of_days()
    {
        for (var year = 1990; year <= 2100; year++)
        {
            var days = StatutoryDays.Of(year);
            var national = new DateOnly(year, 10, 1);
            var meets = StatutoryDays.MidAutumn(year) is { } moon && moon >= national && moon <= national.AddDays(2);
            Assert.Equal((year >= 2025 ? 13 : 11) - (meets ? 1 : 0), days.Count);
        }
    }

    [Fact(DisplayName = "推算的法定日子，十二年里没有一天和通知相反")]
    public void No_statutory_day_of_the_known_years_was_ever_worked()
    {
        for (var year = 2015; year <= 2026; year++)
        {
            foreach (var (day, festival) in StatutoryDays.Of(year))
            {
                Assert.False(WorkingCalendar.BuiltIn.Counts(day), $"{day:yyyy-MM-dd} {festival}");
            }
        }
    }

    [Fact(DisplayName = "清明这一天，太阳走到黄经15度")]
    public void Qingming_is_the_day_the_sun_reaches_fifteen_degrees()
    {
        for (var year = 1990; year <= 2100; year++)
        {
            var day = StatutoryDays.Of(year).Single(entry => entry.Value == "清明节").Key;
            Assert.True(Longitude(day) < 15.01 && Longitude(day.AddDays(1)) > 14.99, $"{day:yyyy-MM-dd}: {Longitude(day)}");
        }
    }

    [Fact(DisplayName = "2027年按法令推算的日子")]
    public void The_statutory_days_of_2027()
    {
        DateOnly[] expected =
        [
            new(2027, 1, 1), new(2027, 2, 5), new(2027, 2, 6), new(2027, 2, 7), new(2027, 2, 8), new(2027, 4, 5), new(2027, 5, 1),
            new(2027, 5, 2), new(2027, 6, 9), new(2027, 9, 15), new(2027, 10, 1), new(2027, 10, 2), new(2027, 10, 3),
        ];
        Assert.Equal(expected, StatutoryDays.Of(2027).Keys.Order());
    }

    /// <summary>Apparent longitude of the sun at Beijing's midnight, by the usual low-precision series (about a hundredth of a degree).</summary>
    private static double Longitude(DateOnly day)
    {
        var noon2000 = new DateOnly(2000, 1, 1).DayNumber + 0.5;
        var centuries = (day.DayNumber - (8.0 / 24) + (69.0 / 86400) - noon2000) / 36525;
        var anomaly = (357.52911 + (35999.05029 * centuries)) * Math.PI / 180;
        var centre = ((1.914602 - (0.004817 * centuries)) * Math.Sin(anomaly)) + (0.019993 * Math.Sin(2 * anomaly)) + (0.000289 * Math.Sin(3 * anomaly));
        var node = (125.04 - (1934.136 * centuries)) * Math.PI / 180;
        var longitude = 280.46646 + (36000.76983 * centuries) + centre - 0.00569 - (0.00478 * Math.Sin(node));
        return ((longitude % 360) + 360) % 360;
    }
}
