using System.Diagnostics;
using System.Globalization;
using BanBuCheng.Engine;
using BanBuCheng.Engine.Activities;
using BanBuCheng.Engine.Durable;
using BanBuCheng.Engine.Running;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace BanBuCheng.Bench;

/// <summary>
/// Durable steps on SQLite (WAL, synchronous=FULL), one caller: through the engine, and beside it in turns the same rows by native prepared
/// commands. Disks differ and are shared, so the ratio is the figure to look at.
/// </summary>
internal static class Durable
{
    private const int Block = 200;
    private const string Pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-64000; PRAGMA wal_autocheckpoint=4000;";

    public static async Task RunAsync(string[] args)
    {
        var seconds = args.Length > 1 ? double.Parse(args[1], CultureInfo.InvariantCulture) : 6;
        Console.WriteLine($"SQLite, WAL, synchronous=FULL, one caller, {seconds:0} s of each in blocks of {Block}");
        await MeasureAsync("B1: start to end in one commit (5 boxes, 3 scripts)", "b1", 1, seconds);
        await MeasureAsync("B2: event, timer, end: three commits (6 boxes, 3 scripts)", "b2", 3, seconds);
    }

    private static async Task MeasureAsync(string title, string definition, int commits, double seconds)
    {
        var directory = Directory.CreateTempSubdirectory("bench-").FullName;
        try
        {
            await using var flows = await Engine.OpenAsync(Path.Combine(directory, "flows.db"));
            await flows.CaseAsync(definition, []);
            await using var raw = new Raw(Path.Combine(directory, "raw.db"), await flows.SampleAsync());

            List<double> engineMs = [], rawMs = [];
            for (var i = 0; i < 3 * Block; i++)
            {
                await flows.CaseAsync(definition, []);
                raw.Case(commits, []);
            }
            var (bytes, cpu) = (0L, TimeSpan.Zero);
            var until = Stopwatch.GetTimestamp() + (long)(2 * seconds * Stopwatch.Frequency);
            while (Stopwatch.GetTimestamp() < until)
            {
                var (bytesBefore, cpuBefore) = (GC.GetTotalAllocatedBytes(), Process.GetCurrentProcess().TotalProcessorTime);
                for (var i = 0; i < Block; i++) await flows.CaseAsync(definition, engineMs);
                bytes += GC.GetTotalAllocatedBytes() - bytesBefore;
                cpu += Process.GetCurrentProcess().TotalProcessorTime - cpuBefore;
                for (var i = 0; i < Block; i++) raw.Case(commits, rawMs);
            }

            Console.WriteLine();
            Console.WriteLine(title);
            var engineRate = Print("engine", engineMs);
            var rawRate = Print("native", rawMs);
            Console.WriteLine($"  engine / native {engineRate / rawRate:0.00}   cases {engineRate / commits:0}/s   per commit: {bytes / 1024.0 / engineMs.Count:0.0} KB allocated, " +
                $"{cpu.TotalMicroseconds / engineMs.Count:0} µs CPU   per case: {cpu.TotalMilliseconds / engineMs.Count * commits:0.00} ms CPU");
            Console.WriteLine($"  of the memory: context and transaction {await flows.EmptyStepAsync():0.0} KB, interpreter over a store in memory {await Engine.InMemoryAsync(definition) / commits:0.0} KB per commit");
            Console.WriteLine($"  {await flows.DiskAsync()}");
            if (Percentile(rawMs, 0.99) > 5 * Percentile(rawMs, 0.5)) Console.WriteLine("  disk disturbed: the native p99 exceeds five times its p50; repeat");
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            Directory.Delete(directory, true);
        }
    }

    private static double Print(string name, List<double> ms)
    {
        var rate = 1000 * ms.Count / ms.Sum();
        Console.WriteLine($"  {name}  {rate,6:0} commits/s   p50 {Percentile(ms, 0.5):0.000}  p95 {Percentile(ms, 0.95):0.000}  p99 {Percentile(ms, 0.99):0.000}  max {ms.Max():0.0} ms");
        return rate;
    }

    private static double Percentile(List<double> ms, double share)
    {
        var sorted = ms.Order().ToList();
        return sorted[(int)(share * (sorted.Count - 1))];
    }

    private sealed class BenchDb(DbContextOptions<BenchDb> options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.AddFlowTables();
    }

