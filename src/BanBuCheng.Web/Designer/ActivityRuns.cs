using System.Text.Json.Nodes;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Steps;

namespace BanBuCheng.Web.Designer;

/// <summary>Runs of boxes: the badges on the diagram, and what is told of a box that is selected.</summary>
internal static class ActivityRuns
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/activity-executions/report", ReportAsync).WithMetadata(new ReadsOnly());
        api.MapGet("/activity-executions/list", async (DeskDb db, InstanceJournals journals, Guid? workflowInstanceId, string? activityNodeId, CancellationToken ct) =>
        {
            var runs = await FindAsync(db, journals, workflowInstanceId, activityNodeId, ct);
            return Answers.Json(Answers.List(runs.Select(r => r.Record())));
        });
        api.MapGet("/activity-execution-summaries/list", async (DeskDb db, InstanceJournals journals, Guid? workflowInstanceId, string? activityNodeId, CancellationToken ct) =>
            Answers.Json(Answers.List((await FindAsync(db, journals, workflowInstanceId, activityNodeId, ct)).Select(r => r.Summary()))));
        api.MapGet("/activity-executions/by-id", async (DeskDb db, InstanceJournals journals, string? id, CancellationToken ct) =>
        {
            var run = await OneAsync(db, journals, id, ct);
            return Answers.Json(run.Record());
        });
        api.MapGet("/activity-executions/{id}/call-stack", async (DeskDb db, InstanceJournals journals, string id, CancellationToken ct) =>
        {
            var run = await OneAsync(db, journals, id, ct);
            return Answers.Json(new JsonObject { ["activityExecutionId"] = id, ["items"] = new JsonArray(run.Record()), ["totalCount"] = 1 });
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

    private static async Task<IReadOnlyList<ActivityRun>> FindAsync(DeskDb db, InstanceJournals journals, Guid? instanceId, string? nodeId, CancellationToken ct)
    {
        var journal = await journals.OfAsync(db, instanceId ?? throw new RefusedException("flow.instance-unknown"), ct);
        return [.. journal.Runs.Where(r => string.IsNullOrEmpty(nodeId) || r.NodeId == nodeId)];
    }

    private static async Task<ActivityRun> OneAsync(DeskDb db, InstanceJournals journals, string? id, CancellationToken ct)
    {
        var dash = id?.LastIndexOf('-') ?? -1;
        if (dash < 0 || !Guid.TryParse(id![..dash], out var instanceId)) throw new RefusedException("flow.instance-unknown");
        var journal = await journals.OfAsync(db, instanceId, ct);
        return journal.Runs.FirstOrDefault(r => r.Id == id) ?? throw new RefusedException("flow.instance-unknown");
    }
}
