using BanBuCheng.Desk.Database;
using BanBuCheng.Engine.Durable;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Web.Designer;

/// <summary>One version without its document: what lists and rights need.</summary>
internal sealed record FlowHead(
    string VersionId, string DefinitionId, int Version, string? Name, string Hash, bool IsLatest, bool IsPublished, bool UsableAsActivity, DateTimeOffset CreatedAt)
{
    public static IQueryable<FlowHead> All(DeskDb db) => Of(db.Set<FlowDefinitionRow>().AsNoTracking());

    public static IQueryable<FlowHead> Of(IQueryable<FlowDefinitionRow> rows) =>
        rows.Select(d => new FlowHead(d.VersionId, d.DefinitionId, d.Version, d.Name, d.Hash, d.IsLatest, d.IsPublished, d.UsableAsActivity, d.CreatedAt));
}
