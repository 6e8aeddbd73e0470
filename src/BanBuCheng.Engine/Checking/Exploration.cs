using System.Diagnostics;
using BanBuCheng.Engine.Running;

namespace BanBuCheng.Engine.Checking;

/// <param name="States">More states than this are not proven.</param>
/// <param name="Milliseconds">Neither is what takes longer.</param>
/// <param name="K">Where the flowchart's numbers are cut off.</param>
public sealed record CheckLimits(int States = 200_000, int Milliseconds = 4_000, int K = 3);

/// <summary>One way from a state to the next.</summary>
/// <param name="Activity">Position of the activity that ran or was woken.</param>
/// <param name="Group">Ways of one state with the same number are not to be chosen between: all of them must be good.</param>
public readonly record struct Passage(int From, int To, int Activity, PassageKinds Kinds, int Marks, int Days, int Group)
{
    /// <summary>Which wait was woken; −1: the first work item ran.</summary>
    internal int Wait { get; init; }

    /// <summary>The choices that make it this passage.</summary>
    internal ushort[] Tape { get; init; } = [];

    public bool Is(PassageKinds kind) => (Kinds & kind) != 0;
}

/// <summary>Every state a flow can come to, with every way between them, breadth first: the first way to a state is a shortest one.</summary>
public sealed class Exploration
{
    private readonly CheckPlan _plan;
    private readonly CheckLimits _limits;
    private readonly Chooser _chooser = new();
    private readonly Dictionary<byte[], int> _numbers = new(new Keys());
    private readonly List<byte[]> _keys = [];
    private readonly List<int> _parents = [];
    private readonly List<Passage> _passages = [];
    private readonly List<int[]> _waits = [];
    private readonly List<bool> _isQuiet = [];
    private int[]? _firstOut;

    /// <param name="beginning">Where a run stands that is to go on; null: every way a run can begin.</param>
    internal Exploration(CheckPlan plan, CheckLimits limits, Situation? beginning = null)
    {
        _plan = plan;
        _limits = limits;
        WasExecuted = new bool[plan.Nodes.Length];
        WasWithdrawn = new int?[plan.Nodes.Length];
        Explore(beginning);
    }

    internal CheckPlan Plan => _plan;
    public int StateCount => _keys.Count;
    public IReadOnlyList<Passage> Passages => _passages;
    internal bool[] WasExecuted { get; }

    /// <summary>By position: the passage in which a join took the activity back before it had begun; null = never.</summary>
    internal int?[] WasWithdrawn { get; }

    /// <summary>Waits in a state: positions of the activities; empty where something is queued or all is over.</summary>
    public IReadOnlyList<int> WaitsOf(int state) => _waits[state];

    /// <summary>Nothing moves by itself, and it is not over.</summary>
    public bool IsQuiet(int state) => EndingOf(state) == Ending.None && _isQuiet[state];

    /// <summary>Set when not every state was seen.</summary>
    public bool HitTheBound { get; private set; }
    public bool HasSaturated => _chooser.HasSaturated;

    public Ending EndingOf(int state) => (Ending)_keys[state][0];

    public long GhostOf(int state) => BitConverter.ToInt64(_keys[state], 1);

    /// <summary>The passage by which a state was first come to; −1 for a beginning.</summary>
    public int ParentOf(int state) => _parents[state];

    /// <summary>Every activity that ran somewhere, by the flow that shows it and its id there.</summary>
    public IEnumerable<(string DefinitionId, string ActivityId)> Executed() =>
        _plan.Nodes.Where(n => WasExecuted[n.Position]).Select(n => (Places.FlowOf(n).DefinitionId, n.Id)).Distinct();

    /// <summary>Passages that leave a state: they lie together.</summary>
    public (int First, int Count) From(int state)
    {
        _firstOut ??= FirstOut();
        return (_firstOut[state], _firstOut[state + 1] - _firstOut[state]);
    }

    /// <summary>The activity at a position, as drawn.</summary>
    public DrawnActivity ActivityAt(int position) => new(_plan.Nodes[position]);

    /// <summary>A passage taken once more, to hear what happened in it.</summary>
    internal List<Happening> Tell(in Passage passage)
    {
        var story = new List<Happening>();
        Again(passage, new Stepper(_plan, _chooser, _limits.K) { Story = story });
        return story;
    }

    /// <summary>A passage taken once more, to do in earnest what was done in it.</summary>
    internal ForcedReplay.Taken Retake(in Passage passage)
    {
        var stepper = new Stepper(_plan, _chooser, _limits.K);
        var older = Again(passage, stepper);
        return new ForcedReplay.Taken(stepper.Actor, stepper.Taken, passage.Wait >= 0, older);
    }

    /// <summary>Position of the trigger that a state still begins with; null when it begins by hand or has begun.</summary>
    internal int? TriggerAt(int state) => EndingOf(state) == Ending.None ? Situation.Read(_keys[state], _plan.Nodes, _plan.Counted.Length).Trigger?.Position : null;

