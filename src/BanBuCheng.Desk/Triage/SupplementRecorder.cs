using System.Globalization;
using System.Text.Json.Nodes;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Inbox;
using BanBuCheng.Desk.Steps;

namespace BanBuCheng.Desk.Triage;

/// <summary>一次性补正告知 — asked once. A second time only with a reason, which the citizen can read.</summary>
internal sealed class SupplementRecorder(SupplementBook supplements, CaseJournal journal, DeadlineBook deadlines, StepScope step) : IFormRecorder
{
    /// <summary>As long as the clock may wait for the citizen.</summary>
    private const int LongestDays = 10;

    public string Name => "Supplement";

    public async ValueTask RecordAsync(ServiceCase serviceCase, string outcome, JsonObject answer, CancellationToken ct)
    {
        var items = Text("supplementItems");
        if (items is null || Text("supplementBy") is not { } day) return;
        var (today, wanted) = (ShanghaiTime.DayOf(step.Now), DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture));
        if (wanted <= today) throw new RefusedException("supplement.no-time", "supplementBy");
        if (wanted > deadlines.Calendar.Due(today, LongestDays).Date) throw new RefusedException("supplement.too-long", "supplementBy");
        var before = await supplements.CountAsync(serviceCase.Id, ct);
        if (before > 0 && Text("supplementAgain") is null) throw new RefusedException("supplement.asked-already", "supplementAgain");

        var lines = string.Join('\n', items.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        supplements.Keep(CaseSupplement.Ask(Guid.CreateVersion7(step.Now), serviceCase.Id, before + 1, lines, wanted, before > 0 ? Text("supplementAgain") : null, step.Actor, step.Now));
        journal.Write(serviceCase, JournalKinds.SupplementAsked, ("items", lines.Split('\n').Length), ("by", wanted), ("number", before + 1));

        string? Text(string field) => answer[field]?.GetValue<string>().Trim() is { Length: > 0 } text ? text : null;
    }
}
