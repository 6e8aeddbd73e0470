using System.Diagnostics;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Steps;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace BanBuCheng.Bench;

/// <summary>A million timers fall due at one instant: the drain as the alarm clock does it, people working meanwhile.</summary>
internal static class TimerFlood
{
    /// <summary>On SQLite the million waits first, for B3, and then falls due.</summary>
    public static async Task SqliteAsync(double seconds, bool b3, bool timers)
    {
        if (b3)
        {
            using var small = new DataFolder();
            await using var hundred = await CrowdedAsync(small, Crowd.HundredThousand);
            await SqliteSteps.B3Async(hundred, small, seconds, Crowd.HundredThousand, SqliteSteps.LastB2);
        }

        using var folder = new DataFolder();
        await using var desk = await CrowdedAsync(folder, Crowd.Million);
        if (b3) await SqliteSteps.B3Async(desk, folder, seconds, Crowd.Million, SqliteSteps.LastB2);
        if (!timers) return;

        SqliteSteps.Heading(FormattableString.Invariant($"{Crowd.Million:#,0} timers due at once, SQLite"));
        using var raw = SqliteSteps.Raw(folder, 0, small: true);
        var limit = new Samples();
        await limit.BlockAsync(() =>
        {
            for (var i = 0; i < 3 * Crowd.Warm; i++) raw.Case(3, limit);
            return Task.CompletedTask;
        });
        await DrainAsync([desk], "SQLite", FormattableString.Invariant($"{limit.PerSecond:0}/s, one row set per commit"), 2000, null);
    }

    public static async Task PostgresAsync(BenchPostgres server, double seconds)
    {
        SqliteSteps.Heading(FormattableString.Invariant($"{Crowd.Million:#,0} timers due at once, PostgreSQL (fsync on), one node and two"));
        var connection = await server.NewDatabaseAsync();
        var clock = new TickingClock();
        await using var one = await BenchDesk.OpenAsync(DatabaseProvider.Postgres, connection, clock);
        await using var two = await BenchDesk.OpenAsync(DatabaseProvider.Postgres, connection, clock);
        await one.StartAsync(Workloads.Timer);
        await Crowd.IntoPostgresAsync(connection, Crowd.Million);
        await DrainAsync([one], "PostgreSQL, one node", "–", 1500, 10 * seconds);
        await DrainAsync([one, two], "PostgreSQL, two nodes", "–", 1500, null);
    }

    private static async Task<BenchDesk> CrowdedAsync(DataFolder folder, int count)
    {
        await using (var first = await SqliteSteps.OpenAsync(folder))
        {
            await SqliteSteps.WarmAsync(first, deskRows: false);
            await first.StartAsync(Workloads.Timer);
        }

        // Its readers lie in a pool; the file is to be nobody's.
        SqliteConnection.ClearAllPools();
        var file = Path.Combine(folder.Path, "desk.db");
        File.Copy(file, Path.Combine(folder.Path, "small.db"));
        var started = Stopwatch.GetTimestamp();
        Crowd.IntoSqlite(file, count);
        Console.WriteLine(FormattableString.Invariant($"  ({count:#,0} waiting instances made in {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s)"));
        var desk = await SqliteSteps.OpenAsync(folder);
        await SqliteSteps.WarmAsync(desk, deskRows: false);
        return desk;
    }

    /// <param name="seconds">When to leave off; null: not before nothing is due any more.</param>
    private static async Task DrainAsync(BenchDesk[] nodes, string where, string raw, double target, double? seconds)
    {
        var desk = nodes[0];
        var before = await CountsAsync(desk);
        desk.Clock.Advance(TimeSpan.FromHours(2));
        var people = new Samples();
        using var stop = new CancellationTokenSource();
        if (seconds is { } limit) stop.CancelAfter(TimeSpan.FromSeconds(limit));
        var started = Stopwatch.GetTimestamp();
        var drains = Task.WhenAll(nodes.Select(n => Task.Run(() => DrainOneAsync(n, stop.Token))));
        // Somebody at a counter does something every twenty milliseconds.
        while (!drains.IsCompleted)
        {
            await people.TimeAsync(() => desk.StartAsync(Workloads.Straight));
            await Task.Delay(20);
        }

        await drains;
        var elapsed = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var after = await CountsAsync(desk);
        var fired = before.Waiting - after.Waiting;
        var once = after.Finished - before.Finished == fired && after.Twice == 0 && (seconds is not null || after.Waiting == 0);
        var rate = fired / elapsed;
        EngineTable.Add($"1 M timers due at once, {where}", FormattableString.Invariant($"{rate:0}/s ({fired:#,0} in {elapsed:0} s, {(once ? "each once" : "NOT ONCE")}); a person's step meanwhile p50 {people.P50:0.0} p99 {people.P99:0.0} ms"),
            raw, rate, null, "", FormattableString.Invariant($"{target:#,0}/s, each fired once"), rate >= target && once);
    }

    private static async Task DrainOneAsync(BenchDesk desk, CancellationToken ct)
    {
        try
        {
            await desk.Services.GetRequiredService<IDueWork>().DrainAsync(ct);
        }
        catch (OperationCanceledException)
        {
            // Time is up; the rest stays due.
        }
    }

    private static async Task<(long Waiting, long Finished, long Twice)> CountsAsync(BenchDesk desk)
    {
        await using var scope = desk.Services.CreateAsyncScope();
        var connection = scope.ServiceProvider.GetRequiredService<DeskDb>().Database.GetDbConnection();
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT (SELECT count(*) FROM flow_waits WHERE due_at IS NOT NULL),
                   (SELECT count(*) FROM flow_instances WHERE definition_id = 'timer' AND status = 'Finished'),
                   (SELECT count(*) FROM flow_instances WHERE definition_id = 'timer' AND version > 2)
            """;
        command.CommandTimeout = 300;
        await using var row = await command.ExecuteReaderAsync();
        await row.ReadAsync();
        return (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2));
    }
}
