using System.Diagnostics;
using BanBuCheng.Desk.Database;
using BanBuCheng.Engine.Durable;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BanBuCheng.Desk.Steps;

/// <summary>
/// The tunnel every state change goes through: enter the lane, begin, handle, save the desk's rows, flush the engine's rows, commit.
/// All of it or nothing. Handlers do not save, do not open transactions, and call nothing outside.
/// </summary>
internal sealed partial class OneStepOneTransaction<TStep, T>(
    IServiceProvider services, StepScope scope, WriterLane lane, TimeProvider clock, ILogger<OneStepOneTransaction<TStep, T>> log)
    : IPipelineBehavior<TStep, T>
{
    /// <summary>People notice a wait of this length, so it is worth a line in the log of a quiet day.</summary>
    private const double SlowMs = 250;

    public async Task<T> Handle(TStep request, CancellationToken ct, RequestHandlerDelegate<T> next)
    {
        if (scope.Turn is not null) throw new InvalidOperationException($"{typeof(TStep).Name} was sent from inside another step.");

        var started = Stopwatch.GetTimestamp();
        await using var turn = await lane.EnterAsync(request is IBackgroundStep ? Pace.Background : Pace.Person, scope.IsAlone, ct);
        scope.Turn = turn;
        // Not before: a scope gets its context once, and in a turn it is the one that may write.
        var (db, flows) = (services.GetRequiredService<DeskDb>(), services.GetRequiredService<IFlows>());
        scope.Now = clock.GetUtcNow();
        await turn.BeginAsync(db, ct);
        var result = await next();
        await scope.SettleAsync(flows, ct);
        await db.SaveChangesAsync(ct);
        await flows.FlushAsync(ct);
        foreach (var due in flows.NewDueTimes) scope.RingAt(due);
        await turn.CommitAsync();

        var ms = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        if (ms >= SlowMs) Slow(log, typeof(TStep).Name, scope.Actor.Login, ms);
        else Committed(log, typeof(TStep).Name, scope.Actor.Login, ms);
        return result;
    }

    [LoggerMessage(EventId = 1001, Level = LogLevel.Debug, Message = "{Step} by {Actor} committed in {Ms:0.0} ms")]
    private static partial void Committed(ILogger log, string step, string actor, double ms);

    [LoggerMessage(EventId = 1003, Level = LogLevel.Information, Message = "{Step} by {Actor} took {Ms:0} ms, the wait for its turn included")]
    private static partial void Slow(ILogger log, string step, string actor, double ms);
}
