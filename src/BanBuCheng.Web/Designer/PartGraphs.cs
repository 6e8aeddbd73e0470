using System.Text.Json.Nodes;
using BanBuCheng.Desk.Database;
using BanBuCheng.Engine.Documents;
using BanBuCheng.Engine.Durable;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Web.Designer;

/// <summary>
/// The drawing inside a box that is a flow of its own (服务站研判 in the main flow), asked for when somebody double-clicks it in the viewer or picks a line of the
/// history that lies in there. Studio reads it as the box with its flow under <c>root</c>. Of an instance it is the version that the instance runs.
/// </summary>
internal static class PartGraphs
{
    private const string Port = "Root";

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/workflow-definitions/subgraph/{versionId}", async (DeskDb db, InstanceInsides insides, string versionId, string? parentNodeId, Guid? instanceId, CancellationToken ct) =>
        {
            var way = await WayAsync(db, insides, versionId, parentNodeId ?? "", instanceId, openLast: true, ct);
            return Answers.Json(way is null ? null : Node(way.Place));
        });
        api.MapGet("/workflow-definitions/subgraph/segments/{versionId}", async (DeskDb db, InstanceInsides insides, string versionId, string? childNodeId, Guid? instanceId, CancellationToken ct) =>
        {
            var way = await WayAsync(db, insides, versionId, childNodeId ?? "", instanceId, openLast: false, ct);
            return Answers.Json(way is null ? null : new JsonObject
            {
                // The outermost box holds all that was opened on the way; Studio takes it into its picture of the whole.
                ["childNode"] = Node(way.Place), ["container"] = Node(way.Opened.Count > 0 ? way.Opened[0] : way.Root),
                ["pathSegments"] = new JsonArray([.. way.Opened.Select(box => new JsonObject
                {
                    ["activityNodeId"] = box.Text("nodeId"), ["activityId"] = box.Text("id"), ["activityType"] = box.Text("type"), ["portName"] = Port,
                })]),
            });
        });
    }

    /// <summary>Studio opens only boxes that name a version. Ours follow the flow's newest when they are drawn, so the viewer, and only it, is told which one is meant.</summary>
    public static async Task LetOpenAsync(DeskDb db, InstanceInsides insides, JsonObject drawing, string versionId, Guid instanceId, CancellationToken ct) =>
        await LetOpenAsync(insides, drawing, versionId, await InstanceAsync(db, versionId, instanceId, ct), ct);

    private static async Task LetOpenAsync(InstanceInsides insides, JsonNode drawing, string versionId, FlowInstanceRow? instance, CancellationToken ct)
    {
        if (drawing is JsonObject box && box.Text("workflowDefinitionId") is not null && box.Text("nodeId") is { } nodeId && box.Text("workflowDefinitionVersionId") is null
            && await insides.PartAsync(versionId, instance, NodeIds.PathOf(nodeId), ct) is { } part)
            (box["workflowDefinitionVersionId"], box["latestAvailablePublishedVersionId"], box["latestAvailablePublishedVersion"]) = (part.VersionId, part.VersionId, part.Version);
        foreach (var inner in drawing switch { JsonObject members => members.Select(m => m.Value).ToList(), JsonArray items => [.. items], _ => [] })
            if (inner is JsonObject or JsonArray) await LetOpenAsync(insides, inner, versionId, instance, ct);
    }

    private static async Task<FlowInstanceRow?> InstanceAsync(DeskDb db, string versionId, Guid? instanceId, CancellationToken ct) =>
        instanceId is { } id ? await db.Set<FlowInstanceRow>().AsNoTracking().FirstOrDefaultAsync(i => i.Id == id && i.DefinitionVersionId == versionId, ct) : null;

    /// <summary>From the whole drawing down to a box, opening every flow on the way. Null: there is no such box.</summary>
    private static async Task<Way?> WayAsync(DeskDb db, InstanceInsides insides, string versionId, string nodeId, Guid? instanceId, bool openLast, CancellationToken ct)
    {
        if (await DrawnAsync(db, versionId, NodeIds.Workflow, ct) is not { } root) return null;
        if (nodeId is "" or NodeIds.Workflow) return new Way(root, root, []);
        var instance = await InstanceAsync(db, versionId, instanceId, ct);
        var opened = new List<JsonObject>();
        var inside = root;
        for (var end = nodeId.IndexOf(':', StringComparison.Ordinal); end >= 0;)
        {
            end = nodeId.IndexOf(':', end + 1);
            var here = end < 0 ? nodeId : nodeId[..end];
            if (Find(inside, here) is not { } box) return null;
            if (end < 0 && !openLast) return new Way(root, box, opened);
            if (box.Text("workflowDefinitionId") is not null && await insides.PartAsync(versionId, instance, NodeIds.PathOf(here), ct) is { } part && await DrawnAsync(db, part.VersionId, here, ct) is { } drawing)
            {
                await LetOpenAsync(insides, drawing, versionId, instance, ct);
                box["root"] = drawing;
                opened.Add(box);
                inside = drawing;
            }

            if (end < 0) return new Way(root, box, opened);
        }

        return null;
    }

    private static async Task<JsonObject?> DrawnAsync(DeskDb db, string versionId, string place, CancellationToken ct)
    {
        var row = await db.Set<FlowDefinitionRow>().AsNoTracking().FirstOrDefaultAsync(d => d.VersionId == versionId, ct);
        return row is null ? null : DefinitionShapes.Full(FlowHead.Of(row), row.Document, mayDraw: false, place)["root"]!.DeepClone().AsObject();
    }

    private static JsonObject? Find(JsonNode? tree, string nodeId) => tree switch
    {
        JsonObject box when box.Text("nodeId") == nodeId => box,
        JsonObject box => box.Select(member => Find(member.Value, nodeId)).FirstOrDefault(found => found is not null),
        JsonArray items => items.Select(item => Find(item, nodeId)).FirstOrDefault(found => found is not null),
        _ => null,
    };

    private static JsonObject Node(JsonObject activity) => new()
    {
        ["nodeId"] = activity.Text("nodeId"), ["activity"] = activity.DeepClone(), ["port"] = null, ["parents"] = new JsonArray(), ["children"] = new JsonArray(),
    };

    private sealed record Way(JsonObject Root, JsonObject Place, IReadOnlyList<JsonObject> Opened);
}
