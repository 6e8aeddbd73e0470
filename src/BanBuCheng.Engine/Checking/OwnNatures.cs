using BanBuCheng.Engine.Running;

namespace BanBuCheng.Engine.Checking;

/// <summary>What the engine's own activities do, as the checker sees it. Containers, Break and Complete are the stepper's business.</summary>
internal static class OwnNatures
{
    public static Nature Of(DrawnActivity activity, IPromise promise) => activity.Type switch
    {
        "Elsa.FlowDecision" => new Decision(activity.Caption, promise.Know(activity.Input("condition"))),
        "Elsa.FlowSwitch" => new Switch(activity, Cases(activity.Node, promise)),
        "Elsa.FlowFork" => new Fork(activity),
        "Elsa.RunJavaScript" => new Scripted(activity),
        "Elsa.Finish" => new Ends(TurnKind.FinishesFlow),
        "Elsa.Fault" => new Ends(TurnKind.Breaks),
        "Elsa.Event" or "Elsa.RunTask" => new Waiting(null, $"{activity.Caption}等到了"),
        "Elsa.Delay" => new Waiting(Days(activity.Input("timeSpan")), $"{activity.Caption}到时间"),
        "Elsa.Timer" => new Waiting(Days(activity.Input("interval")), $"{activity.Caption}到时间"),
        "Elsa.StartAt" or "Elsa.Cron" => new Waiting(null, $"{activity.Caption}到时间"),
        "Elsa.ExecuteWorkflow" => new Child(activity, mayEndAtOnce: true),
        "Elsa.DispatchWorkflow" => new Child(activity, mayEndAtOnce: false),
        _ => new Automatic(),
    };

    /// <summary>A literal decides by itself; what is left may be known to the host.</summary>
    public static Judgement Know(this IPromise promise, DrawnInput condition)
    {
        if (condition.Language.Length == 0 || condition.IsLiteral && !condition.IsGiven) return static ghost => [(false, ghost)];
        if (condition.Flag is { } holds) return ghost => [(holds, ghost)];
        return promise.Judge(condition) ?? (static ghost => [(true, ghost), (false, ghost)]);
    }

    public static IReadOnlyList<(string Label, Judgement Holds)> Cases(Node node, IPromise promise)
    {
        var drawn = node.Model.Json["cases"] as System.Text.Json.Nodes.JsonArray ?? [];
        return [.. drawn.OfType<System.Text.Json.Nodes.JsonObject>().Select(one => (
            Documents.FlowReader.Text(one["label"]) ?? "",
            promise.Know(one["condition"] switch
            {
                System.Text.Json.Nodes.JsonObject wrapped when wrapped["expression"] is System.Text.Json.Nodes.JsonObject inner => DrawnInput.OfExpression(inner),
                System.Text.Json.Nodes.JsonObject plain => DrawnInput.OfExpression(plain),
                var literal => DrawnInput.Of(literal),
            })))];
    }

    /// <summary>All sets of cases that can be found to hold, with the ghost afterwards. First only: at most one.</summary>
    public static IEnumerable<(IReadOnlyList<int> Held, long Ghost)> Matches(IReadOnlyList<(string Label, Judgement Holds)> cases, bool firstOnly, long ghost)
    {
        return From(0, [], ghost);

        IEnumerable<(IReadOnlyList<int>, long)> From(int at, int[] held, long now)
        {
            if (at == cases.Count || firstOnly && held.Length > 0) return [(held, now)];
            return cases[at].Holds(now).SelectMany(way => From(at + 1, way.Holds ? [.. held, at] : held, way.Ghost));
        }
    }

    /// <summary>A span of the calendar has at most so many working days.</summary>
    private static int? Days(DrawnInput span) =>
        span.IsLiteral && TimeSpan.TryParse(span.Text, System.Globalization.CultureInfo.InvariantCulture, out var literal) && literal.TotalDays < 10_000
            ? (int)Math.Ceiling(literal.TotalDays)
            : null;

    private sealed class Automatic : Nature
    {
        public override IReadOnlyList<Turn> Runs(long ghost, int round) => [Turn.Done(ghost)];
    }

    private sealed class Ends(TurnKind how) : Nature
    {
        public override IReadOnlyList<Turn> Runs(long ghost, int round) => [new(how, ghost)];
    }

