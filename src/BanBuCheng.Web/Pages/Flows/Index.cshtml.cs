using System.Text.Json;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Offices;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Engine.Durable;
using BanBuCheng.Engine.Running;
using BanBuCheng.Web.Texts;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Web.Pages.Flows;

/// <summary>流程 — what is drawn, which version is in force, what waits as a draft, how many cases run in it.</summary>
internal sealed class IndexModel(DeskDb db, TimeProvider clock, StepDoor door) : StepPage(door)
{
    /// <summary>The check is for who may publish.</summary>
    public bool MayCheck => Actor.Is(Roles.ProcessAdmin) || Actor.Is(Roles.SystemAdmin);

    public bool MayDraw => Actor.Is(Roles.ProcessAdmin);

    public IReadOnlyList<FlowLine> Flows { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct)
    {
        var rows = await db.Set<FlowDefinitionRow>().AsNoTracking().Where(d => d.IsLatest || d.IsPublished).OrderBy(d => d.DefinitionId).ThenBy(d => d.Version).ToListAsync(ct);
        var running = await db.Set<FlowInstanceRow>().AsNoTracking().Where(i => i.Status == FlowStatus.Running).GroupBy(i => i.DefinitionId)
            .Select(g => new { g.Key, Count = g.Count(), Trouble = g.Count(i => i.OpenIncidents > 0) }).ToDictionaryAsync(g => g.Key, ct);
        var refused = await db.Set<FlowSourceRow>().AsNoTracking().Where(s => s.Outcome == FileOutcome.Refused).Select(s => s.DefinitionId).ToListAsync(ct);
        Flows = [.. rows.GroupBy(r => r.DefinitionId).Select(versions =>
        {
            var published = versions.LastOrDefault(v => v.IsPublished);
            var draft = versions.LastOrDefault(v => v.IsLatest && !v.IsPublished);
            var shown = published ?? draft!;
            var counts = running.GetValueOrDefault(versions.Key);
            return new FlowLine(versions.Key, shown.Name ?? versions.Key, DescriptionOf(shown.Document), KindOf(shown), published?.Version, draft?.Version,
                draft is { Origin: FlowOrigin.Product }, counts?.Count ?? 0, counts?.Trouble ?? 0, Say.Moment(TimeZoneInfo.ConvertTime(shown.CreatedAt, ShanghaiTime.Zone), clock.Today()),
                draft is { Origin: FlowOrigin.Product } && refused.Contains(versions.Key));
        }).OrderBy(f => Rank(f.Kind)).ThenBy(f => f.Id, StringComparer.Ordinal)];
    }

    private static string KindOf(FlowDefinitionRow row) => row.Kind ?? (row.UsableAsActivity ? "Part" : "Case");

    private static int Rank(string kind) => kind switch { "Case" => 0, "Part" => 1, "Side" => 2, _ => 3 };

    private static string? DescriptionOf(string document)
    {
        using var json = JsonDocument.Parse(document);
        return json.RootElement.TryGetProperty("description", out var text) && text.ValueKind is JsonValueKind.String ? text.GetString() : null;
    }
}

/// <param name="FromProduct">The draft is the product's new one, 随产品更新; somebody's edits are in force.</param>
internal sealed record FlowLine(string Id, string Name, string? Description, string Kind, int? Published, int? Draft, bool FromProduct, int Running, int Trouble, string At, bool WasRefused)
{
    public string KindWords => Kind switch { "Case" => "办件主流程", "Part" => "主流程里的一段", "Side" => "从旁边启动", _ => "普通流程" };
}
