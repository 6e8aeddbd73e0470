using System.Globalization;
using System.Text.RegularExpressions;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Flows;
using BanBuCheng.Desk.Offices;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Web;
using BanBuCheng.Web.Commands;
using BanBuCheng.Web.Demo;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace BanBuCheng.Bench;

/// <summary>
/// The product's own composition over a SQLite file with very many open cases: the demo's open cases, told through the real steps, then
/// multiplied row by row. Every copy has ids, a number and a telephone of its own and could be worked on like any other.
/// </summary>
internal sealed partial class LargeHall : IAsyncDisposable
{
    public static readonly DateTimeOffset Now = new(2026, 10, 14, 2, 5, 0, TimeSpan.Zero);

    /// <summary>What a case's rows are found by: the case's id, its flows' ids, or the flows' numbers.</summary>
    private static readonly (string Table, string By)[] Tables =
    [
        ("cases", "id = @case"), ("case_journal", "case_id = @case"), ("case_notes", "case_id = @case"), ("case_notices", "case_id = @case"),
        ("case_pauses", "case_id = @case"), ("inbox_tasks", "case_id = @case"), ("outgoing_sms", "case_id = @case"), ("solution_attempts", "case_id = @case"),
        ("case_documents", "case_id = @case"), ("staff_notices", "case_id = @case"), ("agenda_items", "case_id = @case"),
        ("flow_instances", "correlation_id = @correlation"),
        ("flow_waits", "instance_id IN (SELECT id FROM flow_instances WHERE correlation_id = @correlation)"),
    ];

    private readonly DataFolder _folder;
    private readonly WebApplication _app;

    private LargeHall(DataFolder folder, WebApplication app, MovableClock clock) => (_folder, _app, Clock) = (folder, app, clock);

    public MovableClock Clock { get; }
    public IServiceProvider Services => _app.Services;
    public StepDoor Door => Services.GetRequiredService<StepDoor>();
    public string File => Path.Combine(_folder.Path, "desk.db");
    public string Data => _folder.Path;

    public static async Task<LargeHall> OpenAsync(int cases)
    {
        var folder = new DataFolder();
        var clock = new MovableClock();
        clock.MoveTo(Now);
        var hall = new LargeHall(folder, Build(folder.Path, clock), clock);
        await DatabaseUpgrade.RunAsync(hall.Services, default);
        await hall.Door.SendAsync(new SetFact(DeskFacts.Hall, "demo"), Actor.Clock, default);
        await hall.Door.SendAsync(new OpenOffices(DemoPeople.Units, DemoPeople.People), Actor.Clock, default);
        await hall.Services.GetRequiredService<FlowShelf>().ImportAsync(default);
        var past = new MovableClock();
        await using (var desk = DemoDesk.Open(hall.Services, past))
            await new DemoWalk(desk, past, DateOnly.FromDateTime(Now.Date), Now, NullLogger.Instance).RunAsync(_ => Task.CompletedTask, default);
        clock.MoveTo(Now);
        await hall.Door.SendAsync(new SetFact(DeskFacts.Seeding, "24/24"), Actor.Clock, default);
        await hall.MultiplyAsync(cases);
        return hall;
    }

