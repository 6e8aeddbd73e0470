namespace BanBuCheng.Engine.Running;

/// <summary>
/// What is left of a connection's and its target's visits: <c>d = visits(connection) − visits(target)</c>, and whether the last visit was
/// followed. All decisions of counter mode depend on nothing else, so a loop of ten thousand rounds leaves no trace.
/// </summary>
internal record struct Arrival(int D, bool Followed);

/// <summary>Arithmetic on <see cref="Arrival.D"/>: exact in the interpreter, saturated and with free choices in the publish gate.</summary>
internal interface INumbers
{
    int Up(int d);

    int Down(int d);

    /// <summary>Is d the greatest of its inbound connections, whose greatest is max?</summary>
    bool IsGreatest(int d, int max);
}

/// <summary>Whole numbers as they are.</summary>
internal readonly struct ExactNumbers : INumbers
{
    public int Up(int d) => d + 1;

    public int Down(int d) => d - 1;

    public bool IsGreatest(int d, int max) => d == max;
}

internal enum FlowchartEventKind : byte
{
    /// <summary>The target of the connection must run.</summary>
    Schedule,

    /// <summary>The target must run, entered backward: it will not count a visit.</summary>
    ScheduleBackward,

    /// <summary>The activity is passed over: a dead path goes through it.</summary>
    Skip,

    /// <summary>As <see cref="Skip"/>, at a WaitAll join of which some inbound connection was followed.</summary>
    Swallow,

    /// <summary>An arrival at a WaitAny join that already went on in this round.</summary>
    Ignore,

    /// <summary>A followed connection leads back to where it may not: the completed activity is an incident, nothing further happens.</summary>
    InvalidBackward,
}

/// <param name="Connection">The connection that caused it.</param>
/// <param name="Activity">Its target.</param>
internal readonly record struct FlowchartEvent(FlowchartEventKind Kind, int Connection, int Activity);

/// <summary>How an activity left: which of its ports are followed.</summary>
/// <param name="Names">The outcomes; empty = the default outcome (<c>Done</c> and no port).</param>
/// <param name="IsDead">Nothing is followed: skipped or cancelled.</param>
internal readonly record struct Leaving(IReadOnlyList<string> Names, bool IsDead = false)
{
    public static Leaving Dead { get; } = new([], true);

    public bool Follows(string? port)
    {
        if (IsDead) return false;
        if (Names.Count == 0) return port is null or "Done";
        for (var i = 0; i < Names.Count; i++)
            if (string.Equals(Names[i], port, StringComparison.Ordinal)) return true;
        return false;
    }
}

/// <summary>
/// The flowchart's counter mode, the one implementation of it: what happens when an activity has left. Nothing but its arguments
/// decides (no data, no clock, no services), so the publish gate steps the very code that runs the cases. The counters are changed
/// in place; who needs the former state copies it before.
/// </summary>
/// <remarks>
/// Repaired against the reference: a WaitAny join counts its visit when it is scheduled, not when it completes, so a sibling that is
/// cancelled by it is an ignored arrival and the join never runs twice in a round.
/// </remarks>
internal static class FlowchartStep
{
    private struct Frame
    {
        public int Activity;
        public int Next;
    }

