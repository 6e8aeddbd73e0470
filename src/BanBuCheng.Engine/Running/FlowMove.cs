using System.Text.Json.Nodes;

namespace BanBuCheng.Engine.Running;

/// <summary>
/// 迁移 — the state of one instance, said in the words of another version of its flow. Everything active must have its place there; what could
/// not go on from there is a fault, and then nothing is moved. Pure: it reads two compiled flows and a state.
/// </summary>
/// <param name="pairs">Node path in the old version → in the new one, where they are not the same; what lies inside goes along.</param>
internal sealed class FlowMove(CompiledFlow from, CompiledFlow to, IReadOnlyDictionary<string, string> pairs)
{
    private readonly Dictionary<Node, Node?> _targets = [];
    private readonly Dictionary<string, Node> _byPath = to.Nodes.GroupBy(n => n.Path, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
    private readonly List<MoveFault> _faults = [];

    public IReadOnlyList<MoveFault> Faults => _faults;

    /// <summary>The moved state; null when there are faults.</summary>
    public InstanceState? Move(InstanceState state)
    {
        var moved = new InstanceState { LastNumber = state.LastNumber, ParentWaitName = state.ParentWaitName, ParentExecution = state.ParentExecution };
        foreach (var (name, value) in state.Inputs) moved.Inputs[name] = value;
        foreach (var (definition, version) in to.Unpinned) moved.Pinned[definition] = version;
        foreach (var (position, rounds) in state.Rounds)
            if (TargetOf(from.Nodes[position]) is { } target) moved.Rounds[target.Position] = rounds;

        var made = new Dictionary<int, Execution>();
        foreach (var e in state.Executions())
        {
            if (e.Owner is { } owner && !made.ContainsKey(owner.Number)) continue; // its container has no place: said once, there
            if (!HasPlace(e)) continue;
            var copy = Copy(e, TargetOf(e.Node)!, e.Owner is null ? null : made[e.Owner.Number]);
            made[e.Number] = copy;
            if (copy.Owner is { } into) into.Children.Add(copy);
            else moved.Root = copy;
        }
        if (_faults.Count > 0) return null;
        foreach (var e in state.Executions()) Inside(e, made[e.Number]);
        return _faults.Count > 0 ? null : moved;
    }

    public Node? TargetOf(Node node)
    {
        if (_targets.TryGetValue(node, out var known)) return known;
        Node? target = null;
        if (node.Parent is null) target = to.Root;
        else if (pairs.TryGetValue(node.Path, out var named)) target = _byPath.GetValueOrDefault(named);
        else if (TargetOf(node.Parent) is { } parent) target = _byPath.GetValueOrDefault(parent.Path.Length == 0 ? node.Id : $"{parent.Path}/{node.Id}");
        return _targets[node] = target;
    }

    private void Fault(MoveFaultKind kind, Node node, string? detail = null)
    {
        if (!_faults.Exists(f => f.Kind == kind && f.NodePath == node.Path && f.Detail == detail)) _faults.Add(new MoveFault(kind, node.Path, node.Caption, detail));
    }

    private bool HasPlace(Execution e)
    {
        var before = _faults.Count;
        if (TargetOf(e.Node) is not { } target) Fault(MoveFaultKind.Missing, e.Node);
        else if (target.Workflow?.DefinitionId != e.Node.Workflow?.DefinitionId || target.Workflow is null && target.Type != e.Node.Type) Fault(MoveFaultKind.OtherType, e.Node);
        else if (e.Owner is { } owner && !ReferenceEquals(target.Parent, TargetOf(owner.Node))) Fault(MoveFaultKind.Elsewhere, e.Node);
        else if (target.Broken is not null) Fault(MoveFaultKind.Unreachable, e.Node);
        else if (e.Node.Rule is null)
        {
            var now = Ports(target);
            foreach (var port in Ports(e.Node).Except(now, StringComparer.Ordinal)) Fault(MoveFaultKind.OutcomeGone, e.Node, port);
            if (e.Node.Type == EventNames.Stimulus && !JsonNode.DeepEquals(e.Node.Model.Json["eventName"], target.Model.Json["eventName"])) Fault(MoveFaultKind.EventChanged, e.Node);
        }
        return _faults.Count == before;
    }

    /// <summary>Ports from which a connection leads on; no port is what the default outcome follows too.</summary>
    private static HashSet<string> Ports(Node node) => node.Parent?.Flowchart is not { } graph ? []
        : [.. graph.Connections.Where(c => c.Source == node.Place).Select(c => c.Port ?? "Done")];

    private static Execution Copy(Execution e, Node target, Execution? owner)
    {
        var copy = new Execution(e.Number, target, owner)
        {
            Status = e.Status, EnteredBackward = e.EnteredBackward, IsBreaking = e.IsBreaking, Index = e.Index, Dynamic = e.Dynamic, State = e.State, Waits = e.Waits,
            Outputs = e.Outputs,
        };
        if (e.Values is not { } values) return copy;
        for (var i = 0; i < values.Length; i++)
        {
            var at = Array.FindIndex(target.Variables, v => v.Id == e.Node.Variables[i].Id);
            if (at >= 0) copy.ValueCells()[at] = Expressions.Conversion.To(values[i], target.Variables[at].Type);
        }
        return copy;
    }

    // ── what a container remembers ─────────────────────────────────────────

    private void Inside(Execution e, Execution moved)
    {
        switch (e.Node.Type)
        {
            case "Elsa.Flowchart": Flowchart(e, moved); break;
            case "Elsa.Sequence": Sequence(e, moved); break;
            case "Elsa.Parallel" or "Elsa.Fork":
                foreach (var branch in moved.Node.Children)
                    if (!e.Node.Children.Exists(c => ReferenceEquals(TargetOf(c), branch))) Fault(MoveFaultKind.BranchNew, e.Node, branch.Caption);
                break;
        }
    }

    private void Sequence(Execution e, Execution moved)
    {
        if (e.Index == 0) return;
        var current = TargetOf(e.Node.Children[e.Index - 1]);
        if (current is null || !ReferenceEquals(current.Parent, moved.Node))
        {
            Fault(MoveFaultKind.Missing, e.Node.Children[e.Index - 1]);
            return;
        }
        moved.Index = current.Place + 1;
        for (var i = 0; i < e.Index - 1; i++)
            if (TargetOf(e.Node.Children[i]) is { } done && ReferenceEquals(done.Parent, moved.Node) && done.Place > current.Place)
                Fault(MoveFaultKind.OrderChanged, e.Node, e.Node.Children[i].Caption);
    }

    private void Flowchart(Execution e, Execution moved)
    {
        FlowchartGraph old = e.Node.Flowchart!, now = moved.Node.Flowchart!;
        var places = new int[old.Activities.Length];
        for (var i = 0; i < places.Length; i++) places[i] = TargetOf(old.Activities[i]) is { } target && ReferenceEquals(target.Parent, moved.Node) ? target.Place : -1;
        if (e.Entry >= 0)
        {
            if (places[e.Entry] < 0)
            {
                Fault(MoveFaultKind.Missing, old.Activities[e.Entry]);
                return;
            }
            moved.Entry = places[e.Entry];
        }
        var oldPlan = old.PlanFrom(e.Entry >= 0 ? e.Entry : old.DefaultEntry);
        var plan = now.PlanFrom(moved.Entry >= 0 ? moved.Entry : now.DefaultEntry);
        foreach (var child in e.Children)
            if (!plan.IsReached[places[child.Node.Place]]) Fault(MoveFaultKind.Unreachable, child.Node);
        if (_faults.Count > 0) return;
        if (e.Tokens is { Count: > 0 } tokens) moved.Tokens = MovedTokens(tokens, e.Node, oldPlan, plan, places);
        new Counters(this, e, oldPlan, plan, places, now).Move(moved);
    }

    private List<Token> MovedTokens(List<Token> tokens, Node flowchart, FlowchartPlan oldPlan, FlowchartPlan plan, int[] places)
    {
        var moved = new List<Token>();
        foreach (var token in tokens)
        {
            var at = Counterpart(oldPlan.Connections[token.Connection], plan, places);
            if (at < 0) Fault(MoveFaultKind.JoinChanged, flowchart);
            else moved.Add(token with { Connection = at });
        }
        return moved;
    }

    private static int Counterpart(Connection old, FlowchartPlan plan, int[] places) => places[old.Source] < 0 || places[old.Target] < 0 ? -1
        : Array.IndexOf(plan.Connections, new Connection(places[old.Source], old.Port, places[old.Target]));

    /// <summary>
    /// A flowchart's counters on another drawing of it. What was passed over in this round and is drawn anew counts as a dead path, as if it
    /// had been there; what has arrived somewhere must still arrive there; and no join may wait for what cannot come any more.
    /// </summary>
    private sealed class Counters(FlowMove move, Execution e, FlowchartPlan oldPlan, FlowchartPlan plan, int[] places, FlowchartGraph now)
    {
        private readonly Arrival[] _old = e.Arrivals ?? new Arrival[oldPlan.Connections.Length];
        private readonly Arrival[] _new = new Arrival[plan.Connections.Length];
        private readonly int[] _oldOf = Enumerable.Repeat(-1, plan.Connections.Length).ToArray();
        private readonly bool[] _isLive = new bool[plan.ActivityCount];
        private bool[] _wasAhead = [];
        private bool[] _isAhead = [];
        private readonly bool[] _isSettled = new bool[plan.ActivityCount];

        public void Move(Execution moved)
        {
            foreach (var child in e.Children) _isLive[places[child.Node.Place]] = true;
            _wasAhead = Ahead(oldPlan, e.Children.Select(c => c.Node.Place));
            _isAhead = Ahead(plan, e.Children.Select(c => places[c.Node.Place]));
            for (var c = 0; c < _old.Length; c++) Carry(c);
            foreach (var child in e.Children) Standing(child);
            for (var activity = 0; activity < plan.ActivityCount; activity++) Join(activity);
            if (Array.Exists(_new, a => a != default)) moved.Arrivals = _new;
        }

        /// <summary>Where the instance stands, and where it may still come on this round's way.</summary>
        private static bool[] Ahead(FlowchartPlan plan, IEnumerable<int> live)
        {
            var ahead = new bool[plan.ActivityCount];
            var open = new Stack<int>(live);
            while (open.TryPop(out var at))
            {
                if (ahead[at]) continue;
                ahead[at] = true;
                foreach (var connection in plan.Outbound[at])
                    if (!plan.IsBackward[connection]) open.Push(plan.Connections[connection].Target);
            }
            return ahead;
        }

        private void Carry(int connection)
        {
            var old = oldPlan.Connections[connection];
            var at = Counterpart(old, plan, places);
            if (at >= 0 && !plan.IsBackward[at] && !oldPlan.IsBackward[connection])
            {
                _new[at] = _old[connection];
                _oldOf[at] = connection;
                if (_old[connection] != default && plan.Modes[places[old.Target]] != oldPlan.Modes[old.Target]) Changed(old.Target);
            }
            else if (_old[connection] is { D: > 0, Followed: true } && !IsStanding(old.Target)) Changed(old.Target);
        }

        private bool IsStanding(int oldActivity) => e.Children.Exists(c => c.Node.Place == oldActivity);

        private void Changed(int oldActivity) => move.Fault(MoveFaultKind.JoinChanged, e.Node.Flowchart!.Activities[oldActivity]);

        /// <summary>What stands at a box has arrived by every connection into it, however many there are now; it counts them when it leaves.</summary>
        private void Standing(Execution child)
        {
            var (was, activity) = (child.Node.Place, places[child.Node.Place]);
            if (oldPlan.Modes[was] == JoinMode.WaitAny || child.EnteredBackward || oldPlan.ForwardInbound[was].Any(c => _old[c].D != 1)) return;
            foreach (var connection in plan.ForwardInbound[activity]) _new[connection] = new Arrival(1, true);
            _isSettled[activity] = true;
        }

        private void Join(int activity)
        {
            var inbound = plan.ForwardInbound[activity];
            if (_isSettled[activity] || !_isAhead[activity] && inbound.All(c => _new[c] == default)) return;
            var hasGoneOn = plan.Modes[activity] == JoinMode.WaitAny && inbound.Any(c => _new[c].D < 0);
            bool mayCome = false, isCutOff = false;
            foreach (var connection in inbound)
            {
                var source = plan.Connections[connection].Source;
                var old = _oldOf[connection];
                if (_isAhead[source])
                {
                    mayCome = true;
                    if (hasGoneOn && old < 0) _new[connection] = new Arrival(-1, false);
                }
                // What could not come before either is not the new drawing's doing.
                else if (_new[connection].D <= 0 && (old < 0 || _wasAhead[oldPlan.Connections[old].Source]))
                {
                    isCutOff = true;
                    if (hasGoneOn) _new[connection] = default;
                    else if (plan.Modes[activity] == JoinMode.WaitAll) move.Fault(MoveFaultKind.JoinStarves, now.Activities[activity], now.Activities[source].Caption);
                    else _new[connection] = new Arrival(1, false);
                }
            }
            if (isCutOff && !mayCome && !hasGoneOn && !_isLive[activity]) move.Fault(MoveFaultKind.JoinStarves, now.Activities[activity]);
        }
    }
}
