using BanBuCheng.Desk.Cases;
using BanBuCheng.Web.Pages.Shared.Parts;

namespace BanBuCheng.Web.Pages.Cases;

/// <summary>What a thing that happened looks like: the point's shape and its drawing.</summary>
internal static class TimelineMarks
{
    public static (TimelineMark Mark, string Icon) Of(string kind) => kind switch
    {
        JournalKinds.Accepted => (TimelineMark.Go, "hand"),
        JournalKinds.StageEntered => (TimelineMark.Plain, "right"),
        JournalKinds.ClockStarted or JournalKinds.ClockReclassed or JournalKinds.DueMoved => (TimelineMark.Plain, "clock"),
        JournalKinds.Extended => (TimelineMark.Plain, "calendar"),
        JournalKinds.ClockPaused => (TimelineMark.Stop, "pause"),
        JournalKinds.ClockResumed => (TimelineMark.Stop, "play"),
        JournalKinds.TaskOpened or JournalKinds.UnitsAssigned => (TimelineMark.Plain, "right"),
        JournalKinds.TaskClaimed => (TimelineMark.Plain, "user"),
        JournalKinds.TaskPutBack or JournalKinds.TaskWithdrawn => (TimelineMark.Plain, "back"),
        JournalKinds.TaskDone => (TimelineMark.Ok, "check"),
        JournalKinds.TaskOverdue => (TimelineMark.No, "alert"),
        JournalKinds.Judged => (TimelineMark.Plain, "scale"),
        JournalKinds.SolutionProposed => (TimelineMark.Plain, "bulb"),
        JournalKinds.SolutionChallenged => (TimelineMark.No, "x"),
        JournalKinds.DocumentAdded => (TimelineMark.Ok, "certificate"),
        JournalKinds.Escalated => (TimelineMark.Plain, "stairs"),
        JournalKinds.SmsQueued or JournalKinds.SmsDelivered => (TimelineMark.Msg, "message"),
        JournalKinds.SmsFailed => (TimelineMark.No, "message"),
        JournalKinds.ReplyIssued => (TimelineMark.Msg, "send"),
        JournalKinds.NoticeDelivered => (TimelineMark.Ok, "done"),
        JournalKinds.ToldByPhoneTask => (TimelineMark.Msg, "phone"),
        JournalKinds.NoteAdded => (TimelineMark.Plain, "note"),
        JournalKinds.Looked => (TimelineMark.Plain, "eye"),
        JournalKinds.Visited => (TimelineMark.Ok, "phone"),
        JournalKinds.Reopened => (TimelineMark.No, "refresh"),
        JournalKinds.Closed => (TimelineMark.Go, "done"),
        JournalKinds.WatchFound or JournalKinds.WentLate => (TimelineMark.No, "alert"),
        JournalKinds.LateExplained => (TimelineMark.Plain, "note"),
        JournalKinds.PartLeftOpen => (TimelineMark.Plain, "calendar"),
        JournalKinds.PartSettled => (TimelineMark.Ok, "check"),
        JournalKinds.SideFlowStarted or JournalKinds.FlowMended or JournalKinds.FlowMoved => (TimelineMark.Plain, "route"),
        _ => (TimelineMark.Plain, "right"),
    };
}
