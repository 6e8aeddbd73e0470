namespace BanBuCheng.Engine.Tests;

/// <summary>What a random drawing is made of.</summary>
public enum BoxKind
{
    Automatic,
    Waiting,
    JoinAny,
    JoinAll,
    JoinAllActive,
    End,
}

/// <summary>A random flowchart: activities 0…n-1 (0 is the entry), connections from a port A or B of one to another.</summary>
public sealed record Drawing(BoxKind[] Boxes, (int From, char Port, int To)[] Connections, int Seed)
{
    /// <summary>After so many runs every box leaves by no port at all, so that every drawing ends.</summary>
    public const int Patience = 60;

    /// <summary>The ports a box leaves by, on its n-th run; both the engine and the model ask here.</summary>
    public string[] Leaves(int box, int run, int total)
    {
        if (total > Patience) return ["nowhere"];
        if (Boxes[box] is not (BoxKind.Automatic or BoxKind.Waiting)) return ["A", "Done"];
        var dice = (uint)HashCode(Seed, box, run) % 8;
        return dice switch { < 3 => ["A"], < 5 => ["B"], < 7 => ["A", "B"], _ => ["nowhere"] };
    }

    private static int HashCode(int a, int b, int c)
    {
        unchecked
        {
            var h = (a * 73856093) ^ (b * 19349663) ^ (c * 83492791);
            h ^= h >>> 13;
            h *= 0x5bd1e995;
            return h ^ (h >>> 15);
        }
    }
}

/// <summary>
/// Counter mode as slowly and plainly as possible: absolute visit counts in dictionaries, all paths enumerated, no sharing with the engine.
/// Written from the rules; where the engine repairs the reference (join counted when scheduled, losers withdrawn, End is an end), so does this.
/// </summary>
public sealed class SlowFlowchart
{
    private readonly Drawing _drawing;
    private readonly List<int> _forward = [];
    private readonly HashSet<int> _reached = [];
    private readonly Dictionary<int, int> _activityVisits = [];
    private readonly Dictionary<int, int> _connectionVisits = [];
    private readonly Dictionary<int, bool> _followed = [];
    private readonly List<(int Box, bool Backward)> _queue = [];
    private readonly List<(int Box, bool Backward)> _waiting = [];
    private readonly Dictionary<int, int> _runs = [];
    private int _total;
    private bool _scheduled;

    public SlowFlowchart(Drawing drawing)
    {
        _drawing = drawing;
        Classify();
        _queue.Add((0, false));
        Drain();
    }

    public List<string> Log { get; } = [];
    public bool HasFaulted { get; private set; }
    public bool IsFinished { get; private set; }
    private bool HasFaultedChild { get; set; }

    public IReadOnlyList<int> Waiting => [.. _waiting.Select(w => w.Box)];

    public void Wake(int index)
    {
        if (HasFaulted || IsFinished) return;
        var (box, backward) = _waiting[index];
        _waiting.RemoveAt(index);
        Finish(box, backward);
        Drain();
    }

    private void Drain()
    {
        while (_queue.Count > 0 && !IsFinished)
        {
            var (box, backward) = _queue[0];
            _queue.RemoveAt(0);
            _total++;
            _runs[box] = _runs.GetValueOrDefault(box) + 1;
            Log.Add($"run {box}");
            switch (_drawing.Boxes[box])
            {
                case BoxKind.Waiting: _waiting.Add((box, backward)); break;
                case BoxKind.End:
                    _waiting.Clear();
                    _queue.Clear();
                    IsFinished = true;
                    break;
                case BoxKind.JoinAny:
                    WithdrawBefore(box);
                    Finish(box, backward);
                    break;
                default: Finish(box, backward); break;
            }
        }
    }

