using System.Globalization;
using Hangfire;
using Microsoft.Extensions.Options;

namespace BanBuCheng.Web.Clockwork;

/// <summary>
/// Keeps the sweep going. Hangfire rings it; when Hangfire has not come for one and a half rounds (its storage emptied, locked or gone),
/// this node sweeps by itself and registers the recurring job again. So no deadline depends on Hangfire at all.
/// </summary>
internal sealed partial class SweepGuard(IRecurringJobManager recurring, AlarmJob job, BellBook bells, DueWorkTurns work, SweepWatch watch,
    FirstPage first, IOptions<ClockworkOptions> options, ILogger<SweepGuard> log) : BackgroundService
{
    internal const string SweepId = "sweep";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield(); // Hangfire's storage may take its time; the site need not wait for it
        await first.PassedAsync(stoppingToken);
        await TryAsync("register", () => Task.Run(Register, stoppingToken));
        await TryAsync("start-up", async () =>
        {
            await work.DrainAsync(stoppingToken);
            bells.Hang(await work.UpcomingAsync(options.Value.Horizon, stoppingToken));
        });
        if (!options.Value.Sweep) return;

        using var rounds = new PeriodicTimer(options.Value.SweepEvery / 4, TimeProvider.System);
        try
        {
            while (await rounds.WaitForNextTickAsync(stoppingToken))
            {
                if (watch.Since < 1.5 * options.Value.SweepEvery) continue;
                HangfireDidNotCome(log, watch.Since);
                watch.Swept(); // whatever comes of it: once a round, not four times
                await TryAsync("register", () => Task.Run(Register, stoppingToken));
                await TryAsync("sweep", () => job.SweepAsync(stoppingToken));
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // the host stops
        }
    }

    private void Register()
    {
        if (!options.Value.Sweep)
        {
            recurring.RemoveIfExists(SweepId);
            return;
        }

        var seconds = (int)options.Value.SweepEvery.TotalSeconds;
        var cron = seconds >= 60 ? Cron.Minutely() : string.Create(CultureInfo.InvariantCulture, $"*/{seconds} * * * * *");
        recurring.AddOrUpdate<AlarmJob>(SweepId, j => j.SweepAsync(CancellationToken.None), cron);
    }

    /// <summary>The guard outlives every failure of what it guards.</summary>
    private async Task TryAsync(string what, Func<Task> act)
    {
        try
        {
            await act();
        }
#pragma warning disable CA1031 // a storage may fail in any way; the next round tries again
        catch (Exception failure) when (failure is not OperationCanceledException)
#pragma warning restore CA1031
        {
            Failed(log, what, failure);
        }
    }

    [LoggerMessage(EventId = 9001, Level = LogLevel.Warning, Message = "Hangfire has not swept for {Since}; sweeping without it")]
    private static partial void HangfireDidNotCome(ILogger log, TimeSpan since);

    [LoggerMessage(EventId = 9002, Level = LogLevel.Error, Message = "The clockwork's {What} failed; it is tried again in the next round")]
    private static partial void Failed(ILogger log, string what, Exception failure);
}
