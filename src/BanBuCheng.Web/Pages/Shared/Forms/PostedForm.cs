namespace BanBuCheng.Web.Pages.Shared.Forms;

/// <summary>What came back in <c>form[key]</c>, as it was typed. A box that is not ticked is not sent at all.</summary>
public static class PostedForm
{
    public static IReadOnlyDictionary<string, string?> Read(IFormCollection posted) =>
        posted
            .Where(p => p.Key.StartsWith("form[", StringComparison.Ordinal) && p.Key.EndsWith(']'))
            .ToDictionary(p => p.Key[5..^1], p => (string?)p.Value.LastOrDefault(), StringComparer.Ordinal);
}
