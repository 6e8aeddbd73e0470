namespace BanBuCheng.Web.Pages.Shared.Parts;

/// <summary>
/// 再看20件 — the next page grows under the list; without script the link opens a page of its own. <paramref name="Shown"/> and
/// <paramref name="Total"/> are said, so that nobody takes a part for the whole.
/// </summary>
public sealed record MoreLink(string Url, int Shown, int Total, string Unit = "件", int Step = 20)
{
    /// <summary>Counting ended there; there are that many or more.</summary>
    public bool AtLeast { get; init; }

    public int Next => Math.Min(Step, Total - Shown);
}
