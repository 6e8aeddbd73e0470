using System.Text.Json;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Inbox;
using BanBuCheng.Desk.Offices;

namespace BanBuCheng.Desk.CaseFile;

/// <summary>A case's ledger of time from its tasks and its journal.</summary>
public static class CaseTime
{
    /// <param name="tasks">All tasks of the case, ended ones too.</param>
    public static TimeLedger Of(ServiceCase serviceCase, IReadOnlyList<InboxTask> tasks, IReadOnlyList<CaseJournalEntry> journal,
        IReadOnlyDictionary<string, OfficeUnit> units, DateTimeOffset now, HallHours hours, WorkingCalendar calendar)
    {
        // Once the citizen has the answer nobody owes anything; should it not hold, the time until then counts to the return visit.
        var end = serviceCase.Clock is ClockState.Stopped && serviceCase.RepliedAt is { } replied ? replied : serviceCase.ClosedAt ?? now;
        var claims = tasks.Where(t => t.OpenedAt < end).Select(t => ClaimOf(t, units)).OfType<TimeClaim>().ToList();
        claims.AddRange(PausesOf(journal));
        return TimeLedger.Of(serviceCase.AcceptedAt, end, claims, StagesOf(journal), serviceCase.LeadUnit, hours, calendar);
    }

    private static TimeClaim? ClaimOf(InboxTask task, IReadOnlyDictionary<string, OfficeUnit> units)
    {
        if (task.Purpose is TaskPurpose.Beside) return null;
        var holder = task.AssignedUnit is { } unit
            ? units.TryGetValue(unit, out var known) ? known.Kind switch
            {
                UnitKind.Window => TimeHolder.Window,
                UnitKind.Station or UnitKind.Bureau => TimeHolder.Station,
                UnitKind.Committee => TimeHolder.Committee,
                _ => TimeHolder.Unit,
            } : TimeHolder.Unit
            : task.AssignedRole switch
            {
                Roles.WindowStaff or Roles.HelpWindow => TimeHolder.Window,
                Roles.CommitteeSecretary => TimeHolder.Committee,
                Roles.Supervisor or Roles.ProcessAdmin or Roles.SystemAdmin => null, // who urges does not hold it
                _ => (TimeHolder?)TimeHolder.Station,
            };
        return holder is { } party ? new TimeClaim(party, party is TimeHolder.Unit ? task.AssignedUnit : null, task.OpenedAt, task.EndedAt) : null;
    }

    private static IEnumerable<TimeClaim> PausesOf(IReadOnlyList<CaseJournalEntry> journal)
    {
        TimeClaim? open = null;
        foreach (var entry in journal)
        {
            if (entry.Kind == JournalKinds.ClockPaused) open = new TimeClaim(Fact(entry, "reason") == "SUPPLEMENT" ? TimeHolder.Citizen : TimeHolder.Procedure, null, entry.At, null);
            if (entry.Kind is not (JournalKinds.ClockResumed or JournalKinds.NoticeDelivered) || open is not { } pause) continue;
            yield return pause with { To = entry.At };
            open = null;
        }

        if (open is { } still) yield return still;
    }

    private static List<(DateTimeOffset, TimeHolder)> StagesOf(IReadOnlyList<CaseJournalEntry> journal) =>
        [.. journal.Where(e => e.Kind == JournalKinds.StageEntered && Enum.TryParse<CaseStage>(Fact(e, "stage"), out _))
            .Select(e => (e.At, HolderOf(Enum.Parse<CaseStage>(Fact(e, "stage")!))))];

    private static TimeHolder HolderOf(CaseStage stage) => stage switch
    {
        CaseStage.Intake => TimeHolder.Window,
        CaseStage.Committee => TimeHolder.Committee,
        _ => TimeHolder.Station,
    };

    private static string? Fact(CaseJournalEntry entry, string name)
    {
        using var facts = JsonDocument.Parse(entry.Facts);
        return facts.RootElement.TryGetProperty(name, out var value) ? value.ToString() : null;
    }
}