    public async Task<T> ReadAsync<T>(Func<DeskDb, Task<T>> read)
    {
        await using var scope = Services.CreateAsyncScope();
        return await read(scope.ServiceProvider.GetRequiredService<DeskDb>());
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    private static WebApplication Build(string data, MovableClock clock) =>
        HostBuilder.Build([], new HostMode { Data = data, Clock = clock, Alarm = false }, builder => builder.Logging.ClearProviders());

    private async Task MultiplyAsync(int cases)
    {
        // In the lane's turn, as whoever writes: nobody else does meanwhile.
        await using var turn = await Services.GetRequiredService<WriterLane>().EnterAsync(default);
        await using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        Run(connection, "PRAGMA synchronous=OFF; PRAGMA cache_size=-200000; PRAGMA temp_store=MEMORY;");
        var templates = Read(connection, "SELECT id FROM cases WHERE state = 'Open' ORDER BY id").Select(row => new Guid((byte[])row[0]!, bigEndian: true)).Select(id => Template.Of(connection, id)).ToList();
        if (templates.Count == 0) throw new InvalidOperationException("Expected open cases to multiply, but the demo left none.");
        var random = new Random(100_000);
        for (var made = templates.Count; made < cases;)
        {
            using var transaction = connection.BeginTransaction();
            for (var i = 0; i < 5_000 && made < cases; i++, made++) templates[made % templates.Count].Copy(connection, transaction, made, random);
            transaction.Commit();
        }

        // What SQLite itself advises to do from time to time, and what the product does when it upgrades.
        Run(connection, "PRAGMA wal_checkpoint(TRUNCATE);");
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this bench.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    private static List<object?[]> Read(SqliteConnection connection, string sql, Guid? caseId = null)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this bench.
        command.CommandText = sql;
#pragma warning restore CA2100
        if (caseId is { } id)
        {
            // The desk's ids are bytes on SQLite, the engine's are text.
            if (sql.Contains("@case", StringComparison.Ordinal)) command.Parameters.AddWithValue("@case", id.ToByteArray(bigEndian: true));
            if (sql.Contains("@correlation", StringComparison.Ordinal)) command.Parameters.AddWithValue("@correlation", id.ToString("D"));
        }

        using var reader = command.ExecuteReader();
        var rows = new List<object?[]>();
        while (reader.Read())
        {
            var row = new object[reader.FieldCount];
            reader.GetValues(row);
            rows.Add(row);
        }

        return rows;
    }

    /// <summary>All rows of one case, and how to write them again under other names.</summary>
    private sealed partial class Template
    {
        private readonly List<(SqliteCommand Insert, string[] Columns, List<object?[]> Rows)> _tables = [];
        private readonly Dictionary<Guid, int> _ids = [];

        public static Template Of(SqliteConnection connection, Guid caseId)
        {
            var template = new Template();
            foreach (var (table, by) in Tables)
            {
                // A number that the database gives by itself is left to it.
                var columns = Read(connection, $"SELECT name FROM pragma_table_info('{table}') WHERE NOT (pk = 1 AND type = 'INTEGER')").Select(row => (string)row[0]!).ToArray();
                var list = string.Join(", ", columns.Select(c => $"\"{c}\""));
                var insert = connection.CreateCommand();
#pragma warning disable CA2100 // Names of the schema.
                insert.CommandText = $"INSERT INTO {table} ({list}) VALUES ({string.Join(", ", columns.Select((_, i) => $"@p{i}"))})";
#pragma warning restore CA2100
                for (var i = 0; i < columns.Length; i++) insert.Parameters.Add(new SqliteParameter { ParameterName = $"@p{i}" });
                var rows = Read(connection, $"SELECT {list} FROM {table} WHERE {by}", caseId);
                template._tables.Add((insert, columns, rows));
                // Ids that the case's own rows begin with are renewed wherever they are named; people's ids are not among them.
                foreach (var row in rows)
                    if (columns.AsSpan().IndexOf("id") is >= 0 and var id && IdIn(row[id]) is { } own) template._ids.TryAdd(own, template._ids.Count);
            }

            return template;
        }

        public void Copy(SqliteConnection connection, SqliteTransaction transaction, int made, Random random)
        {
            var ids = new Guid[_ids.Count];
            for (var i = 0; i < ids.Length; i++) ids[i] = Guid.CreateVersion7(Now.AddSeconds(-made));
            var index = new byte[16];
            random.NextBytes(index);
            var number = CaseNumber.Make(new DateOnly(2026, 1, 1).AddDays(-made / 9_000), 1 + made % 9_000);
            foreach (var (insert, columns, rows) in _tables)
            {
                insert.Connection = connection;
                insert.Transaction = transaction;
                foreach (var row in rows)
                {
                    for (var i = 0; i < columns.Length; i++)
                    {
                        insert.Parameters[i].Value = columns[i] switch
                        {
                            "submission_key" => Guid.CreateVersion7(Now.AddSeconds(-made)).ToByteArray(bigEndian: true),
                            "phone_index" => index,
                            "number" when row[i] is string => number,
                            // Nobody finishes two tasks in the same instant.
                            "ended_at" when row[i] is long ticks => ticks + made,
                            _ when row[i] is string text && text.Length >= 36 => Renamed(text, ids),
                            _ when row[i] is byte[] { Length: 16 } bytes && _ids.TryGetValue(new Guid(bytes, bigEndian: true), out var at) => ids[at].ToByteArray(bigEndian: true),
                            _ => row[i] ?? DBNull.Value,
                        };
                    }

                    insert.ExecuteNonQuery();
                }
            }
        }

        private string Renamed(string text, Guid[] ids) => Id().Replace(text, match =>
        {
            if (!_ids.TryGetValue(Guid.ParseExact(match.Value, "D"), out var at)) return match.Value;
            var other = ids[at].ToString("D");
            return match.ValueSpan.ContainsAnyInRange('A', 'F') ? other.ToUpper(CultureInfo.InvariantCulture) : other;
        });

        private static Guid? IdIn(object? value) => value switch
        {
            byte[] { Length: 16 } bytes => new Guid(bytes, bigEndian: true),
            string text when Id().Match(text) is { Success: true } match => Guid.ParseExact(match.Value, "D"),
            _ => null,
        };

        [GeneratedRegex("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}")]
        private static partial Regex Id();
    }
}
