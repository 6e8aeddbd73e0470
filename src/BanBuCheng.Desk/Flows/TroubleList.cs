using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Desk.Watch;
using BanBuCheng.Engine.Durable;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Desk.Flows;

/// <summary>A breakdown in the list of those that are open.</summary>
public sealed record TroubleRow(Guid Id, DateTimeOffset At, string ActivityId, string NodePath, string Type, string Message, Guid InstanceId, string DefinitionId,
    string DefinitionVersionId, string? CorrelationId)
{
    /// <summary>Of the case that is held up; null for a flow without one.</summary>
    public string? CaseNumber { get; init; }
    public string? Subject { get; init; }
}

/// <summary>An event that nobody has heard so far.</summary>
public sealed record KeptRow(Guid Id, string Name, string? CorrelationId, DateTimeOffset At, DateTimeOffset KeepUntil, string? CaseNumber);

/// <summary>运维的单子 — what an operator has to look at, each list bounded and paged by key.</summary>
public static class TroubleList
{
    public const int PageSize = 20;

    /// <summary>Open incidents, oldest first.</summary>
    public static async Task<IReadOnlyList<TroubleRow>> OpenAsync(DeskDb db, DateTimeOffset? afterAt, Guid afterId, CancellationToken ct)
    {
        var open = db.Set<FlowIncidentRow>().AsNoTracking().Where(i => i.ResolvedAt == null);
        if (afterAt is { } at) open = open.Where(i => i.At > at || (i.At == at && i.Id > afterId));
        return await RowsAsync(db, open.OrderBy(i => i.At).ThenBy(i => i.Id).Take(PageSize + 1), ct);
    }

    /// <summary>Open incidents of one flow instance, oldest first, as far as a page holds them.</summary>
    public static Task<IReadOnlyList<TroubleRow>> OfAsync(DeskDb db, Guid instanceId, CancellationToken ct) =>
        RowsAsync(db, db.Set<FlowIncidentRow>().AsNoTracking().Where(i => i.InstanceId == instanceId && i.ResolvedAt == null).OrderBy(i => i.At).ThenBy(i => i.Id).Take(PageSize), ct);

    private static async Task<IReadOnlyList<TroubleRow>> RowsAsync(DeskDb db, IQueryable<FlowIncidentRow> open, CancellationToken ct)
    {
        var rows = await (from incident in open
                          join instance in db.Set<FlowInstanceRow>() on incident.InstanceId equals instance.Id
                          select new TroubleRow(incident.Id, incident.At, incident.ActivityId, incident.NodePath, incident.Type, incident.Message, instance.Id,
                              instance.DefinitionId, instance.DefinitionVersionId, instance.CorrelationId)).ToListAsync(ct);
        var cases = await CasesAsync(db, rows.Select(r => r.CorrelationId), ct);
        return [.. rows.OrderBy(r => r.At).ThenBy(r => r.Id).Select(r => Find(cases, r.CorrelationId) is { } one ? r with { CaseNumber = one.Number, Subject = one.Subject } : r)];
    }

    /// <summary>Events kept for a wait that did not come yet (or did not come in time), newest first.</summary>
    public static async Task<IReadOnlyList<KeptRow>> KeptAsync(DeskDb db, CancellationToken ct)
    {
        var rows = await db.Set<FlowInboxRow>().AsNoTracking().OrderByDescending(s => s.KeepUntil).Take(100)
            .Select(s => new { s.Id, s.Name, s.CorrelationId, s.CreatedAt, s.KeepUntil, s.Hash }).ToListAsync(ct);
        var cases = await CasesAsync(db, rows.Select(r => r.CorrelationId), ct);
        return [.. rows.Select(r => new KeptRow(r.Id, NameOf(r.Hash) ?? r.Name, r.CorrelationId, r.CreatedAt, r.KeepUntil, Find(cases, r.CorrelationId)?.Number))];
    }

    /// <summary>
    /// 没人管的办件 — cases that are open while no flow runs for them: every flow ended, and none of them closed the case. There should be none.
    /// Looks at so many open cases at a time, oldest first.
    /// </summary>
    public static async Task<(IReadOnlyList<ServiceCase> Found, CaseId? Next)> AbandonedAsync(DeskDb db, CaseId? after, int look, CancellationToken ct)
    {
        var open = db.Cases.AsNoTracking().Where(c => c.State != CaseState.Closed);
        if (after is { } last) open = open.Where(c => c.Id > last);
        var cases = await open.OrderBy(c => c.Id).Select(c => c.Id).Take(look).ToListAsync(ct);
        var found = new List<ServiceCase>();
        foreach (var some in cases.Chunk(500))
            if (await BallWatch.WithoutFlowAsync(db, some, ct) is { Count: > 0 } without)
                found.AddRange(await db.Cases.AsNoTracking().Where(c => without.Contains(c.Id)).OrderBy(c => c.Id).ToListAsync(ct));
        return (found, cases.Count == look ? cases[^1] : null);
    }

    /// <summary>The name inside a stored event is only its hash; those the desk itself publishes are known by it.</summary>
    private static string? NameOf(string hash) => CaseEvents.All.Append(CaseEvents.ClockStarted).FirstOrDefault(name => FlowHealth.HashOfEvent(name) == hash);

    private static async Task<Dictionary<CaseId, ServiceCase>> CasesAsync(DeskDb db, IEnumerable<string?> correlations, CancellationToken ct)
    {
        var ids = correlations.Select(c => CaseId.TryParse(c, out var id) ? id : default).Where(id => id != default).Distinct().ToList();
        return ids.Count == 0 ? [] : await db.Cases.AsNoTracking().Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, ct);
    }

    private static ServiceCase? Find(Dictionary<CaseId, ServiceCase> cases, string? correlation) =>
        CaseId.TryParse(correlation, out var id) ? cases.GetValueOrDefault(id) : null;
}

/// <summary>Lets go of events whose deadline passed a month ago; until then an operator can see that nobody heard them. Answers how many went.</summary>
internal sealed record SweepStimuli : IStep<int>, IBackgroundStep
{
    public static readonly TimeSpan ShownFor = TimeSpan.FromDays(30);
}

internal sealed class SweepStimuliHandler(DeskDb db, StepScope step) : MediatR.IRequestHandler<SweepStimuli, int>
{
    public Task<int> Handle(SweepStimuli request, CancellationToken cancellationToken) => FlowHealth.ForgetExpiredAsync(db, step.Now - SweepStimuli.ShownFor, cancellationToken);
}
