using System.Data.Common;
using System.Globalization;
using BanBuCheng.Desk.Cases;

namespace BanBuCheng.Desk.Backup;

/// <summary>What a manifest says about the copied database, read inside the copy or its snapshot.</summary>
internal sealed record DatabaseFacts(string Schema, int Cases, int OpenCases, long JournalRows, JournalAnchor? Checkpoint)
{
    public static async Task<DatabaseFacts> ReadAsync(DbConnection connection, DbTransaction? transaction, CancellationToken ct) => new(
        (string)(await OneAsync(connection, transaction, "SELECT migration_id FROM \"__EFMigrationsHistory\" ORDER BY migration_id DESC LIMIT 1", ct))!,
        (int)await CountAsync(connection, transaction, "SELECT count(*) FROM cases", ct),
        (int)await CountAsync(connection, transaction, "SELECT count(*) FROM cases WHERE state <> 'Closed'", ct),
        await CountAsync(connection, transaction, "SELECT count(*) FROM case_journal", ct),
        await CheckpointAsync(connection, transaction, ct));

    public static async Task<long> CountAsync(DbConnection connection, DbTransaction? transaction, string sql, CancellationToken ct) =>
        Convert.ToInt64(await OneAsync(connection, transaction, sql, ct), CultureInfo.InvariantCulture);

    public static async Task<object?> OneAsync(DbConnection connection, DbTransaction? transaction, string sql, CancellationToken ct)
    {
        await using var command = Command(connection, transaction, sql);
        return await command.ExecuteScalarAsync(ct);
    }

    public static DbCommand Command(DbConnection connection, DbTransaction? transaction, string sql)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
#pragma warning disable CA2100 // Texts of this room; names in them are the database's own, quoted.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command;
    }

    private static async Task<JournalAnchor?> CheckpointAsync(DbConnection connection, DbTransaction? transaction, CancellationToken ct)
    {
        await using var command = Command(connection, transaction, "SELECT id, at, hash FROM journal_checkpoints ORDER BY id DESC LIMIT 1");
        await using var rows = await command.ExecuteReaderAsync(ct);
        if (!await rows.ReadAsync(ct)) return null;
        // SQLite: ticks; an archive of an older program may still have text there.
        var at = new DateTimeOffset(rows.GetValue(1) is long ticks ? new DateTime(ticks, DateTimeKind.Utc) : DateTime.SpecifyKind(rows.GetDateTime(1), DateTimeKind.Utc));
        return new JournalAnchor(rows.GetInt64(0), at, Convert.ToHexString(rows.GetFieldValue<byte[]>(2)));
    }
}
