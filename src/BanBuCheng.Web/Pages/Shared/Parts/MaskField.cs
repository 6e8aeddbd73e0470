namespace BanBuCheng.Web.Pages.Shared.Parts;

/// <summary>
/// 遮盖字段 — <c>138****2046</c> and 看一眼. The full value is never in the page: <paramref name="RevealUrl"/> is a POST that writes
/// the journal and answers with <see cref="MaskShown"/>, which masks itself again.
/// </summary>
public sealed record MaskField(string Masked, string? RevealUrl, string What = "电话");

/// <summary>The open value, for thirty seconds; then <paramref name="HideUrl"/> gives the masked field back.</summary>
public sealed record MaskShown(string Value, string HideUrl);
