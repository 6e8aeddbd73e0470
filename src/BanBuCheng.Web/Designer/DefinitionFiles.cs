using System.IO.Compression;
using System.Text;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Engine.Documents;
using BanBuCheng.Engine.Durable;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Web.Designer;

/// <summary>Documents out: one as a file, several as a zip.</summary>
internal static class DefinitionFiles
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/workflow-definitions/{definitionId}/export", OneAsync);
        api.MapPost("/bulk-actions/export/workflow-definitions", ManyAsync).WithMetadata(new ReadsOnly());
    }

    private static async Task<IResult> OneAsync(HttpContext http, DeskDb db, FlowLibrary library, string definitionId, CancellationToken ct)
    {
        var options = http.Request.Query["versionOptions"].ToString();
        var rows = DefinitionReads.Versions(db.Set<FlowDefinitionRow>().AsNoTracking().Where(d => d.DefinitionId == definitionId), options.Length == 0 ? "Latest" : options, []);
        var row = await rows.OrderByDescending(d => d.Version).FirstOrDefaultAsync(ct) ?? throw new RefusedException("flow.unknown");
        if (!WithConsumers(http.Request.Query["includeConsumingWorkflows"])) return Results.File(Bytes(row), "application/json", $"{definitionId}.json");
        return Zip([row, .. await ConsumersAsync(db, library, [definitionId], ct)]);
    }

    private static async Task<IResult> ManyAsync(HttpContext http, DeskDb db, FlowLibrary library, CancellationToken ct)
    {
        var body = await Answers.BodyAsync(http);
        var ids = body.Texts("ids").ToList();
        var rows = await db.Set<FlowDefinitionRow>().AsNoTracking().Where(d => ids.Contains(d.VersionId)).OrderBy(d => d.DefinitionId).ThenBy(d => d.Version).ToListAsync(ct);
        if (rows.Count == 0) throw new RefusedException("flow.version-unknown");
        if (body.Flag("includeConsumingWorkflows") == true)
        {
            var consumers = await ConsumersAsync(db, library, [.. rows.Select(r => r.DefinitionId).Distinct()], ct);
            rows.AddRange(consumers.Where(c => rows.All(r => r.VersionId != c.VersionId)));
        }

        return Zip(rows);
    }

    private static async Task<List<FlowDefinitionRow>> ConsumersAsync(DeskDb db, FlowLibrary library, IReadOnlyList<string> definitionIds, CancellationToken ct)
    {
        var versions = new HashSet<string>(StringComparer.Ordinal);
        foreach (var id in definitionIds)
            foreach (var consumer in await library.ConsumersOfAsync(id, ct))
                if (!definitionIds.Contains(consumer.DefinitionId)) versions.Add(consumer.VersionId);
        return await db.Set<FlowDefinitionRow>().AsNoTracking().Where(d => versions.Contains(d.VersionId)).OrderBy(d => d.DefinitionId).ToListAsync(ct);
    }

    private static IResult Zip(IReadOnlyList<FlowDefinitionRow> rows)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var row in rows)
            {
                var several = rows.Count(r => r.DefinitionId == row.DefinitionId) > 1;
                using var entry = zip.CreateEntry(several ? $"{row.DefinitionId}-v{row.Version}.json" : $"{row.DefinitionId}.json").Open();
                entry.Write(Bytes(row));
            }
        }

        return Results.File(file.ToArray(), "application/zip", "workflow-definitions.zip");
    }

    private static byte[] Bytes(FlowDefinitionRow row) => Encoding.UTF8.GetBytes(FlowWriter.Write(DefinitionShapes.File(FlowHead.Of(row), row.Document)));

    private static bool WithConsumers(string? text) => string.Equals(text, "true", StringComparison.OrdinalIgnoreCase);
}
