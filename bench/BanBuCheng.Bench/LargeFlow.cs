using System.Text.Json.Nodes;

namespace BanBuCheng.Bench;

/// <summary>
/// A case flow of any size, drawn by the house's rules from what real flows are made of: choices that meet again, returns with a cap, two
/// lanes at once, departments, waiting for papers with the clock stopped, loops in parts of their own. Parts are drawn once and used often.
/// </summary>
internal sealed class LargeFlow
{
    private readonly string _id;
    private readonly JsonArray _activities = [];
    private readonly JsonArray _connections = [];
    private readonly JsonArray _outcomes = [];
    private (string Id, string Port) _open;
    private Func<int, int> _within = _ => 1;

    private LargeFlow(string id, string first)
    {
        _id = id;
        _open = (Add("start", "Elsa.Start"), "Done");
        if (first.Length > 0) Then(first, first == "clock" ? "BanBuCheng.StartClock" : "Elsa.SetName", "Done");
    }

    /// <summary>The flow and the parts it uses, as documents.</summary>
    /// <param name="activities">How many are drawn in the main flow; those inside the parts come on top.</param>
    public static IReadOnlyList<string> Of(int activities)
    {
        var flow = new LargeFlow("large", "clock");
        for (var section = 0; flow._activities.Count < activities - 2; section++)
        {
            var left = activities - 2 - flow._activities.Count;
            if (left < 7) flow.Then($"line{left}", "Elsa.SetName", "Done");
            else flow.Section(section);
        }
        flow.Then("reply", "BanBuCheng.DeliverReply", "Delivered", ("outcome", "Resolved"), ("text", "办好了。"));
        flow.Then("close", "BanBuCheng.CloseCase", "Done");
        return [flow.Document("Case"), .. Enumerable.Range(0, 3).Select(Part)];
    }

    /// <summary>So many lanes at once, each of so many tasks with two outcomes: what grows fastest.</summary>
    /// <param name="within">Days of the n-th task of all; one each.</param>
    /// <param name="returns">How often the last task of a lane may be sent back to itself.</param>
    public static IReadOnlyList<string> Lanes(int lanes, int tasks, Func<int, int>? within = null, int? returns = null)
    {
        var flow = new LargeFlow("lanes", "clock") { _within = within ?? (_ => 1) };
        flow.Fork("fork", "all", Enumerable.Range(1, lanes).Select(l => Enumerable.Range(1, tasks).Select(t => $"l{l}t{t}").ToArray()).ToArray(), returns);
        flow.Then("reply", "BanBuCheng.DeliverReply", "Delivered", ("outcome", "Resolved"), ("text", "办好了。"));
        flow.Then("close", "BanBuCheng.CloseCase", "Done");
        return [flow.Document("Case")];
    }

    /// <summary>A loop of its own with three ways out, ten activities.</summary>
    private static string Part(int number)
    {
        var part = new LargeFlow($"part{number}", "");
        part.Departments("ask");
        part.Task("look", 1, 2, "可行", "再来", "上会");
        part.Connect("look", "再来", "ask");
        part.End("fine", "look", "可行", "成");
        part.Task("meet", 1, null, "定了", "不办");
        part.Connect("look", "上会", "meet");
        part.End("decided", "meet", "定了", "定");
        part.End("refused", "meet", "不办", "不办");
        part._connections.Remove(part._connections.First(c => c!["source"]!["port"]!.GetValue<string>() == "可行" && c["target"]!["activity"]!.GetValue<string>() == "meet"));
        return part.Document("Part");
    }

    private void Section(int number)
    {
        var s = $"s{number}";
        switch (number % 4)
        {
            case 0:
                // Three answers, one of them back to itself twice at most; the hard ones are asked again unless a script says no.
                Task($"{s}task", 1, 2, "好", "难", "重来");
                Connect($"{s}task", "重来", $"{s}task");
                Add($"{s}if", "Elsa.FlowDecision", ("condition", Script("getInput('x') > 1")));
                Connect($"{s}task", "难", $"{s}if");
                _open = ($"{s}if", "True");
                Task($"{s}more", 1, null, "好");
                Meet($"{s}met", ($"{s}task", "好"), ($"{s}if", "False"), ($"{s}more", "好"));
                break;
            case 1:
                Fork($"{s}fork", $"{s}all", [[$"{s}a1", $"{s}a2"], [$"{s}b1"]]);
                Then($"{s}sms", "BanBuCheng.SendSms", "Done", ("template", "ACCEPTED"));
                break;
            case 2:
                Then($"{s}pause", "BanBuCheng.SuspendClock", "Done", ("reasonCode", "SUPPLEMENT"), ("maxWorkingDays", 5));
                Task($"{s}papers", 5, null, "齐了", "不补了");
                Meet($"{s}back", ($"{s}papers", "齐了"), ($"{s}papers", "不补了"));
                Then($"{s}resume", "BanBuCheng.ResumeClock", "Done");
                Departments($"{s}ask");
                break;
            default:
                var part = $"part{number / 4 % 3}";
                Then($"{s}part", part, "成");
                _activities[^1]!["workflowDefinitionId"] = part;
                Meet($"{s}met", ($"{s}part", "成"), ($"{s}part", "定"), ($"{s}part", "不办"));
                break;
        }
    }

