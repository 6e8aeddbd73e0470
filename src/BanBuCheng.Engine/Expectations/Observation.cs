using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using BanBuCheng.Engine.Expressions;
using BanBuCheng.Engine.Running;

namespace BanBuCheng.Engine.Expectations;

/// <summary>What can be seen after a step, compared key by key with what was expected.</summary>
internal sealed class Observation(MemoryFlowStore store, FlowEngine engine, List<string> lines, bool? started, Guid? instanceId, Func<string, SeenThing?>? more = null)
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private const int MaxShown = 2_000;
    private static readonly HashSet<string> GeneratedIds = ["taskId", "childInstanceId", "parentInstanceId"];

    public sealed record OpenTask(Guid WaitId, string Name, JsonNode? Payload);

    public async Task CompareAsync(JsonObject expected, CancellationToken ct)
    {
        foreach (var (key, wanted) in expected) await CompareAsync(key, wanted, ct);
    }

    private async Task CompareAsync(string key, JsonNode? wanted, CancellationToken ct)
    {
        switch (key)
        {
            case "lines": Same(key, wanted, Array(lines)); break;
            case "linesUnordered": SameBag(key, wanted, Array(lines)); break;
            case "linesInclude":
                foreach (var line in List(key, wanted).Select(CaseRunner.Text))
                    if (!lines.Contains(line!)) throw Differs(key, wanted, Array(lines));
                break;
            case "linesExclude":
                foreach (var line in List(key, wanted).Select(CaseRunner.Text))
                    if (lines.Contains(line!)) throw Differs(key, wanted, Array(lines));
                break;
            case "status": Same(key, wanted, Instance.Status.ToString()); break;
            case "subStatus": Same(key, wanted, Instance.SubStatus.ToString()); break;
            case "start": Same(key, wanted, started switch { true => "started", false => "refused", _ => null }); break;
            case "correlationId": Same(key, wanted, Instance.CorrelationId); break;
            case "name": Same(key, wanted, Instance.Name); break;
            case "bookmarks": Same(key, wanted, Bookmarks()); break;
            case "incidents": Incidents(key, wanted); break;
            case "output": Each(key, wanted, Instance.Outputs is { } text && Plain.TryParse(text, out var all) && all is Dictionary<string, object?> outputs ? outputs : []); break;
            case "variables": Each(key, wanted, await engine.VariablesAsync(Instance, ct)); break;
            case "activities": Activities(key, wanted); break;
            case "tasks": SameBag(key, wanted, new JsonArray([.. Tasks(store, null).Select(t => (JsonNode)new JsonObject { ["taskName"] = t.Name, ["payload"] = t.Payload?.DeepClone() })])); break;
            case "instances":
                SameBag(key, wanted, new JsonArray([.. store.Instances.Select(i => (JsonNode)new JsonObject
                {
                    ["definitionId"] = i.DefinitionId, ["version"] = i.DefinitionVersion, ["subStatus"] = i.SubStatus.ToString(), ["correlationId"] = i.CorrelationId,
                    ["parent"] = i.ParentId is not null,
                })]));
                break;
            case "definitions":
                SameBag(key, wanted, new JsonArray([.. store.Definitions.Select(d => (JsonNode)new JsonObject
                {
                    ["definitionId"] = d.DefinitionId, ["version"] = d.Version, ["isLatest"] = d.IsLatest, ["isPublished"] = d.IsPublished,
                })]));
                break;
            case "triggers":
                SameBag(key, wanted, new JsonArray([.. store.Triggers.Select(t => (JsonNode)new JsonObject
                {
                    ["definitionId"] = t.DefinitionId, ["activityId"] = t.ActivityId, ["name"] = t.Name, ["payload"] = t.Payload is { } text ? JsonNode.Parse(text) : new JsonObject(),
                })]));
                break;
            default:
                if (more?.Invoke(key) is not { } seen) throw new CaseFailedException($"unknown expectation '{key}'");
                if (seen.IsBag) SameBag(key, wanted, seen.Value as JsonArray ?? []);
                else Same(key, wanted, seen.Value);
                break;
        }
    }

    private FlowInstance Instance => store.Instances.FirstOrDefault(i => i.Id == instanceId) ?? throw new CaseFailedException("there is no instance to look at");

    public static IEnumerable<OpenTask> Tasks(MemoryFlowStore store, Guid? instance)
    {
        foreach (var wait in store.Waits.Where(w => w.Name == "Elsa.RunTask" && (instance is null || w.InstanceId == instance)).OrderBy(w => w.CreatedAt).ThenBy(w => w.Execution))
        {
            var details = wait.Details is { } text ? JsonNode.Parse(text) as JsonObject : null;
            yield return new OpenTask(wait.Id, CaseRunner.Text(details?["taskName"]) ?? "", details?["payload"]);
        }
    }

    private JsonArray Bookmarks() => new([.. store.WaitsOf(Instance.Id).OrderBy(w => w.ActivityId, StringComparer.Ordinal).Select(w =>
    {
        var payload = w.Payload is { } text ? (JsonObject)JsonNode.Parse(text)! : [];
        foreach (var id in GeneratedIds) payload.Remove(id);
        return (JsonNode)new JsonObject { ["activityId"] = w.ActivityId, ["name"] = w.Name, ["payload"] = payload };
    })]);

    /// <summary>A message that names a CLR type is the reference's own wording: compared by activity only.</summary>
    private void Incidents(string key, JsonNode? wanted)
    {
        var seen = store.EveryIncidentOf(Instance.Id);
        var list = List(key, wanted);
        var actual = new JsonArray([.. seen.Select(i => (JsonNode)new JsonObject { ["activityId"] = i.ActivityId, ["message"] = i.Message })]);
        if (list.Count != seen.Count) throw Differs(key, wanted, actual);
        for (var i = 0; i < list.Count; i++)
        {
            var one = list[i] as JsonObject ?? throw Differs(key, wanted, actual);
            foreach (var (name, _) in one)
                if (name is not ("activityId" or "message")) throw new CaseFailedException($"unknown incident key '{name}'");
            var message = CaseRunner.Text(one["message"]);
            if (CaseRunner.Text(one["activityId"]) != seen[i].ActivityId) throw Differs(key, wanted, actual);
            if (message is not null && message != seen[i].Message && !message.Contains("Elsa.", StringComparison.Ordinal) && !message.Contains("System.", StringComparison.Ordinal))
                throw Differs(key, wanted, actual);
        }
    }

    private void Activities(string key, JsonNode? wanted)
    {
        var seen = new Dictionary<string, SortedDictionary<int, string>>(StringComparer.Ordinal);
        foreach (var entry in store.JournalOf(Instance.Id))
        {
            var status = entry.Kind switch
            {
                JournalKind.Started or JournalKind.Resumed or JournalKind.Retried => "Running",
                JournalKind.Completed => "Completed",
                JournalKind.Faulted => "Faulted",
                JournalKind.Cancelled => "Canceled",
                _ => null,
            };
            if (status is null || entry.Execution == 0) continue;
            if (!seen.TryGetValue(entry.ActivityId, out var executions)) seen[entry.ActivityId] = executions = [];
            executions[entry.Execution] = status;
        }
        foreach (var (activity, statuses) in wanted as JsonObject ?? throw new CaseFailedException("activities is no object"))
            Same($"activities.{activity}", statuses, Array(seen.TryGetValue(activity, out var executions) ? executions.Values : []));
    }

    private static void Each(string key, JsonNode? wanted, IReadOnlyDictionary<string, object?> seen)
    {
        foreach (var (name, value) in wanted as JsonObject ?? throw new CaseFailedException($"{key} is no object"))
        {
            if (!seen.TryGetValue(name, out var actual)) throw new CaseFailedException($"{key}.{name}: expected {Show(value)}, but there is none");
            Same($"{key}.{name}", value, Plain.ToJson(actual));
        }
    }

    private static JsonArray List(string key, JsonNode? wanted) => wanted as JsonArray ?? throw new CaseFailedException($"{key} is no list");

    private static JsonArray Array(IEnumerable<string> texts) => new([.. texts.Select(t => (JsonNode)JsonValue.Create(t))]);

    private static void Same(string key, JsonNode? wanted, JsonNode? seen)
    {
        if (!Equal(wanted, seen)) throw Differs(key, wanted, seen);
    }

    /// <summary>As multisets; of an expected object only the keys it names are compared.</summary>
    private static void SameBag(string key, JsonNode? wanted, JsonArray seen)
    {
        var left = seen.ToList();
        foreach (var one in List(key, wanted))
        {
            var at = left.FindIndex(other => one is JsonObject partly && other is JsonObject whole
                ? partly.All(p => whole.ContainsKey(p.Key) && Equal(p.Value, whole[p.Key])) : Equal(one, other));
            if (at < 0) throw Differs(key, wanted, seen);
            left.RemoveAt(at);
        }
        if (left.Count > 0) throw Differs(key, wanted, seen);
    }

    private static bool Equal(JsonNode? a, JsonNode? b)
    {
        switch (a, b)
        {
            case (null, null): return true;
            case (null, _) or (_, null): return false;
            case (JsonObject x, JsonObject y): return x.Count == y.Count && x.All(p => y.ContainsKey(p.Key) && Equal(p.Value, y[p.Key]));
            case (JsonArray x, JsonArray y): return x.Count == y.Count && x.Zip(y).All(p => Equal(p.First, p.Second));
            case (JsonValue x, JsonValue y):
                var (u, v) = (Plain.FromJson(x), Plain.FromJson(y));
                if (u is int or long or double && v is int or long or double)
                    return Convert.ToDouble(u, System.Globalization.CultureInfo.InvariantCulture).Equals(Convert.ToDouble(v, System.Globalization.CultureInfo.InvariantCulture));
                return Equals(u, v);
            default: return false;
        }
    }

    private static CaseFailedException Differs(string key, JsonNode? wanted, JsonNode? seen) => new($"{key}: expected {Show(wanted)}, but saw {Show(seen)}");

    private static string Show(JsonNode? node)
    {
        var text = node?.ToJsonString(Readable) ?? "null";
        return text.Length <= MaxShown ? text : $"{text[..MaxShown]}… ({text.Length} characters)";
    }
}
