using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Steps;

namespace BanBuCheng.Desk.Cases;

/// <summary>What the 问题受理单 holds once checked and sealed; the beginning of a case.</summary>
public sealed record CaseIntake
{
    public required Guid SubmissionKey { get; init; }
    public required string Subject { get; init; }
    public required string Story { get; init; }
    public string OriginalItem { get; init; } = "";
    public string OriginalWindow { get; init; } = "";
    public int VisitsBefore { get; init; }
    public ApplicantKind ApplicantKind { get; init; }
    public required SealedText ApplicantName { get; init; }
    public required string MaskedName { get; init; }
    public required SealedText Phone { get; init; }
    public required byte[] PhoneIndex { get; init; }
    public required string MaskedPhone { get; init; }
    public SealedText? IdNumber { get; init; }
    public byte[]? IdNumberIndex { get; init; }
    public IReadOnlyList<string> CareFlags { get; init; } = [];
    public Channel Channel { get; init; }
    public DateOnly? NeededBy { get; init; }
    public string NeededByReason { get; init; } = "";
    public Difficulty Difficulty { get; init; }
    /// <summary>补录 — the day it was really accepted; null = today.</summary>
    public DateOnly? AcceptedOn { get; init; }
    public string BackdateReason { get; init; } = "";

    /// <summary>陪同移交 — the ordinary window walks over to the help window with the citizen.</summary>
    public bool HandedOver { get; init; }
    public CaseAbout About { get; init; }

    /// <summary>The case a complaint is about.</summary>
    public CaseId? RelatedTo { get; init; }
    public required StaffId FirstContact { get; init; }
    public required string FirstContactName { get; init; }
    public required string FirstContactPhone { get; init; }
    public required string WindowUnitCode { get; init; }
}
