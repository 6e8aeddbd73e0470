using System.Text.Json.Nodes;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Gate;
using BanBuCheng.Engine.Documents;
using BanBuCheng.Stories.House;
using Xunit;

namespace BanBuCheng.Stories.Gate;

/// <summary>The shipped flows, broken in every way the codes name: each break is caught by its code.</summary>
public sealed class Mutations
{
    private static readonly bool IsLong = Environment.GetEnvironmentVariable("BANBUCHENG_GATE_FLOWS") is { Length: > 0 };

    [Fact(DisplayName = "随程序带的流程：没有一条错误，提醒都是有意的")]
    public void The_shipped_flows_pass()
    {
        var inspection = Inspect(Shelf());
        Assert.Empty(inspection.Findings.Where(f => f.IsError).Select(f => $"{f.Code} {f.DefinitionId} {f.Message}"));
        // Meant: the days of an extension come from the request, and further rounds can exceed the promise.
        Assert.Empty(inspection.Findings.Select(f => f.Code).Except(["G009", "G013"]));
        Assert.True(inspection.Slack >= 0, $"slack {inspection.Slack}");
    }

    [Fact(DisplayName = "删掉任何一条结果的连线，闸门都拦下")]
    public void Every_outcome_connection_is_missed()
    {
        var shelf = Shelf();
        foreach (var (id, flow) in shelf)
        {
            var connections = flow["root"]!["connections"]!.AsArray();
            for (var c = 0; c < connections.Count; c++)
            {
                var port = connections[c]!["source"]!["port"]!.GetValue<string>();
                if (port is "Done" or "逾期" or "Overdue" or "Delivered") continue;
                var broken = Copy(shelf, id);
                broken[id]["root"]!["connections"]!.AsArray().RemoveAt(c);
                var source = connections[c]!["source"]!["activity"]!.GetValue<string>();
                var isPart = flow["root"]!["activities"]!.AsArray().First(a => a!["id"]!.GetValue<string>() == source)!["workflowDefinitionId"] is not null;
                // What a person or a decision leaves by, the drawing shows; what a part ends by shows only when it is run.
                var inspection = isPart ? Inspect(broken, id) : Inspect(broken, id, alone: true);
                Assert.True(inspection.Findings.Any(f => f is { Code: "G003", IsError: true } && f.ActivityId == source), $"{id}: {source}.{port} is not missed");
            }
        }
    }

    public static TheoryData<string> Breaks => [.. All.Keys];

    [Theory(DisplayName = "弄坏一处，就有那一条来拦")]
    [MemberData(nameof(Breaks))]
    public void A_break_is_caught_by_its_code(string name)
    {
        var (code, id, change) = All[name];
        var broken = Copy(Shelf(), id);
        change(broken[id]);
        var inspection = Inspect(broken, id);
        Assert.True(inspection.Findings.Any(f => f.Code == code), $"{name}: expected {code}, but found {string.Join(' ', inspection.Findings.Select(f => $"{f.Code} {f.ActivityId}"))}");
        Assert.All(inspection.Findings.Where(f => f.Code == code), f => Assert.Matches(@"\p{IsCJKUnifiedIdeographs}", f.Message));
        // Every story that can be forced through the interpreter comes about there as told.
        Assert.All(inspection.Findings.Where(f => f.Story is not null), f => Assert.True(f.Replayed == true, $"{f.Code} {f.ActivityId} does not replay: {f.Story}"));
    }

