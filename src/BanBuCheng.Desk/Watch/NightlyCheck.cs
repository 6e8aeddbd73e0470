using System.Text.Json;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Steps;
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

        var unheld = new List<CaseId>();
        for (CaseId? after = default(CaseId); after is { } from && unheld.Count < MostFindings;)
        {
            var page = await BallWatch.LookAsync(db, from, PageSize, ct);
            unheld.AddRange(page.Unheld.Select(c => c.Id));
            after = page.Next;
        }

        var unanswered = await BallWatch.Unanswered(db).OrderBy(c => c.Id).Select(c => c.Id).Take(MostFindings).ToListAsync(ct);
        var finding = await door.SendAsync(new RecordNightlyCheck(DateOnly.FromDateTime(now.DateTime), unheld, unanswered), Actor.Clock, ct);
        if (finding is { IsGood: false }) Broken(log, finding.Unheld, finding.Unanswered);
        return finding;
    }

    [LoggerMessage(EventId = 2101, Level = LogLevel.Critical, Message = "The nightly check found {Unheld} open cases that nobody has and {Unanswered} closed ones without a delivered reply")]
    private static partial void Broken(ILogger log, int unheld, int unanswered);
}

/// <summary>What a night's check found, as it is kept.</summary>
/// <param name="Night">The hall's day on which it ran.</param>
public sealed record NightlyFinding(DateOnly Night, DateTimeOffset At, int Open, int Closed, int Unheld, int Unanswered)
{
    public bool IsGood => Unheld + Unanswered == 0;

    public static async Task<NightlyFinding?> LastAsync(DeskDb db, CancellationToken ct) =>
        await db.Facts.AsNoTracking().Where(f => f.Name == DeskFacts.NightlyCheck).Select(f => f.Value).FirstOrDefaultAsync(ct) is { Length: > 0 } text
            ? JsonSerializer.Deserialize<NightlyFinding>(text)
            : null;
}

/// <summary>Writes the night's finding down; null when another node was faster.</summary>
internal sealed record RecordNightlyCheck(DateOnly Night, IReadOnlyList<CaseId> Unheld, IReadOnlyList<CaseId> Unanswered) : IStep<NightlyFinding?>, IBackgroundStep;

internal sealed class RecordNightlyCheckHandler(DeskDb db, CaseJournal journal, StepScope step) : IRequestHandler<RecordNightlyCheck, NightlyFinding?>
{
    public async Task<NightlyFinding?> Handle(RecordNightlyCheck request, CancellationToken cancellationToken)
    {
        step.Actor.Require();

        // Two nodes think of it in the same minute: this row's lock makes one of them wait and find the other's.
        if (await db.Facts.Where(f => f.Name == DeskFacts.NightlyCheck).ExecuteUpdateAsync(f => f.SetProperty(x => x.Value, x => x.Value), cancellationToken) == 0)
            db.Facts.Add(DeskFact.Of(DeskFacts.NightlyCheck, ""));
        if (await NightlyFinding.LastAsync(db, cancellationToken) is { } last && last.Night == request.Night) return null;

        // What moved between two reads was never lost.
        var unheld = await StillUnheldAsync(request.Unheld, cancellationToken);
        var unanswered = await BallWatch.Unanswered(db).Where(c => request.Unanswered.Contains(c.Id)).Select(c => c.Id).ToListAsync(cancellationToken);
        foreach (var one in await db.Cases.Where(c => unheld.Contains(c.Id) || unanswered.Contains(c.Id)).ToListAsync(cancellationToken))
            journal.Write(one, JournalKinds.WatchFound, ("what", unheld.Contains(one.Id) ? "unheld" : "unanswered"));

        var finding = new NightlyFinding(request.Night, step.Now, await db.Cases.CountAsync(c => c.State == CaseState.Open, cancellationToken),
            await db.Cases.CountAsync(c => c.State == CaseState.Closed, cancellationToken), unheld.Count, unanswered.Count);
        var fact = await db.Facts.FindAsync([DeskFacts.NightlyCheck], cancellationToken);
        fact!.Become(JsonSerializer.Serialize(finding));
        return finding;
    }

    private async Task<List<CaseId>> StillUnheldAsync(IReadOnlyList<CaseId> ids, CancellationToken ct)
    {
        if (ids.Count == 0) return [];
        var still = new List<CaseId>();
        for (CaseId? after = default(CaseId); after is { } from;)
        {
            var page = await BallWatch.LookAsync(db, from, 500, ct);
            still.AddRange(page.Unheld.Select(c => c.Id).Where(ids.Contains));
            after = page.Next;
        }

        return still;
    }
}
