namespace BanBuCheng.Web.Pages.Shared.Parts;

/// <summary>选择卡 — one of a few choices, each with a hint that says what follows from it. The whole card is the label.</summary>
public sealed record PickCards(string Name, string Legend, IReadOnlyList<PickCard> Cards, string? Chosen = null)
{
    public string? Hint { get; init; }
    public string? Error { get; init; }
    public bool Required { get; init; }
    public string Id => FieldId.Of(Name);

    public string? DescribedBy => (Hint, Error) switch
    {
        (null, null) => null,
        (null, _) => $"{Id}-error",
        (_, null) => $"{Id}-hint",
        _ => $"{Id}-hint {Id}-error",
    };
}

/// <summary>One choice.</summary>
public sealed record PickCard(string Value, string Title, string? Hint = null);