    private static readonly Dictionary<string, (string Code, string Flow, Action<JsonObject> Change)> All = new()
    {
        // Every way of the shipped flow ends in 办结, so what ends unanswered closes unanswered.
        ["reply becomes a message"] = ("G002", "reply-and-explain", f => Swap(f, "reply-partial", "BanBuCheng.SendSms", ("template", "ACCEPTED"), ("Delivered", "Done"))),
        ["the end instead of the reply"] = ("G001", "case-handling", f => { Add(f, "over", "Elsa.End"); Point(f, "window-task", "答复清楚了", "over"); }),
        ["finish in place of complete"] = ("G001", "committee-escalation", f => Swap(f, "can-reply", "Elsa.Finish")),
        ["reply bypassed to the close"] = ("G002", "case-handling", f => Point(f, "window-task", "办成了", "close")),
        ["undeclared outcome"] = ("G003", "committee-escalation", f => Set(f, "can-reply", "outcomes", "没说过的结果")),
        ["island"] = ("G004", "case-handling", f => Add(f, "island", "Elsa.SetName")),
        ["both connections into a node removed"] = ("G004", "solution-round", f => Cut(f, c => c.Target == "to-committee")),
        ["unknown role"] = ("G005", "station-triage", f => Set(f, "judge", "assignTo", "role:NOBODY")),
        ["unknown unit"] = ("G005", "station-triage", f => Set(f, "judge", "assignTo", "unit:NOWHERE")),
        ["nobody at all"] = ("G005", "station-triage", f => Activity(f, "judge").Remove("assignTo")),
        ["unknown type"] = ("G010", "case-handling", f => Activity(f, "sms-accepted")["type"] = "BanBuCheng.SendPigeon"),
        ["unknown version"] = ("G010", "case-handling", f => Activity(f, "sms-accepted")["version"] = 7),
        ["renamed part"] = ("G010", "case-handling", f => Activity(f, "triage")["type"] = "老名字"),
        ["overdue without a limit"] = ("G010", "station-triage", f => Activity(f, "collect").Remove("within")),
        ["unknown template"] = ("G011", "case-handling", f => Set(f, "sms-accepted", "template", "NO_SUCH")),
        ["unknown part"] = ("G011", "case-handling", f => Activity(f, "triage")["workflowDefinitionId"] = "no-such-flow"),
        ["unknown variable"] = ("G011", "return-visit", f => Script(f, "reply-resolved", "text", "getVariable('nothing').text")),
        ["unknown reason of a pause"] = ("G011", "station-triage", f => Set(f, "pause", "reasonCode", "TEA_BREAK")),
        ["pause without a reason"] = ("G010", "station-triage", f => Activity(f, "pause").Remove("reasonCode")),
        ["unknown reason of an extension"] = ("G011", "extension", f => Set(f, "extend", "reasonCode", "TEA_BREAK")),
        ["form that is none"] = ("G010", "reply-and-explain", f => Set(f, "sign", "form", "一张表")),
        ["form that wants a field it has not"] = ("G010", "reply-and-explain", f => Set(f, "sign", "form", """{"type":"object","properties":{},"x-required-for":{"opinion":["退回重拟"]}}""")),
        ["form that records into nothing"] = ("G011", "reply-and-explain", f => Set(f, "sign", "form", """{"type":"object","properties":{},"x-record":["Pigeon"]}""")),
        ["broken script"] = ("G011", "case-handling", f => Script(f, "is-simple", "condition", "difficulty == ")),
        ["wait any becomes wait all"] = ("G006", "case-handling", f => Set(f, "replied", "mode", "WaitAll")),
        ["decision to itself"] = ("G007", "case-handling", f => Point(f, "still-simple", "False", "still-simple")),
        ["clock not started"] = ("G008", "case-handling", f => { Cut(f, c => c.Source == "stage-intake"); Point(f, "stage-intake", "Done", "sms-accepted"); }),
        ["maximum removed"] = ("G008", "station-triage", f => Activity(f, "pause").Remove("maxWorkingDays")),
        ["second start of the clock"] = ("G009", "case-handling", f => { Add(f, "again", "BanBuCheng.StartClock"); Point(f, "start-clock", "Done", "again"); Wire(f, "again", "Done", "sms-accepted"); }),
        ["extension beyond the ceiling"] = ("G009", "extension", f => { Activity(f, "extend")["workingDays"] = Sketch.Literal(8, "Int32"); }),
        ["back edge into another branch"] = ("G012", "station-triage", f => Wire(f, "to-answer", "Done", "pause")),
        ["limits too long"] = ("G013", "station-triage", f => Activity(f, "judge")["within"] = Sketch.Literal(3, "Int32")),
        ["fault"] = ("G015", "case-handling", f => { Add(f, "boom", "Elsa.Fault"); Point(f, "window-task", "答复清楚了", "boom"); }),
        ["faults end the flow"] = ("G015", "case-handling", f => f["options"]!["incidentStrategyType"] = "Elsa.Workflows.IncidentStrategies.FaultStrategy, Elsa.Workflows.Core"),
        ["work that the end takes away"] = ("G016", "case-handling", f =>
        {
            Add(f, "extra", "BanBuCheng.HumanTask");
            foreach (var (name, value) in (ReadOnlySpan<(string, string)>)[("title", "顺便问一句"), ("assignTo", "role:STATION_HEAD"), ("outcomes", "[\"问过\"]")]) Set(f, "extra", name, value);
            Activity(f, "extra")["within"] = Sketch.Literal(1, "Int32");
            Add(f, "noted", "Elsa.SetName");
            Wire(f, "start-clock", "Done", "extra");
            Wire(f, "extra", "问过", "noted");
        }),
        ["return without a limit"] = ("G018", "reply-and-explain", f => Activity(f, "sign").Remove("maxRounds")),
        ["no start and two beginnings"] = ("G019", "case-handling", f => { Remove(f, "start"); Add(f, "other", "Elsa.SetName"); }),
        ["two replies"] = ("G014", "case-handling", f => { Add(f, "twice", "BanBuCheng.DeliverReply"); Set(f, "twice", "outcome", "Resolved"); Set(f, "twice", "text", "再说一遍。"); Point(f, "replied", "Done", "twice"); Wire(f, "twice", "Delivered", "visit"); }),
    };