    private sealed class MovedClock : TimeProvider
    {
        private DateTimeOffset _now = new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => _now;

        public void Advance(TimeSpan by) => _now += by;
    }

    /// <summary>A host as small as can be: one connection kept open, a context and a store per step.</summary>
    private sealed class Engine(SqliteConnection connection) : IAsyncDisposable
    {
        private readonly MovedClock _clock = new();
        private readonly DefinitionTexts _texts = new();
        private readonly PooledDbContextFactory<BenchDb> _contexts =
            new(new DbContextOptionsBuilder<BenchDb>().UseSqlite(connection).EnableThreadSafetyChecks(false).Options);
        private FlowHost? _host;
        private int _cases;

        public static async Task<Engine> OpenAsync(string file)
        {
            var connection = new SqliteConnection($"Data Source={file}");
            await connection.OpenAsync();
            await using (var command = connection.CreateCommand())
            {
                command.CommandText = Pragmas;
                await command.ExecuteNonQueryAsync();
            }
            var engine = new Engine(connection);
            await using (var db = await engine._contexts.CreateDbContextAsync()) await db.Database.EnsureCreatedAsync();
            engine._host = new FlowHost(new ActivityCatalogue(BuiltIn.Descriptors), engine._clock, new FlowOptions());
            foreach (var document in new[] { B1, B2 })
                await engine.StepAsync(async (_, store) =>
                {
                    var flows = new FlowEngine(engine._host, store, NoServices.Instance);
                    var draft = await flows.ImportDraftAsync(document, default);
                    await flows.PublishAsync(draft.DefinitionId, default);
                    return 0;
                }, []);
            return engine;
        }

        public async Task CaseAsync(string definition, List<double> ms)
        {
            var id = await StepAsync(async (flows, _) => await flows.StartAsync(
                new FlowStart(definition) { CorrelationId = "0198f3aa-bbcc-7dde-8fff-" + (++_cases).ToString("D12", CultureInfo.InvariantCulture) }, default), ms);
            if (definition == "b1") return;
            var wait = await WaitOfAsync(id!.Value);
            await StepAsync((flows, _) => flows.WakeAsync(wait, null, default), ms);
            _clock.Advance(TimeSpan.FromSeconds(2));
            var timer = await WaitOfAsync(id.Value);
            if (!await StepAsync((flows, _) => flows.FireTimerAsync(timer, default), ms)) throw new InvalidOperationException("The timer did not fire.");
        }

        public async Task<(string Open, string Log)> SampleAsync()
        {
            await using var command = connection.CreateCommand();
            command.CommandText = "SELECT data FROM flow_log ORDER BY id DESC LIMIT 1";
            return (new string('s', 220), (string)(await command.ExecuteScalarAsync())!);
        }

        public async Task<string> DiskAsync()
        {
            await using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE); SELECT (SELECT page_count * page_size FROM pragma_page_count, pragma_page_size) * 1.0 / count(*) FROM flow_instances";
            await using var reader = await command.ExecuteReaderAsync();
            await reader.NextResultAsync();
            await reader.ReadAsync();
            return $"{reader.GetDouble(0) / 1024:0.0} KB on disk per finished case";
        }

        /// <summary>KB of a step in which nothing happens.</summary>
        public async Task<double> EmptyStepAsync()
        {
            const int times = 500;
            var before = GC.GetTotalAllocatedBytes(true);
            for (var i = 0; i < times; i++) await StepAsync((_, _) => new ValueTask<int>(0), []);
            return (GC.GetTotalAllocatedBytes(true) - before) / 1024.0 / times;
        }

        /// <summary>KB of a whole case without any database.</summary>
        public static async Task<double> InMemoryAsync(string definition)
        {
            const int times = 500;
            var clock = new MovedClock();
            var host = new FlowHost(new ActivityCatalogue(BuiltIn.Descriptors), clock, new FlowOptions());
            var store = new MemoryFlowStore { KeepsJournal = false };
            await new FlowEngine(host, store, NoServices.Instance).ImportDraftAsync(definition == "b1" ? B1 : B2, default);
            await new FlowEngine(host, store, NoServices.Instance).PublishAsync(definition, default);
            var before = 0L;
            for (var i = -50; i < times; i++)
            {
                if (i == 0) before = GC.GetTotalAllocatedBytes(true);
                var instance = await new FlowEngine(host, store, NoServices.Instance).StartAsync(new StartRequest(definition), default);
                while (store.WaitsOf(instance!.Id) is [{ } wait, ..])
                {
                    clock.Advance(TimeSpan.FromSeconds(2));
                    await new FlowEngine(host, store, NoServices.Instance).WakeAsync(wait.Id, null, default);
                }
            }
            return (GC.GetTotalAllocatedBytes(true) - before) / 1024.0 / times;
        }

