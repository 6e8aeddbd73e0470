namespace BanBuCheng.Desk.Steps;

/// <summary>What a bell or the sweep does: everything that is due now. Idempotent; safe to call at any time, from anywhere, twice at once.</summary>
public interface IDueWork
{
    /// <returns>How many due things took effect.</returns>
    Task<int> DrainAsync(CancellationToken ct);

    /// <summary>The first due instant of each minute from now until the horizon, for the bells to be rung at a start.</summary>
    Task<IReadOnlyList<DateTimeOffset>> UpcomingAsync(TimeSpan horizon, CancellationToken ct);
}
