using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Engine.Documents;
using BanBuCheng.Engine.Durable;
using BanBuCheng.Engine.Running;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Desk.Gate;

/// <summary>
/// 发布闸门 — the gate in front of every publication: designer, command line, start-up. A verdict depends on nothing but the documents, the
/// people and the policy, and is kept by the hash of these: who looks ahead outside the writer's lane finds the answer ready inside it,
/// and what changed in between is looked at anew.
/// </summary>
public sealed class PublishGate(FlowHost host, DeskDb db, DeadlineBook deadlines) : IFlowGate
{
    private const int MostKept = 200;
    private static readonly ConcurrentDictionary<string, Inspection> Verdicts = new(StringComparer.Ordinal);
    private static readonly ConditionalWeakTable<FlowDocument, string> Hashes = [];

    public async ValueTask<IReadOnlyList<FlowFinding>> CheckAsync(GateQuestion question, CancellationToken ct) =>
        [.. (await InspectAsync(question, ct)).Findings.Select(Told)];

    public async ValueTask<IReadOnlyList<FlowFinding>> CheckMoveAsync(StandingFlow standing, string? correlationId, CancellationToken ct)
    {
        if (!CaseId.TryParse(correlationId, out var id) || await db.Cases.AsNoTracking().FirstOrDefaultAsync(c => c.Id == id, ct) is not { } serviceCase) return [];
        var neighbours = await SidesAsync(new HashSet<string>(StringComparer.Ordinal), ct);
        return [.. FlowInspection.InspectMove(standing, serviceCase, await deadlines.PolicyAsync(ct), neighbours).Select(Told)];
    }

    private static FlowFinding Told(Engine.Checking.CheckFinding f) => new(f.Code, f.IsError, f.Message)
    {
        DefinitionId = f.DefinitionId, ActivityId = f.ActivityId, Story = f.Story, Path = f.Path, Because = f.Because,
    };

    /// <summary>The same with the slack.</summary>
    public async ValueTask<Inspection> InspectAsync(GateQuestion question, CancellationToken ct)
    {
        var hall = await HallDirectory.ReadAsync(db, ct);
        var policy = await deadlines.PolicyAsync(ct);
        var neighbours = await NeighboursAsync(question, ct);
        FlowDocument[] flows = [question.Candidate, .. question.Consumers];
        var key = KeyOf(flows, neighbours, question.Part, hall, policy);
        if (Verdicts.TryGetValue(key, out var known)) return known;
        var inspection = new FlowInspection(host).Inspect(flows, question.Part, hall, policy, neighbours: neighbours);
        // "Not proven" may be this machine's bad minute; it is not believed twice.
        if (inspection.Findings.Any(f => f.Code == "G017")) return inspection;
        if (Verdicts.Count >= MostKept) Verdicts.Clear();
        return Verdicts[key] = inspection;
    }

    /// <summary>Flows from the side that run beside these: those in force, and those that would come into force in the same step.</summary>
    private async ValueTask<IReadOnlyList<FlowDocument>> NeighboursAsync(GateQuestion question, CancellationToken ct)
    {
        var fresh = question.Neighbours.Select(n => n.DefinitionId).Append(question.Candidate.DefinitionId).ToHashSet(StringComparer.Ordinal);
        return [.. question.Neighbours, .. await SidesAsync(fresh, ct)];
    }

    private async ValueTask<IReadOnlyList<FlowDocument>> SidesAsync(HashSet<string> without, CancellationToken ct)
    {
        var stored = await db.Set<FlowDefinitionRow>().AsNoTracking().Where(d => d.IsPublished && d.Kind == "Side").Select(d => new { d.DefinitionId, d.Document }).ToListAsync(ct);
        return [.. stored.Where(s => !without.Contains(s.DefinitionId)).Select(s => FlowReader.Read(s.Document).Document).OfType<FlowDocument>()];
    }

    private static string KeyOf(FlowDocument[] flows, IReadOnlyList<FlowDocument> neighbours, Func<string, string?, FlowDocument?> part, HallDirectory hall, DeadlinePolicy policy)
    {
        var text = new StringBuilder(FlowInspection.Version).Append('|').Append(hall.Hash()).Append('|').Append(JsonSerializer.Serialize(policy))
            .Append('|').AppendJoin(',', FlowInspection.Drifts(neighbours).Order());
        foreach (var flow in flows)
        {
            text.Append('\n');
            foreach (var used in FlowInspection.Closure(flow, part)) text.Append(' ').Append(HashOf(used));
        }
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static string HashOf(FlowDocument document) =>
        Hashes.GetValue(document, d => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(d.Json.ToJsonString()))));
}
