using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Engine.Checking;
using BanBuCheng.Engine.Documents;
using BanBuCheng.Engine.Running;

namespace BanBuCheng.Desk.Gate;

/// <summary>What the gate says to some flows.</summary>
/// <param name="Slack">Working days the slowest way leaves, the least of all flows; null when none was computed.</param>
/// <param name="States">How many situations were looked at.</param>
public sealed record Inspection(IReadOnlyList<CheckFinding> Findings, int? Slack, int States = 0)
{
    public bool IsRefused => Findings.Any(f => f.IsError);
}

/// <summary>闸门 — looks at flows together, as they would be in force. Knows no database: whom it asks for parts and people is the caller's.</summary>
public sealed class FlowInspection(FlowHost host)
{
    /// <summary>Changes with every change of what the gate says: verdicts of an earlier one are no longer believed.</summary>
    public const string Version = "3";

    /// <param name="part">A sub-flow by definition id and (optional) version id.</param>
    /// <param name="neighbours">Flows that run beside these and may re-class a case meanwhile.</param>
    public Inspection Inspect(
        IReadOnlyList<FlowDocument> flows, Func<string, string?, FlowDocument?> part, HallDirectory hall, DeadlinePolicy policy, CheckLimits? limits = null,
        IReadOnlyList<FlowDocument>? neighbours = null)
    {
        var drifts = Drifts([.. flows, .. neighbours ?? []]);
        var found = new List<CheckFinding>();
        var executed = new HashSet<(string?, string?)>();
        int? slack = null;
        var states = 0;
        foreach (var flow in flows)
        {
            var (findings, left, reached, many) = InspectOne(flow, flows, part, hall, policy, drifts, limits);
            found.AddRange(findings);
            executed.UnionWith(reached);
            states += many;
            if (left is { } days) slack = Math.Min(slack ?? days, days);
        }
        // What one consumer of a part never comes to, another may.
        found.RemoveAll(f => f.Code == "G004" && executed.Contains((f.DefinitionId, f.ActivityId)));
        return new Inspection(Once(found), slack, states);
    }

    private (IReadOnlyList<CheckFinding> Findings, int? Slack, IEnumerable<(string?, string?)> Executed, int States) InspectOne(
        FlowDocument flow, IReadOnlyList<FlowDocument> all, Func<string, string?, FlowDocument?> part, HallDirectory hall, DeadlinePolicy policy,
        IReadOnlyCollection<Difficulty> drifts, CheckLimits? limits)
    {
        var kind = KindOf(flow, all);
        if (kind == FlowKind.Case && flow.CustomProperties["BanBuCheng.Kind"] is null && !Closure(flow, part).Any(IsGovernment)) kind = FlowKind.Plain;
        var isSide = kind == FlowKind.Side;
        var tracksOutcome = Closure(flow, part).Any(f => CasePromise.AsksForOutcome(f.Json.ToJsonString()));
        var promise = new CasePromise(policy, isSide, drifts, tracksOutcome);
        var isRun = kind is FlowKind.Case or FlowKind.Side;
        var graph = new FlowChecker(host).Check(flow, part, promise, isRun, limits);
        List<CheckFinding> findings = [.. new InputCodes(flow, graph.Drawn, hall).Find(isOfCases: kind != FlowKind.Plain), .. graph.Findings];
        int? slack = null;
        if (graph.Explored is { } explored)
        {
            findings.AddRange(new PromiseCodes(explored, promise, isSide, graph.Findings).Find());
            var days = new DaysCodes(explored, policy);
            findings.AddRange(days.Find());
            slack = days.Slack;
        }
        var told = OneStory(findings);
        if (graph.Explored is { } states) told = [.. told.Select(states.Replayed)];
        return (told, slack, graph.Explored?.States.Executed().Select(e => ((string?)e.DefinitionId, (string?)e.ActivityId)) ?? [], graph.Explored?.States.StateCount ?? 0);
    }

