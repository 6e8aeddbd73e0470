using BanBuCheng.Desk.Database;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace BanBuCheng.Bench;

/// <summary>Durable steps on SQLite (WAL, synchronous=FULL): B1, B2, B3, what they cost, and what they leave on the disk.</summary>
internal static class SqliteSteps
{
    private const int Block = 120;

    public static async Task B1Async(double seconds)
    {
        using var folder = new DataFolder();
        await using var desk = await OpenAsync(folder);
        await WarmAsync(desk);
        using var raw = Raw(folder, 0);
        Heading("B1: start to end in one commit (5 boxes, 3 scripts), through the door");

        var one = await Interleaved.RunAsync(seconds, run => CallersAsync(1, () => run.Steps.TimeAsync(() => desk.StartAsync(Workloads.Straight))), samples => Many(Block, () => raw.Case(1, samples)));
        Print(one);
        EngineTable.Add("B1, SQLite, one caller", one.Steps.ToString(), Beside(one), one.Steps.PerSecond, 75, "/s", "2,500/s and half of the raw limit",
            one.Steps.PerSecond >= 2500 && one.OfRaw >= 0.5, one.IsDisturbed);
        EngineTable.Add("allocated per durable step, engine rows (B1)", $"{one.Steps.KbEach:0.0} KB", "–", one.Steps.KbEach, 1500, "KB per instance", "under 40 KB", one.Steps.KbEach < 40, lessIsBetter: true);

        var four = await Interleaved.RunAsync(seconds, run => CallersAsync(4, () => run.Steps.TimeAsync(() => desk.StartAsync(Workloads.Straight))), samples => Many(Block, () => raw.Case(1, samples)));
        Print(four);
        // The disk changes from run to run, so one caller is set right by the raw limit before it is compared with four.
        var more = four.OfRaw / one.OfRaw;
        EngineTable.Add("B1, SQLite, four callers", four.Steps.ToString(), Beside(four), four.Steps.PerSecond, 12, "/s",
            FormattableString.Invariant($"1.2 × one caller ({more:0.00} × by the raw limit), worst wait under 20 × p50 ({four.Steps.Max / four.Steps.P50:0.0} ×)"),
            more >= 1.2 && four.Steps.Max < 20 * four.Steps.P50, four.IsDisturbed);
        Console.WriteLine($"  statements per step: {await StatementsAsync(desk, () => desk.StartAsync(Workloads.Straight)):0.0}; log file {LogMb(folder):0.0} MB");
        Console.WriteLine($"  a step in which nothing happens: {await KbOfNothingAsync(desk):0.0} KB");
    }

    public static async Task B2Async(double seconds)
    {
        using var folder = new DataFolder();
        await using var desk = await OpenAsync(folder);
        await WarmAsync(desk);
        Heading("B2: start and two resumes, three commits (6 boxes, 3 expressions), through the door");
        await CaseAsync(desk, 0, seconds, folder, 600, (b2, cases) =>
        {
            EngineTable.Add("B2, resume p99, SQLite", FormattableString.Invariant($"p50 {b2.Resumes.P50:0.000}  p99 {b2.Resumes.P99:0.00} ms"), FormattableString.Invariant($"p99 {b2.Raw.P99:0.00} ms"), b2.Resumes.P99, 31, "ms",
                "under 1.5 ms or 3 × the raw step's", b2.Resumes.P99 < 1.5 || b2.Resumes.P99 < 3 * b2.Raw.P99, b2.IsDisturbed, lessIsBetter: true);
            EngineTable.Add("CPU per B2 case", $"{b2.Steps.CpuMsEach * 3:0.00} ms", $"{b2.Raw.CpuMsEach * 3:0.00} ms", b2.Steps.CpuMsEach * 3, 47, "ms", "under 1.5 ms", b2.Steps.CpuMsEach * 3 < 1.5, lessIsBetter: true);
            EngineTable.Add("allocated per durable step, engine rows (B2)", $"{b2.Steps.KbEach:0.0} KB", "–", b2.Steps.KbEach, 1900, "KB per resume", "under 40 KB", b2.Steps.KbEach < 40, lessIsBetter: true);
        });
        await CaseAsync(desk, 2, seconds, folder, 420, (_, _) => { });
        await CaseAsync(desk, 4, seconds / 2, folder, 0, (b2, _) =>
            EngineTable.Add("allocated per durable step with four desk rows", $"{b2.Steps.KbEach:0.0} KB", "–", b2.Steps.KbEach, 300, "KB per activity", "under 90 KB", b2.Steps.KbEach < 90, lessIsBetter: true));
        Console.WriteLine($"  statements: start {await StatementsAsync(desk, () => desk.StartAsync(Workloads.Case)):0.0}, log file {LogMb(folder):0.0} MB");
    }

