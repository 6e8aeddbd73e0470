using BanBuCheng.Web.Pages.Shared.Parts;

namespace BanBuCheng.Web.Pages.Shared.Forms;

/// <summary>
/// 任务表单 — a flow's JSON Schema as questions on a page, with what the person has written so far (a draft, or what was just
/// posted) and the messages of the validator. Field names on the wire are <c>form[key]</c>.
/// </summary>
public sealed record TaskForm(string? Title, IReadOnlyList<FormField> Fields)
{
    /// <summary>To whom the citizen's text goes, masked: "138****2046 安*". Shown inside the letter.</summary>
    public string? Recipient { get; init; }

    public bool Any(Audience audience) => Fields.Any(f => f.Audience == audience);

    public IEnumerable<FormField> For(Audience audience) => Fields.Where(f => f.Audience == audience);

    /// <summary>The same form with the values that the case already knows shown masked, by key (<c>x-mask</c>).</summary>
    public TaskForm WithKnown(IReadOnlyDictionary<string, MaskField> known) =>
        this with { Fields = [.. Fields.Select(f => f.Kind == FieldKind.Mask && known.TryGetValue(f.Key, out var mask) ? f with { Known = mask } : f)] };

    /// <summary>The summary for the top of the page, in the order of the questions; null when nothing is wrong.</summary>
    public ErrorSummary? Errors()
    {
        var lines = Fields.Where(f => f.Error is not null).Select(f => new ErrorLine(f.Id, $"{f.Label}：{f.Error}")).ToList();
        return lines.Count == 0 ? null : new(lines);
    }
}
