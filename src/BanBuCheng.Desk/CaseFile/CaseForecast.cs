using System.Text.Json.Nodes;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Engine.Durable;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Desk.CaseFile;

/// <summary>会不会晚 — the slowest way that is left of a case's flow against the days that are left. A hint for the station head, not for the citizen.</summary>
/// <param name="Left">Working days until the limit: 0 on the last day, less when it has passed; stands still while the clock is paused.</param>
public sealed record CaseForecast(FlowForecast Way, int Left)
{
    public bool WillBeLate => Way.Days > Left + Way.Gained;

    /// <returns>Null when no clock was started or the citizen has the reply, and when the place in the flow cannot be read.</returns>
    public static async Task<CaseForecast?> OfAsync(DeskDb db, CaseView file, DateOnly today, WorkingCalendar calendar, CancellationToken ct)
    {
        if (file.Case is not { Clock: ClockState.Running or ClockState.Paused, ReplyOwed: true, DueOn: { } due, Difficulty: var difficulty }) return null;
        var correlation = file.Case.Id.ToString();
        var main = await db.Set<FlowInstanceRow>().AsNoTracking().Where(i => i.CorrelationId == correlation && i.ParentId == null)
            .Join(db.Set<FlowDefinitionRow>().AsNoTracking(), i => i.DefinitionVersionId, d => d.VersionId, (i, d) => new { i.Id, i.CreatedAt, d.Kind, d.Document })
            .Where(x => x.Kind == "Case").OrderByDescending(x => x.CreatedAt).FirstOrDefaultAsync(ct);
        if (main is null || JsonNode.Parse(main.Document) is not JsonObject flow) return null;

        var parts = await db.Set<FlowDefinitionRow>().AsNoTracking().Where(d => d.IsPublished && d.UsableAsActivity).Select(d => new { d.DefinitionId, d.Document }).ToDictionaryAsync(d => d.DefinitionId, d => d.Document, ct);
        var read = new Dictionary<string, JsonObject?>();
        JsonObject? Part(string id) => read.TryGetValue(id, out var known) ? known : read[id] = parts.TryGetValue(id, out var text) ? JsonNode.Parse(text) as JsonObject : null;
        var paused = file.Case.Clock is ClockState.Paused;
        var tasks = file.OpenTasks.ToDictionary(t => t.Id.Value);
        FlowForecast? slowest = null;
        foreach (var wait in await db.Set<FlowWaitRow>().AsNoTracking().Where(w => w.InstanceId == main.Id).Select(w => new { w.Id, w.NodePath }).ToListAsync(ct))
        {
            // While nothing counts, a box's own limit is all that can be said without moving from day to day.
            int? left = !paused && tasks.TryGetValue(wait.Id, out var task) && task.DueOn is { } last ? Math.Max(0, calendar.WorkingDaysBetween(today, last)) : null;
            if (FlowForecast.From(flow, wait.NodePath, left, difficulty, file.Policy, Part) is { } way && (slowest is null || way.Days - way.Gained > slowest.Days - slowest.Gained)) slowest = way;
        }

        return slowest is null ? null
            : new CaseForecast(slowest, paused ? file.Case.LimitWorkingDays + file.Case.ExtendedBy - file.UsedWorkingDays : calendar.WorkingDaysBetween(today, due));
    }
}