        public async ValueTask DisposeAsync() => await connection.DisposeAsync();

        private async Task<Guid> WaitOfAsync(Guid instance)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = "SELECT id FROM flow_waits WHERE instance_id = @id";
            command.Parameters.AddWithValue("@id", instance);
            return Guid.Parse((string)(await command.ExecuteScalarAsync())!);
        }

        private async Task<T> StepAsync<T>(Func<IFlows, DbFlowStore, ValueTask<T>> act, List<double> ms)
        {
            var started = Stopwatch.GetTimestamp();
            await using var db = await _contexts.CreateDbContextAsync();
            var store = new DbFlowStore(db, _clock, _texts);
            await using var transaction = await db.Database.BeginTransactionAsync();
            var result = await act(new Flows(_host!, store, NoServices.Instance), store);
            await store.FlushAsync(default);
            await transaction.CommitAsync();
            ms.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            return result;
        }

        private const string B1 = """
            { "id": "b1-v1", "definitionId": "b1", "name": "b1", "version": 1, "variables": [{ "id": "n", "name": "n", "typeName": "Int32", "value": "0", "storageDriverTypeName": "WorkflowInstanceStorageDriver" }],
              "root": { "id": "main", "type": "Elsa.Sequence", "activities": [
                { "id": "s1", "type": "Elsa.SetVariable", "variable": { "id": "n", "name": "n" }, "value": { "typeName": "Object", "expression": { "type": "JavaScript", "value": "getVariable('n') + 1" } } },
                { "id": "s2", "type": "Elsa.SetVariable", "variable": { "id": "n", "name": "n" }, "value": { "typeName": "Object", "expression": { "type": "JavaScript", "value": "getVariable('n') * 2" } } },
                { "id": "l1", "type": "Elsa.WriteLine", "text": { "typeName": "String", "expression": { "type": "Literal", "value": "办件" } } },
                { "id": "l2", "type": "Elsa.WriteLine", "text": { "typeName": "String", "expression": { "type": "JavaScript", "value": "'n=' + getVariable('n')" } } },
                { "id": "l3", "type": "Elsa.WriteLine", "text": { "typeName": "String", "expression": { "type": "Literal", "value": "完" } } } ] } }
            """;

        private const string B2 = """
            { "id": "b2-v1", "definitionId": "b2", "name": "b2", "version": 1, "variables": [{ "id": "n", "name": "n", "typeName": "Int32", "value": "0", "storageDriverTypeName": "WorkflowInstanceStorageDriver" }],
              "root": { "id": "main", "type": "Elsa.Sequence", "activities": [
                { "id": "s1", "type": "Elsa.SetVariable", "variable": { "id": "n", "name": "n" }, "value": { "typeName": "Object", "expression": { "type": "JavaScript", "value": "getVariable('n') + 1" } } },
                { "id": "e", "type": "Elsa.Event", "eventName": { "typeName": "String", "expression": { "type": "Literal", "value": "go" } } },
                { "id": "s2", "type": "Elsa.SetVariable", "variable": { "id": "n", "name": "n" }, "value": { "typeName": "Object", "expression": { "type": "JavaScript", "value": "getVariable('n') * 2" } } },
                { "id": "d", "type": "Elsa.Delay", "timeSpan": { "typeName": "TimeSpan", "expression": { "type": "Literal", "value": "00:00:01" } } },
                { "id": "l", "type": "Elsa.WriteLine", "text": { "typeName": "String", "expression": { "type": "JavaScript", "value": "'n=' + getVariable('n')" } } } ] } }
            """;
    }

    /// <summary>The same rows and reads by prepared commands of the driver and nothing else: the limit.</summary>
    private sealed class Raw : IAsyncDisposable
    {
        private readonly SqliteConnection _connection;
        private readonly SqliteCommand _begin, _commit, _insert, _update, _load, _wait, _addWait, _dropWait, _log;
        private readonly string _state;
        private readonly string _entry;
        private int _cases;

        public Raw(string file, (string State, string Log) sample)
        {
            (_state, _entry) = sample;
            _connection = new SqliteConnection($"Data Source={file}");
            _connection.Open();
            Make(Pragmas).ExecuteNonQuery();
            using (var db = new BenchDb(new DbContextOptionsBuilder<BenchDb>().UseSqlite(_connection).Options)) db.Database.EnsureCreated();
            _begin = Make("BEGIN IMMEDIATE");
            _commit = Make("COMMIT");
            _insert = Make("INSERT INTO flow_instances (id, definition_id, definition_version_id, definition_version, version, correlation_id, status, sub_status, created_at, updated_at, finished_at, state, open_incidents, journal_length) " +
                "VALUES ($id, 'b', 'b-v1', 1, 1, $c, $status, 'Suspended', '2026-03-02 01:00:00', '2026-03-02 01:00:00', $f, $state, 0, 12)", "$id", "$c", "$status", "$f", "$state");
            _update = Make("UPDATE flow_instances SET version = version + 1, sub_status = 'Suspended', updated_at = '2026-03-02 01:00:00', state = $state, journal_length = 12, status = $status WHERE id = $id", "$id", "$state", "$status");
            _load = Make("SELECT * FROM flow_instances WHERE id = $id", "$id");
            _wait = Make("SELECT * FROM flow_waits WHERE id = $id", "$id");
            _addWait = Make("INSERT INTO flow_waits (id, instance_id, name, hash, payload, activity_id, node_path, execution, due_at, created_at) " +
                "VALUES ($id, $i, 'Elsa.Event', $hash, '{\"eventName\":\"go\"}', 'e', 'main/e', 3, $due, '2026-03-02 01:00:00')", "$id", "$i", "$hash", "$due");
            _dropWait = Make("DELETE FROM flow_waits WHERE id = $id", "$id");
            _log = Make("INSERT INTO flow_log (instance_no, first_seq, count, at, data) SELECT no, $first, 6, '2026-03-02 01:00:00', $data FROM flow_instances WHERE id = $id", "$id", "$first", "$data");
        }

        public void Case(int commits, List<double> ms)
        {
            var id = Guid.CreateVersion7(new DateTimeOffset(2026, 3, 2, 1, 0, 0, TimeSpan.Zero).AddMilliseconds(++_cases));
            var wait = id;
            for (var step = 0; step < commits; step++)
            {
                var started = Stopwatch.GetTimestamp();
                _begin.ExecuteNonQuery();
                var last = step == commits - 1;
                if (step == 0)
                {
                    Run(_insert, id, id.ToString(), last ? "Finished" : "Running", last ? "2026-03-02 01:00:00" : DBNull.Value, last ? "{}" : _state);
                }
                else
                {
                    Read(_load, id);
                    Read(_wait, wait);
                    Run(_update, id, last ? "{}" : _state, last ? "Finished" : "Running");
                    Run(_dropWait, wait);
                }
                if (!last)
                {
                    wait = Guid.CreateVersion7(new DateTimeOffset(2026, 3, 2, 1, 0, 0, TimeSpan.Zero).AddMilliseconds(++_cases));
                    Run(_addWait, wait, id, new string('a', 64), step == 1 ? "2026-03-02 01:00:01" : DBNull.Value);
                }
                Run(_log, id, step * 6, _entry);
                _commit.ExecuteNonQuery();
                ms.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }
        }

        public async ValueTask DisposeAsync() => await _connection.DisposeAsync();

        private SqliteCommand Make(string text, params string[] parameters)
        {
            var command = _connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this file.
            command.CommandText = text;
#pragma warning restore CA2100
            foreach (var name in parameters) command.Parameters.Add(new SqliteParameter { ParameterName = name });
            return command;
        }

        private static void Run(SqliteCommand command, params object[] values)
        {
            for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i];
            command.ExecuteNonQuery();
        }

        private static void Read(SqliteCommand command, Guid id)
        {
            command.Parameters[0].Value = id;
            using var reader = command.ExecuteReader();
            while (reader.Read()) _ = reader.GetString(1);
        }
    }
}
