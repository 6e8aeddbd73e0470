using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace BanBuCheng.Engine.Documents;

/// <summary>What reading gave: a document unless the text is beyond understanding, and what was found on the way.</summary>
public sealed record ReadDocument(FlowDocument? Document, IReadOnlyList<DocumentFinding> Findings);

/// <summary>Reads Elsa 3 documents tolerantly: old forms are understood, the unknown is kept, damage is a finding.</summary>
public static class FlowReader
{
    private const int MaxActivities = 20_000;
    private const int MaxConnections = 20_000;
    private static readonly string[] SinglePorts =
        ["then", "else", "body", "default", "childCompleted", "childFaulted", "unmatchedStatusCode", "failedToConnect", "timeout"];

    public static ReadDocument Read(string text)
    {
        var findings = new List<DocumentFinding>();
        var tree = JsonTree.Read(text, findings);
        if (tree is null) return new(null, findings.Count > 0 ? findings : [new(true, "$", "文件里只有 null。")]);
        if (tree is not JsonObject json)
        {
            findings.Add(new(true, "$", "不是流程文档：最外层应当是一个对象。"));
            return new(null, findings);
        }
        if (json["root"] is null && json["definitionId"] is null && json["id"] is null)
        {
            findings.Add(new(true, "$", "不是流程文档：没有 root、definitionId 和 id。"));
            return new(null, findings);
        }
        return new(Document(json, findings), findings);
    }

    private static FlowDocument Document(JsonObject json, List<DocumentFinding> findings)
    {
        var id = Text(json["id"]);
        var definitionId = Text(json["definitionId"]);
        if (string.IsNullOrWhiteSpace(definitionId))
        {
            definitionId = string.IsNullOrWhiteSpace(id) ? "workflow" : id;
            findings.Add(new(false, "$.definitionId", $"没有 definitionId，按“{definitionId}”处理。"));
        }
        var scope = new Scope(findings, json["root"] as JsonObject);
        var root = json["root"] is JsonObject drawn
            ? scope.Activity(drawn, "$.root")
            : new ActivityModel { Json = new JsonObject(), Path = "$.root", Id = "Sequence1", Type = "Elsa.Sequence", Caption = "Sequence1" };
        if (json["root"] is not null and not JsonObject) findings.Add(new(true, "$.root", "root 应当是一个活动。"));

        return new FlowDocument
        {
            Json = json,
            Id = string.IsNullOrWhiteSpace(id) ? $"{definitionId}-v{Number(json["version"], 1)}" : id,
            DefinitionId = definitionId,
            Name = Text(json["name"])?.Trim(),
            Description = Text(json["description"])?.Trim(),
            Version = Number(json["version"], 1),
            IsLatest = Flag(json["isLatest"]),
            IsPublished = Flag(json["isPublished"]),
            Variables = Variables(json["variables"], "$.variables", "Workflow1", true, findings),
            Inputs = [.. Objects(json["inputs"]).Where(i => Text(i["name"]) is { Length: > 0 }).Select(i => new InputModel(
                Text(i["name"])!, Alias(Text(i["type"]), Flag(i["isArray"])), IsPersisting(Text(i["storageDriverType"]) ?? Text(i["storageDriverTypeName"])), i["defaultValue"]))],
            Outputs = [.. Objects(json["outputs"]).Where(o => Text(o["name"]) is { Length: > 0 }).Select(o =>
                new OutputModel(Text(o["name"])!, Alias(Text(o["type"]), Flag(o["isArray"]))))],
            Outcomes = [.. (json["outcomes"] as JsonArray ?? []).Select(Text).OfType<string>()],
            CustomProperties = json["customProperties"] as JsonObject ?? new JsonObject(),
            Options = Options(json),
            Root = root,
        };
    }

    private static OptionsModel Options(JsonObject json)
    {
        var options = json["options"] as JsonObject ?? new JsonObject();
        var activation = Text(options["activationStrategyType"]) ?? "";
        var incidents = Text(options["incidentStrategyType"]) ?? "";
        return new OptionsModel
        {
            Activation = activation.Contains("CorrelatedSingleton", StringComparison.Ordinal) ? ActivationStrategy.CorrelatedSingleton
                : activation.Contains("Singleton", StringComparison.Ordinal) ? ActivationStrategy.Singleton
                : activation.Contains("Correlation", StringComparison.Ordinal) ? ActivationStrategy.Correlation
                : ActivationStrategy.Always,
            ContinueWithIncidents = incidents.Contains("ContinueWithIncidents", StringComparison.Ordinal) ? true
                : incidents.Contains("FaultStrategy", StringComparison.Ordinal) ? false : null,
            UsableAsActivity = Flag(options["usableAsActivity"] ?? json["usableAsActivity"]),
            AutoUpdateConsumingWorkflows = Flag(options["autoUpdateConsumingWorkflows"]),
            ActivityCategory = Text(options["activityCategory"]),
        };
    }

