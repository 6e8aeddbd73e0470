using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace BanBuCheng.Engine.Documents;

/// <summary>
/// Writes a document canonically: known properties first and always in one order, everything else after them as it was, two
/// blanks, readable Chinese, a final line break. Nothing is lost, and two writings of one flow differ only where it changed.
/// </summary>
public static class FlowWriter
{
    private static readonly string[] DefinitionOrder =
    [
        "$schema", "id", "definitionId", "tenantId", "name", "description", "createdAt", "version", "toolVersion", "variables", "inputs", "outputs",
        "outcomes", "customProperties", "isReadonly", "isSystem", "isLatest", "isPublished", "options", "root",
    ];
    private static readonly string[] ActivityOrder = ["id", "nodeId", "name", "type", "version", "customProperties", "metadata"];
    private static readonly string[] ActivityTail = ["variables", "activities", "connections"];
    private static readonly JsonSerializerOptions Layout = new()
    {
        WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = JsonTree.MaxDepth + 8, NewLine = "\n",
    };

    public static string Write(FlowDocument document) => Write(document.Json);

    public static string Write(JsonObject definition)
    {
        var ordered = Ordered(definition, DefinitionOrder, []);
        if (ordered["root"] is JsonObject root) ordered["root"] = Activity(root);
        return ordered.ToJsonString(Layout) + "\n";
    }

    private static JsonObject Activity(JsonObject json)
    {
        var ordered = Ordered(json, ActivityOrder, ActivityTail);
        foreach (var name in ordered.Select(p => p.Key).ToList())
        {
            if (name is "customProperties" or "metadata" or "variables" or "connections") continue;
            if (ordered[name] is JsonObject one && IsActivity(one)) ordered[name] = Activity(one);
            else if (ordered[name] is JsonArray list)
                for (var i = 0; i < list.Count; i++)
                    if (list[i] is JsonObject item)
                    {
                        if (IsActivity(item)) list[i] = Activity(item);
                        else if (item["activity"] is JsonObject inner && IsActivity(inner)) item["activity"] = Activity(inner);
                    }
        }
        return ordered;
    }

    private static bool IsActivity(JsonObject json) => json["type"] is JsonValue && json["id"] is JsonValue && json["expression"] is null;

    private static JsonObject Ordered(JsonObject json, string[] head, string[] tail)
    {
        var ordered = new JsonObject();
        foreach (var name in head)
            if (json.TryGetPropertyValue(name, out var value)) ordered[name] = value?.DeepClone();
        foreach (var (name, value) in json)
            if (!ordered.ContainsKey(name) && !tail.Contains(name)) ordered[name] = value?.DeepClone();
        foreach (var name in tail)
            if (json.TryGetPropertyValue(name, out var value)) ordered[name] = value?.DeepClone();
        return ordered;
    }
}
