using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Globalization;

namespace BanBuCheng.Desk.Deadlines;

/// <summary>法定节假日 — the days the holiday decree itself gives off; all there is to go by until a year's notice is out.</summary>
internal static class StatutoryDays
{
    private const int DragonBoatMonth = 5;
    private const int MidAutumnMonth = 8;

    private static readonly ChineseLunisolarCalendar Lunar = new();
    private static readonly ConcurrentDictionary<int, FrozenDictionary<DateOnly, string>> Years = new();

    public static string? FestivalOn(DateOnly date) => Of(date.Year).GetValueOrDefault(date);

    public static FrozenDictionary<DateOnly, string> Of(int year) => Years.GetOrAdd(year, Compute);

    /// <summary>Mid-Autumn by the lunar calendar, or null outside the years that it is computed for.</summary>
    public static DateOnly? MidAutumn(int year) => LunarDay(year, MidAutumnMonth, 15);

    private static FrozenDictionary<DateOnly, string> Compute(int year)
    {
        var days = new Dictionary<DateOnly, string>();
        // Two festivals may meet (Mid-Autumn on 1 October 2020): the first name stays.
        void Add(DateOnly? first, int count, string festival)
        {
            for (var i = 0; i < count && first is not null; i++) days.TryAdd(first.Value.AddDays(i), festival);
        }

        // The decree as changed in November 2024 added New Year's Eve and 2 May from 2025 on.
        var since2025 = year >= 2025;
        var newYear = LunarDay(year, 1, 1);
        Add(new DateOnly(year, 1, 1), 1, "元旦");
        Add(since2025 ? newYear?.AddDays(-1) : newYear, since2025 ? 4 : 3, "春节");
        Add(Qingming(year), 1, "清明节");
        Add(new DateOnly(year, 5, 1), since2025 ? 2 : 1, "劳动节");
        Add(LunarDay(year, DragonBoatMonth, 5), 1, "端午节");
        Add(new DateOnly(year, 10, 1), 3, "国庆节");
        Add(MidAutumn(year), 1, "中秋节");
        return days.ToFrozenDictionary();
    }

    /// <summary>The day the sun reaches 15° in Beijing: a mean year of 365.2422 days counted from the century's first, good for 1900 to 2100.</summary>
    private static DateOnly Qingming(int year)
    {
        var (century, constant) = year < 2000 ? (1900, 5.59) : (2000, 4.81);
        var years = year - century;
        var leapDays = (years / 4) - (years / 100);
        var day = (int)Math.Floor((years * 0.2422) + constant) - leapDays;
        return new DateOnly(year, 4, Math.Clamp(day, 3, 6));
    }

    private static DateOnly? LunarDay(int year, int month, int day)
    {
        if (year <= Lunar.MinSupportedDateTime.Year || year >= Lunar.MaxSupportedDateTime.Year) return null;

        // The calendar numbers a leap month like any other, so every month after it moves up by one.
        var leap = Lunar.GetLeapMonth(year);
        var index = leap > 0 && month >= leap ? month + 1 : month;
        return DateOnly.FromDateTime(Lunar.ToDateTime(year, index, day, 0, 0, 0, 0));
    }
}
