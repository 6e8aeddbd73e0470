using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using BanBuCheng.Desk.Deadlines;

namespace BanBuCheng.Desk.CaseFile;

/// <summary>
/// 预计 — how many working days a flow can still take until the citizen has a reply: the limits along the slowest way from where it stands,
/// read from the documents alone. As at the gate (G013), days pass only while the case's clock runs, and returns are not counted (nobody
/// plans to go round again). A limit that an expression gives counts as one day.
/// </summary>
/// <remarks>
/// Not the gate's own exploration: that knows the states of a whole version, but not where a case stands in it, and is too dear for a page.
/// Of the conditions only <c>difficulty == '…'</c> is understood; at any other fork all ways count.
/// </remarks>
/// <param name="Days">Working days on the slowest way; the box one stands at counts with what it has left.</param>
/// <param name="Gained">By how many days another difficulty on that way moves the limit.</param>
/// <param name="Steps">The boxes on that way that cost time, with their limits.</param>
public sealed partial record FlowForecast(int Days, int Gained, IReadOnlyList<(string Caption, int Days)> Steps)
{
    /// <param name="flow">The document the instance runs.</param>
    /// <param name="path">Where it waits: <c>chart/box/chart/box</c>, outermost first.</param>
    /// <param name="left">What the task one waits for has left; null when nobody knows (then its own limit counts).</param>
    /// <param name="part">The document behind a part, by its definition id.</param>
    /// <returns>Null when the place is not in the document, or the flow branches too much to be read through.</returns>
    public static FlowForecast? From(JsonObject flow, string path, int? left, Difficulty difficulty, DeadlinePolicy policy, Func<string, JsonObject?> part)
    {
        var walk = new Walk(part, policy);
        var way = walk.At(flow, [.. path.Split('/').Where(segment => segment.Length > 0)], left, new Way(0, 0, [], false, false, difficulty), 0);
        return way is null || walk.IsTooFar ? null : new FlowForecast(way.Days, way.Gained, way.Steps);
    }

    /// <summary>Where a way has come to: what it cost, and how the case's clock and class stand there.</summary>
    private sealed record Way(int Days, int Gained, IReadOnlyList<(string, int)> Steps, bool Replied, bool Paused, Difficulty Class)
    {
        public bool IsSlowerThan(Way other) => Days - Gained > other.Days - other.Gained || (Days - Gained == other.Days - other.Gained && Replied && !other.Replied);
    }

    private sealed partial class Walk(Func<string, JsonObject?> part, DeadlinePolicy policy)
    {
        private const int MostDeep = 8, MostBoxes = 20_000;
        private int _boxes;

        public bool IsTooFar => _boxes > MostBoxes;

        public Way? At(JsonObject flow, List<string> path, int? left, Way begun, int depth)
        {
            if (flow["root"] is not JsonObject chart || depth > MostDeep) return null;
            // The path names the chart before each box; a box is found wherever it stands in the path.
            for (var i = 0; i < path.Count; i++)
            {
                if (Box(chart, path[i]) is not { } box) continue;
                var here = begun with { Paused = begun.Paused || StandsInPause(chart, path[i]) };
                here = PartOf(box) is { } inside
                    ? At(inside, path[(i + 1)..], left, here, depth + 1) ?? Through(inside, here, depth + 1)
                    : Pass(box, here, left);
                return here.Replied ? here : Onward(chart, path[i], here, [path[i]], depth);
            }

            return null;
        }

        /// <summary>The slowest way through a whole part: to a reply inside it, or to its end.</summary>
        private Way Through(JsonObject flow, Way way, int depth)
        {
            if (depth > MostDeep || flow["root"] is not JsonObject chart) return way;
            var first = Boxes(chart).FirstOrDefault(a => Type(a) == "Elsa.Start" || a["customProperties"]?["canStartWorkflow"]?.GetValue<bool>() == true);
            return first is null ? way : Onward(chart, Id(first), way, [Id(first)], depth);
        }

