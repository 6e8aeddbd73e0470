using BanBuCheng.Engine.Documents;
using BanBuCheng.Engine.Expressions;

namespace BanBuCheng.Engine.Running;

/// <summary>One activity of a compiled flow, known by its position. Sub-flows are expanded: their activities are nodes of the same flow.</summary>
internal sealed class Node
{
    public required int Position { get; init; }
    public required string Id { get; init; }
    public required string Path { get; init; }
    public required ActivityModel Model { get; init; }
    public required Node? Parent { get; init; }

    /// <summary>Null for the workflow itself, sub-flows and unknown types.</summary>
    public ActivityDescriptor? Descriptor { get; init; }

    /// <summary>Set for everything that has children.</summary>
    public ContainerRule? Rule { get; set; }

    /// <summary>Runs when the type is unknown: the reason, and an incident when executed.</summary>
    public string? Broken { get; init; }

    public string Type => Model.Type;
    public string Caption => Model.Caption;
    public bool IsTerminal => Descriptor?.IsTerminal == true;

    /// <summary>Is it a workflow (the root, or one used as an activity): the border of Complete, of outputs and of its variables?</summary>
    public FlowDocument? Workflow { get; init; }

    /// <summary>The host's activities know how often they ran; the engine's own do not need to.</summary>
    public bool CountsRounds { get; init; }

    public List<Node> Children { get; } = [];

    /// <summary>Place among the parent's children.</summary>
    public int Place { get; set; }
    public InputSlot[] Inputs { get; set; } = [];
    public OutputSlot[] Outputs { get; set; } = [];
    public VariableSlot[] Variables { get; set; } = [];
    public CaseSlot[] Cases { get; set; } = [];
    public FlowchartGraph? Flowchart { get; set; }

    private Dictionary<string, Node>? _ports;

    public Node? Port(string name) => _ports?.GetValueOrDefault(name);

    public void SetPort(string name, Node child) => (_ports ??= new(StringComparer.Ordinal))[name] = child;

    /// <summary>Children are made in the order of the model's.</summary>
    public IEnumerable<Node> ChildrenOf(string port)
    {
        for (var i = 0; i < Children.Count; i++)
            if (Model.Children[i].Port == port) yield return Children[i];
    }

    public override string ToString() => Path;
}

/// <param name="Name">PascalCase.</param>
/// <param name="Expression">Null when the document gives no input.</param>
/// <param name="IsOnDemand">Not evaluated when the activity starts: it wants something that exists only later (an item).</param>
internal sealed record InputSlot(string Name, Expressions.ValueType Type, FlowExpression? Expression, bool IsOnDemand);

/// <param name="Name">PascalCase.</param>
/// <param name="Target">Id of a variable, or name of a workflow output; null = not captured.</param>
internal sealed record OutputSlot(string Name, string? Target);

internal sealed record VariableSlot(string Id, string Name, Expressions.ValueType Type, object? Default, bool IsPersisted);

internal sealed record CaseSlot(string Label, FlowExpression Condition, Node? Activity);
