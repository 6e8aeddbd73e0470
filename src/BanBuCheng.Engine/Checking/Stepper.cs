using BanBuCheng.Engine.Running;

namespace BanBuCheng.Engine.Checking;

/// <summary>
/// Takes one step of one situation: the first work item of the queue, or one wait woken. Does what the interpreter's burst does, with
/// <see cref="FlowchartStep"/> itself for the counters and the chooser's answer wherever data would decide.
/// </summary>
internal sealed partial class Stepper(CheckPlan plan, Chooser chooser, int k)
{
    private const int MostCopies = 6;
    private readonly List<FlowchartEvent>[] _events = [[], [], [], [], [], [], [], []];
    private Situation _now = null!;
    private int _eventDepth;

    /// <summary>What the last step was.</summary>
    public PassageKinds Kinds { get; private set; }
    public int Marks { get; private set; }
    public int Days { get; private set; }
    public Node Actor { get; private set; } = null!;

    /// <summary>Which of a wait's turns was taken; turns that nobody chooses share one number.</summary>
    public int Turn { get; private set; }

    /// <summary>The turn itself; null where a container, or the trigger that began the run, ran.</summary>
    public Turn? Taken { get; private set; }

    /// <summary>What a join took back before it had begun.</summary>
    public List<Node> Withdrawn { get; } = [];

    /// <summary>Collects the story of a step, when set.</summary>
    public List<Happening>? Story { get; set; }

    public void Begin(Situation situation, Node root, Node? trigger, long ghost)
    {
        situation.Trigger = trigger;
        situation.Rounds = new byte[plan.Counted.Length];
        situation.Ghost = ghost;
        situation.Queue.Add(new Queued(root, null, false));
    }

    /// <summary>Runs the first work item.</summary>
    public void RunNext(Situation situation)
    {
        Reset(situation);
        var item = situation.Queue[0];
        situation.Queue.RemoveAt(0);
        if (item.Owner is { } owner) owner.Queued--;
        Actor = item.Node;
        var being = new Being(item.Node, item.Owner) { EnteredBackward = item.Backward };
        if (item.Owner is null) situation.Root = being;
        else item.Owner.Children.Add(being);
        Execute(being);
        Settle();
    }

    /// <summary>Wakes a wait at the latest moment that the limits of all waits allow.</summary>
    public void Wake(Situation situation, Being being)
    {
        Reset(situation);
        Actor = being.Node;
        Kinds |= PassageKinds.Wake;
        PassTime(being);
        being.Waits = false;
        if (plan[being.Node].Nature is { } nature)
        {
            var turns = nature.Wakes(situation.Ghost, Math.Max(1, being.Index));
            Take(being, turns, Others(being));
        }
        else WakeContainer(being);
        Settle();
    }

    private void Reset(Situation situation)
    {
        _now = situation;
        Kinds = PassageKinds.None;
        Taken = null;
        (Marks, Days, Turn, _eventDepth) = (0, 0, 0, 0);
        Withdrawn.Clear();
    }

    private void PassTime(Being woken)
    {
        if (!plan.Promise.CountsDays(_now.Ghost)) return;
        if (woken.DaysLeft == Being.Unbounded) Kinds |= PassageKinds.Unbounded;
        var least = int.MaxValue;
        foreach (var being in _now.All())
            if (being is { Waits: true, DaysLeft: >= 0 }) least = Math.Min(least, being.DaysLeft);
        if (least is int.MaxValue or 0) return;
        Days = least;
        foreach (var being in _now.All())
            if (being is { Waits: true, DaysLeft: >= 0 }) being.DaysLeft -= least;
    }

    private int RoundOf(Node node) => plan.CountedPlace[node.Position] is >= 0 and var place ? _now.Rounds[place] : 1;

    // ── one execution ──────────────────────────────────────────────────────

    private void Execute(Being being)
    {
        var trait = plan[being.Node];
        if (trait.IsStopped)
        {
            Stop(being);
            return;
        }
        if (plan.CountedPlace[being.Node.Position] is >= 0 and var place)
            _now.Rounds[place] = (byte)Math.Min(_now.Rounds[place] + 1, trait.Nature!.CountsRoundsTo + 1);
        if (being.Node.Rule is not null)
        {
            StartContainer(being);
            return;
        }
        if (being.Node.Type == "Elsa.FlowJoin" && being.Owner is { } flowchart) JoinRuns(flowchart, being);
        if (ReferenceEquals(being.Node, _now.Trigger))
        {
            _now.Trigger = null;
            Tell(being.Node, being.Node.Caption);
            Complete(being, []);
            return;
        }
        switch (being.Node.Type)
        {
            case "Elsa.Break":
                MarkBreaking(being);
                Complete(being, []);
                return;
            case "Elsa.Complete":
                var completions = trait.Completions;
                var outcomes = completions[chooser.Choose(completions.Count)];
                Taken = new Turn(TurnKind.Leaves, _now.Ghost) { Outcomes = outcomes };
                Remove(being);
                Complete(NearestWorkflow(being), outcomes);
                return;
            default:
                Take(being, trait.Nature!.Runs(_now.Ghost, RoundOf(being.Node)), null);
                return;
        }
    }