    private string Add(string id, string type, params (string Name, JsonNode Value)[] inputs)
    {
        var activity = new JsonObject { ["id"] = id, ["type"] = type, ["version"] = 1, ["metadata"] = new JsonObject { ["displayText"] = id } };
        foreach (var (name, value) in inputs)
            activity[name] = value is JsonObject script ? script : new JsonObject { ["typeName"] = "Object", ["expression"] = new JsonObject { ["type"] = "Literal", ["value"] = value } };
        _activities.Add(activity);
        return id;
    }

    /// <summary>The next in line, and the port by which it goes on.</summary>
    private void Then(string id, string type, string port, params (string Name, JsonNode Value)[] inputs)
    {
        Add(id, type, inputs);
        Connect(_open.Id, _open.Port, id);
        _open = (id, port);
    }

    private void Task(string id, int within, int? maxRounds, params string[] outcomes)
    {
        Then(id, "BanBuCheng.HumanTask", outcomes[0], ("title", id), ("assignTo", "role:STATION_HEAD"), ("within", within), ("outcomes", $"[{string.Join(',', outcomes.Select(o => $"\"{o}\""))}]"));
        if (maxRounds is { } most) _activities[^1]!["maxRounds"] = new JsonObject { ["typeName"] = "Int32", ["expression"] = new JsonObject { ["type"] = "Literal", ["value"] = most } };
    }

    /// <summary>Three ways out of the departments; all meet again.</summary>
    private void Departments(string id)
    {
        Then(id, "BanBuCheng.DepartmentTasks", "Agreed", ("title", id), ("lead", "MARKET"), ("within", 2));
        Meet($"{id}-met", (id, "Agreed"), (id, "Disputed"), (id, "Overdue"));
    }

    private void Meet(string id, params (string Id, string Port)[] from)
    {
        Add(id, "Elsa.FlowJoin", ("mode", "WaitAny"));
        foreach (var (source, port) in from) Connect(source, port, id);
        _open = (id, "Done");
    }

    private void Fork(string id, string join, string[][] lanes, int? returns = null)
    {
        Then(id, "Elsa.FlowFork", "Done", ("branches", new JsonArray([.. lanes.Select((_, i) => (JsonNode)$"第{i + 1}路")])));
        var ends = new List<(string, string)>();
        for (var lane = 0; lane < lanes.Length; lane++)
        {
            _open = (id, $"第{lane + 1}路");
            foreach (var (n, task) in lanes[lane].Index())
            {
                var isSentBack = returns is not null && n == lanes[lane].Length - 1;
                Task(task, _within(lane * lanes[lane].Length + n), isSentBack ? returns : null, isSentBack ? ["好", "行", "重来"] : ["好", "行"]);
                if (isSentBack) Connect(task, "重来", task);
                Connect(task, "行", task == lanes[lane][^1] ? join : lanes[lane][Array.IndexOf(lanes[lane], task) + 1]);
            }
            ends.Add(_open);
        }
        Add(join, "Elsa.FlowJoin", ("mode", "WaitAllActive"));
        foreach (var (source, port) in ends) Connect(source, port, join);
        _open = (join, "Done");
    }

    private void End(string id, string from, string port, string outcome)
    {
        Add(id, "Elsa.Complete", ("outcomes", outcome));
        Connect(from, port, id);
        _outcomes.Add(outcome);
    }

    private void Connect(string from, string port, string to) => _connections.Add(new JsonObject
    {
        ["source"] = new JsonObject { ["activity"] = from, ["port"] = port }, ["target"] = new JsonObject { ["activity"] = to },
    });

    private static JsonObject Script(string text) => new() { ["typeName"] = "Boolean", ["expression"] = new JsonObject { ["type"] = "JavaScript", ["value"] = text } };

    private string Document(string kind) => new JsonObject
    {
        ["id"] = $"{_id}-v1", ["definitionId"] = _id, ["name"] = _id, ["version"] = 1, ["outcomes"] = _outcomes,
        ["customProperties"] = new JsonObject { ["BanBuCheng.Kind"] = kind }, ["options"] = new JsonObject { ["usableAsActivity"] = kind == "Part" },
        ["root"] = new JsonObject { ["id"] = "chart", ["type"] = "Elsa.Flowchart", ["version"] = 1, ["activities"] = _activities, ["connections"] = _connections },
    }.ToJsonString();
}
