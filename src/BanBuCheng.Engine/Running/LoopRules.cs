using System.Collections;
using BanBuCheng.Engine.Expressions;

namespace BanBuCheng.Engine.Running;

/// <summary>The condition is asked before every round.</summary>
internal sealed class WhileRule : ContainerRule
{
    public override bool IsLoop => true;

    public override ValueTask StartAsync(Burst burst, Execution self, CancellationToken ct) => Round(burst, self, Conversion.To<bool>(Burst.Input(self, "Condition")), ct);

    public override async ValueTask ChildCompletedAsync(Burst burst, Execution self, Execution child, IReadOnlyList<string> outcomes, CancellationToken ct)
    {
        if (self.IsBreaking) await burst.CompleteAsync(self, [], ct);
        else await Round(burst, self, Conversion.To<bool>(await burst.EvaluateAsync(self, "Condition", ct)), ct);
    }

    private static ValueTask Round(Burst burst, Execution self, bool holds, CancellationToken ct)
    {
        if (!holds || self.Node.Port("body") is not { } body) return burst.CompleteAsync(self, [], ct);
        burst.Schedule(body, self);
        return default;
    }
}

/// <summary>The bound is included unless told otherwise; a negative step counts down.</summary>
internal sealed class ForRule : ContainerRule
{
    private const string At = "at";

    public override bool IsLoop => true;

    public override ValueTask StartAsync(Burst burst, Execution self, CancellationToken ct) => Round(burst, self, Number(burst, self, "Start", 0), ct);

    public override async ValueTask ChildCompletedAsync(Burst burst, Execution self, Execution child, IReadOnlyList<string> outcomes, CancellationToken ct)
    {
        if (self.IsBreaking)
        {
            await burst.CompleteAsync(self, [], ct);
            return;
        }
        // After a suspension the inputs have to be asked again.
        if (self.Inputs is null) await burst.EvaluateAllAsync(self, ct);
        await Round(burst, self, self.State![At]!.GetValue<long>() + Number(burst, self, "Step", 1), ct);
    }

    private static ValueTask Round(Burst burst, Execution self, long current, CancellationToken ct)
    {
        long end = Number(burst, self, "End", 0), step = Number(burst, self, "Step", 1);
        var inclusive = Burst.Input(self, "OuterBoundInclusive") is not { } given || Conversion.To<bool>(given);
        var goesOn = step >= 0 ? (inclusive ? current <= end : current < end) : inclusive ? current >= end : current > end;
        if (!goesOn || self.Node.Port("body") is not { } body) return burst.CompleteAsync(self, [], ct);
        (self.State ??= [])[At] = current;
        object value = current is >= int.MinValue and <= int.MaxValue ? (int)current : current;
        burst.SetOutput(self, "CurrentValue", value);
        burst.Schedule(body, self, variables: [new("CurrentValue", value)]);
        return default;
    }

    private static long Number(Burst burst, Execution self, string name, long otherwise) =>
        Burst.Input(self, name) is { } value ? Conversion.To<long>(value) : otherwise;
}

/// <summary>The list is read again every round, so items added on the way are seen.</summary>
internal sealed class ForEachRule : ContainerRule
{
    public override bool IsLoop => true;

    public override ValueTask StartAsync(Burst burst, Execution self, CancellationToken ct) => Round(burst, self, Burst.Input(self, "Items"), ct);

    public override async ValueTask ChildCompletedAsync(Burst burst, Execution self, Execution child, IReadOnlyList<string> outcomes, CancellationToken ct)
    {
        if (self.IsBreaking) await burst.CompleteAsync(self, [], ct);
        else await Round(burst, self, await burst.EvaluateAsync(self, "Items", ct), ct);
    }

    private static ValueTask Round(Burst burst, Execution self, object? items, CancellationToken ct)
    {
        var list = items as List<object?> ?? [];
        if (self.Index >= list.Count || self.Node.Port("body") is not { } body) return burst.CompleteAsync(self, [], ct);
        var index = self.Index++;
        burst.SetOutput(self, "CurrentValue", list[index]);
        burst.Schedule(body, self, variables: [new("CurrentValue", list[index]), new("CurrentIndex", index)]);
        return default;
    }
}

/// <summary>All items at once; completes when every body has completed.</summary>
internal sealed class ParallelForEachRule : ContainerRule
{
    public override async ValueTask StartAsync(Burst burst, Execution self, CancellationToken ct)
    {
        var items = Items(Burst.Input(self, "Items"));
        if (self.Node.Port("body") is { } body)
            for (var i = 0; i < items.Count; i++) burst.Schedule(body, self, variables: [new("CurrentValue", items[i]), new("CurrentIndex", i)]);
        if (self.Queued == 0) await burst.CompleteAsync(self, [], ct);
    }

    public override ValueTask ChildCompletedAsync(Burst burst, Execution self, Execution child, IReadOnlyList<string> outcomes, CancellationToken ct) =>
        self.Queued > 0 || self.Children.Count > 0 ? default : burst.CompleteAsync(self, [], ct);

    /// <summary>A snapshot of what was given: a list, or one thing (text too, which is no list of letters).</summary>
    internal static List<object?> Items(object? value) => value switch
    {
        null => [],
        List<object?> list => [.. list],
        string or IDictionary or IDictionary<string, object?> => [value],
        IEnumerable many => [.. many.Cast<object?>()],
        _ => [value],
    };
}
