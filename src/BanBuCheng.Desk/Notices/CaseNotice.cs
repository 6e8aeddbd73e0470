using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Steps;

namespace BanBuCheng.Desk.Notices;

/// <summary>
/// 告知 — something the citizen must have been told before it counts: the reply, an extension. It counts as delivered only by a
/// delivery report or a person's record of having told them; its id is the id of the flow wait that goes on then.
/// </summary>
public sealed class CaseNotice
{
    private CaseNotice() { }

    public static CaseNotice Issue(Guid id, CaseId caseId, NoticeKind kind, CaseOutcome? outcome, string text, SmsId? sms, bool needsPerson, string? details, Actor by, DateTimeOffset now) => new()
    {
        Id = id,
        CaseId = caseId,
        Kind = kind,
        Outcome = outcome,
        Text = text,
        SmsId = sms,
        NeedsPerson = needsPerson,
        Details = details,
        IssuedBy = by.Name,
        IssuedAt = now,
    };

    public Guid Id { get; private set; }
    public CaseId CaseId { get; private set; }
    public NoticeKind Kind { get; private set; }
    public CaseOutcome? Outcome { get; private set; }

    /// <summary>What the citizen is told, in full; the SMS says only the part that may stand on a lock screen.</summary>
    public string Text { get; private set; } = "";
    public SmsId? SmsId { get; private set; }

    /// <summary>A message on the telephone is not enough: somebody has to say it, face to face or by phone .</summary>
    public bool NeedsPerson { get; private set; }

    /// <summary>What the printable paper is made of: the draft's fields, JSON; null when the flow gave none.</summary>
    public string? Details { get; private set; }
    public string IssuedBy { get; private set; } = "";
    public DateTimeOffset IssuedAt { get; private set; }
    public bool Withdrawn { get; private set; }
    public DateTimeOffset? DeliveredAt { get; private set; }
    public DeliveryWay? DeliveredBy { get; private set; }
    public string? DeliveredByName { get; private set; }
    public string? DeliveryNote { get; private set; }
    public int Version { get; private set; }

    public bool IsOpen => DeliveredAt is null && !Withdrawn;

    /// <returns>False when it had been delivered before; the first delivery counts.</returns>
    public bool Deliver(DeliveryWay way, string? byName, string? note, DateTimeOffset at)
    {
        if (!IsOpen || (NeedsPerson && way is DeliveryWay.SmsReport)) return false;
        DeliveredAt = at;
        DeliveredBy = way;
        DeliveredByName = byName;
        DeliveryNote = note;
        return true;
    }

    public void Withdraw() => Withdrawn = DeliveredAt is null;
}

public enum NoticeKind { Reply, Extension }

/// <summary>How the citizen came to know.</summary>
public enum DeliveryWay { SmsReport, Phone, FaceToFace, Paper }
