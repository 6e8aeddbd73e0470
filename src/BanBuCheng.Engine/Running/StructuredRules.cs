using BanBuCheng.Engine.Expressions;

namespace BanBuCheng.Engine.Running;

/// <summary>The instance itself, or a workflow used as an activity: its inputs become variables, its root is its only child.</summary>
internal sealed class WorkflowRule : ContainerRule
{
    public override ValueTask StartAsync(Burst burst, Execution self, CancellationToken ct)
    {
        if (self.Owner is not null)
            for (var i = 0; i < self.Node.Inputs.Length; i++) self.SetDynamic(self.Node.Inputs[i].Name, self.Inputs![i]);
        burst.Schedule(self.Node.Port("root")!, self);
        return default;
    }
}

internal sealed class SequenceRule : ContainerRule
{
    public override bool HearsBreak => true;

    public override ValueTask StartAsync(Burst burst, Execution self, CancellationToken ct) => Next(burst, self, ct);

    public override ValueTask ChildCompletedAsync(Burst burst, Execution self, Execution child, IReadOnlyList<string> outcomes, CancellationToken ct) =>
        self.IsBreaking || child.Node.IsTerminal ? burst.CompleteAsync(self, [], ct) : Next(burst, self, ct);

    private static ValueTask Next(Burst burst, Execution self, CancellationToken ct)
    {
        if (self.Index >= self.Node.Children.Count) return burst.CompleteAsync(self, [], ct);
        burst.Schedule(self.Node.Children[self.Index++], self);
        return default;
    }
}

internal class ParallelRule : ContainerRule
{
    public override async ValueTask StartAsync(Burst burst, Execution self, CancellationToken ct)
    {
        foreach (var child in self.Node.Children) burst.Schedule(child, self);
        if (self.Node.Children.Count == 0) await burst.CompleteAsync(self, [], ct);
    }

    /// <summary>Complete when all have completed: one faulted child keeps it for ever.</summary>
    public override ValueTask ChildCompletedAsync(Burst burst, Execution self, Execution child, IReadOnlyList<string> outcomes, CancellationToken ct) =>
        self.Queued > 0 || self.Children.Count > 0 ? default : burst.CompleteAsync(self, [], ct);
}

/// <summary>Like Parallel; WaitAny completes on the first and withdraws the rest.</summary>
internal sealed class ForkRule : ParallelRule
{
    public override bool HearsBreak => true;

    public override ValueTask ChildCompletedAsync(Burst burst, Execution self, Execution child, IReadOnlyList<string> outcomes, CancellationToken ct)
    {
        var mode = Plain.Text(Plain.FromJson(self.Node.Model.Json["joinMode"]));
        return self.IsBreaking || mode is "WaitAny" or "0" ? burst.CompleteAsync(self, [], ct) : base.ChildCompletedAsync(burst, self, child, outcomes, ct);
    }
}

/// <summary>FlowNode: runs its body once.</summary>
internal sealed class BodyRule : ContainerRule
{
    public override ValueTask StartAsync(Burst burst, Execution self, CancellationToken ct)
    {
        if (self.Node.Port("body") is not { } body) return burst.CompleteAsync(self, [], ct);
        burst.Schedule(body, self);
        return default;
    }
}

internal sealed class IfRule : ContainerRule
{
    public override ValueTask StartAsync(Burst burst, Execution self, CancellationToken ct)
    {
        var holds = Conversion.To<bool>(Burst.Input(self, "Condition"));
        burst.SetOutput(self, "Result", holds);
        if (self.Node.Port(holds ? "then" : "else") is not { } branch) return burst.CompleteAsync(self, [], ct);
        burst.Schedule(branch, self);
        return default;
    }
}

internal sealed class SwitchRule : ContainerRule
{
    public override async ValueTask StartAsync(Burst burst, Execution self, CancellationToken ct)
    {
        var firstOnly = Plain.Text(Burst.Input(self, "Mode")) is not ("MatchAny" or "1");
        var matches = await burst.MatchingCasesAsync(self, firstOnly, ct);
        foreach (var match in matches)
            if (match.Activity is { } activity) burst.Schedule(activity, self);
        if (matches.Count == 0 && self.Node.Port("default") is { } otherwise) burst.Schedule(otherwise, self);
        if (self.Queued == 0) await burst.CompleteAsync(self, [], ct);
    }

    public override ValueTask ChildCompletedAsync(Burst burst, Execution self, Execution child, IReadOnlyList<string> outcomes, CancellationToken ct) =>
        self.Queued > 0 || self.Children.Count > 0 ? default : burst.CompleteAsync(self, [], ct);
}