    private static List<VariableModel> Variables(JsonNode? list, string path, string owner, bool dropUnknown, List<DocumentFinding> findings)
    {
        var variables = new List<VariableModel>();
        int number = 0, unnamed = 0;
        foreach (var json in Objects(list))
        {
            number++;
            var name = Text(json["name"]);
            if (string.IsNullOrWhiteSpace(name)) name = $"Variable{++unnamed}";
            var alias = Alias(Text(json["typeName"]), Flag(json["isArray"]));
            if (dropUnknown && !TypeAliases.IsKnown(alias))
            {
                findings.Add(new(false, $"{path}[{number - 1}]", $"变量“{name}”的类型“{alias}”不认识，变量已略去。"));
                continue;
            }
            var id = Text(json["id"]);
            variables.Add(new VariableModel(string.IsNullOrEmpty(id) ? $"{owner}:variable-{number}" : id, name, alias, json["value"],
                IsPersisting(Text(json["storageDriverTypeName"]))));
        }
        return variables;
    }

    /// <summary>The memory driver and no driver at all mean the same: the default value again after a suspension.</summary>
    private static bool IsPersisting(string? driver) =>
        driver is not null && (driver.Contains("WorkflowInstanceStorageDriver", StringComparison.Ordinal) || driver.Contains("WorkflowStorageDriver", StringComparison.Ordinal));

    private static string Alias(string? typeName, bool isArray)
    {
        var alias = string.IsNullOrWhiteSpace(typeName) ? "Object" : typeName;
        // Old files carry assembly-qualified names of the simple types.
        var comma = alias.IndexOf(',', StringComparison.Ordinal);
        if (alias.StartsWith("System.", StringComparison.Ordinal) && !alias.Contains('`', StringComparison.Ordinal))
            alias = (comma > 0 ? alias[..comma] : alias)["System.".Length..];
        return isArray ? alias + "[]" : alias;
    }

    /// <summary>A text, or the text of a number or boolean; null for anything else.</summary>
    internal static string? Text(JsonNode? node) => node is JsonValue value
        ? value.GetValueKind() switch { JsonValueKind.String => value.GetValue<string>(), JsonValueKind.Null => null, _ => value.ToJsonString() }
        : null;

    internal static bool Flag(JsonNode? node) => node?.GetValueKind() switch
    {
        JsonValueKind.True => true,
        JsonValueKind.String => string.Equals(Text(node), "true", StringComparison.OrdinalIgnoreCase),
        _ => false,
    };

