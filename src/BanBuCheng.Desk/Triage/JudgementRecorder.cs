using System.Text.Json.Nodes;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Inbox;

namespace BanBuCheng.Desk.Triage;

/// <summary>研判表 — difficulty, policy barrier, causes, lead and assisting units, as the station judged them.</summary>
internal sealed class JudgementRecorder(CaseJournal journal, CaseReclasses reclasses) : IFormRecorder
{
    public string Name => "Judgement";

    public async ValueTask RecordAsync(ServiceCase serviceCase, string outcome, JsonObject answer, CancellationToken ct)
    {
        var difficulty = Enum.TryParse<Difficulty>(Text("difficulty"), out var judged) ? judged : serviceCase.Difficulty;
        var causes = Texts("causeCodes");
        serviceCase.FindLawful(Text("lawful"), Text("legalBasis"));
        serviceCase.JudgeAs(difficulty, Text("policyAttribute"), causes);
        journal.Write(serviceCase, JournalKinds.Judged, ("difficulty", difficulty), ("policy", Text("policyAttribute")), ("causes", string.Join(",", causes)), ("lawful", Text("lawful")));
        await reclasses.ApproveAsync(serviceCase, ct);
        if (Text("lead") is { Length: > 0 } lead)
        {
            serviceCase.AssignUnits(lead, Texts("assisting"));
            journal.Write(serviceCase, JournalKinds.UnitsAssigned, ("lead", lead), ("assisting", string.Join(",", serviceCase.AssistingUnits)));
        }

        string? Text(string field) => answer[field]?.GetValue<string>();
        List<string> Texts(string field) => answer[field] is JsonArray list ? [.. list.Select(n => n!.GetValue<string>())] : [];
    }
}
