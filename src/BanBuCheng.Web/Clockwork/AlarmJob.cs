using BanBuCheng.Desk.Steps;
using Hangfire;

namespace BanBuCheng.Web.Clockwork;

/// <summary>
/// What Hangfire calls. It brings no data: what is due is asked of our own rows, so a lost, doubled or early job changes nothing. It is
/// not retried either, the sweep comes anyway.
/// </summary>
[AutomaticRetry(Attempts = 0, OnAttemptsExceeded = AttemptsExceededAction.Delete)]
public sealed class AlarmJob
{
    private static readonly TimeSpan SoonAfter = TimeSpan.FromMinutes(2);
    private readonly DueWorkTurns _work;
    private readonly BellBook _bells;
    private readonly SweepWatch _watch;

    internal AlarmJob(DueWorkTurns work, BellBook bells, SweepWatch watch) => (_work, _bells, _watch) = (work, bells, watch);

    /// <summary>A bell: do what is due and hang the bells of the next minutes, among them the rest of this one.</summary>
    public async Task RingAsync(CancellationToken ct)
    {
        await _work.DrainAsync(ct);
        _bells.Hang(await _work.UpcomingAsync(SoonAfter, ct));
    }

    /// <summary>The sweep: the same without having been asked.</summary>
    public async Task SweepAsync(CancellationToken ct)
    {
        await RingAsync(ct);
        _watch.Swept();
        StepMeter.Sweeps.Add(1);
    }
}
