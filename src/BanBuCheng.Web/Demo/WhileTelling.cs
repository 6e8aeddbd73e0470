using BanBuCheng.Desk.Steps;

namespace BanBuCheng.Web.Demo;

/// <summary>
/// Holds the hall's alarm while the demo's past is told: timers that lie in that past belong to its own walk, and would otherwise all
/// fire at today's hour. Seconds, once; afterwards the sweep finds everything.
/// </summary>
internal sealed class WhileTelling(IDueWork due, DemoHall demo) : IDueWork
{
    public Task<int> DrainAsync(CancellationToken ct) => demo.IsTelling ? Task.FromResult(0) : due.DrainAsync(ct);

    public Task<IReadOnlyList<DateTimeOffset>> UpcomingAsync(TimeSpan horizon, CancellationToken ct) => due.UpcomingAsync(horizon, ct);
}