    /// <summary>B2 while many others wait.</summary>
    public static async Task<Interleaved> B3Async(BenchDesk desk, DataFolder folder, double seconds, int waiting, Interleaved? b2)
    {
        Heading(FormattableString.Invariant($"B3: B2 with {waiting:#,0} waiting (file {new FileInfo(Path.Combine(folder.Path, "desk.db")).Length / 1048576} MB)"));
        using var raw = Raw(folder, 0, small: true);
        var b3 = await RunCasesAsync(desk, 0, seconds, raw);
        Print(b3);
        // The disk changes from run to run; both are set right by the raw limit of their own run.
        var (p50, rate) = b2 is null ? (0, 0) : (b3.Resumes.P50 / b3.Raw.P50 / (b2.Resumes.P50 / b2.Raw.P50), b3.OfRaw / b2.OfRaw);
        var met = b2 is not null && p50 < 1.2 && rate > 0.7 && (waiting < Crowd.Million || b3.Resumes.P99 < 3);
        EngineTable.Add(FormattableString.Invariant($"B3, resume with {waiting:#,0} waiting"), FormattableString.Invariant($"resume p50 {b3.Resumes.P50:0.000}  p99 {b3.Resumes.P99:0.00} ms, {b3.Steps.PerSecond / 3:0} cases/s"), Beside(b3), b3.Resumes.P50, 14, "ms p50",
            FormattableString.Invariant($"p50 within 20 % of B2 ({p50:0.00} ×), throughput within 30 % ({rate:0.00} ×){(waiting < Crowd.Million ? "" : ", p99 under 3 ms")}"), met, b3.IsDisturbed, lessIsBetter: true);
        return b3;
    }

    public static async Task DiskAsync()
    {
        using var folder = new DataFolder();
        await using (var desk = await OpenAsync(folder))
        {
            Heading("Disk per case, after the log was copied into the file");
            var (cases, longs) = (20 * Crowd.Warm, Crowd.Warm);
            var empty = await SizeAsync(desk, folder);
            for (var i = 0; i < cases; i++) await WholeCaseAsync(desk, Workloads.Case, 0, null);
            var afterB2 = await SizeAsync(desk, folder);
            var before = TableSizes(desk);
            for (var i = 0; i < longs; i++)
            {
                // Each wait is a task that somebody does.
                var at = await desk.StartAsync(Workloads.Long, BenchStep.ATask);
                for (var task = 1; task <= 40; task++) at = await desk.WakeAsync(at, BenchStep.ATask);
            }

            var afterLong = await SizeAsync(desk, folder);
            var (b2, longOne) = ((afterB2 - empty) / 1024.0 / cases, (afterLong - afterB2) / 1024.0 / longs);
            foreach (var (name, bytes) in TableSizes(desk).Select(t => (t.Key, t.Value - before.GetValueOrDefault(t.Key))).OrderByDescending(t => t.Item2).Take(9))
                Console.WriteLine(FormattableString.Invariant($"  of a 40-step case: {bytes / 1024.0 / longs,6:0.00} KB {name}"));
            EngineTable.Add("disk per finished B2 case, logs readable", $"{b2:0.0} KB", "–", b2, 22, "KB", "under 4 KB", b2 < 4, lessIsBetter: true);
            EngineTable.Add("40-step case on disk, its 40 tasks included", $"{longOne:0.0} KB", "–", longOne, null, "", "under 18 KB", longOne < 18, lessIsBetter: true);
        }
    }

    public static Task<BenchDesk> OpenAsync(DataFolder folder) => BenchDesk.OpenAsync(DatabaseProvider.Sqlite, DatabaseSetup.SqliteFile(folder.Path));

    /// <summary>One of each, so that everything is compiled and the raw limit finds rows to copy.</summary>
    public static async Task WarmAsync(BenchDesk desk, bool deskRows = true)
    {
        for (var i = 0; i < Crowd.Warm; i++)
        {
            await desk.StartAsync(Workloads.Straight, deskRows ? i % 5 : 0);
            await WholeCaseAsync(desk, Workloads.Case, deskRows ? i % 5 : 0, null);
        }

        await desk.StartAsync(Workloads.Case, deskRows ? 4 : 0);
    }

