namespace BanBuCheng.Engine.Running;

/// <summary>How a join decides. A plain activity with several inbound connections is <see cref="WaitAllActive"/>.</summary>
internal enum JoinMode : byte
{
    WaitAllActive,
    WaitAll,
    WaitAny,
}

/// <summary>One connection of a flowchart, by positions of activities in it.</summary>
internal readonly record struct Connection(int Source, string? Port, int Target);

/// <summary>
/// A flowchart seen from one entry: which connections are forward, which lead back, whether a way back is valid. Made once per
/// document version and entry, shared by the interpreter and the publish gate, never changed.
/// </summary>
internal sealed class FlowchartPlan
{
    private readonly bool[]?[] _ancestors;

    public FlowchartPlan(int activities, IReadOnlyList<Connection> connections, IReadOnlyList<JoinMode> modes, int entry)
    {
        Entry = entry;
        Connections = [.. connections];
        Modes = [.. modes];
        Outbound = Group(activities, Connections, c => c.Source);
        Inbound = Group(activities, Connections, c => c.Target);
        IsBackward = new bool[Connections.Length];
        IsValidBackward = new bool[Connections.Length];
        IsReached = new bool[activities];
        _ancestors = new bool[]?[activities];
        Classify();
        ForwardInbound = new int[activities][];
        for (var a = 0; a < activities; a++)
            ForwardInbound[a] = [.. Inbound[a].Where(c => !IsBackward[c] && IsReached[Connections[c].Source])];
        for (var c = 0; c < Connections.Length; c++)
            if (IsBackward[c]) IsValidBackward[c] = Dominates(Connections[c].Target, Connections[c].Source);
    }

    public int Entry { get; }
    public Connection[] Connections { get; }

    /// <summary>By activity. WaitAllActive for everything that is no join.</summary>
    public JoinMode[] Modes { get; }
    public int[][] Outbound { get; }
    public int[][] Inbound { get; }
    public int[][] ForwardInbound { get; }
    public bool[] IsBackward { get; }

    /// <summary>Every forward path from the entry to the source passes the target.</summary>
    public bool[] IsValidBackward { get; }

    /// <summary>Can the activity be reached from the entry at all?</summary>
    public bool[] IsReached { get; }

    public int ActivityCount => Outbound.Length;

    /// <summary>Activities from which a forward path leads to this one.</summary>
    public bool[] Ancestors(int activity)
    {
        if (_ancestors[activity] is { } known) return known;
        var found = new bool[ActivityCount];
        var open = new Stack<int>([activity]);
        while (open.TryPop(out var at))
            foreach (var connection in ForwardInbound[at])
                if (!found[Connections[connection].Source])
                {
                    found[Connections[connection].Source] = true;
                    open.Push(Connections[connection].Source);
                }
        found[activity] = false;
        return _ancestors[activity] = found;
    }

    /// <summary>Breadth first from the entry: a connection whose target already leads to its source goes back.</summary>
    private void Classify()
    {
        if (Entry < 0) return;
        var forward = new List<int>[ActivityCount];
        for (var a = 0; a < ActivityCount; a++) forward[a] = [];
        var queue = new Queue<int>([Entry]);
        IsReached[Entry] = true;
        while (queue.TryDequeue(out var at))
            foreach (var connection in Outbound[at])
            {
                var target = Connections[connection].Target;
                if (LeadsTo(target, at)) IsBackward[connection] = true;
                else forward[at].Add(target);
                if (IsReached[target]) continue;
                IsReached[target] = true;
                queue.Enqueue(target);
            }

        bool LeadsTo(int from, int to)
        {
            if (from == to) return true;
            if (forward[from].Count == 0) return false;
            var seen = new bool[ActivityCount];
            var open = new Stack<int>([from]);
            while (open.TryPop(out var at))
                foreach (var next in forward[at])
                {
                    if (next == to) return true;
                    if (seen[next]) continue;
                    seen[next] = true;
                    open.Push(next);
                }
            return false;
        }
    }

    private bool Dominates(int target, int source)
    {
        if (target == source || target == Entry) return true;
        var seen = new bool[ActivityCount];
        var open = new Stack<int>([Entry]);
        seen[Entry] = true;
        while (open.TryPop(out var at))
        {
            if (at == source) return false;
            foreach (var connection in Outbound[at])
            {
                var next = Connections[connection].Target;
                if (IsBackward[connection] || next == target || seen[next]) continue;
                seen[next] = true;
                open.Push(next);
            }
        }
        return true;
    }

    private static int[][] Group(int activities, Connection[] connections, Func<Connection, int> by)
    {
        var groups = new List<int>[activities];
        for (var a = 0; a < activities; a++) groups[a] = [];
        for (var c = 0; c < connections.Length; c++) groups[by(connections[c])].Add(c);
        return [.. groups.Select(g => g.ToArray())];
    }
}
