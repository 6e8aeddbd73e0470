namespace BanBuCheng.Web.Pages.Shared.Parts;

/// <summary>标签 — one fact about a case. At most four in a row.</summary>
public sealed record Tag(string Text, Tone Tone = Tone.Rest, string? Icon = null)
{
    public string Css => Tone == Tone.Rest ? "tag" : $"tag tag-{Tone.ToString().ToLowerInvariant()}";
}
