using BanBuCheng.Engine.Documents;
using BanBuCheng.Engine.Running;

namespace BanBuCheng.Engine.Checking;

/// <summary>One activity where it is drawn: the activity itself, its flow, and what is connected to it.</summary>
public sealed class DrawnActivity
{
    private readonly FlowchartPlan? _plan;

    internal DrawnActivity(Node node)
    {
        Node = node;
        _plan = node.Parent?.Flowchart is { } graph ? graph.PlanFrom(graph.DefaultEntry) : null;
        ConnectedPorts = _plan is null ? [] : [.. _plan.Outbound[node.Place].Select(c => _plan.Connections[c].Port ?? "Done").Distinct(StringComparer.Ordinal)];
    }

    internal Node Node { get; }

    public ActivityModel Model => Node.Model;
    public string Type => Node.Type;
    public string Caption => Node.Caption;

    /// <summary>The flow it is drawn in: the one that is checked, or one used inside.</summary>
    public FlowDocument Flow => Places.FlowOf(Node);

    /// <summary>Does it stand in a flowchart, where ports can be connected?</summary>
    public bool HasPorts => _plan is not null;

    /// <summary>A way leads to it at all, as drawn.</summary>
    public bool IsReached => _plan is null || _plan.IsReached[Node.Place];

    /// <summary>Ports that are connected; a connection without a port counts as Done.</summary>
    public IReadOnlyList<string> ConnectedPorts { get; }

    public bool IsConnected(string port) => ConnectedPorts.Contains(port);

    /// <summary>Is something drawn from that port that leads back?</summary>
    public bool LeadsBack(string port)
    {
        if (_plan is null) return false;
        foreach (var connection in _plan.Outbound[Node.Place])
            if (_plan.IsBackward[connection] && _plan.Connections[connection].Port == port) return true;
        return false;
    }

    public DrawnInput Input(string name) => DrawnInput.Of(Model, name);
}