        /// <summary>The slowest way after a box, never through a box twice.</summary>
        private Way Onward(JsonObject chart, string from, Way way, HashSet<string> seen, int depth)
        {
            Way? slowest = null;
            foreach (var target in Targets(chart, from, way.Class))
            {
                if (seen.Contains(target) || Box(chart, target) is not { } box || ++_boxes > MostBoxes) continue;
                var next = PartOf(box) is { } inside ? Through(inside, way, depth + 1) : Pass(box, way, null);
                if (!next.Replied) next = Onward(chart, target, next, [.. seen, target], depth);
                if (slowest is null || next.IsSlowerThan(slowest)) slowest = next;
            }

            return slowest ?? way;
        }

        private Way Pass(JsonObject box, Way way, int? left)
        {
            switch (Type(box))
            {
                case "BanBuCheng.SuspendClock": return way with { Paused = true };
                case "BanBuCheng.ResumeClock": return way with { Paused = false };
                case "BanBuCheng.DeliverReply": return way with { Replied = true };
                case "BanBuCheng.StartClock" when Enum.TryParse<Difficulty>(Literal(box, "difficulty")?.ToString(), out var other) && other != way.Class:
                    return way with { Class = other, Gained = way.Gained + Math.Max(0, policy.LimitOf(other) - policy.LimitOf(way.Class)) };
            }

            var days = way.Paused ? 0 : left ?? DaysOf(box);
            return days == 0 ? way : way with { Days = way.Days + days, Steps = [.. way.Steps, (Caption(box), days)] };
        }

        /// <summary>Between a pause and its end?</summary>
        private static bool StandsInPause(JsonObject chart, string id)
        {
            var todo = new Queue<string>(Boxes(chart).Where(a => Type(a) == "BanBuCheng.SuspendClock").Select(Id));
            var seen = new HashSet<string>();
            while (todo.TryDequeue(out var from))
            {
                foreach (var target in Targets(chart, from, null))
                {
                    if (Box(chart, target) is not { } box || Type(box) == "BanBuCheng.ResumeClock" || !seen.Add(target)) continue;
                    if (target == id) return true;
                    todo.Enqueue(target);
                }
            }

            return false;
        }

        private static IEnumerable<string> Targets(JsonObject chart, string from, Difficulty? known)
        {
            var port = known is { } difficulty && Box(chart, from) is { } fork && Type(fork) == "Elsa.FlowDecision"
                && AsksDifficulty().Match(fork["condition"]?["expression"]?["value"]?.ToString() ?? "") is { Success: true } asked
                ? asked.Groups[1].Value == difficulty.ToString() ? "True" : "False"
                : null;
            return (chart["connections"]?.AsArray() ?? []).Where(c => c?["source"]?["activity"]?.GetValue<string>() == from)
                .Where(c => port is null || c!["source"]!["port"]?.GetValue<string>() == port)
                .Select(c => c!["target"]?["activity"]?.GetValue<string>()).OfType<string>().Distinct();
        }

        private static int DaysOf(JsonObject box)
        {
            var name = Type(box) switch
            {
                "BanBuCheng.HumanTask" or "BanBuCheng.DepartmentTasks" => "within",
                "BanBuCheng.WorkingDayTimer" => "workingDays",
                _ => null,
            };
            if (name is null || Literal(box, name) is not { } value) return 0;
            return value.TryGetValue(out int days) ? days : 1;
        }

        private JsonObject? PartOf(JsonObject box) =>
            box["workflowDefinitionId"] is JsonValue id && id.TryGetValue(out string? definition) ? part(definition) : null;

        private static JsonValue? Literal(JsonObject box, string input) => box[input]?["expression"]?["value"] as JsonValue;

        private static IEnumerable<JsonObject> Boxes(JsonObject chart) => chart["activities"]?.AsArray().OfType<JsonObject>() ?? [];

        private static JsonObject? Box(JsonObject chart, string id) => Boxes(chart).FirstOrDefault(a => Id(a) == id);

        private static string Id(JsonObject box) => box["id"]?.GetValue<string>() ?? "";

        private static string Type(JsonObject box) => box["type"]?.GetValue<string>() ?? "";

        private static string Caption(JsonObject box) => box["metadata"]?["displayText"]?.GetValue<string>() ?? Id(box);

        [GeneratedRegex(@"^\s*difficulty\s*===?\s*'(\w+)'\s*$")]
        private static partial Regex AsksDifficulty();
    }
}
