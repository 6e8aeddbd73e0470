using BanBuCheng.Engine.Running;

namespace BanBuCheng.Engine.Checking;

// A running instance as a situation: what it remembers, with all data forgotten.
internal sealed partial class Situation
{
    /// <summary>
    /// The state of an instance at rest. What broke is done again, as an operator will see to it. Null where a container remembers data that
    /// decide how it goes on: then nothing can be said.
    /// </summary>
    public static Situation? Of(InstanceState state, CheckPlan plan, int k, long ghost)
    {
        if (state.Root is not { } root) return null;
        var situation = new Situation { Ghost = ghost, Rounds = new byte[plan.Counted.Length] };
        foreach (var (position, rounds) in state.Rounds)
            if (plan.CountedPlace[position] is >= 0 and var place)
                situation.Rounds[place] = (byte)Math.Min(rounds, plan[plan.Nodes[position]].Nature!.CountsRoundsTo + 1);
        var beings = new Dictionary<Execution, Being>();
        foreach (var e in state.Executions())
        {
            if (e.Node.Rule is IfRule or SwitchRule or WhileRule or ForRule or ForEachRule or ParallelForEachRule or BulkDispatchRule || e.Tokens is { Count: > 0 }) return null;
            var owner = e.Owner is null ? null : beings[e.Owner];
            if (e.Status == ExecutionStatus.Faulted)
            {
                if (e.Children.Count > 0 || owner is null) return null;
                situation.Queue.Add(new Queued(e.Node, owner, e.EnteredBackward));
                owner.Queued++;
                continue;
            }
            var being = beings[e] = new Being(e.Node, owner)
            {
                EnteredBackward = e.EnteredBackward, IsBreaking = e.IsBreaking, Index = e.Index, Entry = e.Entry, Waits = e.Waits is { Count: > 0 },
                Arrivals = e.Arrivals is { } arrivals ? [.. arrivals.Select(a => new Arrival(Math.Clamp(a.D, -k, k), a.Followed))] : null,
            };
            if (plan.CountedPlace[e.Node.Position] is >= 0 and var counted) being.Index = situation.Rounds[counted];
            if (owner is null) situation.Root = being;
            else owner.Children.Add(being);
        }
        plan.Forget(situation);
        return ReferenceEquals(situation.Root?.Node, root.Node) ? situation : null;
    }
}
