using System.Globalization;
using System.Text.Json.Nodes;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Flows;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Engine.Durable;
using BanBuCheng.Web.SignIn;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Web.Designer;

/// <summary>Lists and single definitions.</summary>
internal static class DefinitionReads
{
    private const int MostInOneAnswer = 500;

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/workflow-definitions", ListAsync);
        api.MapGet("/workflow-definitions/by-definition-id/{definitionId}", (HttpContext http, DeskDb db, string definitionId, CancellationToken ct) =>
            OneAsync(http, db, definitionId, http.Request.Query["versionOptions"], ct));
        api.MapGet("/workflow-definitions/by-id/{versionId}", async (HttpContext http, DeskDb db, InstanceInsides insides, string versionId, Guid? instanceId, CancellationToken ct) =>
        {
            var whole = await FullAsync(http, db, versionId, ct);
            if (instanceId is { } instance) await PartGraphs.LetOpenAsync(db, insides, whole["root"]!.AsObject(), versionId, instance, ct);
            return Answers.Json(whole);
        });
        api.MapGet("/workflow-definitions/many-by-id", ManyAsync);
        api.MapGet("/workflow-definitions/query/count", async (DeskDb db, CancellationToken ct) => Answers.Json(new JsonObject { ["count"] = await FlowHead.All(db).CountAsync(h => h.IsLatest, ct) }));
        api.MapGet("/workflow-definitions/validation/is-name-unique", async (DeskDb db, string? name, string? definitionId, CancellationToken ct) =>
            Answers.Json(new JsonObject { ["isUnique"] = string.IsNullOrWhiteSpace(name) || !await FlowNameQuery.IsTakenAsync(db, name, definitionId, ct) }));
        api.MapGet("/workflow-definitions/{definitionId}/consumers", async (FlowLibrary library, string definitionId, CancellationToken ct) =>
        {
            var consumers = (await library.ConsumersOfAsync(definitionId, ct)).Select(c => JsonValue.Create(c.DefinitionId)).ToArray<JsonNode>();
            return Answers.Json(new JsonObject { ["consumingWorkflowDefinitionIds"] = new JsonArray(consumers), ["items"] = new JsonArray([.. consumers.Select(c => c.DeepClone())]), ["count"] = consumers.Length });
        });
    }

    private static async Task<IResult> ListAsync(HttpContext http, DeskDb db, FlowFacts facts, CancellationToken ct)
    {
        var query = http.Request.Query;
        var ids = Given(query["Ids"]);
        var definitionIds = Given(query["DefinitionIds"]);
        var heads = FlowHead.Of(Versions(db.Set<FlowDefinitionRow>().AsNoTracking(), query["versionOptions"], ids));
        if (definitionIds.Count > 0) heads = heads.Where(h => definitionIds.Contains(h.DefinitionId));
        var all = await heads.ToListAsync(ct);
        var of = await facts.OfAsync(db, all, ct);
        if (query["SearchTerm"].ToString() is { Length: > 0 } term)
            all = [.. all.Where(h => Holds(h.Name) || Holds(of(h).Description) || Holds(h.DefinitionId) || Holds(h.VersionId))];

        var ordered = Order(all, query["OrderBy"].ToString(), query["OrderDirection"].ToString());
        var page = int.TryParse(query["Page"], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        var size = int.TryParse(query["PageSize"], NumberStyles.None, CultureInfo.InvariantCulture, out var wanted) && wanted > 0 ? Math.Min(wanted, MostInOneAnswer) : MostInOneAnswer;
        var mayDraw = http.Actor().MayDraw();
        return Answers.Json(new JsonObject
        {
            ["items"] = new JsonArray([.. ordered.Skip(page * size).Take(size).Select(h => DefinitionShapes.Summary(h, of(h), mayDraw))]),
            ["totalCount"] = all.Count,
            ["links"] = DefinitionShapes.ListLinks(mayDraw),
        });

        bool Holds(string? text) => text?.Contains(term, StringComparison.OrdinalIgnoreCase) == true;
    }

    private static IEnumerable<FlowHead> Order(List<FlowHead> heads, string by, string direction)
    {
        var ordered = by.ToUpperInvariant() switch
        {
            "VERSION" => heads.OrderBy(h => h.DefinitionId, StringComparer.Ordinal).ThenBy(h => h.Version),
            "CREATED" => heads.OrderBy(h => h.CreatedAt).ThenBy(h => h.DefinitionId, StringComparer.Ordinal),
            _ => heads.OrderBy(h => h.Name ?? h.DefinitionId, StringComparer.Create(CultureInfo.GetCultureInfo("zh-CN"), CompareOptions.None)).ThenBy(h => h.Version),
        };
        return direction.StartsWith("Desc", StringComparison.OrdinalIgnoreCase) ? ordered.Reverse() : ordered;
    }

    /// <summary>Nothing said means published, except where versions are asked for by their ids: then exactly those.</summary>
    public static IQueryable<FlowDefinitionRow> Versions(IQueryable<FlowDefinitionRow> rows, string? options, IReadOnlyList<string> ids)
    {
        if (ids.Count > 0) rows = rows.Where(d => ids.Contains(d.VersionId));
        return options?.Trim().ToUpperInvariant() switch
        {
            null or "" => ids.Count > 0 ? rows : rows.Where(d => d.IsPublished),
            "ALLVERSIONS" => rows,
            "DRAFT" => rows.Where(d => d.IsLatest && !d.IsPublished),
            "LATEST" => rows.Where(d => d.IsLatest),
            "PUBLISHED" => rows.Where(d => d.IsPublished),
            "LATESTORPUBLISHED" or "LATESTANDPUBLISHED" => rows.Where(d => d.IsLatest || d.IsPublished),
            var number when int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var version) => rows.Where(d => d.Version == version),
            _ => rows.Where(d => d.IsPublished),
        };
    }

    public static Task<IResult> OneAsync(HttpContext http, DeskDb db, string definitionId, string? options, CancellationToken ct) =>
        WholeAsync(http, db, Versions(db.Set<FlowDefinitionRow>().Where(d => d.DefinitionId == definitionId), string.IsNullOrEmpty(options) ? "Latest" : options, []), ct);

    /// <summary>The definition as it now stands, for the answer to a change.</summary>
    public static async Task<JsonObject> FullAsync(HttpContext http, DeskDb db, string versionId, CancellationToken ct)
    {
        var row = await db.Set<FlowDefinitionRow>().AsNoTracking().FirstOrDefaultAsync(d => d.VersionId == versionId, ct) ?? throw new RefusedException("flow.version-unknown");
        return DefinitionShapes.Full(FlowHead.Of(row), row.Document, http.Actor().MayDraw());
    }

    private static async Task<IResult> WholeAsync(HttpContext http, DeskDb db, IQueryable<FlowDefinitionRow> rows, CancellationToken ct)
    {
        var row = await rows.AsNoTracking().OrderByDescending(d => d.Version).FirstOrDefaultAsync(ct) ?? throw new RefusedException("flow.unknown");
        return Answers.Json(DefinitionShapes.Full(FlowHead.Of(row), row.Document, http.Actor().MayDraw()));
    }

    private static async Task<IResult> ManyAsync(HttpContext http, DeskDb db, CancellationToken ct)
    {
        var ids = Given(http.Request.Query["Ids"]);
        var rows = await db.Set<FlowDefinitionRow>().AsNoTracking().Where(d => ids.Contains(d.VersionId)).ToListAsync(ct);
        return Answers.Json(Answers.List(rows.Select(r => DefinitionShapes.Full(FlowHead.Of(r), r.Document, http.Actor().MayDraw()))));
    }

    private static List<string> Given(Microsoft.Extensions.Primitives.StringValues values) => [.. values.OfType<string>().Where(v => v.Length > 0)];
}
