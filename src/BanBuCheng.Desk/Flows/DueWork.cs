using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Sms;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Desk.Watch;
using BanBuCheng.Engine.Durable;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BanBuCheng.Desk.Flows;

/// <summary>
/// What a bell or the sweep does: fires due timers, each in a step of its own, then lets the sender have its due messages, every five minutes
/// anchors the journal, and once an hour lets go of old history and thinks of the nightly check.
/// </summary>
/// <remarks>
/// A timer takes effect once because its step deletes its row; nothing else keeps it from firing twice. SQLite has one node, which reads
/// ahead. On other databases a node takes a batch up for a minute, so that nodes do not work on the same timers; a node that dies holding
/// one delays it by that minute. Few timers fire one after the other in the order they fell due, a flood fires several at once.
/// </remarks>
internal sealed partial class DueWork(
    IServiceScopeFactory scopes, StepDoor door, WriterLane lane, SmsSender sender, JournalSeal seal, NightlyCheck nightly, TimeProvider clock,
    IOptions<FlowHistoryOptions> history, ILogger<DueWork> log) : IDueWork, IDisposable
{
    private const int ReadAhead = 256, Few = 16;

    /// <summary>In one lane they share COMMITs; else each has a connection, and people need some too.</summary>
    private const int AtOnceInLane = 16, AtOnceOnServer = 8;
    private static readonly TimeSpan LeaseTime = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _one = new(1, 1);
    private long _hourlyDone, _checkpointThoughtOf;

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
            await CheckpointAsync(ct);
            await OnceAnHourAsync(ct);
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
            .Select(s => s.NextAttemptAt).Distinct().Order().Take(1000).ToListAsync(ct);
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

    /// <summary>Anchors the journal, thought of once in every five minutes.</summary>
    private async Task CheckpointAsync(CancellationToken ct)
    {
        var slot = clock.GetUtcNow().UtcTicks / Checkpoints.Every.Ticks;
        if (slot == _checkpointThoughtOf) return;
        await using (var scope = scopes.CreateAsyncScope())
        {
            if (await Checkpoints.DueAsync(scope.ServiceProvider.GetRequiredService<DeskDb>(), clock.GetUtcNow(), ct) is { } due) await door.SendAsync(due, Actor.Clock, ct);
        }

        await WriteDownAsync(ct);
        _checkpointThoughtOf = slot;
    }

    /// <summary>Thought of with the first ring of every hour; the steps themselves know whether there is anything to do.</summary>
    private async Task OnceAnHourAsync(CancellationToken ct)
    {
        var hour = clock.GetUtcNow().UtcTicks / TimeSpan.TicksPerHour;
        if (hour == _hourlyDone) return;
        await ForgetAsync(ct);
        await nightly.RunIfDueAsync(ct);
        await door.SendAsync(new SweepStimuli(), Actor.Clock, ct);
        _hourlyDone = hour;
    }

    /// <summary>Outside the step and outside the database: whoever can rewrite the one may not reach the other.</summary>
    private async Task WriteDownAsync(CancellationToken ct)
    {
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

    /// <summary>Bounded: what an hour does not manage, the next goes on with.</summary>
    private async Task ForgetAsync(CancellationToken ct)
    {
        var before = clock.GetUtcNow() - TimeSpan.FromDays(history.Value.KeepLogDays);
        var forgotten = 0;
        for (var round = 0; round < ForgetHistory.RoundsAnHour; round++)
        {
            var rows = await door.SendAsync(new ForgetHistory(before), Actor.Clock, ct);
            if (rows == 0) break;
            forgotten += rows;
        }

        if (forgotten > 0) Forgotten(log, forgotten, before);
    }

    private async Task<int> FireTimersAsync(CancellationToken ct)
    {
        var fired = 0;
        DueTimer? last = null;
        while (!ct.IsCancellationRequested)
        {
            var due = await NextAsync(last, ct);
            if (due.Count > 0) last = due[^1];
            var atOnce = due.Count <= Few ? 1 : lane.IsSingle ? AtOnceInLane : AtOnceOnServer;
            await Parallel.ForEachAsync(due, new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = ct }, async (timer, token) =>
            {
                if (await FireAsync(timer, token)) Interlocked.Increment(ref fired);
            });
            if (due.Count < ReadAhead) return fired;
        }

        return fired;
    }

    private async Task<IReadOnlyList<DueTimer>> NextAsync(DueTimer? last, CancellationToken ct)
    {
        if (!lane.IsSingle) return await door.SendAsync(new LeaseTimers(LeaseTime, last?.DueAt, ReadAhead), Actor.Clock, ct);
        await using var scope = scopes.CreateAsyncScope();
        return await FlowTimers.DueTimersAsync(scope.ServiceProvider.GetRequiredService<DeskDb>(), clock.GetUtcNow(), last, ReadAhead, ct);
    }

    private async Task<bool> FireAsync(DueTimer timer, CancellationToken ct)
    {
        try
        {
            return await door.SendAsync(new FireTimer(timer.Id), Actor.Clock, ct);
        }
        catch (Exception failed) when (failed is not OperationCanceledException)
        {
            // One bad timer must not hold up the others; it stays due and is tried by the next sweep.
            TimerFailed(log, failed, timer.Id);
            return false;
        }
    }

    public void Dispose() => _one.Dispose();

    [LoggerMessage(EventId = 2006, Level = LogLevel.Error, Message = "Some pauses that lasted their maximum could not be lifted; the next sweep tries again")]
    private static partial void PauseNotLifted(ILogger log, Exception failed);

    [LoggerMessage(EventId = 2005, Level = LogLevel.Error, Message = "Some cases could not be counted again with the new calendar; the next sweep tries again")]
    private static partial void CalendarNotFollowed(ILogger log, Exception failed);

    [LoggerMessage(EventId = 2002, Level = LogLevel.Warning, Message = "Checkpoint {Checkpoint} could not be written down beside the key; the next one will be")]
    private static partial void AnchorFailed(ILogger log, Exception failed, long checkpoint);

    [LoggerMessage(EventId = 2001, Level = LogLevel.Error, Message = "Timer {TimerId} could not be fired; it stays due")]
    private static partial void TimerFailed(ILogger log, Exception failed, Guid timerId);

    [LoggerMessage(EventId = 2003, Level = LogLevel.Information, Message = "{Rows} rows of the flows' history before {Before:yyyy-MM-dd} let go")]
    private static partial void Forgotten(ILogger log, int rows, DateTimeOffset before);
}

/// <summary>Fires one timer; false when it is gone or not yet due.</summary>
internal sealed record FireTimer(Guid WaitId) : IStep<bool>, IBackgroundStep;

internal sealed class FireTimerHandler(IFlows flows) : MediatR.IRequestHandler<FireTimer, bool>
{
    public async Task<bool> Handle(FireTimer request, CancellationToken cancellationToken) => await flows.FireTimerAsync(request.WaitId, cancellationToken);
}

/// <summary>Takes up due timers for this node alone, until the lease ends.</summary>
/// <param name="AfterDue">The last one had in this drain: passes over what was fired already and is not cleaned up yet.</param>
internal sealed record LeaseTimers(TimeSpan For, DateTimeOffset? AfterDue, int Take) : IStep<IReadOnlyList<DueTimer>>;

internal sealed class LeaseTimersHandler(DeskDb db, StepScope step) : MediatR.IRequestHandler<LeaseTimers, IReadOnlyList<DueTimer>>
{
    public async Task<IReadOnlyList<DueTimer>> Handle(LeaseTimers request, CancellationToken cancellationToken) =>
        await FlowTimers.LeaseAsync(db, step.Now, request.For, request.AfterDue, request.Take, cancellationToken);
}
