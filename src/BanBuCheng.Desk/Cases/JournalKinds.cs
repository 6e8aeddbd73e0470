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

    /// <summary>An operator settled a breakdown of the case's flow, or moved the flow to another version.</summary>
    public const string FlowMended = "flow-mended";
    public const string FlowMoved = "flow-moved";

    public static IReadOnlyList<string> All { get; } =
    [
        Accepted, StageEntered, ClockStarted, ClockReclassed, ClockPaused, ClockResumed, Extended, DueMoved, TaskOpened, TaskClaimed, TaskPutBack,
        TaskDone, TaskWithdrawn, TaskOverdue, Judged, UnitsAssigned, SolutionProposed, SolutionChallenged, DocumentAdded, Escalated, SmsQueued,
        SmsDelivered, SmsFailed, ReplyIssued, NoticeDelivered, ToldByPhoneTask, NoteAdded, Looked, Visited, Reopened, Closed, SideFlowStarted, FlowMended, FlowMoved,
    ];
}
