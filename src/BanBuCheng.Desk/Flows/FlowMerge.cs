using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using BanBuCheng.Engine.Documents;

namespace BanBuCheng.Desk.Flows;

/// <summary>
/// What a designer sends, laid over what is stored. The designer knows the document's usual properties and drops the others on the way; here they
/// come back from the stored one, matched by the id of the activity, variable or connection that carried them.
/// </summary>
public static class FlowMerge
{
    /// <summary>Tells in a served document which stored form it was made from; never stored, never exported.</summary>
    public const string Mark = "BanBuCheng.Revision";

    /// <summary>Belong to the interface, not to the document.</summary>
    private static readonly string[] Transient = ["links", "providerName", "materializerName", "materializerContext", "isMaterializerAvailable", "$schema"];

    /// <summary>Say which version it is, not what it does.</summary>
    private static readonly string[] Versioned = ["id", "version", "isLatest", "isPublished", "createdAt", "toolVersion", "nodeId"];

    private static readonly string[] Collections = ["variables", "inputs", "outputs", "outcomes", "customProperties", "options"];

    /// <param name="stored">Null: there is none yet.</param>
    /// <returns>The document with node ids written anew; without one, what is wrong with it.</returns>
    public static ReadDocument Over(FlowDocument? stored, JsonObject sent)
    {
        var merged = sent.DeepClone().AsObject();
        foreach (var name in Transient) merged.Remove(name);
        (merged["customProperties"] as JsonObject)?.Remove(Mark);
        foreach (var name in Collections)
            if (merged[name] is null) merged.Remove(name);
        if (stored is not null) Keep(stored.Json, merged);
        foreach (var name in Collections) merged[name] ??= name is "customProperties" or "options" ? new JsonObject() : new JsonArray();

        var read = FlowReader.Read(merged.ToJsonString());
        if (read.Document is not { } document) return read;
        NodeIds.Write(document);
        if (stored is null) return read;
        if (stored.Json["options"] is JsonObject options && document.Json["options"] is JsonObject chosen) Keep(options, chosen);
        KeepInLists(stored.Json, document.Json, "variables", v => Text(v["id"]));
        KeepInLists(stored.Json, document.Json, "inputs", i => Text(i["name"]));
        KeepInLists(stored.Json, document.Json, "outputs", o => Text(o["name"]));
        var before = Containers(stored);
        foreach (var (id, container) in Containers(document))
            if (before.TryGetValue(id, out var known)) KeepInLists(known, container, "connections", ConnectionKey);
        return read;
    }

    /// <summary>Id of the first container that had activities and would have none: what a designer sends that could not draw what it was given.</summary>
    public static string? WouldEmpty(FlowDocument stored, FlowDocument merged)
    {
        var after = Containers(merged);
        foreach (var (id, container) in Containers(stored))
        {
            if (CountOf(container) == 0) continue;
            var now = after.GetValueOrDefault(id) ?? (id == stored.Root.Id ? merged.Root.Json : null);
            if (now is not null && CountOf(now) == 0) return id;
        }
        return null;
    }

    /// <summary>Is it the same flow, whatever version it is called, in whatever order its properties come?</summary>
    public static bool AreSame(FlowDocument one, FlowDocument other) => Plain(one.Json) == Plain(other.Json);

    private static string Plain(JsonObject definition)
    {
        var copy = definition.DeepClone().AsObject();
        foreach (var name in Transient.Concat(Versioned)) copy.Remove(name);
        (copy["customProperties"] as JsonObject)?.Remove(Mark);
        (copy["customProperties"] as JsonObject)?.Remove("BanBuCheng.WasPublished");
        return Sorted(copy)?.ToJsonString() ?? "";
    }

    private static JsonNode? Sorted(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                var sorted = new JsonObject();
                foreach (var (name, value) in members.OrderBy(m => m.Key, StringComparer.Ordinal))
                {
                    // A property without a value and none at all are the same to every reader; nobody reads where a drawing starts from its "start".
                    if (value is null or JsonObject { Count: 0 } || name == "nodeId" || name == "start" && members.ContainsKey("activities")) continue;
                    sorted[name] = Sorted(value);
                }

                return sorted;
            case JsonArray items:
                return new JsonArray([.. items.Select(Sorted)]);
            case JsonValue value when value.GetValueKind() == JsonValueKind.Number && double.TryParse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number):
                return JsonValue.Create(number);
            default:
                return node?.DeepClone();
        }
    }

    private static void Keep(JsonObject from, JsonObject to)
    {
        foreach (var (name, value) in from)
            if (!to.ContainsKey(name)) to[name] = value?.DeepClone();
    }

    private static void KeepInLists(JsonObject stored, JsonObject merged, string list, Func<JsonObject, string?> keyOf)
    {
        if (stored[list] is not JsonArray before || merged[list] is not JsonArray after) return;
        var known = new Dictionary<string, JsonObject>(StringComparer.Ordinal);
        foreach (var item in before.OfType<JsonObject>())
            if (keyOf(item) is { } key) known.TryAdd(key, item);
        foreach (var item in after.OfType<JsonObject>())
            if (keyOf(item) is { } key && known.TryGetValue(key, out var was))
                foreach (var (name, value) in was)
                    // A line that was straightened has no bends any more: those are the designer's own.
                    if (name != "vertices" && !item.ContainsKey(name)) item[name] = value?.DeepClone();
    }

    /// <summary>Everything in the tree that has an id and children, by id.</summary>
    private static Dictionary<string, JsonObject> Containers(FlowDocument document)
    {
        var found = new Dictionary<string, JsonObject>(StringComparer.Ordinal);
        foreach (var activity in document.Root.WithDescendants())
            if (activity == document.Root || activity.Json["activities"] is not null) found.TryAdd(activity.Id, activity.Json);
        return found;
    }

    private static int CountOf(JsonObject container) => (container["activities"] as JsonArray)?.Count ?? 0;

    private static string? ConnectionKey(JsonObject connection) =>
        $"{Text(connection["source"]?["activity"])}|{Text(connection["source"]?["port"])}|{Text(connection["target"]?["activity"])}";

    private static string? Text(JsonNode? node) => node is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;
}
