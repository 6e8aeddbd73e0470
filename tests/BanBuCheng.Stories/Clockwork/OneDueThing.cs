using BanBuCheng.Desk.Steps;

namespace BanBuCheng.Stories.Clockwork;

/// <summary>The desk's rows reduced to one timer: due at an instant, taking effect once, whoever comes.</summary>
internal sealed class OneDueThing(TimeProvider clock, DateTimeOffset dueAt, bool announced) : IDueWork
{
    private readonly TaskCompletionSource<DateTimeOffset> _fired = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _taken;
    private int _effects;
    private int _drains;

    public int Effects => Volatile.Read(ref _effects);
    public int Drains => Volatile.Read(ref _drains);

    /// <summary>Waits, with a bound, until it took effect.</summary>
    public Task<DateTimeOffset> FiredAsync(TimeSpan bound, CancellationToken ct) => _fired.Task.WaitAsync(bound, ct);

    public Task<int> DrainAsync(CancellationToken ct)
    {
        Interlocked.Increment(ref _drains);
        var now = clock.GetUtcNow();
        if (now < dueAt || Interlocked.Increment(ref _taken) != 1) return Task.FromResult(0);

        // Counted before anybody who waits is told.
        Interlocked.Increment(ref _effects);
        _fired.TrySetResult(now);
        return Task.FromResult(1);
    }

    public Task<IReadOnlyList<DateTimeOffset>> UpcomingAsync(TimeSpan horizon, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<DateTimeOffset>>(announced && !_fired.Task.IsCompleted ? [dueAt] : []);
}
