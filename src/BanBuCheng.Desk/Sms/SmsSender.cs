using System.Text.Json;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Sms.Gateways;
using BanBuCheng.Desk.Steps;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BanBuCheng.Desk.Sms;

/// <summary>
/// Takes due messages to the gateway: lease in one step, call outside any step, record in another. A crash in between sends again
/// under the same id; the gateway (or the carrier) drops the copy.
/// </summary>
public sealed partial class SmsSender(StepDoor door, IServiceScopeFactory scopes, ISmsGateway gateway, FieldCipher cipher, TimeProvider clock, ILogger<SmsSender> log)
{
    private const int BatchSize = 20, MaxAttempts = 8;
    private static readonly TimeSpan LeaseTime = TimeSpan.FromMinutes(2);

    /// <returns>How many messages were handed over or given up.</returns>
    public async Task<int> SendDueAsync(CancellationToken ct)
    {
        var done = 0;
        while (!ct.IsCancellationRequested)
        {
            var due = await DueIdsAsync(ct);
            if (due.Count == 0) return done;
            var before = done;
            foreach (var id in due)
            {
                var message = await door.SendAsync(new LeaseSms(id, LeaseTime), Actor.Clock, ct);
                if (message is null) continue; // another sender was faster
                var handOver = await HandOverAsync(message, ct);
                if (StepMeter.Messages.Enabled) StepMeter.Messages.Add(1, new("gateway", gateway.Name), new KeyValuePair<string, object?>("answer", handOver.GetType().Name));
                await door.SendAsync(new RecordHandOver(id, handOver, MaxAttempts), Actor.Clock, ct);
                done++;
            }

            if (done == before) return done;
        }

        return done;
    }

    private async Task<List<SmsId>> DueIdsAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DeskDb>();
        var now = clock.GetUtcNow();
        return await db.OutgoingSms.AsNoTracking()
            .Where(s => s.State == SmsState.Queued && s.NextAttemptAt <= now && (s.LeasedUntil == null || s.LeasedUntil < now))
            .OrderBy(s => s.NextAttemptAt).ThenBy(s => s.Id).Take(BatchSize).Select(s => s.Id).ToListAsync(ct);
    }

    private async Task<SmsHandOver> HandOverAsync(LeasedSms leased, CancellationToken ct)
    {
        var parameters = JsonSerializer.Deserialize<Dictionary<string, string>>(cipher.Open(leased.Parameters)) ?? [];
        try
        {
            return await gateway.SendAsync(new SmsMessage(leased.Id.Value, cipher.Open(leased.Phone), SmsTemplates.Render(leased.Template, parameters)), ct);
        }
        catch (HttpRequestException unreachable)
        {
            Unreachable(log, gateway.Name, leased.Id.Value, unreachable.HttpRequestError.ToString());
            return new SmsHandOver.TryLater("gateway.unreachable");
        }
    }

    [LoggerMessage(EventId = 5001, Level = LogLevel.Warning, Message = "SMS gateway {Gateway} could not be reached for {SmsId}: {Error}; the message stays queued")]
    private static partial void Unreachable(ILogger log, string gateway, Guid smsId, string error);
}

/// <summary>What the sender needs of a row it holds.</summary>
public sealed record LeasedSms(SmsId Id, string Template, SealedText Phone, SealedText Parameters);

/// <summary>Takes a due message in hand for a while; null when another sender has it or it is no longer due.</summary>
internal sealed record LeaseSms(SmsId Id, TimeSpan For) : IStep<LeasedSms?>;

internal sealed class LeaseSmsHandler(DeskDb db, StepScope step) : IRequestHandler<LeaseSms, LeasedSms?>
{
    public async Task<LeasedSms?> Handle(LeaseSms request, CancellationToken cancellationToken)
    {
        var sms = await db.OutgoingSms.FirstOrDefaultAsync(s => s.Id == request.Id, cancellationToken);
        if (sms is not { State: SmsState.Queued } || sms.NextAttemptAt > step.Now || sms.LeasedUntil >= step.Now) return null;
        sms.Lease(step.Now + request.For);
        return new LeasedSms(sms.Id, sms.Template, sms.Phone, sms.Parameters);
    }
}

/// <summary>Records what the gateway said.</summary>
internal sealed record RecordHandOver(SmsId Id, SmsHandOver Answer, int MaxAttempts) : IStep;

internal sealed class RecordHandOverHandler(DeskDb db, StepScope step) : IRequestHandler<RecordHandOver, Unit>
{
    public async Task<Unit> Handle(RecordHandOver request, CancellationToken cancellationToken)
    {
        var sms = await SmsRows.LockedAsync(db, request.Id, cancellationToken) ?? throw new InvalidOperationException($"Expected message {request.Id}, but it is not there.");
        switch (request.Answer)
        {
            case SmsHandOver.Accepted accepted:
                sms.HandedOver(accepted.Reference, step.Now);
                break;
            case SmsHandOver.Refused refused:
                sms.Fail(refused.Code, step.Now);
                break;
            case SmsHandOver.TryLater later when sms.Attempts >= request.MaxAttempts:
                sms.Fail(later.Code, step.Now);
                break;
            case SmsHandOver.TryLater later:
                // 1, 2, 4 … minutes, an hour at most; never at night.
                var wait = TimeSpan.FromMinutes(Math.Min(60, Math.Pow(2, sms.Attempts - 1)));
                sms.TryAgain(later.Code, QuietHours.NextAllowed(step.Now + wait));
                step.RingAt(sms.NextAttemptAt);
                break;
        }

        return Unit.Value;
    }
}
