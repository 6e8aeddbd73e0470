using BanBuCheng.Desk.Inbox;
using BanBuCheng.Web.Pages.Shared.Forms;
using BanBuCheng.Web.Pages.Shared.Parts;
using TaskForm = BanBuCheng.Web.Pages.Shared.Forms.TaskForm;

namespace BanBuCheng.Web.Pages.Tasks;

/// <summary>
/// A task's questions as its page asks them: the flow's form, and the choice of an outcome — as the form's own question when it has a
/// property <c>outcome</c> that names them, else as one more.
/// </summary>
internal sealed record TaskFormFace(TaskForm Form, PickCards? Outcomes, bool HasOutcomeField)
{
    private const string Field = "outcome";

    public static TaskFormFace None { get; } = new(new TaskForm(null, []), null, false);

    public static TaskFormFace Of(TaskView view, IReadOnlyDictionary<string, string?>? written, string? chosen, IReadOnlyDictionary<string, string>? faults)
    {
        var form = view.Schema is { } schema ? FormSchema.Read(schema, written, faults) : new TaskForm(null, []);
        form = form.WithKnown(new Dictionary<string, MaskField>(
            form.Fields.Where(f => f.Kind is FieldKind.Mask).Select(f => KeyValuePair.Create(f.Key, new MaskField(view.Case.MaskedPhone, $"/cases/{view.Case.Number}/phone")))))
            with { Recipient = $"{view.Case.MaskedPhone} {view.Case.MaskedName}" };

        var offered = view.Task.Outcomes;
        var own = form.Fields.FirstOrDefault(f => f.Key == Field);
        if (own is not null && offered.All(o => own.Choices.Any(c => c.Value == o)))
        {
            // After enough rounds the flow no longer offers the way back; then the form does not either.
            var asked = own with { Kind = FieldKind.Pick, Required = true, Choices = [.. own.Choices.Where(c => offered.Contains(c.Value))] };
            return new TaskFormFace(form with { Fields = [.. form.Fields.Select(f => f == own ? asked : f)] }, null, true);
        }

        var cards = offered.Count > 1
            ? new PickCards(Field, "结果", [.. offered.Select(o => new PickCard(o, o))], chosen) { Required = true, Error = faults?.GetValueOrDefault(Field) }
            : null;
        return new TaskFormFace(form, cards, false);
    }

    /// <summary>What is wrong, in the order of the page; null when nothing is.</summary>
    public ErrorSummary? Errors(IEnumerable<string> refusals)
    {
        var lines = refusals.Select(r => new ErrorLine(null, r)).Concat(Form.Errors()?.Lines ?? []).ToList();
        if (Outcomes is { Error: { } error } cards) lines.Add(new ErrorLine(cards.Id, error));
        return lines.Count == 0 ? null : new ErrorSummary(lines);
    }

    /// <summary>Everything that was typed, question by question; null when nothing was.</summary>
    public string? Words(string? outcome)
    {
        var lines = Form.Fields.Where(f => !string.IsNullOrWhiteSpace(f.Value) && f.Kind is not (FieldKind.Tick or FieldKind.Mask) && f.Key != Field)
            .Select(f => $"{f.Label}：{Said(f)}").ToList();
        if (!string.IsNullOrEmpty(outcome)) lines.Insert(0, $"结果：{outcome}");
        return lines.Count == 0 ? null : string.Join('\n', lines);
    }

    private static string Said(FormField field) => field.Choices.Count == 0
        ? field.Value!
        : string.Join('、', field.Chosen.Select(v => field.Choices.FirstOrDefault(c => c.Value == v)?.Title ?? v));
}
