using System.Text.Json.Nodes;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Engine.Documents;
using BanBuCheng.Engine.Durable;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Web.Designer;

/// <summary>Runs of boxes: the badges on the diagram, and what is told of a box that is selected.</summary>
internal static class ActivityRuns
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/activity-executions/report", ReportAsync).WithMetadata(new ReadsOnly());
        api.MapGet("/activity-executions/list", async (DeskDb db, InstanceJournals journals, Guid? workflowInstanceId, string? activityNodeId, CancellationToken ct) =>
        {
            var (journal, runs) = await FindAsync(db, journals, workflowInstanceId, activityNodeId, ct);
            return Answers.Json(Answers.List(await RecordsAsync(db, journal, runs, ct)));
        });
        api.MapGet("/activity-execution-summaries/list", async (DeskDb db, InstanceJournals journals, Guid? workflowInstanceId, string? activityNodeId, CancellationToken ct) =>
            Answers.Json(Answers.List((await FindAsync(db, journals, workflowInstanceId, activityNodeId, ct)).Runs.Select(r => r.Summary()))));
        api.MapGet("/activity-executions/by-id", async (DeskDb db, InstanceJournals journals, string? id, CancellationToken ct) =>
        {
            var (journal, run) = await OneAsync(db, journals, id, ct);
            return Answers.Json((await RecordsAsync(db, journal, [run], ct))[0]);
        });
        api.MapGet("/activity-executions/{id}/call-stack", async (DeskDb db, InstanceJournals journals, string id, CancellationToken ct) =>
        {
            var (journal, run) = await OneAsync(db, journals, id, ct);
            return Answers.Json(new JsonObject { ["activityExecutionId"] = id, ["items"] = new JsonArray([.. await RecordsAsync(db, journal, [run], ct)]), ["totalCount"] = 1 });
        });
    }

    /// <summary>Badge counts of these boxes (all, when none are named).</summary>
    public static JsonArray Stats(InstanceJournal journal, IReadOnlySet<string>? nodes) =>
        new([.. journal.Runs.Where(r => nodes is null || nodes.Contains(r.NodeId)).GroupBy(r => r.NodeId).Select(runs => new JsonObject
        {
            ["activityId"] = runs.Key[(runs.Key.LastIndexOf(':') + 1)..],
            ["activityNodeId"] = runs.Key,
            ["startedCount"] = runs.Count(),
            ["completedCount"] = runs.Count(r => r.Status == "Completed"),
            ["uncompletedCount"] = runs.Count(r => r.Status == "Running"),
            ["isBlocked"] = runs.Any(r => r.IsWaiting),
            ["isFaulted"] = runs.Any(r => r.IsFaulted),
            ["metadata"] = new JsonObject(),
        })]);

    private static async Task<IResult> ReportAsync(HttpContext http, DeskDb db, InstanceJournals journals, CancellationToken ct)
    {
        var body = await Answers.BodyAsync(http);
        if (!Guid.TryParse(body.Text("workflowInstanceId"), out var id)) throw new RefusedException("flow.instance-unknown");
        var nodes = body.Texts("activityNodeIds").ToHashSet(StringComparer.Ordinal);
        return Answers.Json(new JsonObject { ["stats"] = Stats(await journals.OfAsync(db, id, ct), nodes.Count > 0 ? nodes : null) });
    }

    private static async Task<(InstanceJournal Journal, IReadOnlyList<ActivityRun> Runs)> FindAsync(DeskDb db, InstanceJournals journals, Guid? instanceId, string? nodeId, CancellationToken ct)
    {
        var journal = await journals.OfAsync(db, instanceId ?? throw new RefusedException("flow.instance-unknown"), ct);
        return (journal, [.. journal.Runs.Where(r => string.IsNullOrEmpty(nodeId) || r.NodeId == nodeId)]);
    }

    private static async Task<(InstanceJournal, ActivityRun)> OneAsync(DeskDb db, InstanceJournals journals, string? id, CancellationToken ct)
    {
        var dash = id?.LastIndexOf('-') ?? -1;
        if (dash < 0 || !Guid.TryParse(id![..dash], out var instanceId)) throw new RefusedException("flow.instance-unknown");
        var journal = await journals.OfAsync(db, instanceId, ct);
        return (journal, journal.Runs.FirstOrDefault(r => r.Id == id) ?? throw new RefusedException("flow.instance-unknown"));
    }

    /// <summary>With the inputs that the drawing gives: fixed values as they are, computed ones as their expression.</summary>
    private static async Task<List<JsonObject>> RecordsAsync(DeskDb db, InstanceJournal journal, IReadOnlyList<ActivityRun> runs, CancellationToken ct)
    {
        var versionId = journal.Row.DefinitionVersionId;
        var text = await db.Set<FlowDefinitionRow>().AsNoTracking().Where(d => d.VersionId == versionId).Select(d => d.Document).FirstOrDefaultAsync(ct);
        var inputs = new Dictionary<string, JsonObject>(StringComparer.Ordinal);
        if (text is not null && FlowReader.Read(text).Document is { } document)
        {
            NodeIds.Write(document);
            foreach (var activity in document.Root.WithDescendants()) inputs[activity.Json["nodeId"]!.GetValue<string>()] = Drawn(activity.Json);
        }

        return [.. runs.Select(r => r.Record(inputs.GetValueOrDefault(r.NodeId)?.DeepClone().AsObject()))];
    }

    private static JsonObject Drawn(JsonObject activity)
    {
        var drawn = new JsonObject();
        foreach (var (name, value) in activity)
            if (value is JsonObject wrapped && wrapped["expression"] is JsonObject expression) drawn[char.ToUpperInvariant(name[0]) + name[1..]] = expression["value"]?.DeepClone();
        return drawn;
    }
}
