using BanBuCheng.Engine.Documents;

namespace BanBuCheng.Desk.Rehearsal;

/// <summary>What a set of documents uses and does not bring is taken from a shelf.</summary>
public static class FlowParts
{
    /// <param name="shelf">A folder of documents; may be missing.</param>
    public static IReadOnlyList<string> Complete(IReadOnlyList<string> texts, string shelf) =>
        Complete(texts, Directory.Exists(shelf) ? [.. Directory.EnumerateFiles(shelf, "*.json").Order(StringComparer.Ordinal).Select(File.ReadAllText)] : []);

    public static IReadOnlyList<string> Complete(IReadOnlyList<string> texts, IReadOnlyList<string> shelf)
    {
        var kept = shelf.Select(t => (Text: t, FlowReader.Read(t).Document)).Where(f => f.Document is not null).GroupBy(f => f.Document!.DefinitionId).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        List<string> all = [.. texts];
        var have = texts.Select(t => FlowReader.Read(t).Document?.DefinitionId).OfType<string>().ToHashSet(StringComparer.Ordinal);
        for (var i = 0; i < all.Count; i++)
        {
            if (FlowReader.Read(all[i]).Document is not { } document) continue;
            foreach (var part in document.Root.WithDescendants().Select(a => a.WorkflowDefinitionId).OfType<string>())
                if (kept.TryGetValue(part, out var found) && have.Add(part)) all.Add(found.Text);
        }

        return all;
    }
}
