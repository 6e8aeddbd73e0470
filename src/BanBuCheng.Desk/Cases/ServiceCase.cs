using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Steps;

namespace BanBuCheng.Desk.Cases;

/// <summary>
/// 办件 — a matter that somebody could not get done at a window, from the counter until after the return visit. It leaves the open
/// set only after a delivered reply. What happens next is the flow's business, never this class's.
/// </summary>
public sealed class ServiceCase
{
    private ServiceCase() { }

    public static ServiceCase Accept(CaseId id, string number, byte[] queryCodeHash, CaseIntake intake, DateTimeOffset now, DateOnly today) => new()
    {
        Id = id,
        Number = number,
        QueryCodeHash = queryCodeHash,
        SubmissionKey = intake.SubmissionKey,
        Subject = intake.Subject,
        Story = intake.Story,
        OriginalItem = intake.OriginalItem,
        OriginalWindow = intake.OriginalWindow,
        VisitsBefore = intake.VisitsBefore,
        ApplicantKind = intake.ApplicantKind,
        ApplicantName = intake.ApplicantName,
        MaskedName = intake.MaskedName,
        Phone = intake.Phone,
        PhoneIndex = intake.PhoneIndex,
        MaskedPhone = intake.MaskedPhone,
        IdNumber = intake.IdNumber,
        IdNumberIndex = intake.IdNumberIndex,
        CareFlags = [.. intake.CareFlags],
        Channel = intake.Channel,
        NeededBy = intake.NeededBy,
        NeededByReason = intake.NeededByReason,
        Difficulty = intake.Difficulty,
        FirstContact = intake.FirstContact,
        FirstContactName = intake.FirstContactName,
        FirstContactPhone = intake.FirstContactPhone,
        WindowUnitCode = intake.WindowUnitCode,
        AcceptedAt = intake.AcceptedOn is { } real && real < today ? ShanghaiTime.At(real, new TimeOnly(12, 0)) : now,
        AcceptedOn = intake.AcceptedOn ?? today,
        EnteredAt = now,
        BackdateReason = intake.BackdateReason,
        HandedOver = intake.HandedOver,
        About = intake.About,
        RelatedTo = intake.RelatedTo,
        JournalSalt = Guid.CreateVersion7(now).ToByteArray(),
    };

    public CaseId Id { get; private set; }
    public string Number { get; private set; } = "";
    public byte[] QueryCodeHash { get; private set; } = [];

    /// <summary>Drawn with the blank form: the same form posted twice is one case.</summary>
    public Guid SubmissionKey { get; private set; }
    public string Subject { get; private set; } = "";

    /// <summary>怎么办不成的，用群众的原话; empty when the one sentence of the subject said it all.</summary>
    public string Story { get; private set; } = "";
    public string OriginalItem { get; private set; } = "";
    public string OriginalWindow { get; private set; } = "";
    public int VisitsBefore { get; private set; }
    public ApplicantKind ApplicantKind { get; private set; }
    public SealedText ApplicantName { get; private set; } = new([]);
    public string MaskedName { get; private set; } = "";
    public SealedText Phone { get; private set; } = new([]);
    public byte[] PhoneIndex { get; private set; } = [];
    public string MaskedPhone { get; private set; } = "";
    public SealedText? IdNumber { get; private set; }
    public byte[]? IdNumberIndex { get; private set; }
    public List<string> CareFlags { get; private set; } = [];
    public Channel Channel { get; private set; }

    /// <summary>期望办结日 — recorded apart from the limit; the internal target is the earlier of the two.</summary>
    public DateOnly? NeededBy { get; private set; }
    public string NeededByReason { get; private set; } = "";
    public Difficulty Difficulty { get; private set; }
    public StaffId FirstContact { get; private set; }
    public string FirstContactName { get; private set; } = "";
    public string FirstContactPhone { get; private set; } = "";
    public string WindowUnitCode { get; private set; } = "";
    public DateTimeOffset AcceptedAt { get; private set; }
    public DateOnly AcceptedOn { get; private set; }

