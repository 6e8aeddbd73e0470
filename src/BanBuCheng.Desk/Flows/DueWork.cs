using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Sms;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Engine.Durable;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BanBuCheng.Desk.Flows;

/// <summary>What a bell or the sweep does: fires due timers, each in a step of its own, then lets the sender have its due messages, and once an hour anchors the journal.</summary>
internal sealed partial class DueWork(IServiceScopeFactory scopes, StepDoor door, SmsSender sender, JournalSeal seal, TimeProvider clock, ILogger<DueWork> log) : IDueWork, IDisposable
{
    private const int ReadAhead = 200;
    private readonly SemaphoreSlim _one = new(1, 1);
    private long _checkpointHour;

    public async Task<int> DrainAsync(CancellationToken ct)
    {
        // A second bell while one drain runs would only ask the same rows again; what came due meanwhile, the running one finds.
        await _one.WaitAsync(ct);
        try
        {
            await FollowCalendarAsync(ct);
            var fired = await FireTimersAsync(ct);
            await LiftPausesAsync(ct);
            fired += await sender.SendDueAsync(ct);
            await MakeCheckpointAsync(ct);
            return fired;
        }
        finally
        {
            _one.Release();
        }
    }

    public async Task<IReadOnlyList<DateTimeOffset>> UpcomingAsync(TimeSpan horizon, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var until = now + horizon;
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DeskDb>();
        var timers = await FlowTimers.UpcomingMinutesAsync(db, now, until, ct);
        var messages = await db.OutgoingSms.AsNoTracking().Where(s => s.State == SmsState.Queued && s.NextAttemptAt > now && s.NextAttemptAt <= until)
            .Select(s => s.NextAttemptAt).Distinct().Take(1000).ToListAsync(ct);
        return [.. timers.Concat(messages).GroupBy(at => at.UtcTicks / TimeSpan.TicksPerMinute).Select(minute => minute.Min()).Order()];
    }

    /// <summary>After the timers: a flow that watches its own pause comes first.</summary>
    private async Task LiftPausesAsync(CancellationToken ct)
    {
        try
        {
            while (await door.SendAsync(new LiftPauses(), Actor.Clock, ct) > 0) ct.ThrowIfCancellationRequested();
        }
        catch (Exception failed) when (failed is not OperationCanceledException)
        {
            PauseNotLifted(log, failed);
        }
    }

    /// <summary>First of all: a timer must not fire by yesterday's calendar.</summary>
    private async Task FollowCalendarAsync(CancellationToken ct)
    {
        try
        {
            while (await door.SendAsync(new FollowCalendar(), Actor.Clock, ct) > 0) ct.ThrowIfCancellationRequested();
        }
        catch (Exception failed) when (failed is not OperationCanceledException)
        {
            CalendarNotFollowed(log, failed);
        }
    }

    /// <summary>Thought of with the first ring of every hour; the step itself knows whether one is there.</summary>
    private async Task MakeCheckpointAsync(CancellationToken ct)
    {
        var hour = clock.GetUtcNow().UtcTicks / TimeSpan.TicksPerHour;
        if (hour == _checkpointHour) return;
        await door.SendAsync(new MakeCheckpoint(), Actor.Clock, ct);
        _checkpointHour = hour;

        // Outside the step and outside the database: whoever can rewrite the one may not reach the other.
        await using var scope = scopes.CreateAsyncScope();
        var newest = await scope.ServiceProvider.GetRequiredService<DeskDb>().JournalCheckpoints.AsNoTracking().OrderByDescending(c => c.Id).FirstOrDefaultAsync(ct);
        if (newest is null) return;
        try
        {
            seal.WriteDown(new JournalAnchor(newest.Id, newest.At, Convert.ToHexString(newest.Hash)));
        }
        catch (Exception unwritten) when (unwritten is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            AnchorFailed(log, unwritten, newest.Id);
        }
    }

    private async Task<int> FireTimersAsync(CancellationToken ct)
    {
        var fired = 0;
        DueTimer? last = null;
        while (!ct.IsCancellationRequested)
        {
            IReadOnlyList<DueTimer> due;
            await using (var scope = scopes.CreateAsyncScope())
                due = await FlowTimers.DueTimersAsync(scope.ServiceProvider.GetRequiredService<DeskDb>(), clock.GetUtcNow(), last, ReadAhead, ct);

            foreach (var timer in due)
            {
                try
                {
                    if (await door.SendAsync(new FireTimer(timer.Id), Actor.Clock, ct)) fired++;
                }
                catch (Exception failed) when (failed is not OperationCanceledException)
                {
                    // One bad timer must not hold up the others; it stays due and is tried by the next sweep.
                    TimerFailed(log, failed, timer.Id);
                }
            }

            if (due.Count < ReadAhead) return fired;
            last = due[^1];
        }

        return fired;
    }

    public void Dispose() => _one.Dispose();

    [LoggerMessage(EventId = 2006, Level = LogLevel.Error, Message = "Some pauses that lasted their maximum could not be lifted; the next sweep tries again")]
    private static partial void PauseNotLifted(ILogger log, Exception failed);

    [LoggerMessage(EventId = 2005, Level = LogLevel.Error, Message = "Some cases could not be counted again with the new calendar; the next sweep tries again")]
    private static partial void CalendarNotFollowed(ILogger log, Exception failed);

    [LoggerMessage(EventId = 2002, Level = LogLevel.Warning, Message = "Checkpoint {Checkpoint} could not be written down beside the key; the next hour's will be")]
    private static partial void AnchorFailed(ILogger log, Exception failed, long checkpoint);

    [LoggerMessage(EventId = 2001, Level = LogLevel.Error, Message = "Timer {TimerId} could not be fired; it stays due")]
    private static partial void TimerFailed(ILogger log, Exception failed, Guid timerId);
}

/// <summary>Fires one timer; false when it is gone or not yet due.</summary>
internal sealed record FireTimer(Guid WaitId) : IStep<bool>;

internal sealed class FireTimerHandler(IFlows flows) : MediatR.IRequestHandler<FireTimer, bool>
{
    public async Task<bool> Handle(FireTimer request, CancellationToken cancellationToken) => await flows.FireTimerAsync(request.WaitId, cancellationToken);
}
