using System.Globalization;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Database.Sqlite.Migrations;
using BanBuCheng.Desk.Inbox;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Xunit;

namespace BanBuCheng.Stories.House;

/// <summary>A SQLite file of before, whose ids and instants lie there as text, is brought up to today's schema and says the same.</summary>
public sealed class OldFilesAreRead : IDisposable
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"old-{Environment.ProcessId}-{Interlocked.Increment(ref _files)}.db");

    private static int _files;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>As EF wrote them: with seven digits, with fewer, with none, and both ends of time.</summary>
    private static readonly DateTime[] Instants =
    [
        new DateTime(2026, 3, 2, 1, 0, 0).AddTicks(1234567), new DateTime(2026, 12, 31, 15, 59, 59).AddMilliseconds(120),
        new DateTime(1969, 12, 31, 23, 59, 59), DateTime.MinValue, DateTime.MaxValue.AddYears(-1000),
    ];

    private string Connection => $"Data Source={_file};Pooling=False";

    [Fact(DisplayName = "旧版本的数据库文件升级以后，每张表、每一行、每个编号和时间都一样")]
    public async Task Every_row_of_every_table_says_the_same()
    {
        var before = await OldFileAsync();
        await using (var db = DatabaseSetup.Open(DatabaseProvider.Sqlite, Connection)) await db.Database.MigrateAsync(Ct);

        Assert.Contains(CompactValues.Changed().SelectMany(t => t.Columns), c => c.IsId);
        foreach (var (table, rows) in before)
        {
            var now = await RowsAsync(table, [.. rows[0].Keys]);
            Assert.Equal([.. rows.Select(Line).Order(StringComparer.Ordinal)], [.. now.Select(Line).Order(StringComparer.Ordinal)]);
        }

        // Nothing of it is text any more, or it would compare with nothing.
        foreach (var (table, columns) in CompactValues.Changed())
            foreach (var (name, isId) in columns)
                Assert.Equal(0L, await OneAsync($"SELECT count(*) FROM \"{table}\" WHERE \"{name}\" IS NOT NULL AND typeof(\"{name}\") <> '{(isId ? "blob" : "integer")}'"));
    }

    [Fact(DisplayName = "旧文件里的待办，升级以后按编号、按时间都找得到")]
    public async Task Old_tasks_are_found_by_id_and_by_time()
    {
        var old = (await OldFileAsync())["inbox_tasks"];
        await using var db = DatabaseSetup.Open(DatabaseProvider.Sqlite, Connection);
        await db.Database.MigrateAsync(Ct);
        foreach (var row in old)
        {
            var id = new Desk.Steps.TaskId(Guid.Parse(row["id"]));
            var task = await db.InboxTasks.AsNoTracking().SingleAsync(t => t.Id == id, Ct);
            Assert.Equal(long.Parse(row["sort_at"], CultureInfo.InvariantCulture), task.SortAt.UtcTicks);
            Assert.Equal(Guid.Parse(row["case_id"]), task.CaseId.Value);
        }

        Assert.Equal([.. Instants.Order().Select(i => i.Ticks)], (await db.InboxTasks.OrderBy(t => t.SortAt).Select(t => t.SortAt).ToListAsync(Ct)).Select(t => t.UtcTicks));
    }

    [Fact(DisplayName = "旧文件里有一个读不懂的编号：不升级，文件原样")]
    public async Task What_cannot_be_read_stops_the_upgrade()
    {
        await OldFileAsync();
        await RunAsync("UPDATE case_notes SET id = 'no id at all' WHERE rowid = 1");
        await using (var db = DatabaseSetup.Open(DatabaseProvider.Sqlite, Connection))
            await Assert.ThrowsAsync<SqliteException>(() => db.Database.MigrateAsync(Ct));
        Assert.Equal("no id at all", await OneAsync("SELECT id FROM case_notes WHERE rowid = 1"));
        Assert.Equal(0L, await OneAsync("SELECT count(*) FROM \"__EFMigrationsHistory\" WHERE migration_id LIKE '%CompactValues'"));
    }

    /// <summary>A file of the schema of before with five rows in every table; what nothing need be in has nothing in every other row.</summary>
    private async Task<Dictionary<string, List<Dictionary<string, string>>>> OldFileAsync()
    {
        await using (var db = DatabaseSetup.Open(DatabaseProvider.Sqlite, Connection)) await db.GetService<IMigrator>().MigrateAsync("DeskGrown", Ct);
        var written = new Dictionary<string, List<Dictionary<string, string>>>();
        var today = CompactValues.Changed().ToDictionary(t => t.Table, t => t.Columns.Select(c => c.Name).ToList());
        await using var connection = new SqliteConnection(Connection);
        await connection.OpenAsync(Ct);
        foreach (var type in new DeskGrown().TargetModel.GetEntityTypes().OrderBy(t => t.GetTableName() == "office_units" ? 0 : 1))
        {
            var table = type.GetTableName()!;
            var columns = type.GetProperties().Select(p => (Name: p.GetColumnName(), Type: p.ClrType, p.IsNullable)).ToList();
            for (var row = 0; row < Instants.Length; row++)
            {
                await using var insert = connection.CreateCommand();
#pragma warning disable CA2100 // Names of the model's tables and columns.
                insert.CommandText = $"INSERT INTO \"{table}\" ({string.Join(", ", columns.Select(c => $"\"{c.Name}\""))}) VALUES ({string.Join(", ", columns.Select((_, i) => $"@p{i}"))})";