    [Fact(DisplayName = "每一环加一天，用完余量的那一天才拦")]
    public void Each_limit_is_refused_exactly_when_the_slack_is_used_up()
    {
        foreach (var (flow, activity) in new[] { ("station-triage", "judge"), ("solution-round", "ask"), ("committee-escalation", "meeting"), ("reply-and-explain", "draft-reply") })
        {
            var refused = false;
            foreach (var more in IsLong ? Enumerable.Range(1, 10) : [1, 4, 10])
            {
                var changed = Copy(Shelf(), flow);
                var within = Activity(changed[flow], activity)["within"]!["expression"]!;
                within["value"] = within["value"]!.GetValue<int>() + more;
                var inspection = Inspect(changed, flow);
                refused = inspection.Findings.Any(f => f is { Code: "G013", IsError: true });
                Assert.Equal(inspection.Slack < 0, refused);
            }
            Assert.True(refused, $"{activity} may take ten days more");
        }
    }

    // ── the shelf ──────────────────────────────────────────────────────────

    private static Dictionary<string, JsonObject> Shelf() => Directory.EnumerateFiles(Repository.Path("workflows"), "*.json")
        .Select(f => JsonNode.Parse(File.ReadAllText(f))!.AsObject()).ToDictionary(f => f["definitionId"]!.GetValue<string>());

    /// <summary>The same shelf with one document that may be changed.</summary>
    private static Dictionary<string, JsonObject> Copy(Dictionary<string, JsonObject> shelf, string changed) =>
        shelf.ToDictionary(f => f.Key, f => f.Key == changed ? f.Value.DeepClone().AsObject() : f.Value);

    /// <summary>The changed flow with what must hold with it: the main flow, and the side flows that re-class.</summary>
    private static Inspection Inspect(Dictionary<string, JsonObject> shelf, string? changed = null, bool alone = false)
    {
        var read = shelf.ToDictionary(f => f.Key, f => FlowReader.Read(f.Value.ToJsonString()).Document!);
        var flows = changed is null ? read.Values : alone ? [read[changed]] : new[] { changed, "case-handling", "extension" }.Distinct().Select(id => read[id]);
        return new FlowInspection(GateWithoutHall.Host).Inspect([.. flows], (id, _) => read.GetValueOrDefault(id), HandMadeFlows.Hall, DeadlinePolicy.Default);
    }

    private static JsonObject Activity(JsonObject flow, string id) => flow["root"]!["activities"]!.AsArray().First(a => a!["id"]!.GetValue<string>() == id)!.AsObject();

    private static void Set(JsonObject flow, string id, string input, string value) => Activity(flow, id)[input] = Sketch.Literal(value);

    private static void Script(JsonObject flow, string id, string input, string text) => Activity(flow, id)[input] = Sketch.Script(text, "String");

    private static void Add(JsonObject flow, string id, string type) =>
        flow["root"]!["activities"]!.AsArray().Add(new JsonObject { ["id"] = id, ["type"] = type, ["version"] = 1, ["metadata"] = new JsonObject { ["displayText"] = $"新加的{id}" } });

    private static void Swap(JsonObject flow, string id, string type, (string Name, string Value)? input = null, (string From, string To)? port = null)
    {
        var activity = Activity(flow, id);
        activity["type"] = type;
        if (input is { } given) activity[given.Name] = Sketch.Literal(given.Value);
        if (port is not { } renamed) return;
        foreach (var connection in flow["root"]!["connections"]!.AsArray())
            if (connection!["source"]!["activity"]!.GetValue<string>() == id && connection["source"]!["port"]!.GetValue<string>() == renamed.From) connection["source"]!["port"] = renamed.To;
    }

    private static void Wire(JsonObject flow, string from, string port, string to) => flow["root"]!["connections"]!.AsArray().Add(new JsonObject
    {
        ["source"] = new JsonObject { ["activity"] = from, ["port"] = port }, ["target"] = new JsonObject { ["activity"] = to },
    });

    private static void Point(JsonObject flow, string from, string port, string to)
    {
        Cut(flow, c => c.Source == from && c.Port == port);
        Wire(flow, from, port, to);
    }

    private static void Cut(JsonObject flow, Func<(string Source, string Port, string Target), bool> which)
    {
        var connections = flow["root"]!["connections"]!.AsArray();
        for (var i = connections.Count - 1; i >= 0; i--)
            if (which((connections[i]!["source"]!["activity"]!.GetValue<string>(), connections[i]!["source"]!["port"]!.GetValue<string>(), connections[i]!["target"]!["activity"]!.GetValue<string>())))
                connections.RemoveAt(i);
    }

    private static void Remove(JsonObject flow, string id)
    {
        Cut(flow, c => c.Source == id || c.Target == id);
        var activities = flow["root"]!["activities"]!.AsArray();
        activities.Remove(activities.First(a => a!["id"]!.GetValue<string>() == id));
    }
}
