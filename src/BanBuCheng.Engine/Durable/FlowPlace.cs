using BanBuCheng.Engine.Running;

namespace BanBuCheng.Engine.Durable;

/// <summary>A box of a flow, as a person finds it in the drawing.</summary>
/// <param name="Path">Node path, unique in the version.</param>
/// <param name="Where">Captions of what it lies in, outermost first, without the flow itself.</param>
/// <param name="DefinitionId">Of the flow drawn inside, for a sub-flow.</param>
public sealed record FlowPlace(string Path, string ActivityId, string Type, string Caption, IReadOnlyList<string> Where, string? DefinitionId)
{
    /// <summary>Ports by which it can be left, as drawn; none where it cannot be told.</summary>
    public IReadOnlyList<string> Ports { get; init; } = [];

    /// <summary>Types of everything drawn inside it, itself included.</summary>
    public IReadOnlySet<string> Types { get; init; } = new HashSet<string>();

    internal static FlowPlace Of(Node node)
    {
        var where = new List<string>();
        for (var at = node.Parent; at is { Parent: not null }; at = at.Parent)
            // A root flowchart says nothing that its flow does not say.
            if (at.Parent.Parent is not null && at.Parent.Workflow is null) where.Insert(0, at.Caption);
            else if (at.Workflow is not null) where.Insert(0, at.Caption);
        var ports = node.Parent?.Flowchart is { } graph ? graph.Connections.Where(c => c.Source == node.Place).Select(c => c.Port ?? "Done") : [];
        var types = new HashSet<string>(StringComparer.Ordinal);
        Collect(node, types);
        return new FlowPlace(node.Path, node.Id, node.Type, node.Caption, where, node.Parent is null ? null : node.Workflow?.DefinitionId)
        {
            Ports = [.. ports.Distinct(StringComparer.Ordinal)], Types = types,
        };
    }

    private static void Collect(Node node, HashSet<string> types)
    {
        types.Add(node.Type);
        foreach (var child in node.Children) Collect(child, types);
    }
}
