namespace BanBuCheng.Web.Pages.Shared.Forms;

/// <summary>What came back in <c>form[key]</c>, as it was typed. A box that is not ticked is not sent at all.</summary>
public static class PostedForm
{
    public static IReadOnlyDictionary<string, string?> Read(IFormCollection posted) =>
        posted
            .Where(p => IsField(p.Key))
            .ToDictionary(p => p.Key[5..^1], p => (string?)p.Value.LastOrDefault(), StringComparer.Ordinal);

    /// <summary>The same with every value: a list of boxes sends one for each that is ticked.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> ReadAll(IFormCollection posted) =>
        posted
            .Where(p => IsField(p.Key))
            .ToDictionary(p => p.Key[5..^1], p => (IReadOnlyList<string>)[.. p.Value.OfType<string>()], StringComparer.Ordinal);

    /// <summary>All values as a form shows them: the boxes of a list one a line.</summary>
    public static IReadOnlyDictionary<string, string?> AsWritten(IReadOnlyDictionary<string, IReadOnlyList<string>> fields) =>
        fields.ToDictionary(f => f.Key, f => (string?)string.Join('\n', f.Value), StringComparer.Ordinal);

    private static bool IsField(string key) => key.StartsWith("form[", StringComparison.Ordinal) && key.EndsWith(']');
}