    /// <summary>When it was typed in. After <see cref="AcceptedOn"/>: 补录, and every page says so.</summary>
    public DateTimeOffset EnteredAt { get; private set; }
    public string BackdateReason { get; private set; } = "";
    public bool IsBackdated => BackdateReason.Length > 0;

    /// <summary>The ordinary window walked over with the citizen; the help window confirms 接到 .</summary>
    public bool HandedOver { get; private set; }
    public CaseAbout About { get; private set; }
    public CaseId? RelatedTo { get; private set; }

    public CaseState State { get; private set; }
    public CaseStage Stage { get; private set; }
    public ClockState Clock { get; private set; }
    public DateOnly? DueOn { get; private set; }
    public bool DueIsProvisional { get; private set; }
    public int LimitWorkingDays { get; private set; }

    /// <summary>Working days granted by a delivered extension notice; 0 = never extended.</summary>
    public int ExtendedBy { get; private set; }

    /// <summary>The calendar its dates were counted with (<see cref="Deadlines.CalendarVersion"/>); a newer one makes it be counted again.</summary>
    public int CalendarVersion { get; private set; }
    public DateOnly? PausedOn { get; private set; }
    public DateOnly? PausedUntil { get; private set; }
    public string? PauseReason { get; private set; }

    public string? PolicyAttribute { get; private set; }
    public List<string> CauseCodes { get; private set; } = [];

    /// <summary>合法性结论 — YES, UNCLEAR or NO, with the clauses it stands on .</summary>
    public string? LegalFinding { get; private set; }
    public string? LegalClauses { get; private set; }

    /// <summary>Null until somebody drafted a reply.</summary>
    public ApplicantRisk? Risk { get; private set; }
    public string? RiskText { get; private set; }
    public string? LeadUnit { get; private set; }
    public List<string> AssistingUnits { get; private set; } = [];

    /// <summary>True from the opening of the clock (or a reopening) until a reply is delivered.</summary>
    public bool ReplyOwed { get; private set; } = true;
    public CaseOutcome? Outcome { get; private set; }
    public DateTimeOffset? RepliedAt { get; private set; }

    /// <summary>挂账: what a partial reply left open, the day it is promised for and the unit that goes on with it; null when nothing is open.</summary>
    public string? OpenPart { get; private set; }
    public DateOnly? OpenPartOn { get; private set; }
    public string? OpenPartOwner { get; private set; }
    public DateTimeOffset? ClosedAt { get; private set; }

    /// <summary>Salt of the digests in this case's journal; shredding it makes the digests meaningless.</summary>
    public byte[] JournalSalt { get; private set; } = [];
    public int JournalCount { get; private set; }
    public byte[] JournalHead { get; private set; } = [];
    public int Version { get; private set; }

    /// <summary>A new code makes the old one worthless.</summary>
    public void IssueQueryCode(byte[] hash) => QueryCodeHash = hash;

    public void EnterStage(CaseStage stage) => Stage = stage;

    public void StartClock(Difficulty difficulty, int limit, int extendedBy, DateOnly dueOn, bool provisional)
    {
        if (State == CaseState.Closed) throw new RefusedException("case.closed");
        var reopened = ReplyOwed && RepliedAt is not null; // a flow may say again what the reopening did: nothing is counted anew
        if (Clock is ClockState.Running or ClockState.Paused && Difficulty == difficulty && !reopened)
            throw new RefusedException("clock.already-running");
        Difficulty = difficulty;
        LimitWorkingDays = limit;
        ExtendedBy = extendedBy;
        DueOn = dueOn;
        DueIsProvisional = provisional;
        if (Clock is ClockState.Off or ClockState.Stopped)
        {
            Clock = ClockState.Running;
            ReplyOwed = true;
        }
    }