    private sealed class Waiting(int? days, string story) : Nature
    {
        public override IReadOnlyList<Turn> Runs(long ghost, int round) => [new(TurnKind.Waits, ghost) { Days = days }];

        public override IReadOnlyList<Turn> Wakes(long ghost, int round) => [Turn.Done(ghost) with { Story = story, IsChosen = true }];
    }

    private sealed class Decision(string caption, Judgement holds) : Nature
    {
        public override IReadOnlyList<string>? PortsToConnect => ["True", "False"];

        public override IReadOnlyList<Turn> Runs(long ghost, int round) =>
            [.. holds(ghost).Select(way => Turn.By(way.Holds ? "True" : "False", way.Ghost, $"{caption}为“{(way.Holds ? "是" : "否")}”"))];
    }

    private sealed class Switch(DrawnActivity activity, IReadOnlyList<(string Label, Judgement Holds)> cases) : Nature
    {
        private readonly bool _firstOnly = activity.Input("mode").Text is not ("MatchAny" or "1");

        public override IReadOnlyList<string>? PortsToConnect => [.. cases.Select(c => c.Label), "Default"];

        public override IReadOnlyList<Turn> Runs(long ghost, int round) => [.. Matches(cases, _firstOnly, ghost).Select(way =>
        {
            string[] labels = way.Held.Count == 0 ? ["Default"] : [.. way.Held.Select(i => cases[i].Label)];
            return new Turn(TurnKind.Leaves, way.Ghost) { Outcomes = labels, Story = $"{activity.Caption}为“{(way.Held.Count == 0 ? "其他" : string.Join('、', labels))}”" };
        }).DistinctBy(turn => (turn.Ghost, string.Join('\n', turn.Outcomes)))];
    }

    private sealed class Fork(DrawnActivity activity) : Nature
    {
        private readonly IReadOnlyList<string>? _branches = activity.Input("branches") is { Language.Length: > 0 } drawn ? drawn.Words : [];

        public override IReadOnlyList<Turn> Runs(long ghost, int round) =>
            _branches is { } branches
                ? [new(TurnKind.Leaves, ghost) { Outcomes = branches }]
                : [.. Subsets(activity.ConnectedPorts).Select(some => new Turn(TurnKind.Leaves, ghost) { Outcomes = some })];

        /// <summary>Computed branches may be any of those that are connected, and none.</summary>
        private static IEnumerable<string[]> Subsets(IReadOnlyList<string> ports) =>
            ports.Count > 6 ? [[.. ports], ["（没有）"]] : Enumerable.Range(0, 1 << ports.Count)
                .Select(bits => bits == 0 ? ["（没有）"] : ports.Where((_, i) => (bits >> i & 1) == 1).ToArray());
    }

    private sealed class Scripted(DrawnActivity activity) : Nature
    {
        private readonly IReadOnlyList<string> _outcomes = Outcomes(activity);

        public override IReadOnlyList<Turn> Runs(long ghost, int round) =>
            _outcomes.Count == 0 ? [Turn.Done(ghost)] : [.. _outcomes.Select(o => Turn.By(o, ghost, $"{activity.Caption}为“{o}”"))];

        /// <summary>A script that never says an outcome is just done, whatever it could say.</summary>
        private static IReadOnlyList<string> Outcomes(DrawnActivity activity)
        {
            if (activity.Input("script") is { IsLiteral: true } script && !script.Text.Contains("setOutcome", StringComparison.Ordinal)) return [];
            var possible = activity.Input("possibleOutcomes");
            return possible.Words is { Count: > 0 } words ? words : possible.IsComputed ? activity.ConnectedPorts : [];
        }
    }

    private sealed class Child(DrawnActivity activity, bool mayEndAtOnce) : Nature
    {
        private readonly DrawnInput _waits = activity.Input("waitForCompletion");

        public override IReadOnlyList<Turn> Runs(long ghost, int round)
        {
            var waiting = new Turn(TurnKind.Waits, ghost);
            if (!_waits.IsComputed && _waits.Flag != true) return [Turn.Done(ghost)];
            return _waits.IsComputed || mayEndAtOnce ? [waiting, Turn.Done(ghost)] : [waiting];
        }

        public override IReadOnlyList<Turn> Wakes(long ghost, int round) => [Turn.Done(ghost) with { Story = $"{activity.Caption}里的流程走完", IsChosen = true }];
    }
}
