using BanBuCheng.Engine.Running;

namespace BanBuCheng.Engine.Checking;

// How containers schedule: the interpreter's rules again, without data.
internal sealed partial class Stepper
{
    private void StartContainer(Being self)
    {
        var node = self.Node;
        switch (node.Rule)
        {
            case WorkflowRule: Schedule(node.Port("root")!, self); break;
            case FlowchartRule: StartFlowchart(self); break;
            case SequenceRule: NextOf(self); break;
            // A Fork is a kind of Parallel.
            case ParallelRule:
                foreach (var child in node.Children) Schedule(child, self);
                if (node.Children.Count == 0) Complete(self, []);
                break;
            case BodyRule: RunOrComplete(self, node.Port("body")); break;
            case IfRule:
                var holds = Decide(plan[node].Condition!);
                Tell(node, $"{node.Caption}为“{(holds ? "是" : "否")}”", holds ? "True" : "False");
                RunOrComplete(self, node.Port(holds ? "then" : "else"));
                break;
            case SwitchRule: StartSwitch(self); break;
            case WhileRule: Round(self, PassageKinds.None); break;
            case ForRule or ForEachRule: Round(self, PassageKinds.None); break;
            case ParallelForEachRule:
                var copies = node.Port("body") is null ? 0 : chooser.Choose(3);
                Tell(node, $"{node.Caption}为“{(copies == 0 ? "没有一项" : copies == 1 ? "1 项" : "2 项以上")}”");
                for (var i = 0; i < copies; i++) Schedule(node.Port("body")!, self);
                if (copies == 0) Complete(self, []);
                break;
            case BulkDispatchRule:
                // Nothing to wait for, or children that end in any number and order.
                if (chooser.Choose(2) == 0) Complete(self, ["Done"]);
                else self.Waits = true;
                break;
            default: throw new InvalidOperationException($"Expected a container the checker knows, but found '{node.Type}'.");
        }
    }

    private void ChildCompleted(Being self, Being child, IReadOnlyList<string> outcomes)
    {
        switch (self.Node.Rule)
        {
            case FlowchartRule: LeaveInFlowchart(self, child, outcomes); break;
            case SequenceRule:
                if (self.IsBreaking || child.Node.IsTerminal) Complete(self, []);
                else NextOf(self);
                break;
            case ForkRule when self.IsBreaking || JoinsAny(self.Node): Complete(self, []); break;
            case ParallelRule or SwitchRule or ParallelForEachRule:
                if (self.Queued == 0 && self.Children.Count == 0) Complete(self, []);
                break;
            case WhileRule:
                if (self.IsBreaking) Complete(self, []);
                else Round(self, PassageKinds.WhileRound);
                break;
            case ForRule or ForEachRule:
                if (self.IsBreaking) Complete(self, []);
                else Round(self, PassageKinds.ListRound);
                break;
            case BulkDispatchRule:
                if (!self.Waits && self.Queued == 0 && self.Children.Count == 0) Complete(self, ["Completed", "Done"]);
                break;
            default: Complete(self, []); break;
        }
    }

    /// <summary>One child instance of a bulk dispatch ended: there may be others.</summary>
    private void WakeContainer(Being self)
    {
        var isLast = chooser.Choose(2) == 0;
        self.Waits = !isLast;
        var port = self.Node.Port("childFaulted") is not null && chooser.Choose(2) == 1 ? "childFaulted" : "childCompleted";
        if (self.Node.Port(port) is { } body) Schedule(body, self);
        else if (isLast && self.Queued == 0 && self.Children.Count == 0) Complete(self, ["Completed", "Done"]);
    }

    private bool Decide(Judgement judgement)
    {
        var ways = judgement(_now.Ghost);
        var way = ways[chooser.Choose(ways.Count)];
        _now.Ghost = way.Ghost;
        return way.Holds;
    }

    private void RunOrComplete(Being self, Node? body)
    {
        if (body is null) Complete(self, []);
        else Schedule(body, self);
    }

    private void NextOf(Being self)
    {
        if (self.Index >= self.Node.Children.Count) Complete(self, []);
        else Schedule(self.Node.Children[self.Index++], self);
    }