    private void Take(Being being, IReadOnlyList<Turn> turns, string? others)
    {
        if (turns.Count == 0)
        {
            Stop(being);
            return;
        }
        var at = chooser.Choose(turns.Count);
        var turn = turns[at];
        Taken = turn;
        Turn = turn.IsChosen ? at + 1 : 0;
        Marks |= turn.Marks;
        if (turn.IsLate) Kinds |= PassageKinds.Late;
        _now.Ghost = turn.Ghost;
        if (Story is not null)
            Tell(being.Node, turn.Story is { } text && others is not null ? $"同时：{text}；{others}还在办" : turn.Story, turn.Outcomes.Count == 0 ? null : string.Join(',', turn.Outcomes));
        switch (turn.Kind)
        {
            case TurnKind.Leaves: Complete(being, turn.Outcomes); break;
            case TurnKind.Waits:
                being.Waits = true;
                // What it may do when it is woken was settled when it began.
                if (plan.CountedPlace[being.Node.Position] >= 0) being.Index = RoundOf(being.Node);
                being.DaysLeft = turn.Days is >= 0 and < 100_000 and var days ? days : Being.Unbounded;
                break;
            case TurnKind.FinishesFlow: FinishAtOnce(being); break;
            default: Stop(being); break;
        }
    }

    private void Stop(Being being)
    {
        Kinds |= PassageKinds.Broke;
        Tell(PassageKinds.Broke, being.Node, null);
        _now.Ending = Ending.Stopped;
    }

    private void FinishAtOnce(Being being)
    {
        Remove(being);
        LoseWork(_now.Root!);
        _now.Ending = Ending.Finished;
    }

    // ── completion and cancellation ────────────────────────────────────────

    private void Complete(Being being, IReadOnlyList<string> outcomes)
    {
        if (being.IsGone || _now.Ending != Ending.None) return;
        if (being.Node.IsTerminal && being.Owner is { Node.Rule: FlowchartRule or SequenceRule } container) LoseWork(container);
        else if (being.Node.Workflow is not null) LoseWork(being);
        WithdrawBelow(being);
        Remove(being);
        if (being.Owner is not { } owner)
        {
            _now.Ending = Ending.Finished;
            return;
        }
        if (owner.IsGone) return;
        if (being.Node.Workflow is not null) SubFlowEnds(being, outcomes);
        ChildCompleted(owner, being, outcomes);
    }

    private static void Remove(Being being)
    {
        being.IsGone = true;
        being.Waits = false;
        being.Owner?.Children.Remove(being);
    }

    private void Cancel(Being being)
    {
        if (being.IsGone) return;
        WithdrawBelow(being);
        Remove(being);
    }

    private void WithdrawBelow(Being being)
    {
        if (being.Queued > 0)
        {
            _now.Queue.RemoveAll(item => ReferenceEquals(item.Owner, being));
            being.Queued = 0;
        }
        while (being.Children.Count > 0) Cancel(being.Children[0]);
    }

    private void Schedule(Node node, Being owner, bool backward = false)
    {
        _now.Queue.Add(new Queued(node, owner, backward));
        owner.Queued++;
    }

    private static Being NearestWorkflow(Being from)
    {
        var at = from;
        while (at.Node.Workflow is null) at = at.Owner!;
        return at;
    }

    private static void MarkBreaking(Being being)
    {
        for (var at = being.Owner; at is not null; at = at.Owner)
        {
            if (at.Node.Rule is { HearsBreak: true }) at.IsBreaking = true;
            if (at.Node.Rule is { IsLoop: true }) return;
        }
    }

    // ── telling ────────────────────────────────────────────────────────────

    private void Tell(Node node, string? text, string? outcome = null) => Story?.Add(new Happening(PassageKinds.None, node, text, outcome));

    private void Tell(PassageKinds kind, Node node, string? text, string? outcome = null, IReadOnlyList<Node>? others = null) =>
        Story?.Add(new Happening(kind, node, text, outcome, others));

    /// <summary>An end takes away what somebody works on.</summary>
    private void LoseWork(Being ending)
    {
        foreach (var lost in BelowOf(ending))
        {
            if (!lost.Waits || plan[lost.Node].Nature is not { IsHumanWork: true }) continue;
            Kinds |= PassageKinds.WorkLost;
            Tell(PassageKinds.WorkLost, lost.Node, $"{lost.Node.Caption}没办完就被取消");
        }
    }

    private static IEnumerable<Being> BelowOf(Being at) => at.Children.SelectMany(child => BelowOf(child).Prepend(child));

    /// <summary>Who else still works, named in the story when two things go on at once.</summary>
    private string? Others(Being woken)
    {
        if (Story is null) return null;
        var others = _now.All().Where(b => b.Waits && !ReferenceEquals(b, woken) && plan[b.Node].Nature is { IsHumanWork: true }).Select(b => b.Node.Caption).Distinct().ToList();
        return others.Count == 0 ? null : string.Join('、', others);
    }

    private void SubFlowEnds(Being being, IReadOnlyList<string> outcomes)
    {
        var said = outcomes.Count == 0 ? null : string.Join('、', outcomes);
        Tell(PassageKinds.None, being.Node, $"子流程“{being.Node.Caption}”以“{said ?? "走到头"}”结束", outcomes.Count == 0 ? null : string.Join(',', outcomes));
        if (being.Owner?.Node.Flowchart is not { } graph) return;
        foreach (var outcome in outcomes.Count == 0 ? ["Done"] : outcomes)
        {
            var isConnected = false;
            foreach (var connection in graph.Connections)
                if (connection.Source == being.Node.Place && (connection.Port ?? "Done") == outcome) isConnected = true;
            var isDeclared = outcomes.Count == 0 || outcome == "Done" || being.Node.Workflow!.Outcomes.Contains(outcome);
            if (isConnected && isDeclared) continue;
            Kinds |= PassageKinds.Unconnected;
            Tell(PassageKinds.Unconnected, being.Node, null, outcome);
        }
    }
}
