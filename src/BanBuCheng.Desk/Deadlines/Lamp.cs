namespace BanBuCheng.Desk.Deadlines;

/// <summary>亮灯 — which light a clock shows, from its dates alone.</summary>
public static class Lamp
{
    /// <param name="attempted">Whether anything was tried yet; only then may half a period pass without the blue light.</param>
    public static Light Of(
        DateOnly start,
        DateOnly due,
        Standing standing,
        DateTimeOffset now,
        WorkingCalendar calendar,
        DeadlinePolicy policy,
        bool attempted)
    {
        if (standing == Standing.Done) return Light.Done;
        if (standing == Standing.Paused) return Light.Paused;
        if (now >= policy.Hours.RedFrom(due, calendar)) return Light.Red;

        var today = ShanghaiTime.DayOf(now);
        if (calendar.WorkingDaysBetween(today, due) <= policy.YellowAt.Value) return Light.Yellow;
        if (attempted) return Light.Green;

        var used = calendar.WorkingDaysBetween(start, today);
        var all = calendar.WorkingDaysBetween(start, due);
        return used * 100 >= all * policy.BlueAtPercent.Value ? Light.Blue : Light.Green;
    }
}
