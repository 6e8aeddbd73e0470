namespace BanBuCheng.Desk.Cases;

/// <summary>Codes of what can happen to a case; the timeline turns each into a Chinese sentence (a test checks that all have one).</summary>
public static class JournalKinds
{
    public const string Accepted = "accepted";
    public const string StageEntered = "stage";
    public const string ClockStarted = "clock-started";
    public const string ClockReclassed = "clock-reclassed";
    public const string ClockPaused = "clock-paused";
    public const string ClockResumed = "clock-resumed";
    public const string Extended = "extended";
    public const string DueMoved = "due-moved";
    public const string TaskOpened = "task-opened";
    public const string TaskClaimed = "task-claimed";
    public const string TaskPutBack = "task-put-back";
    public const string TaskDone = "task-done";
    public const string TaskWithdrawn = "task-withdrawn";
    public const string TaskOverdue = "task-overdue";
    public const string Judged = "judged";
    public const string UnitsAssigned = "units-assigned";
    public const string SolutionProposed = "solution-proposed";
    public const string SolutionChallenged = "solution-challenged";
    public const string DocumentAdded = "document-added";
    public const string Escalated = "escalated";
    public const string SmsQueued = "sms-queued";
    public const string SmsDelivered = "sms-delivered";
    public const string SmsFailed = "sms-failed";
    public const string ReplyIssued = "reply-issued";
    public const string NoticeDelivered = "notice-delivered";
    public const string ToldByPhoneTask = "phone-task";
    public const string NoteAdded = "note-added";
    public const string Looked = "looked";
    public const string Visited = "visited";
    public const string Reopened = "reopened";
    public const string Closed = "closed";
    public const string SideFlowStarted = "side-flow";
    public const string AttachmentAdded = "attachment-added";
    public const string AgentNamed = "agent-named";
    public const string AgentRevoked = "agent-revoked";
    public const string DoneOnBehalf = "done-on-behalf";
    public const string UnitReturned = "unit-returned";
    public const string ReturnDecided = "return-decided";
    public const string UnitAdded = "unit-added";
    public const string Consulted = "consulted";
    public const string SupplementAsked = "supplement-asked";
    public const string SolutionAdopted = "solution-adopted";
    public const string RiskSaid = "risk-said";
    public const string NotDrawn = "not-drawn";
    public const string Praised = "praised";
    public const string CompanionPlanned = "companion-planned";
    public const string CompanionDone = "companion-done";
    public const string Contacted = "contacted";

    /// <summary>补录: somebody had been in touch before the case was taken, or earlier than today.</summary>
    public const string EarlierContact = "earlier-contact";
    public const string MeetingCalled = "meeting-called";
    public const string MeetingDecided = "meeting-decided";
    public const string Clustered = "clustered";
    public const string Unclustered = "unclustered";
    public const string BottleneckFound = "bottleneck";
    public const string CalledBack = "called-back";

    /// <summary>红灯亮了，在哪家手里; and the reason it wrote itself.</summary>
    public const string WentLate = "went-late";
    public const string LateExplained = "late-explained";

    /// <summary>没办成的部分: left open with a day, another day, settled.</summary>
    public const string PartLeftOpen = "part-left-open";
    public const string PartSettled = "part-settled";

    /// <summary>会商到会回执.</summary>
    public const string MeetingAnswered = "meeting-answered";

    /// <summary>The nightly check found the promise broken here.</summary>
    public const string WatchFound = "watch-found";

    /// <summary>An operator settled a breakdown of the case's flow, or moved the flow to another version.</summary>
    public const string FlowMended = "flow-mended";
    public const string FlowMoved = "flow-moved";

    public static IReadOnlyList<string> All { get; } =
    [
        Accepted, StageEntered, ClockStarted, ClockReclassed, ClockPaused, ClockResumed, Extended, DueMoved, TaskOpened, TaskClaimed, TaskPutBack,
        TaskDone, TaskWithdrawn, TaskOverdue, Judged, UnitsAssigned, SolutionProposed, SolutionChallenged, DocumentAdded, Escalated, SmsQueued,
        SmsDelivered, SmsFailed, ReplyIssued, NoticeDelivered, ToldByPhoneTask, NoteAdded, Looked, Visited, Reopened, Closed, SideFlowStarted, WatchFound, FlowMended, FlowMoved,
        AttachmentAdded, AgentNamed, AgentRevoked, DoneOnBehalf, UnitReturned, ReturnDecided, UnitAdded, Consulted, SupplementAsked, SolutionAdopted, RiskSaid,
        NotDrawn, Praised,
        CompanionPlanned, CompanionDone, Contacted, EarlierContact, MeetingCalled, MeetingDecided, Clustered, Unclustered, BottleneckFound, CalledBack,
        WentLate, LateExplained, PartLeftOpen, PartSettled, MeetingAnswered,
    ];
}
