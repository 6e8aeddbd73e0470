using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Offices;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Desk.Watch;
using BanBuCheng.Web.Clockwork;
using BanBuCheng.Web.SignIn;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace BanBuCheng.Web.Health;

/// <summary>
/// Where a monitor asks: <c>/health/live</c> (the process answers), <c>/health/ready</c> (it can serve: for a balancer), <c>/health/work</c>
/// (the work gets done: for whoever is on duty, never for a balancer). 200 or 503, numbers and words, nothing of any person.
/// </summary>
internal static class Probes
{
    public static void MapProbes(this WebApplication app)
    {
        app.MapHealthChecks("/health");
        app.MapGet("/health/live", () => Answer([]));
        app.MapGet("/health/ready", async (HttpContext http, DeskDb db, FieldCipher cipher, CancellationToken ct) => Answer(await ReadyAsync(db, cipher, ct), Shown(http)));
        app.MapGet("/health/work", async (HttpContext http, WorkWatch watch, CancellationToken ct) => Answer((await watch.LookAsync(ct)).Checks, Shown(http)));
    }

    /// <summary>From this machine, not through a proxy, or by the system administrator; to others the verdict alone.</summary>
    public static bool Shown(HttpContext http) =>
        http.ActorOrNull()?.Is(Roles.SystemAdmin) == true
        || (http.Connection.RemoteIpAddress is null || System.Net.IPAddress.IsLoopback(http.Connection.RemoteIpAddress))
            && !http.Request.Headers.ContainsKey("X-Forwarded-For") && !http.Request.Headers.ContainsKey("Forwarded");

    private static async Task<IReadOnlyList<ProbeCheck>> ReadyAsync(DeskDb db, FieldCipher cipher, CancellationToken ct)
    {
        try
        {
            var behind = (await db.Database.GetPendingMigrationsAsync(ct)).Count();
            var mark = behind > 0 ? null : await db.Facts.AsNoTracking().Where(f => f.Name == DeskFacts.KeyMark).Select(f => f.Value).FirstOrDefaultAsync(ct);
            return [new("database", true), new("migrations", behind == 0, behind), new("key", mark is null || mark == cipher.Mark)];
        }
#pragma warning disable CA1031 // a database may fail in any way; that it does is the answer
        catch (Exception failed) when (failed is not OperationCanceledException)
#pragma warning restore CA1031
        {
            return [new("database", false)];
        }
    }

    private static IResult Answer(IReadOnlyList<ProbeCheck> checks, bool shown = true)
    {
        var ok = checks.All(c => c.Ok);
        var status = ok ? "ok" : "trouble";
        return Results.Json(shown ? new { status, checks } : new { status }, statusCode: ok ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }
}

/// <param name="Value">A number; seconds where it is about time.</param>
/// <param name="Limit">From when on it is trouble.</param>
internal sealed record ProbeCheck(string Name, bool Ok, double? Value = null, double? Limit = null);

/// <summary>Looks at the work at most once in ten seconds, however many ask.</summary>
internal sealed class WorkWatch(IServiceScopeFactory scopes, IServiceProvider services, IOptions<WatchOptions> limits, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);
    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly WatchRound _round = new();
    private (long At, WorkState State)? _last;

    public async Task<WorkState> LookAsync(CancellationToken ct)
    {
        await _one.WaitAsync(ct);
        try
        {
            if (_last is { } last && TimeProvider.System.GetElapsedTime(last.At) < Fresh) return last.State;
            var state = await ReadAsync(ct);
            _last = (TimeProvider.System.GetTimestamp(), state);
            return state;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task<WorkState> ReadAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DeskDb>();
        var now = clock.GetUtcNow();
        var figures = await HallFigures.ReadAsync(db, _round, limits.Value, now, ct);
        var nightly = await NightlyFinding.LastAsync(db, ct);
        var checks = new List<ProbeCheck>
        {
            new("unheld-cases", figures.Found.Unheld == 0, figures.Found.Unheld, 0),
            new("flowless-cases", figures.Found.Flowless == 0, figures.Found.Flowless, 0),
            new("late-timers", figures.Late <= limits.Value.LateAfter, Math.Round(figures.Late.TotalSeconds), limits.Value.LateAfter.TotalSeconds),
            new("stuck-instances", figures.Found.Stuck == 0, figures.Found.Stuck, 0),
            new("open-incidents", figures.Incidents == 0, figures.Incidents, 0),
            new("unsent-messages", figures.Unsent == 0, figures.Unsent, 0),
            new("nightly-check", nightly is null or { IsGood: true }, nightly is null ? null : nightly.Unheld + nightly.Flowless + nightly.Unanswered, 0),
        };
        if (services.GetService<SweepWatch>() is { } sweep)
        {
            var limit = 3 * services.GetRequiredService<IOptions<ClockworkOptions>>().Value.SweepEvery;
            checks.Add(new("sweep", sweep.Since <= limit, Math.Round(sweep.Since.TotalSeconds), limit.TotalSeconds));
        }

        return new WorkState(figures, nightly, checks);
    }
}

internal sealed record WorkState(HallFigures Figures, NightlyFinding? Nightly, IReadOnlyList<ProbeCheck> Checks)
{
    public bool Ok => Checks.All(c => c.Ok);
}