    /// <summary>What can become of a case whose flow goes on in another version from where it stands: findings that would refuse that.</summary>
    public static IReadOnlyList<CheckFinding> InspectMove(StandingFlow standing, ServiceCase serviceCase, DeadlinePolicy policy, IReadOnlyList<FlowDocument> neighbours)
    {
        if (!standing.Documents.Any(IsGovernment)) return [];
        var isSide = SaidKind(standing.Document) == "Side";
        var tracksOutcome = standing.Documents.Any(f => CasePromise.AsksForOutcome(f.Json.ToJsonString()));
        var promise = new CasePromise(policy, isSide, Drifts(neighbours), tracksOutcome);
        if (FlowChecker.CheckFrom(standing, promise, Ghost.Of(serviceCase, isSide, tracksOutcome).Pack(), "从现在停的地方") is not { Explored: { } explored } graph) return [];
        return [.. OneStory([.. graph.Findings, .. new PromiseCodes(explored, promise, isSide, graph.Findings).Find()]).Where(f => f.IsError && f.Because is null)];
    }

    /// <summary>What flows from the side, among these, re-class cases to.</summary>
    internal static IReadOnlyCollection<Difficulty> Drifts(IReadOnlyList<FlowDocument> flows) =>
        flows.Where(f => SaidKind(f) == "Side").SelectMany(Reclassings).ToHashSet();

    /// <summary>What a flow's own start-clocks make of a running case.</summary>
    private static IEnumerable<Difficulty> Reclassings(FlowDocument flow) =>
        from activity in flow.Root.WithDescendants()
        where activity.Type == Cases.StartClockActivity.TypeName
        let drawn = DrawnInput.Of(activity, "difficulty")
        from difficulty in drawn.IsLiteral && Enum.TryParse<Difficulty>(drawn.Text, out var literal) ? [literal] : drawn.IsComputed ? Enum.GetValues<Difficulty>() : []
        select difficulty;

    /// <summary>The cause tells the whole story, to its end: its consequence says nothing new to a person.</summary>
    private static List<CheckFinding> OneStory(List<CheckFinding> findings)
    {
        foreach (var end in findings.Where(f => f is { Code: "G001", Because: not null, Story: not null }).ToList())
        {
            var at = findings.FindIndex(f => $"{f.Code} {f.ActivityId}" == end.Because && !f.Message.Contains(end.Story!, StringComparison.Ordinal));
            if (at < 0) continue;
            var cause = findings[at];
            if (cause.Story is { } told && told.Contains("流程结束", StringComparison.Ordinal)) continue;
            findings[at] = cause with { Story = end.Story, Message = $"{cause.Sentence.TrimEnd('。')}{CheckFinding.Example}{end.Story}", Path = end.Path, Way = end.Way };
        }
        return findings;
    }

    /// <summary>One finding for a code and an activity: the graver one, then the shorter way.</summary>
    private static IReadOnlyList<CheckFinding> Once(List<CheckFinding> found) =>
        [.. found.GroupBy(f => (f.Code, f.DefinitionId, f.ActivityId)).Select(same => same.OrderByDescending(f => f.IsError).ThenBy(f => f.Path.Count).First())
            .OrderByDescending(f => f.IsError).ThenBy(f => f.Because is not null).ThenBy(f => f.Code, StringComparer.Ordinal)];

    private static FlowKind KindOf(FlowDocument flow, IReadOnlyList<FlowDocument> all) => SaidKind(flow) switch
    {
        "Part" => FlowKind.Part,
        "Side" => FlowKind.Side,
        "Plain" => FlowKind.Plain,
        "Case" => FlowKind.Case,
        // Who says nothing but can be used inside others is looked at inside them.
        _ => flow.Options.UsableAsActivity || all.Any(other => other != flow && other.Root.WithDescendants().Any(a => a.WorkflowDefinitionId == flow.DefinitionId))
            ? FlowKind.Part : FlowKind.Case,
    };

    private static string? SaidKind(FlowDocument flow) => flow.CustomProperties["BanBuCheng.Kind"]?.ToString();

    private static bool IsGovernment(FlowDocument flow) => flow.Root.WithDescendants().Any(a => CaseNatures.IsOurs(a.Type));

    /// <summary>The flow and everything it uses, each once.</summary>
    internal static IReadOnlyList<FlowDocument> Closure(FlowDocument flow, Func<string, string?, FlowDocument?> part)
    {
        var closure = new List<FlowDocument> { flow };
        for (var i = 0; i < closure.Count; i++)
            foreach (var use in closure[i].Root.WithDescendants())
                if (use.WorkflowDefinitionId is { } id && part(id, use.WorkflowDefinitionVersionId) is { } inside && !closure.Contains(inside)) closure.Add(inside);
        return closure;
    }

    private enum FlowKind { Case, Part, Side, Plain }
}
