using System.Data;
using BanBuCheng.Desk.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace BanBuCheng.Desk.Backup;

/// <summary>
/// Our own tables of a PostgreSQL database, by the server's COPY in one snapshot, so that no table is younger than another. Hangfire's
/// tables are left out: they hold bells, and bells are hung anew.
/// </summary>
internal static class PostgresCopy
{
    public static async Task<DatabaseFacts> TakeAsync(DeskDb db, HallPlace place, ArchiveWriter archive, CancellationToken ct)
    {
        await using var connection = await OpenAsync(place, ct);
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        var facts = await DatabaseFacts.ReadAsync(connection, snapshot, ct);
        foreach (var table in Tables(db))
        {
            var columns = await ColumnsAsync(connection, snapshot, table, ct);
            var rows = await DatabaseFacts.CountAsync(connection, snapshot, $"SELECT count(*) FROM {Quote(table)}", ct);
            await archive.AddTableAsync(table, columns, rows, async target =>
            {
                await using var copy = await connection.BeginRawBinaryCopyAsync($"COPY {Quote(table)} ({List(columns)}) TO STDOUT (FORMAT BINARY)", ct);
                await copy.CopyToAsync(target, ct);
            });
        }

        return facts;
    }

    /// <returns>How many programs are connected to the database besides this one.</returns>
    public static async Task<long> OthersAsync(HallPlace place, CancellationToken ct)
    {
        await using var connection = await OpenAsync(place, ct);
        return await DatabaseFacts.CountAsync(connection, null,
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'", ct);
    }

    /// <summary>Which of our tables are there already.</summary>
    public static async Task<IReadOnlyList<string>> PresentAsync(DeskDb db, HallPlace place, CancellationToken ct)
    {
        await using var connection = await OpenAsync(place, ct);
        var present = new List<string>();
        foreach (var table in (string[])[.. Tables(db), HistoryRepository.DefaultTableName])
        {
            if (await DatabaseFacts.OneAsync(connection, null, $"SELECT to_regclass('{Quote(table)}')::text", ct) is string) present.Add(table);
        }

        return present;
    }

    /// <summary>
    /// In one transaction: moves the tables that are there into a schema of their own, makes the archive's schema and fills it. Whatever
    /// happens meanwhile, the database is the one before or the one restored.
    /// </summary>
    /// <param name="present">The tables to put aside; none in an empty database.</param>
    /// <param name="aside">Name of the schema for them.</param>
    /// <exception cref="BackupRefusedException">The archive holds a table that its own schema does not know.</exception>
    public static async Task SwapAsync(DeskDb db, HallPlace place, IReadOnlyList<string> present, string aside, ArchiveReader archive, CancellationToken ct)
    {
        var schema = db.GetService<IMigrator>().GenerateScript(toMigration: archive.Manifest.Schema, options: MigrationsSqlGenerationOptions.NoTransactions);
        var server = db.GetService<IRelationalDatabaseCreator>();
        if (!await server.ExistsAsync(ct)) await server.CreateAsync(ct);
        await using var connection = await OpenAsync(place, ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        if (present.Count > 0) await RunAsync(connection, transaction, $"CREATE SCHEMA {Quote(aside)}", ct);
        foreach (var table in present) await RunAsync(connection, transaction, $"ALTER TABLE {Quote(table)} SET SCHEMA {Quote(aside)}", ct);
        await RunAsync(connection, transaction, schema, ct);
        var order = Tables(db);
        foreach (var entry in archive.Manifest.Entries.Where(e => e.Table is not null).OrderBy(e => IndexOf(order, e.Table!)))
        {
            if (!order.Contains(entry.Table!)) throw new BackupRefusedException(BackupRefusal.DamagedArchive, $"备份里的表 {entry.Table} 不是这个系统的。");
            await archive.ReadAsync(entry, async source =>
            {
                await using var copy = await connection.BeginRawBinaryCopyAsync($"COPY {Quote(entry.Table!)} ({List(entry.Columns!)}) FROM STDIN (FORMAT BINARY)", ct);
                await source.CopyToAsync(copy, ct);
            }, ct);
            var rows = await DatabaseFacts.CountAsync(connection, transaction, $"SELECT count(*) FROM {Quote(entry.Table!)}", ct);
            if (rows != entry.Rows) throw new BackupRefusedException(BackupRefusal.DamagedArchive, $"表 {entry.Table} 应有 {entry.Rows} 行，装回来 {rows} 行。");
            await SequencesAsync(connection, transaction, entry, ct);
        }

        await transaction.CommitAsync(ct);
    }

    /// <summary>Counters go on behind the highest number that is there.</summary>
    private static async Task SequencesAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, BackupEntry entry, CancellationToken ct)
    {
        foreach (var column in entry.Columns!)
        {
            if (await DatabaseFacts.OneAsync(connection, transaction, $"SELECT pg_get_serial_sequence('{Quote(entry.Table!)}', '{column}')", ct) is not string sequence) continue;
            await RunAsync(connection, transaction, $"SELECT setval('{sequence}', GREATEST(1, (SELECT COALESCE(max({Quote(column)}), 0) FROM {Quote(entry.Table!)})), (SELECT count(*) > 0 FROM {Quote(entry.Table!)}))", ct);
        }
    }

    /// <summary>The model's tables, those that others refer to first.</summary>
    private static List<string> Tables(DeskDb db)
    {
        var ordered = new List<string>();
        foreach (var type in db.Model.GetEntityTypes()) Add(type);
        return ordered;

        void Add(Microsoft.EntityFrameworkCore.Metadata.IEntityType type)
        {
            if (type.GetTableName() is not { } name || ordered.Contains(name)) return;
            foreach (var key in type.GetForeignKeys().Where(k => k.PrincipalEntityType != type)) Add(key.PrincipalEntityType);
            ordered.Add(name);
        }
    }

    private static int IndexOf(List<string> order, string table) => order.IndexOf(table) is var at and >= 0 ? at : int.MaxValue;

    private static async Task<List<string>> ColumnsAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, string table, CancellationToken ct)
    {
        await using var command = DatabaseFacts.Command(connection, transaction,
            $"SELECT attname FROM pg_attribute WHERE attrelid = to_regclass('{Quote(table)}') AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum");
        await using var rows = await command.ExecuteReaderAsync(ct);
        var columns = new List<string>();
        while (await rows.ReadAsync(ct)) columns.Add(rows.GetString(0));
        return columns;
    }

    private static async Task<NpgsqlConnection> OpenAsync(HallPlace place, CancellationToken ct)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(place.Connection) { Pooling = false, CommandTimeout = 0 }.ConnectionString);
        await connection.OpenAsync(ct);
        return connection;
    }

    private static async Task RunAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, string sql, CancellationToken ct)
    {
        await using var command = DatabaseFacts.Command(connection, transaction, sql);
        await command.ExecuteNonQueryAsync(ct);
    }

    private static string List(IEnumerable<string> columns) => string.Join(", ", columns.Select(Quote));

    private static string Quote(string name) => name.Contains('"', StringComparison.Ordinal) || name.Contains('\'', StringComparison.Ordinal)
        ? throw new BackupRefusedException(BackupRefusal.DamagedArchive, "备份里有一个不像名字的名字。")
        : $"\"{name}\"";
}
