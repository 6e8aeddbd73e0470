using BanBuCheng.Desk.Steps;

namespace BanBuCheng.Desk.Sms;

/// <summary>
/// 待发短信 — a message that left a step as a row and waits for the sender. Sent at least once; the id is the gateway's idempotency
/// key. Phone number and parameters are sealed (they hold the query code).
/// </summary>
public sealed class OutgoingSms
{
    private OutgoingSms() { }

    public static OutgoingSms Queue(SmsId id, CaseId caseId, string template, SealedText phone, string maskedPhone, SealedText parameters, DateTimeOffset notBefore, DateTimeOffset now) => new()
    {
        Id = id,
        CaseId = caseId,
        Template = template,
        Phone = phone,
        MaskedPhone = maskedPhone,
        Parameters = parameters,
        QueuedAt = now,
        NextAttemptAt = notBefore,
    };

    public SmsId Id { get; private set; }
    public CaseId CaseId { get; private set; }
    public string Template { get; private set; } = "";
    public SealedText Phone { get; private set; } = new([]);
    public string MaskedPhone { get; private set; } = "";

    /// <summary>JSON object of the template's parameters.</summary>
    public SealedText Parameters { get; private set; } = new([]);
    public SmsState State { get; private set; }
    public DateTimeOffset QueuedAt { get; private set; }

    /// <summary>When the sender may (next) hand it over; night hours push it to the morning.</summary>
    public DateTimeOffset NextAttemptAt { get; private set; }
    public int Attempts { get; private set; }

    /// <summary>Until when one sender has it in hand; an expired lease may be taken by any.</summary>
    public DateTimeOffset? LeasedUntil { get; private set; }
    public string? GatewayReference { get; private set; }
    public string? FailureCode { get; private set; }
    public DateTimeOffset? HandedOverAt { get; private set; }
    public DateTimeOffset? ReportedAt { get; private set; }

    public void Lease(DateTimeOffset until)
    {
        LeasedUntil = until;
        Attempts++;
    }

    public void HandedOver(string? reference, DateTimeOffset now)
    {
        LeasedUntil = null;
        if (State is not SmsState.Queued) return; // a report was faster than our own record
        State = SmsState.HandedOver;
        GatewayReference = reference;
        HandedOverAt = now;
    }

    public void TryAgain(string code, DateTimeOffset at)
    {
        LeasedUntil = null;
        FailureCode = code;
        NextAttemptAt = at;
    }

    public void Fail(string code, DateTimeOffset now)
    {
        LeasedUntil = null;
        if (State is SmsState.Delivered) return;
        State = SmsState.Failed;
        FailureCode = code;
        ReportedAt = now;
    }

    /// <summary>Reports come late, twice and out of order: delivered is final, failed may still become delivered.</summary>
    /// <returns>True when this report changed anything.</returns>
    public bool Delivered(DateTimeOffset now)
    {
        if (State is SmsState.Delivered) return false;
        State = SmsState.Delivered;
        ReportedAt = now;
        HandedOverAt ??= now;
        return true;
    }
}

/// <summary>Queued 等着发 · HandedOver 运营商已收（还不算送达） · Delivered 已送达 · Failed 没送到.</summary>
public enum SmsState { Queued, HandedOver, Delivered, Failed }