    private void StartSwitch(Being self)
    {
        var node = self.Node;
        var firstOnly = DrawnInput.Of(node.Model, "mode").Text is not ("MatchAny" or "1");
        var ways = OwnNatures.Matches(plan[node].Cases, firstOnly, _now.Ghost).ToList();
        var (held, ghost) = ways[chooser.Choose(ways.Count)];
        _now.Ghost = ghost;
        Tell(node, $"{node.Caption}为“{(held.Count == 0 ? "其他" : string.Join('、', held.Select(i => plan[node].Cases[i].Label)))}”");
        foreach (var i in held)
            if (node.Cases[i].Activity is { } activity) Schedule(activity, self);
        if (held.Count == 0 && node.Port("default") is { } otherwise) Schedule(otherwise, self);
        if (self.Queued == 0) Complete(self, []);
    }

    /// <summary>While asks its condition; the others go on or not as they like, and a For with literal bounds exactly as often as it says.</summary>
    private void Round(Being self, PassageKinds kind)
    {
        var goesOn = self.Node.Rule switch
        {
            WhileRule => Decide(plan[self.Node].Condition!),
            ForRule when Times(self.Node) is { } times => self.Index++ < times,
            _ => chooser.Choose(2) == 0,
        };
        if (!goesOn || self.Node.Port("body") is not { } body)
        {
            Complete(self, []);
            return;
        }
        if (kind != PassageKinds.None && !(self.Node.Rule is ForRule && Times(self.Node) is not null))
        {
            Kinds |= kind;
            Tell(kind, self.Node, "再来一轮");
        }
        Schedule(body, self);
    }

    private static int? Times(Node node)
    {
        DrawnInput start = DrawnInput.Of(node.Model, "start"), end = DrawnInput.Of(node.Model, "end"), step = DrawnInput.Of(node.Model, "step");
        if (start.IsComputed || end.IsComputed || step.IsComputed || DrawnInput.Of(node.Model, "outerBoundInclusive") is not { IsComputed: false } inclusive) return null;
        var (from, to, by) = (start.Number ?? 0, end.Number ?? 0, step.IsGiven ? step.Number ?? 0 : 1);
        if (by == 0) return null;
        var last = inclusive.IsGiven && inclusive.Flag == false ? by > 0 ? to - 1 : to + 1 : to;
        var times = by > 0 ? (last - from) / by + 1 : (from - last) / -by + 1;
        if (by > 0 ? from > last : from < last) times = 0;
        return times <= 50 ? times : null;
    }

    private static bool JoinsAny(Node node) => Documents.FlowReader.Text(node.Model.Json["joinMode"]) is "WaitAny" or "0";

    // ── the flowchart ──────────────────────────────────────────────────────

    private void StartFlowchart(Being self)
    {
        var graph = self.Node.Flowchart!;
        var entry = _now.Trigger is { } trigger && ReferenceEquals(trigger.Parent, self.Node) ? Array.IndexOf(graph.Activities, trigger) : graph.DefaultEntry;
        if (entry < 0)
        {
            Complete(self, []);
            return;
        }
        if (entry != graph.DefaultEntry) self.Entry = entry;
        Schedule(graph.Activities[entry], self);
    }

    private void LeaveInFlowchart(Being self, Being child, IReadOnlyList<string> outcomes)
    {
        if (child.Node.IsTerminal)
        {
            Complete(self, []);
            return;
        }
        if (Leave(self, child.Node, child, new Leaving(outcomes), false) || _now.Ending != Ending.None) return;
        if (self.Queued > 0 || self.Children.Count > 0) return;
        LookForBlocked(self);
        Complete(self, []);
    }

    private void JoinRuns(Being self, Being join)
    {
        if (self.Node.Flowchart is null) return;
        var chart = PlanOf(self);
        if (ModesOf(self, chart)[join.Node.Place] != JoinMode.WaitAny) return;
        var ancestors = chart.Ancestors(join.Node.Place);
        foreach (var running in self.Children.Where(c => ancestors[c.Node.Place]).ToList())
        {
            Cancel(running);
            Tell(running.Node, $"{running.Node.Caption}被撤回");
            Leave(self, running.Node, running, Leaving.Dead, true);
        }
        foreach (var item in _now.Queue.Where(i => ReferenceEquals(i.Owner, self) && ancestors[i.Node.Place]).ToList())
        {
            if (!_now.Queue.Remove(item)) continue;
            self.Queued--;
            Withdrawn.Add(item.Node);
            Tell(item.Node, null);
            Leave(self, item.Node, null, Leaving.Dead, true);
        }
    }

