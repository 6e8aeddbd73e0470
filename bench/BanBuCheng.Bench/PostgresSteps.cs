using BanBuCheng.Desk.Database;
using BanBuCheng.Engine.Tests.Durable;

namespace BanBuCheng.Bench;

/// <summary>B1 and B2 on PostgreSQL that waits for the disk: one caller, four, and four over two nodes.</summary>
internal static class PostgresSteps
{
    public static async Task RunAsync(BenchPostgres server, double seconds)
    {
        SqliteSteps.Heading("B1 and B2 on PostgreSQL (fsync and synchronous_commit on, loopback)");
        var connection = await server.NewDatabaseAsync();
        var clock = new TickingClock();
        await using var one = await BenchDesk.OpenAsync(DatabaseProvider.Postgres, connection, clock);
        await using var two = await BenchDesk.OpenAsync(DatabaseProvider.Postgres, connection, clock);
        await SqliteSteps.WarmAsync(one);
        await SqliteSteps.WarmAsync(two);
        await using var raw = await RawPostgres.OpenAsync(connection);

        await MeasureAsync("B1", 1, 76, "/s", step: run => node => run.Steps.TimeAsync(() => node.StartAsync(Workloads.Straight)));
        await MeasureAsync("B2", 3, 21, "cases/s (its SQLite)", step: run => node => SqliteSteps.WholeCaseAsync(node, Workloads.Case, 0, run));
        await RoundTripsAsync(server);

        async Task MeasureAsync(string name, int commits, double peer, string unit, Func<Interleaved, Func<BenchDesk, Task>> step)
        {
            var alone = 0.0;
            foreach (var (callers, nodes, what) in new[] { (1, new[] { one }, "1 caller"), (4, [one], "4 callers"), (4, [one, two], "4 callers, two nodes") })
            {
                var run = await Interleaved.RunAsync(seconds / 2, async now =>
                {
                    var (left, act) = (120 / commits, step(now));
                    await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
                    {
                        while (Interlocked.Decrement(ref left) >= 0) await act(nodes[caller % nodes.Length]);
                    })));
                }, samples =>
                {
                    for (var i = 0; i < 120 / commits; i++) raw.Case(commits, samples);
                });
                SqliteSteps.Print(run);
                var rate = run.Steps.PerSecond / commits;
                if (callers == 1) alone = run.OfRaw;
                // Growing: set right by the raw limit (one connection) of each run.
                EngineTable.Add($"{name}, PostgreSQL, {what}", FormattableString.Invariant($"{rate:0}/s, p50 {run.Steps.P50:0.00}  p99 {run.Steps.P99:0.0} ms"), SqliteSteps.Beside(run), rate, peer, unit,
                    callers == 1 ? "10×" : FormattableString.Invariant($"10× and more than one caller ({run.OfRaw / alone:0.00} × by the raw limit)"), rate >= 10 * peer && (callers == 1 || run.OfRaw > alone), run.IsDisturbed);
            }
        }
    }

    private static async Task RoundTripsAsync(BenchPostgres server)
    {
        using var counter = new TurnCounter(server.Port);
        await using var desk = await BenchDesk.OpenAsync(DatabaseProvider.Postgres, await server.NewDatabaseAsync(counter.Port));
        await SqliteSteps.WarmAsync(desk);
        var waiting = await desk.StartAsync(Workloads.Case);
        var (start, resume, rows) = (await TurnsAsync(() => desk.StartAsync(Workloads.Straight)), await TurnsAsync(async () => waiting = await desk.WakeAsync(waiting)), 0);
        rows = await TurnsAsync(() => desk.StartAsync(Workloads.Straight, 2));
        EngineTable.Add("round trips per step, PostgreSQL", $"start {start}, resume {resume}, start with two desk rows {rows}", "1 and 3", resume, null, "", "printed", true);

        async Task<int> TurnsAsync(Func<Task> step)
        {
            var before = counter.Turns;
            await step();
            return counter.Turns - before;
        }
    }
}