#pragma warning restore CA2100
                foreach (var (i, column) in columns.Index())
                    insert.Parameters.AddWithValue($"@p{i}", column.IsNullable && row % 2 == 1 ? DBNull.Value : Value(table, column.Name, column.Type, row));
                await insert.ExecuteNonQueryAsync(Ct);
            }

            if (today.ContainsKey(table)) written[table] = await RowsAsync(table, [.. columns.Select(c => c.Name)]);
        }

        await connection.CloseAsync();
        // What the new schema has not any more is not compared.
        await using (var now = DatabaseSetup.Open(DatabaseProvider.Sqlite, Connection))
            foreach (var (table, rows) in written)
            {
                var kept = now.Model.GetEntityTypes().Single(t => t.GetTableName() == table).GetProperties().Select(p => p.GetColumnName()).ToHashSet();
                foreach (var row in rows)
                    foreach (var gone in row.Keys.Except(kept).ToList()) row.Remove(gone);
            }

        return written;
    }

    private static object Value(string table, string column, Type type, int row) => (table, column) switch
    {
        ("office_units", "code") or ("staff", "unit_code") => $"U{row}",
        ("inbox_tasks", "state") => "Open",
        ("inbox_tasks", "purpose") => nameof(TaskPurpose.Visit),
        ("inbox_tasks", "outcomes") => """["同意"]""",
        _ => (Nullable.GetUnderlyingType(type) ?? type) switch
        {
            { } t when t == typeof(Guid) => new Guid((int)HashCode(table), (short)HashCode(column), (short)row, 0x80, 1, 2, 3, 0xab, 0xcd, 0xef, (byte)row),
            { } t when t == typeof(DateTime) => Instants[row],
            { } t when t == typeof(DateOnly) => new DateOnly(2026, 3, 2 + row),
            { } t when t == typeof(string) => $"{column[..Math.Min(3, column.Length)]}{row}",
            { } t when t == typeof(bool) => row % 2 == 0,
            { } t when t == typeof(byte[]) => new byte[] { 1, 2, 3, (byte)row },
            { } t when t == typeof(TimeOnly) => new TimeOnly(9, row),
            { } t when t == typeof(double) || t == typeof(decimal) => 0.5 + row,
            _ => 10 + row,
        },
    };

    /// <summary>The same in every run.</summary>
    private static uint HashCode(string text) => text.Aggregate(17u, (sum, letter) => sum * 31 + letter);

    private async Task<List<Dictionary<string, string>>> RowsAsync(string table, List<string> columns)
    {
        var ids = CompactValues.Changed().Where(t => t.Table == table).SelectMany(t => t.Columns).ToDictionary(c => c.Name, c => c.IsId);
        await using var connection = new SqliteConnection(Connection);
        await connection.OpenAsync(Ct);
        await using var select = connection.CreateCommand();
#pragma warning disable CA2100 // Names of the model's tables and columns.
        select.CommandText = $"SELECT {string.Join(", ", columns.Select(c => $"\"{c}\""))} FROM \"{table}\"";
#pragma warning restore CA2100
        await using var reader = await select.ExecuteReaderAsync(Ct);
        var rows = new List<Dictionary<string, string>>();
        while (await reader.ReadAsync(Ct))
            rows.Add(columns.Index().ToDictionary(c => c.Item, c => Said(reader.GetValue(c.Index), ids.TryGetValue(c.Item, out var isId) ? isId : null)));
        return rows;
    }

    /// <summary>A value whatever it is written as.</summary>
    private static string Said(object value, bool? isId) => (value, isId) switch
    {
        (DBNull, _) => "nothing",
        (byte[] bytes, true) => new Guid(bytes, bigEndian: true).ToString("D"),
        (string text, true) => Guid.Parse(text).ToString("D"),
        (string text, false) => DateTime.Parse(text, CultureInfo.InvariantCulture).Ticks.ToString(CultureInfo.InvariantCulture),
        (byte[] bytes, _) => Convert.ToHexString(bytes),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Line(Dictionary<string, string> row) => string.Join(" | ", row.OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => $"{c.Key}={c.Value}"));

    private async Task<object?> OneAsync(string sql)
    {
        await using var connection = new SqliteConnection(Connection);
        await connection.OpenAsync(Ct);
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Texts of this test.
        command.CommandText = sql;
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync(Ct);
    }

    private Task<object?> RunAsync(string sql) => OneAsync(sql);

    public void Dispose()
    {
        foreach (var file in Directory.GetFiles(Path.GetTempPath(), Path.GetFileName(_file) + "*")) File.Delete(file);
    }
}
