namespace BanBuCheng.Engine.Running;

/// <summary>The flowchart: applies <see cref="FlowchartStep"/> (counter mode) or <see cref="TokenStep"/> to what really happens.</summary>
internal sealed class FlowchartRule : ContainerRule
{
    public override async ValueTask StartAsync(Burst burst, Execution self, CancellationToken ct)
    {
        var graph = self.Node.Flowchart!;
        var entry = burst.TriggerNode is { } trigger && ReferenceEquals(trigger.Parent, self.Node) ? Array.IndexOf(graph.Activities, trigger) : graph.DefaultEntry;
        if (entry < 0)
        {
            await burst.CompleteAsync(self, [], ct);
            return;
        }
        if (entry != graph.DefaultEntry) self.Entry = entry;
        burst.Schedule(graph.Activities[entry], self);
    }

    public override async ValueTask ChildCompletedAsync(Burst burst, Execution self, Execution child, IReadOnlyList<string> outcomes, CancellationToken ct)
    {
        if (child.Node.IsTerminal)
        {
            await burst.CompleteAsync(self, [], ct);
            return;
        }
        bool scheduled;
        if (burst.UsesTokens)
        {
            var plan = Plan(self);
            scheduled = await TokenStep.LeaveAsync(burst, self, plan, child.Node.Place, new Leaving(outcomes), ct);
        }
        else scheduled = await LeaveAsync(burst, self, child, new Leaving(outcomes), false, ct);
        if (!scheduled) await CompleteIfDoneAsync(burst, self, ct);
    }

    /// <summary>A join that needs no more arrivals withdraws what still runs on the way to it and, unless the host lets it run, what is queued.</summary>
    public static async ValueTask JoinRunsAsync(Burst burst, Execution self, Execution join, CancellationToken ct)
    {
        if (self.Node.Flowchart is not { } graph) return;
        var plan = Plan(self);
        var mode = burst.UsesTokens ? JoinMode.WaitAll : Modes(burst, self, plan)[join.Node.Place];
        if (mode == JoinMode.WaitAny) await WithdrawAncestorsAsync(burst, self, plan, join.Node.Place, ct);
    }

    public static async ValueTask WithdrawAncestorsAsync(Burst burst, Execution self, FlowchartPlan plan, int activity, CancellationToken ct)
    {
        var ancestors = plan.Ancestors(activity);
        foreach (var running in self.Children.Where(c => c.Status == ExecutionStatus.Running && ancestors[c.Node.Place]).ToList())
        {
            await burst.CancelAsync(running, ct);
            await CancelledAsync(burst, self, running.Node.Place, running, ct);
        }
        // Token mode keeps Elsa's order: what is queued already still runs, and finds its token blocked.
        if (burst.UsesTokens || burst.LetsQueuedStepsRun) return;
        foreach (var item in burst.QueuedOf(self).Where(i => ancestors[i.Node.Place]).ToList())
        {
            Burst.Withdraw(item);
            await CancelledAsync(burst, self, item.Node.Place, null, ct);
        }
    }

    private static async ValueTask CancelledAsync(Burst burst, Execution self, int activity, Execution? child, CancellationToken ct)
    {
        if (burst.UsesTokens) TokenStep.Cancelled(self, Plan(self), activity);
        else await LeaveAsync(burst, self, child, Leaving.Dead, true, ct, activity);
    }

    public static bool Reaches(Execution self, Node activity) => Plan(self).IsReached[activity.Place];

    private static FlowchartPlan Plan(Execution self)
    {
        var graph = self.Node.Flowchart!;
        return graph.PlanFrom(self.Entry >= 0 ? self.Entry : graph.DefaultEntry);
    }

    private static async ValueTask<bool> LeaveAsync(
        Burst burst, Execution self, Execution? child, Leaving leaving, bool wasCancelled, CancellationToken ct, int activity = -1)
    {
        var graph = self.Node.Flowchart!;
        var plan = Plan(self);
        if (activity < 0) activity = child!.Node.Place;
        if (!plan.IsReached[activity])
            throw new InvalidOperationException($"Activity {graph.Activities[activity].Id} is not reachable from the flowchart graph. Unable to schedule it's outbound activities.");
        if (graph.ComputesModes) await burst.ComputeJoinModesAsync(self, graph, plan, ct);

        var events = burst.RentEvents();
        var numbers = default(ExactNumbers);
        FlowchartStep.Leave(plan, Modes(burst, self, plan), self.Arrivals ??= new Arrival[graph.Connections.Length], activity,
            child?.EnteredBackward == true, wasCancelled, in leaving, ref numbers, events);
        var scheduled = false;
        for (var i = 0; i < events.Count; i++)
        {
            var happened = events[i];
            switch (happened.Kind)
            {
                case FlowchartEventKind.Schedule or FlowchartEventKind.ScheduleBackward:
                    burst.Schedule(graph.Activities[happened.Activity], self, happened.Kind == FlowchartEventKind.ScheduleBackward);
                    scheduled = true;
                    break;
                case FlowchartEventKind.Skip or FlowchartEventKind.Swallow: burst.Skipped(graph.Activities[happened.Activity]); break;
                case FlowchartEventKind.InvalidBackward:
                    burst.ReturnEvents(events);
                    throw new InvalidOperationException(
                        $"Invalid backward connection: Every path from the source ('{graph.Activities[activity].Id}') must go through the target ('{graph.Activities[happened.Activity].Id}') when tracing back to the start.");
            }
        }
        burst.ReturnEvents(events);
        return scheduled;
    }

    private static JoinMode[] Modes(Burst burst, Execution self, FlowchartPlan plan) => burst.ComputedModes(self) ?? plan.Modes;

    private static ValueTask CompleteIfDoneAsync(Burst burst, Execution self, CancellationToken ct)
    {
        if (self.HasPendingWork || self.HasFaultedChild) return default;
        if (burst.UsesTokens && !TokenStep.IsSettled(self)) return default;
        return burst.CompleteAsync(self, [], ct);
    }
}
