using BanBuCheng.Engine.Running;

namespace BanBuCheng.Engine.Checking;

/// <summary>What an explored graph shows by itself, whatever the host promises: G003, G004, G006, G007, G015, G016, G017, G018.</summary>
internal sealed class GraphCodes(Exploration explored, StateGraph graph, StoryTeller teller, IPromise promise)
{
    private const int MostLooks = 60;
    private readonly List<CheckFinding> _findings = [];
    private readonly HashSet<(string Code, Node Node)> _told = [];
    private Node[] Nodes => explored.Plan.Nodes;

    public List<CheckFinding> Find()
    {
        Events();
        Stuck();
        AutomaticRounds();
        EndlessReturns();
        Unreached();
        Unproven();
        return _findings;
    }

    /// <summary>Passages in which something is wrong by itself; each activity once, by the shortest way.</summary>
    private void Events()
    {
        const PassageKinds Wrong = PassageKinds.Swallowed | PassageKinds.Blocked | PassageKinds.Unconnected | PassageKinds.WorkLost | PassageKinds.Broke;
        var looks = new Dictionary<(int, PassageKinds), int>();
        for (var p = 0; p < explored.Passages.Count; p++)
        {
            var passage = explored.Passages[p];
            if (!passage.Is(Wrong)) continue;
            // The same activity doing the same in other states is mostly the same finding; some looks are enough.
            var what = (passage.Activity, passage.Kinds & Wrong);
            if ((looks[what] = looks.GetValueOrDefault(what) + 1) > MostLooks) continue;
            string? inner = null;
            foreach (var happened in explored.Tell(passage))
            {
                // A flow that runs out because one inside it ran out has nothing of its own to repair.
                Event(p, happened, happened is { Kind: PassageKinds.Unconnected, Outcome: "Done" } ? inner : null);
                if (happened.Kind == PassageKinds.Unconnected) inner ??= $"G003 {happened.Node.Id}";
            }
        }
    }

    private void Event(int passage, Happening happened, string? because)
    {
        var (node, caption) = (happened.Node, happened.Node.Caption);
        switch (happened.Kind)
        {
            case PassageKinds.Swallowed:
                Add("G006", true, node, $"汇合“{caption}”要求全部到达，但{Names(happened.Others)}这一路不会来。建议：二选一分出来的，汇合改为“任一到达”", passage);
                break;
            case PassageKinds.Blocked:
                Add("G006", true, node, $"汇合“{caption}”再也等不到{Names(happened.Others)}（循环外的连线只来一次）。建议：改为“任一到达”，或把循环放进子流程", passage);
                break;
            case PassageKinds.Unconnected:
                var isDeclared = happened.Outcome is "Done" || node.Workflow!.Outcomes.Contains(happened.Outcome!);
                Add("G003", true, node, happened.Outcome == "Done" ? $"“{caption}”里面可能走到头也没有给出结果，这样出来没有连线"
                    : isDeclared ? $"“{caption}”会以“{happened.Outcome}”结束，这个结果没有连线" : $"“{caption}”会以“{happened.Outcome}”结束，它没有声明过这个结果", passage, because: because);
                break;
            case PassageKinds.WorkLost: Add("G016", false, node, $"结束时会取消还没办完的“{caption}”", passage); break;
            case PassageKinds.Broke when node.Type == "Elsa.Fault": Add("G015", true, node, $"“{caption}”会让流程出错停住，没有人也没有定时器接着办", passage); break;
        }
    }

    private static string Names(IReadOnlyList<Node>? nodes) => nodes is { Count: > 0 } ? string.Join('、', nodes.Select(n => $"“{n.Caption}”")) : "别的路";

    private void Stuck()
    {
        for (var s = 0; s < explored.StateCount; s++)
        {
            if (!explored.IsQuiet(s) || explored.WaitsOf(s).Count > 0) continue;
            var last = Nodes[teller.LastSeen(s)];
            if (_told.Add(("G015", last)))
                _findings.Add(teller.Find("G015", true, last, "流程可能停在没有人也没有定时器的地方", explored.WayTo(s), "谁也推不动了"));
        }
    }

    /// <summary>Rounds in which nothing waits. Loops over lists end by themselves.</summary>
    private void AutomaticRounds()
    {
        static bool Turns(Passage p) => !p.Is(PassageKinds.Wake | PassageKinds.ListRound);
        foreach (var passages in PassagesByPart(graph.Rounds(Turns), Turns))
        {
            var first = passages.MinBy(p => explored.Passages[p].From);
            var back = passages.FindIndex(p => explored.Passages[p].Is(PassageKinds.Back | PassageKinds.WhileRound));
            var turning = back >= 0 ? LoopOf(explored.Passages[passages[back]]) : Nodes[explored.Passages[first].Activity];
            Add("G007", true, turning, $"循环“{turning.Caption}”可以不停地转而不等待", first, "不停地转");
        }
    }

    /// <summary>A While is the loop itself: what runs at its new round is its body.</summary>
    private Node LoopOf(in Passage passage) =>
        explored.Tell(passage).FirstOrDefault(h => h.Kind is PassageKinds.WhileRound or PassageKinds.Back)?.Node ?? Nodes[passage.Activity];