    private static int Number(JsonNode? node, int otherwise) =>
        int.TryParse(Text(node), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : otherwise;

    /// <summary>A list, or a single object in place of a list, or the reference form <c>{ "$values": […] }</c>.</summary>
    internal static IEnumerable<JsonObject> Objects(JsonNode? node) => node switch
    {
        JsonArray list => list.OfType<JsonObject>(),
        JsonObject wrapped when wrapped["$values"] is JsonArray list => list.OfType<JsonObject>(),
        JsonObject single when single.Count > 0 => [single],
        _ => [],
    };

    /// <summary>One walk through the activities, counting what it names and refusing what is endless.</summary>
    private sealed class Scope(List<DocumentFinding> findings, JsonObject? root)
    {
        private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
        private HashSet<string>? _taken;
        private int _activities;

        public ActivityModel Activity(JsonObject json, string path)
        {
            _activities++;
            if (_activities == MaxActivities + 1) findings.Add(new(true, path, $"活动太多：超过 {MaxActivities} 个。"));
            var type = Text(json["type"]) ?? "";
            if (type.Length == 0) findings.Add(new(true, path, "活动没有 type。", Text(json["id"])));
            var id = Text(json["id"]);
            if (string.IsNullOrEmpty(id))
            {
                id = NewId(type);
                findings.Add(new(false, $"{path}.id", $"活动没有 id，按“{id}”处理。", id));
            }
            var custom = json["customProperties"] as JsonObject;
            var children = _activities > MaxActivities || IsNotFound(type) ? [] : Children(json, path);
            var name = Text(json["name"]);
            return new ActivityModel
            {
                Json = json, Path = path, Id = id, Name = name, Type = type, Version = Number(json["version"], 1),
                CanStartWorkflow = Flag(custom?["canStartWorkflow"] ?? custom?["CanStartWorkflow"]),
                MergeMode = Text(custom?["mergeMode"]),
                Caption = Text((json["metadata"] as JsonObject)?["displayText"]) is { Length: > 0 } shown ? shown : string.IsNullOrEmpty(name) ? id : name,
                Children = children,
                Connections = Connections(json["connections"], children, path),
                Variables = json["variables"] is null ? [] : Variables(json["variables"], $"{path}.variables", id, false, findings),
                WorkflowDefinitionId = json["workflowDefinitionId"] is JsonValue ? Text(json["workflowDefinitionId"]) : null,
                WorkflowDefinitionVersionId = json["workflowDefinitionVersionId"] is JsonValue ? Text(json["workflowDefinitionVersionId"]) : null,
            };
        }

        /// <summary>The type's short name and the first number of it that no activity of the document bears, as Elsa counts.</summary>
        private string NewId(string type)
        {
            _taken ??= Ids(root);
            var shortName = type[(type.LastIndexOf('.') + 1)..];
            while (true)
            {
                var number = _numbers[type] = _numbers.GetValueOrDefault(type) + 1;
                if (_taken.Add($"{shortName}{number}")) return $"{shortName}{number}";
            }
        }

        private static HashSet<string> Ids(JsonObject? root)
        {
            var ids = new HashSet<string>(StringComparer.Ordinal);
            var open = new Stack<JsonNode?>([root]);
            while (open.TryPop(out var node))
                switch (node)
                {
                    case JsonObject json:
                        if (json["type"] is JsonValue && Text(json["id"]) is { Length: > 0 } id) ids.Add(id);
                        foreach (var (_, inner) in json) open.Push(inner);
                        break;
                    case JsonArray list:
                        foreach (var inner in list) open.Push(inner);
                        break;
                }
            return ids;
        }

        private static bool IsNotFound(string type) => type == "Elsa.NotFoundActivity";

        private List<ChildModel> Children(JsonObject json, string path)
        {
            var children = new List<ChildModel>();
            List(json["activities"], "activities");
            if (json["branches"] is JsonArray) List(json["branches"], "branches");
            if (json["cases"] is JsonArray cases)
                for (var i = 0; i < cases.Count; i++)
                    if (cases[i] is JsonObject one && one["activity"] is JsonObject drawn)
                        children.Add(new("cases", i, Activity(drawn, $"{path}.cases[{i}].activity")));
            foreach (var port in SinglePorts)
                if (json[port] is JsonObject drawn && drawn["type"] is JsonValue && drawn["expression"] is null)
                    children.Add(new(port, 0, Activity(drawn, $"{path}.{port}")));

            foreach (var twice in children.GroupBy(c => c.Activity.Id, StringComparer.Ordinal).Where(g => g.Count() > 1))
                findings.Add(new(true, twice.Last().Activity.Path, $"活动 id“{twice.Key}”重复 {twice.Count()} 次，连线不知道指哪一个。", twice.Key));
            return children;

            void List(JsonNode? list, string port)
            {
                var index = 0;
                foreach (var drawn in Objects(list)) children.Add(new(port, index, Activity(drawn, $"{path}.{port}[{index++}]")));
            }
        }

        private List<ConnectionModel> Connections(JsonNode? list, List<ChildModel> children, string path)
        {
            var connections = new List<ConnectionModel>();
            if (list is null) return connections;
            var known = children.Select(c => c.Activity.Id).ToHashSet(StringComparer.Ordinal);
            var seen = new HashSet<ConnectionModel>();
            var index = -1;
            foreach (var json in Objects(list))
            {
                index++;
                if (index == MaxConnections)
                {
                    findings.Add(new(true, $"{path}.connections", $"连线太多：超过 {MaxConnections} 条。"));
                    break;
                }
                var (source, port) = End(json, "source", "Source");
                var (target, _) = End(json, "target", "Target");
                if (source is null || target is null || !known.Contains(source) || !known.Contains(target))
                    findings.Add(new(false, $"{path}.connections[{index}]", $"连线的一端不存在（{source ?? "无"} → {target ?? "无"}），已忽略。"));
                else if (new ConnectionModel(source, port, target) is var connection && seen.Add(connection))
                    connections.Add(connection);
            }
            return connections;
        }

        private static (string? Activity, string? Port) End(JsonObject json, string name, string pascal)
        {
            var end = json[name] ?? json[pascal];
            if (end is JsonObject both) return (Text(both["activity"] ?? both["Activity"]), Text(both["port"] ?? both["Port"]));
            return (Text(end), Text(json[name + "Port"] ?? json[pascal + "Port"]));
        }
    }
}
