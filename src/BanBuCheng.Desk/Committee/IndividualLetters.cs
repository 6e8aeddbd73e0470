using System.Text.Json.Nodes;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Inbox;
using BanBuCheng.Desk.Sms;
using BanBuCheng.Desk.Steps;
using Microsoft.EntityFrameworkCore;
using NoticeKind = BanBuCheng.Desk.Notices.NoticeKind;

namespace BanBuCheng.Desk.Committee;

/// <summary>逐封看 — one study, and of each case its own letter as its own citizen will read it, before it goes out.</summary>
/// <param name="Text">What the citizen reads with number and code; empty when nobody has drafted it.</param>
/// <param name="Sms">The message that goes with it.</param>
/// <param name="TellsOf">Another case that the text tells of: it must not go out like this.</param>
public sealed record IndividualLetter(string Number, string Subject, string MaskedName, DateOnly? DueOn, LetterState State, CaseOutcome? Outcome, string Text, string? Sms, string? TellsOf)
{
    private static readonly string[] Parts = ["text", "facts", "basis", "tried", "alternatives", "departmentDecision", "receivingBody", "receivingContact", "nextStep", "riskHandling"];

    /// <summary>The letters of these cases, by number: first come, first seen.</summary>
    public static async Task<IReadOnlyList<IndividualLetter>> OfAsync(DeskDb db, FellowCases fellows, FieldCipher cipher, IReadOnlyList<CaseId> cases, CancellationToken ct)
    {
        var found = await db.Cases.AsNoTracking().Where(c => cases.Contains(c.Id)).ToDictionaryAsync(c => c.Id, ct);
        var notices = (await db.CaseNotices.AsNoTracking().Where(n => cases.Contains(n.CaseId) && n.Kind == NoticeKind.Reply && !n.Withdrawn).OrderBy(n => n.IssuedAt).ToListAsync(ct)).ToLookup(n => n.CaseId);
        var messages = (await db.OutgoingSms.AsNoTracking().Where(s => cases.Contains(s.CaseId)).ToListAsync(ct)).ToDictionary(s => s.Id);
        var tasks = (await db.InboxTasks.AsNoTracking().Where(t => cases.Contains(t.CaseId) && t.Purpose == TaskPurpose.Work).OrderBy(t => t.OpenedAt).ToListAsync(ct)).ToLookup(t => t.CaseId);
        var letters = new List<IndividualLetter>();
        foreach (var one in found.Values.OrderBy(c => c.Number, StringComparer.Ordinal))
        {
            var id = one.Id;
            // What went out counts before what was drafted, and an earlier reply that did not hold counts no more.
            var (state, outcome, text, sms) = notices[id].LastOrDefault(n => n.IsOpen || !one.ReplyOwed) is { } notice
                ? (notice.IsOpen ? LetterState.OnItsWay : LetterState.Delivered, notice.Outcome, notice.Text, notice.SmsId is { } smsId && messages.TryGetValue(smsId, out var sent) ? MessageList.TextOf(cipher, sent, showCodes: false) : null)
                : ToSign(tasks[id]) is { } draft ? (LetterState.ToSign, OutcomeOf(draft.Outcome), draft.Text, null)
                : (LetterState.None, (CaseOutcome?)null, "", (string?)null);
            letters.Add(new IndividualLetter(one.Number, one.Subject, one.MaskedName, one.DueOn, state, outcome, text, sms, text.Length == 0 ? null : await fellows.ToldOfAsync(one, text, ct)));
        }

        return letters;
    }

    /// <summary>The draft that a signer has before him: a form that says the whole reply, finished, with somebody asked after it; null when nobody is asked.</summary>
    private static (string Outcome, string Text)? ToSign(IEnumerable<InboxTask> tasks)
    {
        var all = tasks.ToList();
        if (all.LastOrDefault(t => t.State is TaskState.Done && t.Answer is not null && JsonNode.Parse(t.Answer) is JsonObject said && said["text"] is not null && said["risk"] is not null) is not { } draft) return null;
        if (!all.Any(t => t.State is TaskState.Open && t.Outcomes.Contains(draft.Outcome!) && t.OpenedAt >= draft.EndedAt)) return null;
        var form = JsonNode.Parse(draft.Answer!)!.AsObject();
        return (draft.Outcome!, string.Join('\n', Parts.Select(part => form[part]?.GetValue<string>()).Where(text => !string.IsNullOrWhiteSpace(text))));
    }

    private static CaseOutcome? OutcomeOf(string caption) => Enum.GetValues<CaseOutcome>().Where(o => o.Caption() == caption).Select(o => (CaseOutcome?)o).FirstOrDefault();
}

/// <summary>How far one letter has come.</summary>
public enum LetterState
{
    /// <summary>还没有拟.</summary>
    None,

    /// <summary>拟好了，等审签.</summary>
    ToSign,

    /// <summary>发出去了，还没确认送到.</summary>
    OnItsWay,

    /// <summary>送到了.</summary>
    Delivered,
}
