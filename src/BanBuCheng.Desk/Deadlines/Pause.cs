namespace BanBuCheng.Desk.Deadlines;

/// <summary>暂停 — the clock stands still on every day it touches, its first and its last included.</summary>
/// <param name="Until">The day it was lifted; null while it still holds.</param>
/// <param name="Reason">In words for the citizen, for example 等您补材料.</param>
public sealed record Pause(DateOnly From, DateOnly? Until, string Reason)
{
    public bool Covers(DateOnly day) => day >= From && (Until is null || day <= Until);

    /// <summary>The same pause with an end, so that it can be counted.</summary>
    internal Pause ClosedBy(DateOnly? asOf)
    {
        var until = Until ?? asOf ?? throw new ArgumentException("Expected an end for the open pause, but neither it nor the caller gave one.");
        if (until.DayNumber - From.DayNumber > WorkingCalendar.LongestPeriod)
        {
            throw new ArgumentException($"一次暂停最长{WorkingCalendar.LongestPeriod}天，现在是从{From:yyyy-MM-dd}到{until:yyyy-MM-dd}。");
        }

        return this with { Until = until };
    }
}
