using BanBuCheng.Desk.Deadlines;

namespace BanBuCheng.Desk.Sms;

/// <summary>No messages at night: what is queued after 20:30 leaves at 8:30 the next morning, on rest days too.</summary>
public static class QuietHours
{
    private static readonly TimeOnly Morning = new(8, 30), Evening = new(20, 30);

    public static DateTimeOffset NextAllowed(DateTimeOffset now)
    {
        var local = TimeZoneInfo.ConvertTime(now, ShanghaiTime.Zone).DateTime;
        var (time, day) = (TimeOnly.FromDateTime(local), DateOnly.FromDateTime(local));
        if (time < Morning) return ShanghaiTime.At(day, Morning);
        return time >= Evening ? ShanghaiTime.At(day.AddDays(1), Morning) : now;
    }
}
