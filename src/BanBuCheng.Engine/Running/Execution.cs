using System.Text.Json.Nodes;

namespace BanBuCheng.Engine.Running;

internal enum ExecutionStatus : byte
{
    Running,
    Completed,
    Faulted,
    Canceled,
}

/// <summary>One run of a node inside an instance: what Elsa calls an activity execution context. Lives only while it is active (or faulted).</summary>
internal sealed class Execution(int number, Node node, Execution? owner)
{
    public int Number { get; } = number;
    public Node Node { get; } = node;
    public Execution? Owner { get; } = owner;
    public ExecutionStatus Status { get; set; }

    /// <summary>Running and faulted children; the others are forgotten.</summary>
    public List<Execution> Children { get; } = [];

    /// <summary>Work items of this owner that are still in the queue.</summary>
    public int Queued { get; set; }

    public bool EnteredBackward { get; set; }
    public bool IsBreaking { get; set; }

    /// <summary>A container's own small number: next child, current item.</summary>
    public int Index { get; set; }

    /// <summary>Values of the node's declared variables, in its order; null until the first is needed.</summary>
    public object?[]? Values { get; set; }

    /// <summary>Variables without a declaration: a loop's CurrentValue, a sub-flow's inputs, what a script made.</summary>
    public List<DynamicVariable>? Dynamic { get; set; }

    /// <summary>A flowchart's counters, by connection; null until the first arrival.</summary>
    public Arrival[]? Arrivals { get; set; }
    public List<Token>? Tokens { get; set; }
    public int Entry { get; set; } = -1;

    public JsonObject? State { get; set; }
    public List<Guid>? Waits { get; set; }

    /// <summary>Outputs of a workflow (the instance, or one used as an activity).</summary>
    public Dictionary<string, object?>? Outputs { get; set; }

    /// <summary>Evaluated inputs of this call, by slot; not kept over a suspension.</summary>
    public object?[]? Inputs { get; set; }

    public bool HasRunningChild
    {
        get
        {
            foreach (var child in Children)
                if (child.Status == ExecutionStatus.Running) return true;
            return false;
        }
    }

    public bool HasFaultedChild
    {
        get
        {
            foreach (var child in Children)
                if (child.Status == ExecutionStatus.Faulted) return true;
            return false;
        }
    }

    public bool HasPendingWork => Queued > 0 || HasRunningChild;

    public object?[] ValueCells()
    {
        if (Values is { } cells) return cells;
        cells = new object?[Node.Variables.Length];
        for (var i = 0; i < cells.Length; i++) cells[i] = Node.Variables[i].Default;
        return Values = cells;
    }

    public void SetDynamic(string name, object? value)
    {
        Dynamic ??= [];
        for (var i = 0; i < Dynamic.Count; i++)
            if (Dynamic[i].Name == name)
            {
                Dynamic[i] = new(name, value);
                return;
            }
        Dynamic.Add(new(name, value));
    }
}

internal readonly record struct DynamicVariable(string Name, object? Value);

/// <summary>A token of token mode, on one connection.</summary>
internal record struct Token(int Connection, bool IsConsumed, bool IsBlocked);
