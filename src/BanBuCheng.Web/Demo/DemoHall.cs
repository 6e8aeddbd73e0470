using System.Globalization;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Engine;
using BanBuCheng.Web.Commands;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Web.Demo;

/// <summary>
/// Fills the demo hall with four weeks of work, once, after the doors are open: nobody waits for it. Killed half-way it goes on at the
/// next start, because each case's submission key is drawn from its index.
/// </summary>
internal sealed partial class DemoHall(
    IServiceProvider hall, HallKind kind, HostMode mode, StepDoor door, TimeProvider clock, IHostApplicationLifetime life, FirstPage first, ILogger<DemoHall> log)
    : BackgroundService
{
    private const string AnchorFact = "seeding-day";

    /// <summary>True while the past is being told; until then the hall's own alarm must not ring for it.</summary>
    public bool IsTelling { get; private set; } = mode.Seeds;

    /// <summary><c>12/24</c>; null when nothing runs.</summary>
    public string? Progress { get; private set; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            if (!mode.Seeds || !kind.IsDemo) return;
            var opened = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await using var started = life.ApplicationStarted.Register(opened.SetResult);
            await opened.Task.WaitAsync(stoppingToken);
            await first.PassedAsync(stoppingToken);
            await TellAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Goes on at the next start.
        }
        catch (FlowNotFoundException)
        {
            NoFlow(log);
        }
        catch (Exception failed)
        {
            // A demo without its past is still a hall that works; the next start tries again.
            Failed(log, failed);
        }
        finally
        {
            Progress = null;
            IsTelling = false;

            // Four weeks told in seconds leave a heap that an idle hall would keep for hours.
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }
    }

    private async Task TellAsync(CancellationToken ct)
    {
        var total = DemoStories.All.Count;
        var (progress, day) = await KnownAsync(ct);
        if (progress == Words(total, total)) return;
        if (day is null)
        {
            day = clock.Today();
            await door.SendAsync(new SetFact(AnchorFact, day.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)), Actor.Clock, ct);
        }

        var begun = clock.GetTimestamp();
        await TellToAsync(0);
        var past = new MovableClock();
        await using var desk = DemoDesk.Open(hall, past);
        // One short of the total until the walk has reached the present: only then it is done.
        await new DemoWalk(desk, past, day.Value, clock.GetUtcNow(), log).RunAsync(done => TellToAsync(Math.Min(done, total - 1)), ct);
        await TellToAsync(total);
        Told(log, total, clock.GetElapsedTime(begun).TotalSeconds);

        async Task TellToAsync(int done)
        {
            Progress = Words(done, total);
            await door.SendAsync(new SetFact(DeskFacts.Seeding, Progress), Actor.Clock, ct);
        }
    }

    private async Task<(string? Progress, DateOnly? Day)> KnownAsync(CancellationToken ct)
    {
        await using var scope = hall.CreateAsyncScope();
        var facts = await scope.ServiceProvider.GetRequiredService<DeskDb>().Facts.AsNoTracking()
            .Where(f => f.Name == DeskFacts.Seeding || f.Name == AnchorFact).ToDictionaryAsync(f => f.Name, f => f.Value, ct);
        return (facts.GetValueOrDefault(DeskFacts.Seeding),
            DateOnly.TryParseExact(facts.GetValueOrDefault(AnchorFact), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null);
    }

    private static string Words(int done, int total) => string.Create(CultureInfo.InvariantCulture, $"{done}/{total}");

    [LoggerMessage(EventId = 8001, Level = LogLevel.Information, Message = "The demo hall has its {Cases} cases, told in {Seconds:0.0} s")]
    private static partial void Told(ILogger log, int cases, double seconds);

    [LoggerMessage(EventId = 8002, Level = LogLevel.Warning, Message = "The demo hall stays empty: no published flow to handle a case by")]
    private static partial void NoFlow(ILogger log);

    [LoggerMessage(EventId = 8003, Level = LogLevel.Error, Message = "The demo hall's past could not be told to its end; the next start goes on")]
    private static partial void Failed(ILogger log, Exception failed);
}