    /// <returns>Of a wait: how many waits of the same box lay before it.</returns>
    private int Again(in Passage passage, Stepper stepper)
    {
        var situation = Situation.Read(_keys[passage.From], _plan.Nodes, _plan.Counted.Length);
        _chooser.Begin(passage.Tape);
        if (passage.Wait < 0)
        {
            stepper.RunNext(situation);
            return 0;
        }
        var waits = situation.All().Where(b => b.Waits).Take(passage.Wait + 1).ToList();
        stepper.Wake(situation, waits[^1]);
        return waits.Count(b => ReferenceEquals(b.Node, waits[^1].Node)) - 1;
    }

    /// <summary>Passages from a beginning to the state, in order.</summary>
    public List<int> WayTo(int state)
    {
        var way = new List<int>();
        for (var at = _parents[state]; at >= 0; at = _parents[Passages[at].From]) way.Add(at);
        way.Reverse();
        return way;
    }

    private void Explore(Situation? beginning)
    {
        // Both clocks: on a busy machine nobody is refused for what others use.
        var clock = Stopwatch.StartNew();
        var used = Environment.CpuUsage.TotalTime;
        var stepper = new Stepper(_plan, _chooser, _limits.K);
        if (beginning is null) Begin(stepper);
        else Number(beginning, -1);
        for (var state = 0; state < _keys.Count; state++)
        {
            if ((state & 255) == 0 && clock.ElapsedMilliseconds > _limits.Milliseconds && (Environment.CpuUsage.TotalTime - used).TotalMilliseconds > _limits.Milliseconds
                || _keys.Count > _limits.States)
            {
                HitTheBound = true;
                return;
            }
            if (EndingOf(state) != Ending.None) continue;
            if (!_isQuiet[state])
            {
                Go(stepper, state, -1);
                continue;
            }
            for (var wait = 0; wait < _waits[state].Length; wait++) Go(stepper, state, wait);
        }
    }

    /// <summary>A run begins at the flow's entry, or at a trigger; a flow that begins with one is not begun by hand.</summary>
    private void Begin(Stepper stepper)
    {
        var canvas = _plan.Nodes[0].Port("root");
        var entries = new List<Node?>();
        if (canvas?.Flowchart is { DefaultEntry: >= 0 } graph)
        {
            var entry = graph.Activities[graph.DefaultEntry];
            entries.Add(IsTrigger(entry) ? entry : null);
            entries.AddRange(graph.Activities.Where(a => a != entry && IsTrigger(a)));
        }
        else entries.Add(null);
        foreach (var trigger in entries)
            foreach (var ghost in _plan.Promise.Beginnings)
            {
                var situation = new Situation();
                stepper.Begin(situation, _plan.Nodes[0], trigger, ghost);
                Number(situation, -1);
            }
    }

    private static bool IsTrigger(Node node) => node.Descriptor is { IsTrigger: true } && node.Model.CanStartWorkflow;

    private void Go(Stepper stepper, int state, int wait)
    {
        _chooser.Begin();
        do
        {
            var situation = Situation.Read(_keys[state], _plan.Nodes, _plan.Counted.Length);
            if (wait < 0) stepper.RunNext(situation);
            else stepper.Wake(situation, situation.All().Where(b => b.Waits).ElementAt(wait));
            WasExecuted[stepper.Actor.Position] = true;
            foreach (var node in stepper.Withdrawn) WasWithdrawn[node.Position] ??= _passages.Count;
            var to = Number(situation, _passages.Count);
            var group = wait < 0 ? 0 : (wait + 1) * 256 + stepper.Turn;
            _passages.Add(new Passage(state, to, stepper.Actor.Position, stepper.Kinds, stepper.Marks, stepper.Days, group) { Wait = wait, Tape = _chooser.Tape });
        }
        while (_chooser.Advance());
    }

    private int Number(Situation situation, int parent)
    {
        var key = situation.Write();
        if (_numbers.TryGetValue(key, out var known)) return known;
        var number = _keys.Count;
        _numbers[key] = number;
        _keys.Add(key);
        _parents.Add(parent);
        _isQuiet.Add(situation.Ending == Ending.None && situation.Queue.Count == 0);
        _waits.Add(_isQuiet[number] ? [.. situation.All().Where(b => b.Waits).Select(b => b.Node.Position)] : []);
        return number;
    }

    private int[] FirstOut()
    {
        var first = new int[StateCount + 1];
        foreach (var passage in Passages) first[passage.From + 1]++;
        for (var s = 0; s < StateCount; s++) first[s + 1] += first[s];
        return first;
    }

    private sealed class Keys : IEqualityComparer<byte[]>
    {
        public bool Equals(byte[]? one, byte[]? other) => one.AsSpan().SequenceEqual(other);

        public int GetHashCode(byte[] key)
        {
            var hash = new HashCode();
            hash.AddBytes(key);
            return hash.ToHashCode();
        }
    }
}
