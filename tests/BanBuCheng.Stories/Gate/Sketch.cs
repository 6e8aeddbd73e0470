using System.Text.Json.Nodes;
using BanBuCheng.Engine.Documents;

namespace BanBuCheng.Stories.Gate;

/// <summary>A flow drawn in a few words, in the forms that documents have.</summary>
internal sealed class Sketch
{
    private readonly JsonArray _activities = [];
    private readonly JsonArray _connections = [];
    private readonly JsonArray _variables = [];

    public Sketch(string id, string kind = "Case", bool starts = true)
    {
        (Id, Kind) = (id, kind);
        if (starts) Has("start", "Elsa.Start");
    }

    public string Id { get; }
    public string Kind { get; }
    public List<string> Outcomes { get; } = [];

    public Sketch Has(string id, string type, params (string Name, JsonNode? Value)[] inputs)
    {
        var activity = new JsonObject { ["id"] = id, ["type"] = type, ["version"] = 1, ["metadata"] = new JsonObject { ["displayText"] = id } };
        foreach (var (name, value) in inputs) activity[name] = value?.DeepClone();
        _activities.Add(activity);
        return this;
    }

    public Sketch Clock(string id = "启动时限", string difficulty = "Complex") => Has(id, "BanBuCheng.StartClock", ("difficulty", Literal(difficulty)));

    public Sketch Task(string id, int? within, params string[] outcomes) => Has(id, "BanBuCheng.HumanTask",
        ("title", Literal(id)), ("assignTo", Literal("role:STATION_HEAD")), ("within", within is { } days ? Literal(days, "Int32") : null),
        ("outcomes", Literal($"[{string.Join(',', (outcomes.Length == 0 ? ["好"] : outcomes).Select(o => $"\"{o}\""))}]")));

    public Sketch Reply(string id = "答复") => Has(id, "BanBuCheng.DeliverReply", ("outcome", Literal("Resolved")), ("text", Literal("已经办好。")));

    public Sketch Close(string id = "办结") => Has(id, "BanBuCheng.CloseCase");

    public Sketch Line(string id) => Has(id, "Elsa.SetName", ("value", Literal("一步")));

    public Sketch Join(string id, string mode) => Has(id, "Elsa.FlowJoin", ("mode", Literal(mode)));

    public Sketch Fork(string id, params string[] branches) => Has(id, "Elsa.FlowFork", ("branches", Literal(new JsonArray([.. branches.Select(b => (JsonNode)b)]), "ICollection<String>")));

    public Sketch Decision(string id, string condition = "getInput('x') > 1") => Has(id, "Elsa.FlowDecision", ("condition", Script(condition)));

    public Sketch Part(string id, Sketch part) => Has(id, part.Id, ("workflowDefinitionId", JsonValue.Create(part.Id)));

    public Sketch Complete(string id, string outcome)
    {
        if (!Outcomes.Contains(outcome)) Outcomes.Add(outcome);
        return Has(id, "Elsa.Complete", ("outcomes", Literal(outcome, "Object")));
    }

    /// <summary><c>a>b</c> from Done, <c>a.好>b</c> from a port; a chain may go on.</summary>
    public Sketch Wires(string text)
    {
        foreach (var chain in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var ends = chain.Split('>');
            for (var i = 0; i + 1 < ends.Length; i++)
            {
                var (from, port) = ends[i].Split('.') is [var a, var p] ? (a, p) : (ends[i], PortOf(ends[i]));
                _connections.Add(new JsonObject
                {
                    ["source"] = new JsonObject { ["activity"] = from, ["port"] = port }, ["target"] = new JsonObject { ["activity"] = ends[i + 1].Split('.')[0] },
                });
            }
        }
        return this;
    }

    public FlowDocument Document => FlowReader.Read(Json.ToJsonString()).Document!;

    public JsonObject Json => new()
    {
        ["id"] = $"{Id}-1", ["definitionId"] = Id, ["name"] = Id, ["version"] = 1, ["outcomes"] = new JsonArray([.. Outcomes.Select(o => (JsonNode)o)]),
        ["variables"] = _variables.DeepClone(),
        ["customProperties"] = new JsonObject { ["BanBuCheng.Kind"] = Kind },
        ["options"] = new JsonObject { ["usableAsActivity"] = Kind == "Part" },
        ["root"] = new JsonObject
        {
            ["id"] = "chart", ["type"] = "Elsa.Flowchart", ["version"] = 1, ["activities"] = _activities.DeepClone(), ["connections"] = _connections.DeepClone(),
        },
    };

    public static JsonObject Literal(JsonNode value, string type = "String") =>
        new() { ["typeName"] = type, ["expression"] = new JsonObject { ["type"] = "Literal", ["value"] = value } };

    public static JsonObject Script(string text, string type = "Boolean") =>
        new() { ["typeName"] = type, ["expression"] = new JsonObject { ["type"] = "JavaScript", ["value"] = text } };

    private string PortOf(string id) => _activities.First(a => a!["id"]!.GetValue<string>() == id)!["type"]!.GetValue<string>() switch
    {
        "BanBuCheng.DeliverReply" => "Delivered",
        "BanBuCheng.HumanTask" => JsonNode.Parse(_activities.First(a => a!["id"]!.GetValue<string>() == id)!["outcomes"]!["expression"]!["value"]!.GetValue<string>())![0]!.GetValue<string>(),
        _ => "Done",
    };
}