    /// <summary>The raw limit writes into a copy of the file; a small one is made for a large file.</summary>
    public static RawSqlite Raw(DataFolder folder, int deskRows, bool small = false)
    {
        var file = Path.Combine(folder.Path, FormattableString.Invariant($"raw-{Directory.GetFiles(folder.Path).Length}.db"));
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder.Path, small ? "small.db" : "desk.db")};Pooling=False");
        connection.Open();
        using var copy = connection.CreateCommand();
        copy.CommandText = "VACUUM INTO $file";
        copy.Parameters.AddWithValue("$file", file);
        copy.ExecuteNonQuery();
        return new RawSqlite(file, deskRows);
    }

    public static async Task<Interleaved> RunCasesAsync(BenchDesk desk, int deskRows, double seconds, RawSqlite raw) => await Interleaved.RunAsync(seconds,
        async run =>
        {
            for (var i = 0; i < Block / 3; i++) await WholeCaseAsync(desk, Workloads.Case, deskRows, run);
        },
        samples => Many(Block / 3, () => raw.Case(3, samples)));

    public static void Heading(string text)
    {
        Console.WriteLine();
        Console.WriteLine(text);
    }

    public static string Beside(Interleaved run) => FormattableString.Invariant($"{run.Raw.PerSecond:0}/s, p99 {run.Raw.P99:0.00} ms: {run.OfRaw:0.00}");

    public static async Task CallersAsync(int callers, Func<Task> step)
    {
        var left = Block;
        await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Decrement(ref left) >= 0) await step();
        })));
    }

    public static void Print(Interleaved run)
    {
        Console.WriteLine($"  engine  {run.Steps}   {run.Steps.KbEach:0.0} KB, {run.Steps.CpuMsEach * 1000:0} µs CPU each");
        Console.WriteLine($"  raw     {run.Raw}   engine / raw {run.OfRaw:0.00}{(run.IsDisturbed ? "   disk disturbed" : "")}");
    }

    public static async Task WholeCaseAsync(BenchDesk desk, string definition, int deskRows, Interleaved? run)
    {
        var steps = run?.Steps ?? new Samples();
        var at = await steps.TimeAsync(() => desk.StartAsync(definition, deskRows));
        for (var resume = 0; resume < 2; resume++)
        {
            var waiting = at;
            var started = System.Diagnostics.Stopwatch.GetTimestamp();
            at = await desk.WakeAsync(waiting, deskRows);
            var ms = System.Diagnostics.Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            steps.Add(ms);
            run?.Resumes.Add(ms);
        }
    }

    private static async Task CaseAsync(BenchDesk desk, int deskRows, double seconds, DataFolder folder, double target, Action<Interleaved, double> more)
    {
        using var raw = Raw(folder, deskRows);
        var b2 = await RunCasesAsync(desk, deskRows, seconds, raw);
        Console.WriteLine($"  with {deskRows} desk rows in each step:");
        Print(b2);
        var cases = b2.Steps.PerSecond / 3;
        if (target > 0)
            EngineTable.Add(deskRows == 0 ? "B2, whole cases, SQLite, engine alone" : $"B2, whole cases, SQLite, {deskRows} desk rows in each step",
                FormattableString.Invariant($"{cases:0} cases/s, p99 {b2.Steps.P99:0.00} ms"), Beside(b2), cases, 21, "cases/s", FormattableString.Invariant($"{target:0}/s"), cases >= target, b2.IsDisturbed);
        if (deskRows == 0) LastB2 = b2;
        more(b2, cases);
    }

    /// <summary>What B3 is compared with.</summary>
    public static Interleaved? LastB2 { get; private set; }

    private static void Many(int times, Action work)
    {
        for (var i = 0; i < times; i++) work();
    }

    private static async Task<double> StatementsAsync(BenchDesk desk, Func<Task> step)
    {
        var count = 0;
        strdelegate_trace counts = (_, _) => count++;
        raw.sqlite3_trace(desk.Lane.Connection.Handle, counts, null);
        for (var i = 0; i < 10; i++) await step();
        raw.sqlite3_trace(desk.Lane.Connection.Handle, (strdelegate_trace?)null, null);
        return count / 10.0;
    }

    private static async Task<double> KbOfNothingAsync(BenchDesk desk)
    {
        const int times = 300;
        var before = GC.GetTotalAllocatedBytes(true);
        for (var i = 0; i < times; i++) await desk.EmptyAsync();
        return (GC.GetTotalAllocatedBytes(true) - before) / 1024.0 / times;
    }

    private static double LogMb(DataFolder folder) => new FileInfo(Path.Combine(folder.Path, "desk.db-wal")).Length / 1048576.0;

    /// <summary>Bytes of each table and index; empty where SQLite was built without that question.</summary>
    private static Dictionary<string, long> TableSizes(BenchDesk desk)
    {
        var sizes = new Dictionary<string, long>();
        try
        {
            using var command = desk.Lane.Connection.CreateCommand();
            command.CommandText = "SELECT name, sum(pgsize) FROM dbstat GROUP BY name";
            using var rows = command.ExecuteReader();
            while (rows.Read()) sizes[rows.GetString(0)] = rows.GetInt64(1);
        }
        catch (SqliteException)
        {
            Console.WriteLine("  (this SQLite does not tell what its pages are used for)");
        }

        return sizes;
    }

    private static async Task<long> SizeAsync(BenchDesk desk, DataFolder folder)
    {
        await using var turn = await desk.Lane.EnterAsync(default);
        await using var command = desk.Lane.Connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        await command.ExecuteNonQueryAsync();
        return new FileInfo(Path.Combine(folder.Path, "desk.db")).Length;
    }
}
