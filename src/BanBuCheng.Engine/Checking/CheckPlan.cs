using System.Collections;
using BanBuCheng.Engine.Running;

namespace BanBuCheng.Engine.Checking;

/// <summary>A compiled flow with everything the stepper needs to know of each node, looked up once.</summary>
internal sealed class CheckPlan
{
    private readonly Trait[] _traits;
    private readonly BitArray[] _leadsToRound;

    public CheckPlan(CompiledFlow flow, IPromise promise)
    {
        Nodes = flow.Nodes;
        Promise = promise;
        _traits = [.. Nodes.Select(node => new Trait(node, promise))];
        Counted = [.. Nodes.Where(n => this[n].Nature is { CountsRoundsTo: > 0 }).Select(n => n.Position)];
        CountedPlace = new int[Nodes.Length];
        Array.Fill(CountedPlace, -1);
        for (var i = 0; i < Counted.Length; i++) CountedPlace[Counted[i]] = i;
        _leadsToRound = LeadsTo();
    }

    public Node[] Nodes { get; }
    public IPromise Promise { get; }

    /// <summary>Positions of the activities whose runs are counted.</summary>
    public int[] Counted { get; }
    public int[] CountedPlace { get; }

    public Trait this[Node node] => _traits[node.Position];

    /// <summary>A count that nothing alive can ever ask for again is forgotten: states that differ in it alone are one.</summary>
    public void Forget(Situation situation)
    {
        for (var i = 0; i < Counted.Length; i++)
            if (situation.Rounds[i] > 0 && !IsAskedAgain(situation, _leadsToRound[i])) situation.Rounds[i] = 0;
    }

    private static bool IsAskedAgain(Situation situation, BitArray leads)
    {
        foreach (var item in situation.Queue)
            if (leads[item.Node.Position * 2]) return true;
        foreach (var being in situation.All())
            if (leads[being.Node.Position * 2 + 1]) return true;
        return false;
    }

    /// <summary>For each counted activity: from which "will run" (even) and "will have run" (odd) of a node it may come to run.</summary>
    private BitArray[] LeadsTo()
    {
        if (Counted.Length == 0) return [];
        var before = new List<int>[Nodes.Length * 2];
        for (var i = 0; i < before.Length; i++) before[i] = [];
        foreach (var node in Nodes)
        {
            int runs = node.Position * 2, ran = runs + 1;
            before[ran].Add(runs);
            foreach (var child in node.Children) before[child.Position * 2].Add(runs);
            if (node.Parent is not { } parent) continue;
            before[parent.Position * 2 + 1].Add(ran);
            if (parent.Flowchart is { } graph)
            {
                foreach (var connection in graph.Connections)
                    if (connection.Source == node.Place) before[graph.Activities[connection.Target].Position * 2].Add(ran);
            }
            else if (parent.Workflow is null)
            {
                // Sequences go on to a sibling, loops run the same body again.
                foreach (var sibling in parent.Children) before[sibling.Position * 2].Add(ran);
            }
        }
        return [.. Counted.Select(position =>
        {
            var found = new BitArray(before.Length);
            var open = new Stack<int>([position * 2]);
            found[position * 2] = true;
            while (open.TryPop(out var at))
                foreach (var earlier in before[at])
                {
                    if (found[earlier]) continue;
                    found[earlier] = true;
                    open.Push(earlier);
                }
            return found;
        })];
    }

    /// <summary>What is known of one node.</summary>
    internal sealed class Trait
    {
        public Trait(Node node, IPromise promise)
        {
            IsStopped = node.Broken is not null;
            if (node.Rule is not null || IsStopped)
            {
                if (node.Type is "Elsa.If" or "Elsa.While") Condition = promise.Know(DrawnInput.Of(node.Model, "condition"));
                if (node.Type == "Elsa.Switch") Cases = OwnNatures.Cases(node, promise);
                return;
            }
            var drawn = new DrawnActivity(node);
            if (node.Type == "Elsa.Complete") Completions = CompletionsOf(drawn);
            Nature = promise.NatureOf(drawn) ?? OwnNatures.Of(drawn, promise);
        }

        public bool IsStopped { get; }
        public Nature? Nature { get; }
        public Judgement? Condition { get; }
        public IReadOnlyList<(string Label, Judgement Holds)> Cases { get; } = [];

        /// <summary>Of a Complete: the sets of outcomes it may give.</summary>
        public IReadOnlyList<IReadOnlyList<string>> Completions { get; } = [];

        /// <summary>The engine reads the outcomes as words; a computed one may be any that the flow declares.</summary>
        private static IReadOnlyList<IReadOnlyList<string>> CompletionsOf(DrawnActivity drawn)
        {
            var given = drawn.Input("outcomes");
            if (!given.IsComputed) return [given.Words is { Count: > 0 } words ? words : ["Done"]];
            return drawn.Flow.Outcomes.Count == 0 ? [["Done"]] : [.. drawn.Flow.Outcomes.Select(o => (IReadOnlyList<string>)[o])];
        }
    }
}