    private void WithdrawBefore(int join)
    {
        foreach (var loser in _waiting.Where(w => IsBefore(w.Box, join)).ToList())
        {
            _waiting.Remove(loser);
            Leave(loser.Box, [], _drawing.Boxes[loser.Box] != BoxKind.JoinAny);
        }
        foreach (var loser in _queue.Where(w => IsBefore(w.Box, join)).ToList())
        {
            _queue.Remove(loser);
            Leave(loser.Box, [], _drawing.Boxes[loser.Box] != BoxKind.JoinAny);
        }
    }

    private void Finish(int box, bool backward)
    {
        var ports = _drawing.Leaves(box, _runs[box], _total);
        _scheduled = false;
        if (!Leave(box, ports, !backward && _drawing.Boxes[box] != BoxKind.JoinAny))
        {
            HasFaulted = true;
            HasFaultedChild = true;
            return;
        }
        if (!_scheduled && _queue.Count == 0 && _waiting.Count == 0 && !HasFaultedChild) IsFinished = true;
    }

    /// <summary>False: an invalid way back was followed.</summary>
    private bool Leave(int box, string[] ports, bool counts)
    {
        if (counts) _activityVisits[box] = _activityVisits.GetValueOrDefault(box) + 1;
        for (var c = 0; c < _drawing.Connections.Length; c++)
        {
            var (from, port, target) = _drawing.Connections[c];
            if (from != box) continue;
            var follows = ports.Contains(port.ToString());
            if (!_forward.Contains(c))
            {
                if (!follows) continue;
                if (!AllForwardPathsPass(0, box, target, [])) return false;
                _queue.Add((target, true));
                _scheduled = true;
                continue;
            }
            _connectionVisits[c] = _connectionVisits.GetValueOrDefault(c) + 1;
            _followed[c] = follows;
            var inbound = _forward.Where(i => _drawing.Connections[i].To == target).ToList();
            var visits = _activityVisits.GetValueOrDefault(target);
            if (_drawing.Boxes[target] == BoxKind.JoinAny)
            {
                if (_connectionVisits[c] <= visits) continue;
                if (follows)
                {
                    _activityVisits[target] = visits + 1;
                    _queue.Add((target, false));
                    _scheduled = true;
                    continue;
                }
            }
            if (!inbound.TrueForAll(i => _connectionVisits.GetValueOrDefault(i) > visits)) continue;
            var most = inbound.Max(i => _connectionVisits[i]);
            var latest = inbound.Select(i => _connectionVisits[i] == most && _followed[i]).ToList();
            var goesOn = _drawing.Boxes[target] switch { BoxKind.JoinAll => latest.TrueForAll(f => f), BoxKind.JoinAny => false, _ => latest.Contains(true) };
            if (goesOn)
            {
                _queue.Add((target, false));
                _scheduled = true;
            }
            else if (_drawing.Boxes[target] != BoxKind.JoinAny || !latest.Contains(true)) Leave(target, [], true);
        }
        return true;
    }

    private bool IsBefore(int box, int join) => box != join && HasForwardPath(box, join);

    private bool HasForwardPath(int from, int to) =>
        from == to || _forward.Any(c => _drawing.Connections[c].From == from && HasForwardPath(_drawing.Connections[c].To, to));

    private bool AllForwardPathsPass(int at, int goal, int through, HashSet<int> path)
    {
        if (at == through) return true;
        if (at == goal) return false;
        return _forward.Where(c => _drawing.Connections[c].From == at).All(c => AllForwardPathsPass(_drawing.Connections[c].To, goal, through, path));
    }

    private void Classify()
    {
        var queue = new List<int> { 0 };
        _reached.Add(0);
        for (var i = 0; i < queue.Count; i++)
            for (var c = 0; c < _drawing.Connections.Length; c++)
            {
                if (_drawing.Connections[c].From != queue[i]) continue;
                var target = _drawing.Connections[c].To;
                if (!HasForwardPath(target, queue[i])) _forward.Add(c);
                if (_reached.Add(target)) queue.Add(target);
            }
    }
}
