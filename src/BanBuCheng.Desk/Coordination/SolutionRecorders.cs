using System.Text.Json.Nodes;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Inbox;
using BanBuCheng.Desk.Steps;

namespace BanBuCheng.Desk.Coordination;

/// <summary>方案 — proposes a further attempt; the earlier ones stay.</summary>
internal sealed class SolutionRecorder(SolutionBook solutions, CaseJournal journal, StepScope step, TimeProvider clock) : IFormRecorder
{
    public string Name => "Solution";

    public async ValueTask RecordAsync(ServiceCase serviceCase, string outcome, JsonObject answer, CancellationToken ct)
    {
        if (answer["solution"]?.GetValue<string>() is not { Length: > 0 } text) return;
        var number = 1 + (await solutions.OfAsync(serviceCase.Id, ct)).Count;
        solutions.Keep(SolutionAttempt.Propose(Guid.CreateVersion7(clock.GetUtcNow()), serviceCase.Id, number, text, step.Actor, step.Now));
        journal.Write(serviceCase, JournalKinds.SolutionProposed, ("attempt", number));
    }
}

/// <summary>方案被推翻 — the newest attempt is challenged, by whom and on what basis.</summary>
internal sealed class ChallengeRecorder(SolutionBook solutions, CaseJournal journal, StepScope step) : IFormRecorder
{
    public string Name => "Challenge";

    public async ValueTask RecordAsync(ServiceCase serviceCase, string outcome, JsonObject answer, CancellationToken ct)
    {
        if (answer["objection"]?.GetValue<string>() is not { Length: > 0 } objection) return;
        if (await solutions.OfAsync(serviceCase.Id, ct) is not [.., var attempt]) throw new RefusedException("solution.none-to-challenge", "objection");
        attempt.Challenge(objection, answer["objectionBasis"]?.GetValue<string>(), step.Actor.Name, step.Now);
        journal.Write(serviceCase, JournalKinds.SolutionChallenged, ("attempt", attempt.Number));
    }
}

/// <summary>方案可行 — the newest attempt is the one that is followed.</summary>
internal sealed class AdoptionRecorder(SolutionBook solutions, CaseJournal journal, StepScope step) : IFormRecorder
{
    public string Name => "Adoption";

    public async ValueTask RecordAsync(ServiceCase serviceCase, string outcome, JsonObject answer, CancellationToken ct)
    {
        if (await solutions.OfAsync(serviceCase.Id, ct) is not [.., var newest]) return; // what the departments will do stands in their opinions
        if (newest.State is AttemptState.Challenged) throw new RefusedException("solution.overturned", "outcome");
        newest.Adopt(step.Now);
        journal.Write(serviceCase, JournalKinds.SolutionAdopted, ("attempt", newest.Number));
    }
}

/// <summary>文件 — a certificate or filing receipt that solves the case.</summary>
internal sealed class DocumentRecorder(FilingReceipts papers, CaseJournal journal, StepScope step, TimeProvider clock) : IFormRecorder
{
    public string Name => "Document";

    public ValueTask RecordAsync(ServiceCase serviceCase, string outcome, JsonObject answer, CancellationToken ct)
    {
        if (Text("documentTitle") is not { Length: > 0 } title) return default;
        papers.Keep(CaseDocument.Add(Guid.CreateVersion7(clock.GetUtcNow()), serviceCase.Id, title, Text("documentNumber") ?? "",
            Text("issuingUnit") ?? step.Actor.UnitCode, Text("filedWith"), Text("receiptNumber"), step.Actor, step.Now));
        journal.Write(serviceCase, JournalKinds.DocumentAdded, ("number", Text("documentNumber")), ("receipt", Text("receiptNumber")));
        return default;

        string? Text(string field) => answer[field]?.GetValue<string>();
    }
}

/// <summary>内部备注 in a task's form.</summary>
internal sealed class NoteRecorder(DeskDb db, CaseJournal journal, StepScope step, TimeProvider clock) : IFormRecorder
{
    public string Name => "Note";

    public ValueTask RecordAsync(ServiceCase serviceCase, string outcome, JsonObject answer, CancellationToken ct)
    {
        if (answer["note"]?.GetValue<string>() is not { Length: > 0 } text) return default;
        db.CaseNotes.Add(CaseNote.Write(Guid.CreateVersion7(clock.GetUtcNow()), serviceCase.Id, text, step.Actor, step.Now));
        journal.Write(serviceCase, JournalKinds.NoteAdded);
        return default;
    }
}
