using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Flows;
using BanBuCheng.Engine.Documents;
using BanBuCheng.Engine.Durable;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Web.Pages.Flows;

/// <summary>One stored version of a flow with its document read.</summary>
internal sealed record FlowVersion(FlowDefinitionRow Row, FlowDocument Document)
{
    public string Name => Row.Name ?? Row.DefinitionId;
    public string Words => Row.IsPublished ? $"第{Row.Version}版（在用）" : Row.IsLatest ? $"第{Row.Version}版（草稿）" : $"第{Row.Version}版";
}

/// <summary>Versions of flows for pages that only look.</summary>
internal sealed class FlowVersions(DeskDb db)
{
    /// <summary>All versions of one flow, newest first.</summary>
    public async Task<IReadOnlyList<FlowVersion>> AllOfAsync(string id, CancellationToken ct) =>
        [.. (await db.Set<FlowDefinitionRow>().AsNoTracking().Where(d => d.DefinitionId == id).OrderByDescending(d => d.Version).ToListAsync(ct)).Select(Read).OfType<FlowVersion>()];

    /// <summary>The published version of every flow.</summary>
    public async Task<IReadOnlyList<FlowVersion>> PublishedAsync(CancellationToken ct) =>
        [.. (await db.Set<FlowDefinitionRow>().AsNoTracking().Where(d => d.IsPublished).OrderBy(d => d.DefinitionId).ToListAsync(ct)).Select(Read).OfType<FlowVersion>()];

    /// <summary>The newest version of every flow: the draft where there is one.</summary>
    public async Task<IReadOnlyList<FlowVersion>> NewestAsync(CancellationToken ct) =>
        [.. (await db.Set<FlowDefinitionRow>().AsNoTracking().Where(d => d.IsLatest).OrderBy(d => d.DefinitionId).ToListAsync(ct)).Select(Read).OfType<FlowVersion>()];

    /// <summary>What people call the units and colleagues that documents name.</summary>
    public async Task<ReadableNames> NamesAsync(CancellationToken ct) => new(
        await db.OfficeUnits.AsNoTracking().ToDictionaryAsync(u => u.Code, u => u.Name, ct),
        await db.Staff.AsNoTracking().Select(s => new { s.Login, s.Name }).ToDictionaryAsync(s => s.Login, s => s.Name, ct));

    private static FlowVersion? Read(FlowDefinitionRow row) => FlowReader.Read(row.Document).Document is { } document ? new(row, document) : null;
}
