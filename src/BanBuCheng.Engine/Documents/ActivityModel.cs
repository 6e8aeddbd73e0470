using System.Text.Json.Nodes;

namespace BanBuCheng.Engine.Documents;

/// <summary>One activity as drawn.</summary>
public sealed record ActivityModel
{
    public required JsonObject Json { get; init; }

    /// <summary>JSON path in the document.</summary>
    public required string Path { get; init; }
    public required string Id { get; init; }
    public string? Name { get; init; }
    public required string Type { get; init; }
    public int Version { get; init; } = 1;
    public bool CanStartWorkflow { get; init; }
    public string? MergeMode { get; init; }

    /// <summary>What is drawn on the box: its display text, else its name, else its id.</summary>
    public required string Caption { get; init; }

    /// <summary>Children: of a list (<c>activities</c>, <c>branches</c>, <c>cases</c>) or of a single port (<c>body</c>, <c>then</c> …), in document order.</summary>
    public IReadOnlyList<ChildModel> Children { get; init; } = [];

    public IReadOnlyList<ConnectionModel> Connections { get; init; } = [];
    public IReadOnlyList<VariableModel> Variables { get; init; } = [];

    /// <summary>Set when this is a workflow used as an activity.</summary>
    public string? WorkflowDefinitionId { get; init; }
    public string? WorkflowDefinitionVersionId { get; init; }

    public IEnumerable<ActivityModel> WithDescendants()
    {
        var open = new Stack<ActivityModel>([this]);
        while (open.TryPop(out var activity))
        {
            yield return activity;
            for (var i = activity.Children.Count - 1; i >= 0; i--) open.Push(activity.Children[i].Activity);
        }
    }
}

/// <param name="Port">Name of the property that holds it: <c>activities</c>, <c>branches</c>, <c>cases</c>, <c>body</c> …</param>
/// <param name="Index">Place in the list; 0 for a single port.</param>
public sealed record ChildModel(string Port, int Index, ActivityModel Activity);

/// <param name="Port">Null: followed only when the source ends with the default outcome.</param>
public sealed record ConnectionModel(string Source, string? Port, string Target);