    /// <summary>Rounds through something that waits, while something is owed: they can be taken without limit.</summary>
    private void EndlessReturns()
    {
        bool Owed(Passage p) => promise.Owes(explored.GhostOf(p.From)) && promise.Owes(explored.GhostOf(p.To));
        var first = new Dictionary<int, int>();
        for (var p = 0; p < explored.Passages.Count; p++)
            if (explored.Passages[p].Is(PassageKinds.Back | PassageKinds.WhileRound) && Owed(explored.Passages[p])) first.TryAdd(explored.Passages[p].Activity, p);
        foreach (var passages in PassagesByPart(graph.Rounds(Owed), Owed))
        {
            var waits = passages.Exists(p => explored.Passages[p].Is(PassageKinds.Wake));
            foreach (var p in passages)
            {
                var passage = explored.Passages[p];
                if (!passage.Is(PassageKinds.Back) && !(waits && passage.Is(PassageKinds.WhileRound))) continue;
                // The first time it is taken is the shortest story, even where the counters have not come to rest yet.
                if (!first.TryGetValue(passage.Activity, out var told)) told = p;
                foreach (var happened in explored.Tell(passage))
                    if (happened.Kind == PassageKinds.Back)
                        Add("G018", false, happened.Node, $"可以无限次退回“{happened.Others![0].Caption}”。建议：写明最多退几次", told);
                    else if (happened.Kind == PassageKinds.WhileRound)
                        Add("G018", false, happened.Node, $"“{happened.Node.Caption}”可以一直转下去", told);
            }
        }
    }

    private void Unreached()
    {
        if (explored.HitTheBound) return;
        var executed = explored.Executed().ToHashSet();
        foreach (var node in Nodes)
        {
            // A part may be used in several places: what runs in one of them can be reached.
            if (node.Parent is not { } parent || !explored.WasExecuted[parent.Position] || executed.Contains((Places.FlowOf(node).DefinitionId, node.Id))) continue;
            string? because = null;
            if (parent.Flowchart is { } chart)
            {
                var before = chart.Connections.Where(c => c.Target == node.Place && c.Source != node.Place).Select(c => chart.Activities[c.Source]).ToList();
                if (before.Count > 0 && !before.Exists(b => explored.WasExecuted[b.Position])) continue;
                // What became an incident leads nowhere, and that is told already.
                if (before.Count > 0 && before.Where(b => explored.WasExecuted[b.Position]).All(b => b.Broken is not null || b.Type == "Elsa.Fault")) continue;
                because = _findings.Find(f => f.Code == "G006" && (f.ActivityId == node.Id || before.Exists(b => b.Id == f.ActivityId)))?.ActivityId;
            }
            else if (parent.Workflow is null && parent.Broken is null && node.Place > 0 && !explored.WasExecuted[parent.Children[node.Place - 1].Position]) continue;
            if (explored.WasWithdrawn[node.Position] is { } withdrawn)
            {
                // It is come to, but another way always arrives first.
                Add("G016", false, node, $"“{node.Caption}”总是还没开始就被撤回，这一路轮不到", withdrawn);
                continue;
            }
            if (!_told.Add(("G004", node))) continue;
            // Inside a part another flow may come here: only what is not connected at all is the part's own fault.
            var isOwn = ReferenceEquals(Places.FlowOf(node), Places.FlowOf(Nodes[0])) || !new DrawnActivity(node).IsReached || because is not null;
            _findings.Add(StoryTeller.At(node, new CheckFinding("G004", isOwn, isOwn ? $"“{node.Caption}”永远走不到。" : $"“{node.Caption}”从这个流程里永远走不到。")
            {
                Because = because is null ? null : $"G006 {because}", Path = [$"{Places.FlowOf(Nodes[0]).DefinitionId}#{Places.PathOf(node)}"],
            }));
        }
    }

    private void Unproven()
    {
        if (explored.HitTheBound)
        {
            var widest = Enumerable.Range(0, explored.StateCount).MaxBy(s => explored.WaitsOf(s).Count);
            var names = string.Join('、', explored.WaitsOf(widest).Select(w => $"“{Nodes[w].Caption}”").Distinct().Take(6));
            var where = explored.WaitsOf(widest) is [var busiest, ..] ? Nodes[busiest] : Nodes[0];
            _findings.Add(StoryTeller.At(where, new CheckFinding("G017", true,
                $"流程过大，只检查了 {explored.StateCount} 个状态，不能证明必有答复。同时在等的最多的地方：{names}。建议：把并行的人工办理合成一个“部门协同”，或移入子流程。")));
        }
        for (var p = 0; p < explored.Passages.Count; p++)
            if (explored.EndingOf(explored.Passages[p].To) == Ending.Outgrown)
                Add("G017", true, Nodes[explored.Passages[p].Activity], $"“{Nodes[explored.Passages[p].Activity].Caption}”一带会越积越多，没有止境，不能证明必有答复", p);
    }

    private IEnumerable<List<int>> PassagesByPart(int[] part, Func<Passage, bool> takes)
    {
        var by = new Dictionary<int, List<int>>();
        for (var p = 0; p < explored.Passages.Count; p++)
        {
            var passage = explored.Passages[p];
            if (part[passage.From] < 0 || part[passage.From] != part[passage.To] || !takes(passage)) continue;
            if (!by.TryGetValue(part[passage.From], out var list)) by[part[passage.From]] = list = [];
            list.Add(p);
        }
        return by.Values;
    }

    private void Add(string code, bool isError, Node node, string message, int passage, string? tail = null, string? because = null)
    {
        if (_told.Add((code, node))) _findings.Add(teller.Find(code, isError, node, message, teller.Through(passage), tail) with { Because = because });
    }
}
