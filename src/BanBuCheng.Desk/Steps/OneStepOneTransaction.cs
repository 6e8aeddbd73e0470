using System.Diagnostics;
using BanBuCheng.Desk.Database;
using BanBuCheng.Engine.Durable;
using MediatR;
using Microsoft.Extensions.Logging;

namespace BanBuCheng.Desk.Steps;

/// <summary>
/// The tunnel every state change goes through: enter the lane, begin, handle, save the desk's rows, flush the engine's rows, commit.
/// All of it or nothing. Handlers do not save, do not open transactions, and call nothing outside.
/// </summary>
internal sealed partial class OneStepOneTransaction<TStep, T>(
    DeskDb db, IFlows flows, StepScope scope, WriterLane lane, TimeProvider clock, ILogger<OneStepOneTransaction<TStep, T>> log)
    : IPipelineBehavior<TStep, T>
{
    public async Task<T> Handle(TStep request, CancellationToken ct, RequestHandlerDelegate<T> next)
    {
        if (db.Database.CurrentTransaction is not null)
            throw new InvalidOperationException($"{typeof(TStep).Name} was sent from inside another step.");

        var started = Stopwatch.GetTimestamp();
        using (await lane.EnterAsync(ct))
        {
            scope.Now = clock.GetUtcNow();
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            var result = await next();
            await scope.SettleAsync(flows, ct);
            await db.SaveChangesAsync(ct);
            await flows.FlushAsync(ct);
            await transaction.CommitAsync(CancellationToken.None);
            foreach (var due in flows.NewDueTimes) scope.RingAt(due);
            Committed(log, typeof(TStep).Name, scope.Actor.Login, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            return result;
        }
    }

    [LoggerMessage(EventId = 1001, Level = LogLevel.Information, Message = "{Step} by {Actor} committed in {Ms:0.0} ms")]
    private static partial void Committed(ILogger log, string step, string actor, double ms);
}
