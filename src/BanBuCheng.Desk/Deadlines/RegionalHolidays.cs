using System.Collections.Frozen;

namespace BanBuCheng.Desk.Deadlines;

/// <summary>地方假日 — extra holidays of an autonomous prefecture; a case across two organs counts each task by its own organ's calendar.</summary>
public sealed class RegionalHolidays(string region, IEnumerable<FestivalDay> days)
{
    private readonly FrozenDictionary<DateOnly, string> festivals = days.ToFrozenDictionary(day => day.Date, day => day.Festival);

    public string Region { get; } = region;

    public string? FestivalOn(DateOnly date) => festivals.GetValueOrDefault(date);
}
