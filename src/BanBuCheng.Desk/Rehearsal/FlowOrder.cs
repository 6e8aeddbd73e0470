using BanBuCheng.Engine.Documents;

namespace BanBuCheng.Desk.Rehearsal;

/// <summary>Documents in an order in which each finds the flows it uses.</summary>
public static class FlowOrder
{
    /// <exception cref="FormatException">A text is no document.</exception>
    public static IReadOnlyList<string> PartsFirst(IReadOnlyList<string> texts)
    {
        var documents = texts.Select(t => (Text: t, Document: FlowReader.Read(t) is { Document: { } read } ? read
            : throw new FormatException(FlowReader.Read(t).Findings is [var first, ..] ? first.Message : "不是流程文档。"))).ToList();
        var byId = documents.GroupBy(d => d.Document.DefinitionId).ToDictionary(g => g.Key, g => g.Last(), StringComparer.Ordinal);
        var (ordered, seen) = (new List<string>(), new HashSet<string>(StringComparer.Ordinal));
        foreach (var (_, document) in documents) Visit(document);
        return ordered;

        void Visit(FlowDocument document)
        {
            if (!seen.Add(document.DefinitionId)) return;
            foreach (var part in document.Root.WithDescendants().Select(a => a.WorkflowDefinitionId).OfType<string>().Distinct())
                if (byId.TryGetValue(part, out var inside)) Visit(inside.Document);
            ordered.Add(byId[document.DefinitionId].Text);
        }
    }
}
