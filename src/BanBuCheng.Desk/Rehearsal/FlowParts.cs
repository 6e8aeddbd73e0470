using BanBuCheng.Engine.Documents;

namespace BanBuCheng.Desk.Rehearsal;

/// <summary>What a set of documents uses and does not bring is taken from a shelf.</summary>
public static class FlowParts
{
    /// <param name="shelf">A folder of documents; may be missing.</param>
    public static IReadOnlyList<string> Complete(IReadOnlyList<string> texts, string shelf) =>
        Complete(texts, Directory.Exists(shelf) ? [.. Directory.EnumerateFiles(shelf, "*.json").Order(StringComparer.Ordinal).Select(File.ReadAllText)] : []);

    /// <summary>The same with every flow from the side that starts by itself in the hall: a rehearsal without 督办 or 延时 would be a quieter hall than the real one.</summary>
    public static IReadOnlyList<string> WithSides(IReadOnlyList<string> texts, string shelf)
    {
        var kept = Directory.Exists(shelf) ? Directory.EnumerateFiles(shelf, "*.json").Order(StringComparer.Ordinal).Select(File.ReadAllText).ToList() : [];
        var have = texts.Select(t => FlowReader.Read(t).Document?.DefinitionId).ToHashSet(StringComparer.Ordinal);
        var sides = kept.Where(t => FlowReader.Read(t).Document is { } flow && RehearsalFlows.KindOf(flow) == "Side" && !have.Contains(flow.DefinitionId));
        return Complete([.. texts, .. sides], kept);
    }

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