    public void PauseClock(string reason, DateOnly today, DateOnly until)
    {
        if (Clock != ClockState.Running) throw new RefusedException("clock.not-running");
        Clock = ClockState.Paused;
        PauseReason = reason;
        PausedOn = today;
        PausedUntil = until;
    }

    public void ResumeClock(DateOnly dueOn, bool provisional)
    {
        if (Clock != ClockState.Paused) throw new RefusedException("clock.not-paused");
        Clock = ClockState.Running;
        PausedOn = PausedUntil = null;
        PauseReason = null;
        DueOn = dueOn;
        DueIsProvisional = provisional;
    }

    public void Extend(int workingDays, DateOnly dueOn, bool provisional)
    {
        if (Clock != ClockState.Running) throw new RefusedException("clock.not-running");
        if (ExtendedBy > 0) throw new RefusedException("extension.once");
        ExtendedBy = workingDays;
        DueOn = dueOn;
        DueIsProvisional = provisional;
    }

    public void CountedWith(int calendarVersion) => CalendarVersion = calendarVersion;

    /// <summary>The last day of a running pause follows the calendar too.</summary>
    public void MovePauseEnd(DateOnly until) => PausedUntil = PausedOn is null ? null : until;

    /// <summary>Follows a change of the calendar; only an open clock moves.</summary>
    public void MoveDue(DateOnly dueOn, bool provisional)
    {
        DueOn = dueOn;
        DueIsProvisional = provisional;
    }

    public void JudgeAs(Difficulty difficulty, string? policyAttribute, IEnumerable<string> causeCodes)
    {
        // The clock learns of another difficulty only from the flow's StartClock, which re-classes without a restart.
        if (Clock is ClockState.Off) Difficulty = difficulty;
        PolicyAttribute = policyAttribute;
        CauseCodes = [.. causeCodes];
    }

    public void FindLawful(string? finding, string? clauses)
    {
        LegalFinding = finding;
        LegalClauses = clauses;
    }

    public void SayRisk(ApplicantRisk risk, string? text)
    {
        Risk = risk;
        RiskText = text;
    }

    public void AssignUnits(string lead, IEnumerable<string> assisting)
    {
        LeadUnit = lead;
        AssistingUnits = [.. assisting.Where(u => u != lead).Distinct()];
    }

    /// <summary>Only after a delivery has been reported or recorded.</summary>
    public void ReplyDelivered(CaseOutcome outcome, DateTimeOffset at)
    {
        Outcome = outcome;
        RepliedAt = at;
        ReplyOwed = false;
        Clock = ClockState.Stopped;
        PausedOn = PausedUntil = null;
        PauseReason = null;
    }

    /// <summary>Stays on the account after the case is closed, until it is settled.</summary>
    public void LeaveOpen(string what, DateOnly on, string? owner) => (OpenPart, OpenPartOn, OpenPartOwner) = (what, on, owner);

    public void SettleOpenPart() => (OpenPart, OpenPartOn, OpenPartOwner) = (null, null, null);

    /// <summary>回访没解决 — what was delivered no longer counts; a new reply is owed on the original clock.</summary>
    public void ReopenAnswer()
    {
        if (State == CaseState.Closed) State = CaseState.Open;
        ClosedAt = null;
        ReplyOwed = true;
        Outcome = null;
        SettleOpenPart(); // the whole is owed again

        // The original clock goes on, its date unchanged: a case that owes a reply and has no clock would be watched by nobody.
        if (Clock is ClockState.Stopped) Clock = ClockState.Running;
    }

    public void Close(DateTimeOffset now)
    {
        if (State == CaseState.Closed) throw new RefusedException("case.closed");
        if (ReplyOwed || Outcome is null) throw new RefusedException("case.reply-owed");
        State = CaseState.Closed;
        ClosedAt = now;
    }

    internal (int Sequence, byte[] Previous) NextJournalEntry() => (JournalCount + 1, JournalHead);

    internal void Journalled(int sequence, byte[] hash)
    {
        JournalCount = sequence;
        JournalHead = hash;
    }
}
