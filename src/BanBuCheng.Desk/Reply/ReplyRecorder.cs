using System.Text.Json.Nodes;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Inbox;
using BanBuCheng.Desk.Steps;

namespace BanBuCheng.Desk.Reply;

/// <summary>
/// 拟答复的规矩 — what the form alone cannot know: a solution that was overturned, a filing without receipt, attempts that nobody logged.
/// What depends on the form only stands in the form (<see cref="FormRules"/>).
/// </summary>
internal sealed class ReplyRecorder(SolutionBook solutions, FilingReceipts receipts, ItemsToCarryOut items, FellowCases fellows, CaseJournal journal, StepScope step) : IFormRecorder
{
    public string Name => "Reply";

    public async ValueTask RecordAsync(ServiceCase serviceCase, string outcome, JsonObject answer, CancellationToken ct)
    {
        // one study, individual replies. What this citizen reads must tell of nobody else.
        var read = string.Join('\n', answer.Select(field => field.Value is JsonValue value && value.TryGetValue<string>(out var said) ? said : ""));
        if (await fellows.ToldOfAsync(serviceCase, read, ct) is { } other) throw new RefusedException("reply.tells-of-another", "text") { Facts = [("case", other)] };
        var attempts = await solutions.OfAsync(serviceCase.Id, ct);
        var risk = Text("risk") switch { "没有" => ApplicantRisk.None, "有，已经解决" => ApplicantRisk.Removed, "有，没解决" => ApplicantRisk.Remaining, _ => (ApplicantRisk?)null };
        if (risk is not null and not ApplicantRisk.None && Text("riskHandling") is null) throw new RefusedException("reply.risk-unsaid", "riskHandling");

        if (ReplyOutcomes.IsPositive(outcome))
        {
            // an overturned solution is a risk for the citizen until somebody says how it was removed.
            if (attempts is [.., { State: AttemptState.Challenged }] && risk is null or ApplicantRisk.None) throw new RefusedException("reply.solution-overturned", "risk");
            if (await receipts.MissingAsync(serviceCase.Id, ct) is { Count: > 0 } missing)
                throw new RefusedException("reply.receipt-missing", "outcome") { Facts = [("units", await receipts.NamesAsync(missing, ct))] };

            // what the committee resolved is not yet carried out, so the matter is done in part at most.
            if (await items.OfAsync(serviceCase.Id, ct) is { Count: > 0 } open) throw new RefusedException("reply.items-open", "outcome") { Facts = [("items", string.Join('、', open))] };
        }

        if (ReplyOutcomes.IsRefusal(outcome) && attempts.Count == 0)
        {
            // nothing was tried, or nobody wrote it down. What is written here is the first attempt of the file.
            if (Text("tried") is not { } tried) throw new RefusedException("reply.nothing-tried", "tried");
            var attempt = SolutionAttempt.Propose(Guid.CreateVersion7(step.Now), serviceCase.Id, 1, tried, step.Actor, step.Now);
            attempt.Challenge("依法办不了，见解释。", Text("basis") is { } basis ? basis[..Math.Min(basis.Length, CaseLimits.ShortText)] : null, step.Actor.Name, step.Now);
            solutions.Keep(attempt);
            journal.Write(serviceCase, JournalKinds.SolutionProposed, ("attempt", 1));
            journal.Write(serviceCase, JournalKinds.SolutionChallenged, ("attempt", 1));
        }

        if (risk is not { } said) return;
        serviceCase.SayRisk(said, said is ApplicantRisk.None ? null : Text("riskHandling"));
        journal.Write(serviceCase, JournalKinds.RiskSaid, ("risk", said));

        string? Text(string field) => answer[field]?.GetValue<string>().Trim() is { Length: > 0 } text ? text : null;
    }
}

/// <summary>The words of the forms for the two answers that rules are about. They are the captions of <see cref="CaseOutcome"/> as people choose them.</summary>
internal static class ReplyOutcomes
{
    public static bool IsPositive(string outcome) => outcome == "办成了";
    public static bool IsRefusal(string outcome) => outcome == "依法不能办";
}
