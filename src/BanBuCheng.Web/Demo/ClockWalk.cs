using BanBuCheng.Desk.Steps;

namespace BanBuCheng.Web.Demo;

/// <summary>Moves a clock forward through every due minute on the way, so that what was due on Tuesday happens on Tuesday.</summary>
internal static class ClockWalk
{
    private const int MostStops = 20_000;

    /// <returns>How many due things took effect.</returns>
    public static async Task<int> ToAsync(MovableClock clock, IDueWork due, DateTimeOffset target, CancellationToken ct)
    {
        var fired = 0;
        for (var stops = 0; stops < MostStops && clock.GetUtcNow() < target; stops++)
        {
            var upcoming = await due.UpcomingAsync(target - clock.GetUtcNow(), ct);
            var next = upcoming.FirstOrDefault(minute => minute > clock.GetUtcNow() && minute <= target);
            if (next == default) break;
            clock.MoveTo(next);
            fired += await due.DrainAsync(ct);
        }

        clock.MoveTo(target);
        return fired + await due.DrainAsync(ct);
    }
}
