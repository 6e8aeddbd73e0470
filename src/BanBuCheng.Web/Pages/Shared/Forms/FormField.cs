using BanBuCheng.Web.Pages.Shared.Parts;

namespace BanBuCheng.Web.Pages.Shared.Forms;

/// <summary>How a property of the form's schema is asked.</summary>
public enum FieldKind { Text, LongText, Number, Date, Pick, Select, Tick, Ticks, Mask }

/// <summary>Who reads the answer: nobody in particular, the citizen (inside the letter), only staff (inside the memo).</summary>
public enum Audience { Desk, Citizen, Staff }

/// <summary>One question of a task form, with what was written in it and what is wrong with it.</summary>
public sealed record FormField(string Key, FieldKind Kind, string Label)
{
    public string? Hint { get; init; }
    public bool Required { get; init; }
    public Audience Audience { get; init; }
    public IReadOnlyList<PickCard> Choices { get; init; } = [];
    public int Rows { get; init; } = 3;
    public int? MaxLength { get; init; }
    public string? Value { get; init; }
    public string? Error { get; init; }

    /// <summary>What the case already knows, masked; without it a masked field is asked like any text.</summary>
    public MaskField? Known { get; init; }

    /// <summary>The schema's own sentence for a wrong answer (<c>x-error</c>); the validator prefers it.</summary>
    public string? ErrorText { get; init; }

    public string Name => $"form[{Key}]";
    public string Id => FieldId.Of(Name);

    /// <summary>Of a list of boxes: the ones that are ticked, one value a line.</summary>
    public IReadOnlyList<string> Chosen => Value?.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    public bool Ticked => Value is "true" or "on";
    /// <summary>The outcomes that need it, when not all do (<c>x-required-for</c>).</summary>
    public IReadOnlyList<string> RequiredFor { get; init; } = [];

    public string Asked => Required ? Label : RequiredFor.Count > 0 ? $"{Label}（选{string.Concat(RequiredFor.Select(o => $"“{o}”"))}时要写）" : $"{Label}（可以不写）";

    public string? DescribedBy
    {
        get
        {
            var ids = string.Join(' ', new[]
            {
                Hint is null && Kind != FieldKind.Date ? null : $"{Id}-hint",
                Counts ? $"{Id}-count" : null,
                Error is null ? null : $"{Id}-error",
            }.OfType<string>());
            return ids.Length == 0 ? null : ids;
        }
    }

    /// <summary>Text to the citizen is counted in messages while it is written.</summary>
    public bool Counts => Audience == Audience.Citizen && Kind == FieldKind.LongText;

    public string? InputMode => Kind == FieldKind.Number ? "decimal" : null;

    public PickCards AsPicks() => new(Name, Asked, Choices, Value) { Hint = Hint, Error = Error, Required = Required };
}
