namespace BanBuCheng.Web.Pages.Shared.Parts;

/// <summary>One line or a few lines of text with label, hint and what is wrong with it, for pages whose form is fixed.</summary>
public sealed record TextField(string Name, string Label, string? Value)
{
    public string? Hint { get; init; }
    public string? Error { get; init; }

    /// <summary>More than one makes it a text area.</summary>
    public int Rows { get; init; } = 1;
    public string? InputMode { get; init; }
    public string Autocomplete { get; init; } = "off";
    public string Type { get; init; } = "text";

    /// <summary>The cursor stands here when the page opens: at most one of a page.</summary>
    public bool Autofocus { get; init; }

    /// <summary>For a page that holds the same form more than once; else the id is made of the name.</summary>
    public string? OwnId { get; init; }
    public string Id => OwnId ?? FieldId.Of(Name);

    public string? DescribedBy => string.Join(' ', new[] { Hint is null ? null : $"{Id}-hint", Error is null ? null : $"{Id}-error" }.OfType<string>()) is { Length: > 0 } ids ? ids : null;
}
