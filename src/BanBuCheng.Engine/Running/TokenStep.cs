namespace BanBuCheng.Engine.Running;

/// <summary>Token mode: every followed connection carries a token; the target's merge mode says when it goes on.</summary>
internal static class TokenStep
{
    private enum Merge
    {
        Stream,
        Merge,
        Converge,
        Cascade,
        Race,
    }

    public static async ValueTask<bool> LeaveAsync(Burst burst, Execution self, FlowchartPlan plan, int activity, Leaving leaving, CancellationToken ct)
    {
        var graph = self.Node.Flowchart!;
        var tokens = self.Tokens ??= [];
        var followed = plan.Outbound[activity].Where(c => leaving.Follows(plan.Connections[c].Port)).ToList();
        foreach (var connection in followed) tokens.Add(new(connection, false, false));

        // The tokens that brought it here are spent, before its own can be looked at.
        for (var i = 0; i < tokens.Count; i++)
            if (plan.Connections[tokens[i].Connection].Target == activity && tokens[i] is { IsConsumed: false, IsBlocked: false })
                tokens[i] = tokens[i] with { IsConsumed = true };

        var scheduled = false;
        foreach (var connection in followed)
        {
            var target = plan.Connections[connection].Target;
            if (!await GoesOnAsync(burst, self, plan, activity, connection, target, ct)) continue;
            burst.Schedule(graph.Activities[target], self);
            scheduled = true;
        }
        // Spent tokens mean nothing any more; what is kept is what is under way.
        tokens.RemoveAll(t => t.IsConsumed);
        return scheduled;
    }

    public static void Cancelled(Execution self, FlowchartPlan plan, int activity) =>
        self.Tokens?.RemoveAll(t => plan.Connections[t.Connection].Source == activity || plan.Connections[t.Connection].Target == activity);

    /// <summary>Nothing is under way: no token that is neither spent nor a block.</summary>
    public static bool IsSettled(Execution self) => self.Tokens is null || self.Tokens.TrueForAll(t => t.IsConsumed || t.IsBlocked);

    private static async ValueTask<bool> GoesOnAsync(
        Burst burst, Execution self, FlowchartPlan plan, int activity, int connection, int target, CancellationToken ct)
    {
        var tokens = self.Tokens!;
        switch (await ModeAsync(burst, self, target, ct))
        {
            case Merge.Race or Merge.Cascade when await IsRaceAsync(burst, self, target, ct) is var isRace:
                // Who runs into a block takes the others back all the same: one of them may have begun since the first arrival.
                if (isRace) await FlowchartRule.WithdrawAncestorsAsync(burst, self, plan, target, ct);
                var block = tokens.FindIndex(t => t.Connection == connection && t is { IsBlocked: true, IsConsumed: false });
                if (block >= 0)
                {
                    tokens[block] = tokens[block] with { IsConsumed = true };
                    return false;
                }
                foreach (var other in plan.ForwardInbound[target])
                    if (plan.Connections[other].Source != activity) tokens.Add(new(other, false, true));
                return true;
            case Merge.Merge: return plan.ForwardInbound[target].Length <= 1 || HasTokens(tokens, plan.ForwardInbound[target]);
            case Merge.Converge: return plan.Inbound[target].Length <= 1 || HasTokens(tokens, plan.Inbound[target]);
            default:
                foreach (var inbound in plan.ForwardInbound[target])
                {
                    var source = plan.Connections[inbound].Source;
                    foreach (var token in tokens)
                        if (plan.Connections[token.Connection].Target == source && token is { IsConsumed: false, IsBlocked: false }) return false;
                }
                return true;
        }
    }

    private static bool HasTokens(List<Token> tokens, int[] connections)
    {
        foreach (var connection in connections)
            if (!tokens.Exists(t => t.Connection == connection && t is { IsConsumed: false, IsBlocked: false })) return false;
        return true;
    }

    private static async ValueTask<bool> IsRaceAsync(Burst burst, Execution self, int target, CancellationToken ct) =>
        await ModeAsync(burst, self, target, ct) == Merge.Race;

    private static async ValueTask<Merge> ModeAsync(Burst burst, Execution self, int target, CancellationToken ct)
    {
        var graph = self.Node.Flowchart!;
        if (graph.Activities[target].Type == "Elsa.FlowJoin")
            return await burst.JoinModeAsync(self, graph, target, ct) == JoinMode.WaitAny ? Merge.Race : Merge.Merge;
        return graph.MergeModes[target] switch
        {
            "Merge" => Merge.Merge,
            "Converge" => Merge.Converge,
            "Cascade" => Merge.Cascade,
            "Race" => Merge.Race,
            _ => Merge.Stream,
        };
    }
}