    /// <param name="arrivals">By connection; only forward ones are used.</param>
    /// <param name="wasEnteredBackward">The execution that left came by a connection backward: no visit is counted.</param>
    /// <param name="wasCancelled">The execution was cancelled: a dead path, and a visit whatever way it came in.</param>
    public static void Leave<TNumbers>(
        FlowchartPlan plan, ReadOnlySpan<JoinMode> modes, Span<Arrival> arrivals, int activity, bool wasEnteredBackward, bool wasCancelled,
        in Leaving leaving, ref TNumbers numbers, List<FlowchartEvent> events)
        where TNumbers : INumbers
    {
        // A WaitAny join counted its visit when it was scheduled.
        var counts = modes[activity] == JoinMode.WaitAny ? false : wasCancelled || !wasEnteredBackward;
        if (counts) Visit(plan, arrivals, activity, ref numbers);

        // Dead paths are walked with a stack of our own: a drawing may be thousands of activities deep.
        Stack<Frame>? open = null;
        var at = new Frame { Activity = activity };
        var isFirst = true;
        while (true)
        {
            var outbound = plan.Outbound[at.Activity];
            if (at.Next == outbound.Length)
            {
                if (open is null || !open.TryPop(out at)) return;
                isFirst = open.Count == 0;
                continue;
            }
            var connection = outbound[at.Next++];
            var follows = isFirst && leaving.Follows(plan.Connections[connection].Port);
            if (plan.IsBackward[connection])
            {
                if (!follows) continue;
                var kind = plan.IsValidBackward[connection] ? FlowchartEventKind.ScheduleBackward : FlowchartEventKind.InvalidBackward;
                events.Add(new(kind, connection, plan.Connections[connection].Target));
                if (kind == FlowchartEventKind.InvalidBackward) return;
                continue;
            }
            if (!Arrive(plan, modes, arrivals, connection, follows, ref numbers, events)) continue;

            // The target is skipped: go on with its outbound connections first, as nothing followed.
            (open ??= new()).Push(at);
            at = new Frame { Activity = plan.Connections[connection].Target };
            isFirst = false;
        }
    }

    /// <summary>One forward connection is visited; true when its target must be skipped.</summary>
    private static bool Arrive<TNumbers>(
        FlowchartPlan plan, ReadOnlySpan<JoinMode> modes, Span<Arrival> arrivals, int connection, bool follows, ref TNumbers numbers,
        List<FlowchartEvent> events)
        where TNumbers : INumbers
    {
        arrivals[connection] = Normal(numbers.Up(arrivals[connection].D), follows);
        var target = plan.Connections[connection].Target;
        var inbound = plan.ForwardInbound[target];
        if (modes[target] == JoinMode.WaitAny)
        {
            if (arrivals[connection].D <= 0)
            {
                events.Add(new(FlowchartEventKind.Ignore, connection, target));
                return false;
            }
            if (follows)
            {
                Visit(plan, arrivals, target, ref numbers);
                events.Add(new(FlowchartEventKind.Schedule, connection, target));
                return false;
            }
        }
        int least = int.MaxValue, most = int.MinValue;
        foreach (var other in inbound)
        {
            least = Math.Min(least, arrivals[other].D);
            most = Math.Max(most, arrivals[other].D);
        }
        if (least <= 0) return false;

        bool any = false, all = true;
        foreach (var other in inbound)
        {
            if (arrivals[other].Followed && numbers.IsGreatest(arrivals[other].D, most)) any = true;
            else all = false;
        }
        if (modes[target] switch { JoinMode.WaitAll => all, JoinMode.WaitAny => false, _ => any })
        {
            events.Add(new(FlowchartEventKind.Schedule, connection, target));
            return false;
        }
        // A WaitAny join of which an earlier arrival was followed has gone on already.
        if (modes[target] == JoinMode.WaitAny && any) return false;
        Visit(plan, arrivals, target, ref numbers);
        events.Add(new(any ? FlowchartEventKind.Swallow : FlowchartEventKind.Skip, connection, target));
        return true;
    }

    private static void Visit<TNumbers>(FlowchartPlan plan, Span<Arrival> arrivals, int activity, ref TNumbers numbers)
        where TNumbers : INumbers
    {
        foreach (var connection in plan.ForwardInbound[activity])
            arrivals[connection] = Normal(numbers.Down(arrivals[connection].D), arrivals[connection].Followed);
    }

    /// <summary>"Followed" is read only where d is positive; forgetting it elsewhere makes equal states equal.</summary>
    private static Arrival Normal(int d, bool followed) => new(d, followed && d > 0);
}
