namespace BanBuCheng.Engine.Running;

/// <summary>The drawing inside one flowchart: its activities, connections, default entry, and a plan for each entry that is used.</summary>
internal sealed class FlowchartGraph
{
    private readonly JoinMode[] _modes;
    private readonly FlowchartPlan?[] _plans;

    public FlowchartGraph(Node owner, JoinMode[] modes, bool[] hasComputedMode)
    {
        Activities = [.. owner.ChildrenOf("activities")];
        _modes = modes;
        HasComputedMode = hasComputedMode;
        ComputesModes = hasComputedMode.Contains(true);
        _plans = new FlowchartPlan?[Activities.Length + 1];
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < Activities.Length; i++) places.TryAdd(Activities[i].Id, i);
        Connections = [.. owner.Model.Connections.Select(c => new Connection(places[c.Source], c.Port, places[c.Target]))];
        DefaultEntry = Entry();
        for (var i = 0; i < Activities.Length; i++)
            MergeModes.Add(Activities[i].Model.MergeMode);
    }

    public Node[] Activities { get; }
    public Connection[] Connections { get; }
    public int DefaultEntry { get; }
    public List<string?> MergeModes { get; } = [];

    /// <summary>Some join's mode is an expression that is no literal.</summary>
    public bool ComputesModes { get; }
    public bool[] HasComputedMode { get; }

    public FlowchartPlan PlanFrom(int entry) => _plans[entry + 1] ??= new FlowchartPlan(Activities.Length, Connections, _modes, entry);

    /// <summary>The first Start, else the first flagged, else the first that nothing leads to, else the first.</summary>
    private int Entry()
    {
        var start = Array.FindIndex(Activities, a => a.Type == "Elsa.Start");
        if (start < 0) start = Array.FindIndex(Activities, a => a.Model.CanStartWorkflow);
        if (start < 0)
        {
            var hasInbound = new bool[Activities.Length];
            foreach (var connection in Connections) hasInbound[connection.Target] = true;
            start = Array.IndexOf(hasInbound, false);
        }
        return start >= 0 ? start : Activities.Length > 0 ? 0 : -1;
    }
}
