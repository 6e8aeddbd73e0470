using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Steps;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Desk.Cases;

/// <summary>Writes journal entries of the running step: one call per thing that happened.</summary>
public class CaseJournal(DeskDb db, StepScope step)
{
    private static readonly JsonSerializerOptions Canonical = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="kind">A code of <see cref="JournalKinds"/>.</param>
    /// <param name="facts">Ids, codes, dates and numbers, in a fixed order. Never a name, a phone number or free text.</param>
    public virtual void Write(ServiceCase serviceCase, string kind, params ReadOnlySpan<(string Name, object? Value)> facts)
    {
        var map = new Dictionary<string, object?>(facts.Length);
        foreach (var (name, value) in facts)
        {
            map[name] = value switch
            {
                DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                Enum word => word.ToString(),
                TaskId or CaseId or SmsId or StaffId or Guid => value.ToString(),
                _ => value,
            };
        }

        db.CaseJournal.Add(CaseJournalEntry.Append(serviceCase, step.Now, step.Actor, kind, JsonSerializer.Serialize(map, Canonical)));
        FirstContact.Tell(db, step, serviceCase, kind, map);
    }

    /// <summary>Whether one of these has happened to a case, in this step too.</summary>
    public virtual async ValueTask<bool> HasAsync(CaseId caseId, IReadOnlyList<string> kinds, CancellationToken ct) =>
        db.CaseJournal.Local.Any(e => e.CaseId == caseId && kinds.Contains(e.Kind)) || await db.CaseJournal.AnyAsync(e => e.CaseId == caseId && kinds.Contains(e.Kind), ct);
}