    /// <summary>True when something was scheduled.</summary>
    private bool Leave(Being self, Node left, Being? child, Leaving leaving, bool wasCancelled)
    {
        var graph = self.Node.Flowchart!;
        var chart = PlanOf(self);
        if (!chart.IsReached[left.Place])
        {
            _now.Ending = Ending.Stopped;
            return false;
        }
        var events = _eventDepth < _events.Length ? _events[_eventDepth] : [];
        _eventDepth++;
        events.Clear();
        var before = Story is null ? null : (Arrival[]?)self.Arrivals?.Clone();
        var numbers = new SaturatedNumbers(k, chooser);
        FlowchartStep.Leave(chart, ModesOf(self, chart), self.Arrivals ??= new Arrival[graph.Connections.Length], left.Place,
            child?.EnteredBackward == true, wasCancelled, in leaving, ref numbers, events);
        var scheduled = false;
        foreach (var happened in events)
        {
            var target = graph.Activities[happened.Activity];
            switch (happened.Kind)
            {
                case FlowchartEventKind.Schedule:
                    Schedule(target, self);
                    scheduled = true;
                    break;
                case FlowchartEventKind.ScheduleBackward:
                    Kinds |= PassageKinds.Back;
                    Tell(PassageKinds.Back, left, $"退回{target.Caption}", graph.Connections[happened.Connection].Port, [target]);
                    Schedule(target, self, backward: true);
                    scheduled = true;
                    break;
                case FlowchartEventKind.Swallow:
                    Kinds |= PassageKinds.Swallowed;
                    Tell(PassageKinds.Swallowed, target, $"在汇合“{target.Caption}”处等不齐而中断", null, Missing(graph, chart, happened.Activity, before, left.Place, leaving));
                    break;
                case FlowchartEventKind.InvalidBackward:
                    Kinds |= PassageKinds.Broke;
                    Tell(PassageKinds.Broke, left, $"退回{target.Caption}");
                    _now.Ending = Ending.Stopped;
                    break;
            }
        }
        _eventDepth--;
        return scheduled;
    }

    /// <summary>Whose way to a join had not come when it was passed over.</summary>
    private static List<Node> Missing(FlowchartGraph graph, FlowchartPlan chart, int join, Arrival[]? before, int left, Leaving leaving) =>
        [.. chart.ForwardInbound[join].Where(c => before?[c] is not { D: > 0, Followed: true } && !(chart.Connections[c].Source == left && leaving.Follows(chart.Connections[c].Port)))
            .Select(c => graph.Activities[chart.Connections[c].Source]).Distinct()];

    private void LookForBlocked(Being self)
    {
        if (self.Arrivals is not { } arrivals) return;
        var graph = self.Node.Flowchart!;
        var chart = PlanOf(self);
        for (var target = 0; target < graph.Activities.Length; target++)
        {
            if (chart.Modes[target] == JoinMode.WaitAny || !chart.ForwardInbound[target].Any(c => arrivals[c] is { D: > 0, Followed: true })) continue;
            var absent = chart.ForwardInbound[target].Where(c => arrivals[c].D <= 0).Select(c => graph.Activities[chart.Connections[c].Source]).Distinct().ToList();
            Kinds |= PassageKinds.Blocked;
            Tell(PassageKinds.Blocked, graph.Activities[target], $"汇合“{graph.Activities[target].Caption}”再也等不到{string.Join('、', absent.Select(a => a.Caption))}", null, absent);
        }
    }

    private static FlowchartPlan PlanOf(Being self) => self.Node.Flowchart!.PlanFrom(self.Entry >= 0 ? self.Entry : self.Node.Flowchart.DefaultEntry);

    /// <summary>A join whose mode is computed may be of any mode at every look.</summary>
    private JoinMode[] ModesOf(Being self, FlowchartPlan chart)
    {
        if (!self.Node.Flowchart!.ComputesModes) return chart.Modes;
        var modes = (JoinMode[])chart.Modes.Clone();
        for (var i = 0; i < modes.Length; i++)
            if (self.Node.Flowchart.HasComputedMode[i]) modes[i] = (JoinMode)chooser.Choose(3);
        return modes;
    }
}
