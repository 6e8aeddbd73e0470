using System.Text.Json.Nodes;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Inbox;
using BanBuCheng.Desk.Steps;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Desk.Committee;

/// <summary>到会回执 — the unit says who comes, or who stands in. Once the minutes are written nothing can be said any more.</summary>
internal sealed class AttendanceRecorder(DeskDb db, CaseJournal journal, StepScope step) : IFormRecorder
{
    /// <summary>The outcome, as drawn, of a unit whose head comes.</summary>
    private const string Comes = "到会";

    public string Name => "Attendance";

    public async ValueTask RecordAsync(ServiceCase serviceCase, string outcome, JsonObject answer, CancellationToken ct)
    {
        var unit = step.Actor.UnitCode;
        var invited = await (from item in db.AgendaItems
                             join meeting in db.CommitteeMeetings on item.MeetingId equals meeting.Id
                             join invitation in db.MeetingInvitations on meeting.Id equals invitation.MeetingId
                             where item.CaseId == serviceCase.Id && invitation.UnitCode == unit
                             orderby meeting.ClosedAt != null, meeting.On
                             select new { meeting.Number, meeting.ClosedAt, invitation }).ToListAsync(ct);
        if (invited.Count == 0) throw new RefusedException("meeting.not-invited");
        var one = invited.Find(i => i.ClosedAt is null && i.invitation.Said is Attendance.Unanswered) ?? throw new RefusedException("meeting.closed");
        one.invitation.Say(outcome == Comes ? Attendance.Coming : Attendance.StandIn, Text("who") ?? "", Text("why"), step.Actor, step.Now);
        journal.Write(serviceCase, JournalKinds.MeetingAnswered, ("meeting", one.Number), ("unit", unit), ("comes", outcome == Comes));

        string? Text(string field) => answer[field]?.GetValue<string>().Trim() is { Length: > 0 } text ? text : null;
    }
}
