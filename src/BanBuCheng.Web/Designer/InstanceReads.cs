using System.Text.Json.Nodes;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Engine.Durable;
using BanBuCheng.Engine.Running;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Web.Designer;

/// <summary>List and single instances, their history and values.</summary>
internal static class InstanceReads
{
    private const int MostOnAPage = 200;

    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/workflow-instances", ListAsync).WithMetadata(new ReadsOnly());
        api.MapGet("/workflow-instances/{id:guid}", WholeAsync);
        api.MapPost("/workflow-instances/{id:guid}/journal", JournalAsync).WithMetadata(new ReadsOnly());
        api.MapGet("/workflow-instances/{id:guid}/variables", async (DeskDb db, InstanceInsides insides, Guid id, CancellationToken ct) =>
        {
            var inside = await insides.OfAsync(await RowAsync(db, id, ct), ct);
            return Answers.Json(Answers.List(inside.Variables.Select(v => new JsonObject { ["id"] = v.Id, ["name"] = v.Name, ["value"] = InstanceShapes.Masked(v.Value) })));
        });
        api.MapGet("/workflow-instances/{id:guid}/execution-state", async (DeskDb db, Guid id, CancellationToken ct) =>
        {
            var row = await RowAsync(db, id, ct);
            return Answers.Json(new JsonObject { ["status"] = row.Status.ToString(), ["workflowSubStatus"] = row.SubStatus.ToString(), ["updatedAt"] = Answers.At(row.UpdatedAt) });
        });
    }

    private static async Task<FlowInstanceRow> RowAsync(DeskDb db, Guid id, CancellationToken ct) =>
        await db.Set<FlowInstanceRow>().AsNoTracking().FirstOrDefaultAsync(i => i.Id == id, ct) ?? throw new RefusedException("flow.instance-unknown");

    private static async Task<IResult> ListAsync(HttpContext http, DeskDb db, CancellationToken ct)
    {
        var body = await Answers.BodyAsync(http);
        var rows = await FilterAsync(db, body, ct);
        var total = await rows.CountAsync(ct);
        var page = Math.Max(0, body.Number("page") ?? 0);
        var size = Math.Clamp(body.Number("pageSize") ?? 25, 1, MostOnAPage);
        var shown = await Order(rows, body.Text("orderBy"), body.Text("orderDirection")).Skip(page * size).Take(size).ToListAsync(ct);
        return Answers.Json(new JsonObject { ["items"] = new JsonArray([.. shown.Select(InstanceShapes.Summary)]), ["totalCount"] = total, ["links"] = new JsonArray() });
    }

    private static async Task<IQueryable<FlowInstanceRow>> FilterAsync(DeskDb db, JsonObject body, CancellationToken ct)
    {
        var rows = db.Set<FlowInstanceRow>().AsNoTracking().AsQueryable();
        var definitions = body.Texts("definitionIds").Concat(body.Text("definitionId") is { } one ? [one] : []).ToList();
        if (definitions.Count > 0) rows = rows.Where(i => definitions.Contains(i.DefinitionId));
        if (body.Text("correlationId") is { } correlation) rows = rows.Where(i => i.CorrelationId == correlation);
        if (body.Number("version") is { } version) rows = rows.Where(i => i.DefinitionVersion == version);
        if (body.Flag("hasIncidents") is { } hasIncidents) rows = hasIncidents ? rows.Where(i => i.OpenIncidents > 0) : rows.Where(i => i.OpenIncidents == 0);
        var statuses = Words<FlowStatus>(body, "statuses", "status");
        if (statuses.Count > 0) rows = rows.Where(i => statuses.Contains(i.Status));
        var subStatuses = Words<FlowSubStatus>(body, "subStatuses", "subStatus");
        if (subStatuses.Count > 0) rows = rows.Where(i => subStatuses.Contains(i.SubStatus));
        if (body.Text("searchTerm") is { } term)
        {
            var id = Guid.TryParse(term, out var given) ? given : (Guid?)null;
            // The case's number is what people know; the instance is bound to its id.
            var caseIds = (await db.Cases.AsNoTracking().Where(c => c.Number == term).Select(c => c.Id).ToListAsync(ct)).ConvertAll(c => c.ToString());
            rows = rows.Where(i => i.Id == id || i.CorrelationId == term || caseIds.Contains(i.CorrelationId!) || i.DefinitionId == term || (i.Name != null && i.Name.Contains(term)));
        }

        foreach (var filter in (body["timestampFilters"] as JsonArray ?? []).OfType<JsonObject>()) rows = Since(rows, filter);
        return rows;
    }

    private static IQueryable<FlowInstanceRow> Since(IQueryable<FlowInstanceRow> rows, JsonObject filter)
    {
        if (!DateTimeOffset.TryParse(filter.Text("timestamp"), System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal, out var at)) return rows;
        var isAfter = filter.Text("operator")?.StartsWith("Greater", StringComparison.OrdinalIgnoreCase) ?? filter.Number("operator") is 4 or 5;
        return (filter.Text("column") ?? "CreatedAt") switch
        {
            "UpdatedAt" or "LastExecutedAt" or "LastExecuted" => isAfter ? rows.Where(i => i.UpdatedAt >= at) : rows.Where(i => i.UpdatedAt <= at),
            "FinishedAt" or "Finished" => isAfter ? rows.Where(i => i.FinishedAt >= at) : rows.Where(i => i.FinishedAt <= at),
            _ => isAfter ? rows.Where(i => i.CreatedAt >= at) : rows.Where(i => i.CreatedAt <= at),
        };
    }

    private static IQueryable<FlowInstanceRow> Order(IQueryable<FlowInstanceRow> rows, string? by, string? direction)
    {
        var falls = direction is null || direction.StartsWith("Desc", StringComparison.OrdinalIgnoreCase);
        return by switch
        {
            "LastExecuted" => falls ? rows.OrderByDescending(i => i.UpdatedAt).ThenByDescending(i => i.No) : rows.OrderBy(i => i.UpdatedAt).ThenBy(i => i.No),
            "Finished" => falls ? rows.OrderByDescending(i => i.FinishedAt).ThenByDescending(i => i.No) : rows.OrderBy(i => i.FinishedAt).ThenBy(i => i.No),
            "Name" => falls ? rows.OrderByDescending(i => i.Name).ThenByDescending(i => i.No) : rows.OrderBy(i => i.Name).ThenBy(i => i.No),
            _ => falls ? rows.OrderByDescending(i => i.No) : rows.OrderBy(i => i.No),
        };
    }

    private static async Task<IResult> WholeAsync(DeskDb db, InstanceInsides insides, Guid id, CancellationToken ct)
    {
        var row = await RowAsync(db, id, ct);
        var waits = await db.Set<FlowWaitRow>().AsNoTracking().Where(w => w.InstanceId == id).OrderBy(w => w.CreatedAt).ToListAsync(ct);
        var incidents = await db.Set<FlowIncidentRow>().AsNoTracking().Where(i => i.InstanceId == id && i.ResolvedAt == null).OrderBy(i => i.At).ToListAsync(ct);
        return Answers.Json(InstanceShapes.Full(row, await insides.OfAsync(row, ct), waits, incidents));
    }

    private static async Task<IResult> JournalAsync(HttpContext http, DeskDb db, InstanceJournals journals, Guid id, int? skip, int? take, CancellationToken ct)
    {
        var journal = await journals.OfAsync(db, id, ct);
        var filter = http.Request.ContentLength is 0 ? [] : (await Answers.BodyAsync(http))["filter"] as JsonObject ?? [];
        var (ids, nodes, types, events) = (filter.Texts("activityIds"), filter.Texts("activityNodeIds").ToHashSet(StringComparer.Ordinal), filter.Texts("excludedActivityTypes"), filter.Texts("eventNames"));
        var found = journal.Lines.Where(l =>
            (ids.Count == 0 || ids.Contains(l.Entry.ActivityId)) && (nodes.Count == 0 || nodes.Contains(l.NodeId))
            && !types.Contains(l.Type) && (events.Count == 0 || events.Contains(l.EventName))).ToList();
        var shown = found.Skip(Math.Max(0, skip ?? 0)).Take(Math.Clamp(take ?? found.Count, 0, 1_000));
        return Answers.Json(new JsonObject { ["items"] = new JsonArray([.. shown.Select(journal.Line)]), ["totalCount"] = found.Count });
    }

    private static List<T> Words<T>(JsonObject body, string many, string one) where T : struct, Enum =>
        [.. body.Texts(many).Concat(body.Text(one) is { } single ? [single] : []).Select(w => Enum.TryParse<T>(w, true, out var word) ? word : (T?)null).OfType<T>()];
}
