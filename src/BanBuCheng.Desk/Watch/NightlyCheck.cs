using System.Text.Json;
using System.Text.Json.Nodes;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Inbox;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Engine.Durable;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BanBuCheng.Desk.Watch;

/// <summary>
/// 夜间核对 — once a night, by the first ring after two o'clock: every open case has somebody, every closed one had its reply delivered.
/// What it finds is written down as a fact for the administrators and into the journal of each case it concerns.
/// </summary>
/// <remarks>It reads outside a step, so that nobody waits for it; the step that writes looks at what was found once more.</remarks>
public sealed partial class NightlyCheck(IServiceScopeFactory scopes, StepDoor door, TimeProvider clock, ILogger<NightlyCheck> log)
{
    private const int PageSize = 500, MostFindings = 500, Hour = 2;

    /// <returns>The finding; null when tonight's is there already.</returns>
    public async Task<NightlyFinding?> RunIfDueAsync(CancellationToken ct)
    {
        var now = TimeZoneInfo.ConvertTime(clock.GetUtcNow(), ShanghaiTime.Zone);
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DeskDb>();
        if (await NightlyFinding.LastAsync(db, ct) is { } last && (last.Night == DateOnly.FromDateTime(now.DateTime) || now.Hour < Hour)) return null;

        var flowless = new List<CaseId>();
        for (CaseId? after = default(CaseId); after is { } from && flowless.Count < MostFindings;)
        {
            var open = await db.Cases.AsNoTracking().Where(c => c.State == CaseState.Open && c.Id > from).OrderBy(c => c.Id).Select(c => c.Id).Take(PageSize).ToListAsync(ct);
            flowless.AddRange(await BallWatch.WithoutFlowAsync(db, open, ct));
            after = open.Count < PageSize ? null : open[^1];
        }

        var unheld = new List<CaseId>();
        for (CaseId? after = default(CaseId); after is { } from && unheld.Count < MostFindings;)
        {
            var page = await BallWatch.LookAsync(db, from, PageSize, ct);
            unheld.AddRange(page.Unheld.Select(c => c.Id));
            after = page.Next;
        }

        var unanswered = await BallWatch.Unanswered(db).OrderBy(c => c.Id).Select(c => c.Id).Take(MostFindings).ToListAsync(ct);
        var finding = await door.SendAsync(new RecordNightlyCheck(DateOnly.FromDateTime(now.DateTime), unheld, flowless, unanswered), Actor.Clock, ct);
        if (finding is { IsGood: false }) Broken(log, finding.Unheld, finding.Flowless, finding.Unanswered);
        return finding;
    }

    [LoggerMessage(EventId = 2101, Level = LogLevel.Critical, Message = "The nightly check found {Unheld} open cases that nobody has, {Flowless} open ones without a flow and {Unanswered} closed ones without a delivered reply")]
    private static partial void Broken(ILogger log, int unheld, int flowless, int unanswered);
}

/// <summary>What a night's check found, as it is kept.</summary>
/// <param name="Night">The hall's day on which it ran.</param>
public sealed record NightlyFinding(DateOnly Night, DateTimeOffset At, int Open, int Closed, int Unheld, int Unanswered)
{
    /// <summary>Open cases for which no flow runs; not looked at by older programs.</summary>
    public int Flowless { get; init; }

    public bool IsGood => Unheld + Flowless + Unanswered == 0;

    public static async Task<NightlyFinding?> LastAsync(DeskDb db, CancellationToken ct) =>
        await db.Facts.AsNoTracking().Where(f => f.Name == DeskFacts.NightlyCheck).Select(f => f.Value).FirstOrDefaultAsync(ct) is { Length: > 0 } text
            ? JsonSerializer.Deserialize<NightlyFinding>(text)
            : null;
}

/// <summary>Writes the night's finding down and has a task opened for each; null when another node was faster.</summary>
internal sealed record RecordNightlyCheck(DateOnly Night, IReadOnlyList<CaseId> Unheld, IReadOnlyList<CaseId> Flowless, IReadOnlyList<CaseId> Unanswered) : IStep<NightlyFinding?>, IBackgroundStep;

internal sealed class RecordNightlyCheckHandler(DeskDb db, CaseJournal journal, IFlows flows, StepScope step) : IRequestHandler<RecordNightlyCheck, NightlyFinding?>
{
    /// <summary>The task of that flow, as drawn: while it is open nobody needs another.</summary>
    private const string OperatorsTask = "look-after";

    public async Task<NightlyFinding?> Handle(RecordNightlyCheck request, CancellationToken cancellationToken)
    {
        step.Actor.Require();

        // Two nodes think of it in the same minute: this row's lock makes one of them wait and find the other's.
        if (await db.Facts.Where(f => f.Name == DeskFacts.NightlyCheck).ExecuteUpdateAsync(f => f.SetProperty(x => x.Value, x => x.Value), cancellationToken) == 0)
            db.Facts.Add(DeskFact.Of(DeskFacts.NightlyCheck, ""));
        if (await NightlyFinding.LastAsync(db, cancellationToken) is { } last && last.Night == request.Night) return null;

        // What moved between two reads was never lost.
        var unheld = await StillAsync(request.Unheld, BallWatch.UnheldAsync, db, cancellationToken);
        var flowless = await StillAsync(request.Flowless, BallWatch.WithoutFlowAsync, db, cancellationToken);
        var unanswered = await BallWatch.Unanswered(db).Where(c => request.Unanswered.Contains(c.Id)).Select(c => c.Id).ToListAsync(cancellationToken);
        List<CaseId> all = [.. unheld.Union(flowless).Union(unanswered)];
        foreach (var some in all.Chunk(500))
            foreach (var one in await db.Cases.Where(c => some.Contains(c.Id)).ToListAsync(cancellationToken))
                await TellAsync(one, unanswered.Contains(one.Id) ? "unanswered" : flowless.Contains(one.Id) ? "flowless" : "unheld", cancellationToken);

        var finding = new NightlyFinding(request.Night, step.Now, await db.Cases.CountAsync(c => c.State == CaseState.Open, cancellationToken),
            await db.Cases.CountAsync(c => c.State == CaseState.Closed, cancellationToken), unheld.Count, unanswered.Count) { Flowless = flowless.Count };
        var fact = await db.Facts.FindAsync([DeskFacts.NightlyCheck], cancellationToken);
        fact!.Become(JsonSerializer.Serialize(finding));
        return finding;
    }

    /// <summary>
    /// Into the case's journal, and by an event to whatever flow listens: the one that travels with the program opens a task for an operator,
    /// once. Where no flow listens, the page, the log and the probe still say it.
    /// </summary>
    private async ValueTask TellAsync(ServiceCase one, string what, CancellationToken ct)
    {
        journal.Write(one, JournalKinds.WatchFound, ("what", what));
        if (!await db.InboxTasks.AnyAsync(t => t.CaseId == one.Id && t.State == TaskState.Open && t.ActivityId == OperatorsTask, ct))
            await flows.PublishEventAsync(CaseEvents.WatchFound, one.Id.ToString(), new JsonObject { ["what"] = what }, step.Now, ct);
    }

    private static async Task<List<CaseId>> StillAsync(IReadOnlyList<CaseId> ids, Func<DeskDb, IReadOnlyCollection<CaseId>, CancellationToken, Task<IReadOnlyList<CaseId>>> look, DeskDb db, CancellationToken ct)
    {
        var still = new List<CaseId>();
        foreach (var some in ids.Chunk(500)) still.AddRange(await look(db, some, ct));
        return still;
    }
}
