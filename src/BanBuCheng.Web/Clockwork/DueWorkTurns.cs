using BanBuCheng.Desk.Steps;

namespace BanBuCheng.Web.Clockwork;

/// <summary>
/// Drains what is due, one drain at a time in this process. Whoever comes while one runs is answered by one more round of it, so a slow
/// drain never piles up workers behind it and never overlooks what became due meanwhile.
/// </summary>
internal sealed class DueWorkTurns(IServiceScopeFactory scopes)
{
    private int _asked;

    public async Task DrainAsync(CancellationToken ct)
    {
        if (Interlocked.Increment(ref _asked) > 1) return;
        int answered;
        do
        {
            answered = Volatile.Read(ref _asked);
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                var started = System.Diagnostics.Stopwatch.GetTimestamp();
                await scope.ServiceProvider.GetRequiredService<IDueWork>().DrainAsync(ct);
                StepMeter.Drains.Record(System.Diagnostics.Stopwatch.GetElapsedTime(started).TotalSeconds);
            }
            catch
            {
                Volatile.Write(ref _asked, 0);
                throw;
            }
        }
        while (Interlocked.Add(ref _asked, -answered) > 0);
    }

    public async Task<IReadOnlyList<DateTimeOffset>> UpcomingAsync(TimeSpan horizon, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IDueWork>().UpcomingAsync(horizon, ct);
    }
}
