using System.Text.Json.Nodes;
using BanBuCheng.Desk.Flows;
using BanBuCheng.Engine.Documents;

namespace BanBuCheng.Web.Designer;

/// <summary>Definitions as Studio reads them: every property there, no collection null, and the links that say what this person may do.</summary>
internal static class DefinitionShapes
{
    private const string Schema = "https://elsaworkflows.io/schemas/workflow-definition/v3.0.0/schema.json";
    private static readonly string[] Options = ["activationStrategyType", "usableAsActivity", "autoUpdateConsumingWorkflows", "activityCategory", "incidentStrategyType", "commitStrategyName"];

    public static JsonObject Summary(FlowHead head, FlowFact fact, bool mayDraw) => new()
    {
        ["id"] = head.VersionId,
        ["definitionId"] = head.DefinitionId,
        ["name"] = head.Name ?? head.DefinitionId,
        ["description"] = fact.Description,
        ["version"] = head.Version,
        ["toolVersion"] = ToolVersion(fact.ToolVersion),
        ["isLatest"] = head.IsLatest,
        ["isPublished"] = head.IsPublished,
        ["isReadonly"] = fact.IsReadonly,
        ["providerName"] = null,
        ["materializerName"] = "Json",
        ["isMaterializerAvailable"] = true,
        // Studio shows this one as it is written, without asking the browser where it stands.
        ["createdAt"] = Answers.HereAt(head.CreatedAt),
        ["links"] = Links(head.DefinitionId, mayDraw),
    };

    /// <summary>The whole definition; <paramref name="document"/> is what is stored under <paramref name="head"/>.</summary>
    /// <param name="place">Node id of what it lies in: the workflow itself, or a box of another flow that uses it.</param>
    public static JsonObject Full(FlowHead head, string document, bool mayDraw, string place = NodeIds.Workflow)
    {
        var read = FlowReader.Read(document).Document ?? throw new InvalidDataException($"Expected a readable document in version '{head.VersionId}', but it is not.");
        NodeIds.Write(read, place);
        var stored = read.Json;
        var custom = stored["customProperties"] as JsonObject ?? [];
        custom = custom.DeepClone().AsObject();
        custom[FlowMerge.Mark] = head.Hash[..16];
        var full = new JsonObject
        {
            ["id"] = head.VersionId,
            ["definitionId"] = head.DefinitionId,
            ["name"] = head.Name ?? head.DefinitionId,
            ["description"] = read.Description,
            ["createdAt"] = Answers.At(head.CreatedAt),
            ["version"] = head.Version,
            ["toolVersion"] = ToolVersion(stored.Text("toolVersion")),
            ["isLatest"] = head.IsLatest,
            ["isPublished"] = head.IsPublished,
            ["isReadonly"] = stored.Flag("isReadonly") ?? false,
            ["providerName"] = null,
            ["materializerName"] = "Json",
            ["materializerContext"] = null,
            ["variables"] = Each(stored["variables"], v => Fill(v, ("id", null), ("name", null), ("typeName", "Object"), ("isArray", false), ("value", null), ("storageDriverTypeName", null))),
            ["inputs"] = Each(stored["inputs"], i => Fill(i, ("type", "Object"), ("isArray", false), ("name", null), ("displayName", i.Text("name")), ("description", ""), ("category", ""), ("uiHint", "singleline"), ("storageDriverType", null))),
            ["outputs"] = Each(stored["outputs"], o => Fill(o, ("type", "Object"), ("isArray", false), ("name", null), ("displayName", o.Text("name")), ("description", ""), ("category", ""))),
            ["outcomes"] = stored["outcomes"]?.DeepClone() as JsonArray ?? [],
            ["customProperties"] = custom,
            ["options"] = OptionsOf(read),
            ["root"] = Root(read),
            ["links"] = Links(head.DefinitionId, mayDraw),
        };
        // What neither Elsa nor we know travels along.
        foreach (var (name, value) in stored)
            if (!full.ContainsKey(name) && name != "$schema") full[name] = value?.DeepClone();
        return full;
    }

    /// <summary>As a file: the whole definition behind the mark of its kind, without the stamp of the stored form.</summary>
    public static JsonObject File(FlowHead head, string document)
    {
        var full = Full(head, document, mayDraw: true);
        (full["customProperties"] as JsonObject)?.Remove(FlowMerge.Mark);
        var file = new JsonObject { ["$schema"] = Schema };
        foreach (var (name, value) in full) file[name] = value?.DeepClone();
        return file;
    }

