using System.Diagnostics;

namespace BanBuCheng.Stories.Given.Infrastructure;

/// <summary>Waiting for another process, always with a bound. Never for our own code: there the clock is moved.</summary>
public static class Until
{
    public static async Task TrueAsync(Func<Task<bool>> condition, string what, TimeSpan bound, CancellationToken ct = default)
    {
        for (var since = Stopwatch.StartNew(); !await condition(); await Task.Delay(50, ct))
        {
            if (since.Elapsed > bound) throw new TimeoutException($"Expected {what} within {bound.TotalSeconds:0} s, but it did not happen.");
        }
    }

    public static Task TrueAsync(Func<bool> condition, string what, TimeSpan bound, CancellationToken ct = default) =>
        TrueAsync(() => Task.FromResult(condition()), what, bound, ct);
}
