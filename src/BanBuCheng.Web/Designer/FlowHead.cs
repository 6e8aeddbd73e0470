using BanBuCheng.Desk.Database;
using BanBuCheng.Engine.Durable;
using BanBuCheng.Engine.Running;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Web.Designer;

/// <summary>One version without its document: what lists and rights need.</summary>
internal sealed record FlowHead
{
    public required string VersionId { get; init; }
    public required string DefinitionId { get; init; }
    public required int Version { get; init; }
    public string? Name { get; init; }
    public required string Hash { get; init; }
    public bool IsLatest { get; init; }
    public bool IsPublished { get; init; }
    public bool UsableAsActivity { get; init; }
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>The mark that a served document of it carries.</summary>
    public static string MarkOf(StoredDefinition stored) => FlowLibrary.MarkOf(stored)[..16];

    public static IQueryable<FlowHead> All(DeskDb db) => Of(db.Set<FlowDefinitionRow>().AsNoTracking());

    public static IQueryable<FlowHead> Of(IQueryable<FlowDefinitionRow> rows) => rows.Select(d => new FlowHead
    {
        VersionId = d.VersionId, DefinitionId = d.DefinitionId, Version = d.Version, Name = d.Name, Hash = d.Hash,
        IsLatest = d.IsLatest, IsPublished = d.IsPublished, UsableAsActivity = d.UsableAsActivity, CreatedAt = d.CreatedAt,
    });

    public static FlowHead Of(FlowDefinitionRow d) => new()
    {
        VersionId = d.VersionId, DefinitionId = d.DefinitionId, Version = d.Version, Name = d.Name, Hash = d.Hash,
        IsLatest = d.IsLatest, IsPublished = d.IsPublished, UsableAsActivity = d.UsableAsActivity, CreatedAt = d.CreatedAt,
    };
}