    public static JsonObject Saved(JsonObject full, bool alreadyPublished, int consumers) => new()
    {
        ["workflowDefinition"] = full, ["alreadyPublished"] = alreadyPublished, ["consumingWorkflowCount"] = consumers, ["validationErrors"] = new JsonArray(),
    };

    public static JsonArray ListLinks(bool mayDraw) => mayDraw
        ?
        [
            Link("/workflow-definitions", "self", "GET"), Link("/workflow-definitions", "create", "POST"), Link("/workflow-definitions/import", "import", "POST"),
            Link("/bulk-actions/publish/workflow-definitions/by-definition-ids", "bulk-publish", "POST"), Link("/bulk-actions/retract/workflow-definitions/by-definition-ids", "bulk-retract", "POST"),
            Link("/bulk-actions/delete/workflow-definitions/by-definition-id", "bulk-delete-by-definition-id", "POST"),
        ]
        : [Link("/workflow-definitions", "self", "GET")];

    private static JsonArray Links(string id, bool mayDraw) => mayDraw
        ?
        [
            Link($"/workflow-definitions/by-definition-id/{id}", "self", "GET"), Link($"/workflow-definitions/{id}/export", "export", "GET"),
            Link($"/workflow-definitions/{id}/publish", "publish", "POST"), Link($"/workflow-definitions/{id}/retract", "retract", "POST"),
            Link($"/workflow-definitions/{id}", "delete", "DELETE"), Link($"/workflow-definitions/{id}/revert/{{version}}", "revert", "POST"),
        ]
        : [Link($"/workflow-definitions/by-definition-id/{id}", "self", "GET"), Link($"/workflow-definitions/{id}/export", "export", "GET")];

    private static JsonObject Link(string href, string rel, string method) => new() { ["href"] = href, ["rel"] = rel, ["method"] = method };

    private static JsonObject OptionsOf(FlowDocument read)
    {
        var options = read.Json["options"]?.DeepClone() as JsonObject ?? [];
        foreach (var name in Options) options.TryAdd(name, null);
        options["usableAsActivity"] = read.Options.UsableAsActivity;
        options["autoUpdateConsumingWorkflows"] = read.Options.AutoUpdateConsumingWorkflows;
        return options;
    }

    /// <summary>Studio reads lists only as lists; older files write one connection as an object, or a list inside <c>$values</c>.</summary>
    private static JsonObject Root(FlowDocument read)
    {
        if (read.Json["root"] is not JsonObject root) return new JsonObject { ["id"] = "root", ["nodeId"] = $"{NodeIds.Workflow}:root", ["type"] = "Elsa.Flowchart", ["version"] = 1, ["name"] = "Flowchart1" };
        foreach (var activity in read.Root.WithDescendants())
        {
            if (activity.Json["connections"] is null or JsonArray) continue;
            activity.Json["connections"] = new JsonArray([.. activity.Connections.Select(c => new JsonObject
            {
                ["source"] = new JsonObject { ["activity"] = c.Source, ["port"] = c.Port ?? "Done" }, ["target"] = new JsonObject { ["activity"] = c.Target, ["port"] = "In" },
            })]);
        }

        var copy = root.DeepClone().AsObject();
        copy.TryAdd("customProperties", new JsonObject());
        copy.TryAdd("metadata", new JsonObject());
        if (copy["type"]?.GetValue<string>() == "Elsa.Flowchart")
        {
            var boxes = read.Root.Children;
            if ((boxes.FirstOrDefault(c => c.Activity.Type == "Elsa.Start") ?? boxes.FirstOrDefault(c => c.Activity.CanStartWorkflow) ?? (boxes.Count > 0 ? boxes[0] : null)) is { } start)
                copy.TryAdd("start", start.Activity.Id);
            copy.TryAdd("activities", new JsonArray());
            copy.TryAdd("connections", new JsonArray());
            copy.TryAdd("variables", new JsonArray());
        }

        return copy;
    }

    private static JsonArray Each(JsonNode? list, Func<JsonObject, JsonObject> shape) => new([.. (list as JsonArray ?? []).OfType<JsonObject>().Select(shape)]);

    private static JsonObject Fill(JsonObject item, params ReadOnlySpan<(string Name, JsonNode? Otherwise)> properties)
    {
        var filled = item.DeepClone().AsObject();
        foreach (var (name, otherwise) in properties)
            if (filled[name] is null) filled[name] = otherwise;
        return filled;
    }

    /// <summary>Anything that .NET cannot read as a version number stops Studio.</summary>
    private static string? ToolVersion(string? text) => Version.TryParse(text, out var version) ? version.ToString() : null;
}
