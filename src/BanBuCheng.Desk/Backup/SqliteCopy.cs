using Microsoft.Data.Sqlite;

namespace BanBuCheng.Desk.Backup;

/// <summary>
/// The embedded database as one file. VACUUM INTO reads one snapshot of the write-ahead log on a connection of its own: writers go on
/// meanwhile, and nothing of theirs is half inside.
/// </summary>
internal static class SqliteCopy
{
    public static async Task<DatabaseFacts> TakeAsync(HallPlace place, string copy, CancellationToken ct)
    {
        await using (var live = await OpenAsync(place.Connection, ct))
        await using (var vacuum = live.CreateCommand())
        {
            vacuum.CommandText = "VACUUM INTO $copy";
            vacuum.Parameters.AddWithValue("$copy", copy);
            vacuum.CommandTimeout = 0; // as long as it takes
            await vacuum.ExecuteNonQueryAsync(ct);
        }

        return await ReadAsync(copy, ct);
    }

    /// <summary>Reads a copy's facts after looking it over.</summary>
    /// <exception cref="BackupRefusedException">SQLite finds fault with it.</exception>
    public static async Task<DatabaseFacts> ReadAsync(string copy, CancellationToken ct)
    {
        try
        {
            await using var connection = await OpenAsync($"Data Source={copy};Mode=ReadOnly", ct);
            if (await DatabaseFacts.OneAsync(connection, null, "PRAGMA quick_check", ct) is not "ok")
                throw new BackupRefusedException(BackupRefusal.DamagedArchive, "数据库文件本身有坏页。");
            return await DatabaseFacts.ReadAsync(connection, null, ct);
        }
        catch (SqliteException broken) when (broken.SqliteErrorCode is 11 or 26) // SQLITE_CORRUPT, SQLITE_NOTADB
        {
            throw new BackupRefusedException(BackupRefusal.DamagedArchive, "数据库文件打不开，是坏的。", broken);
        }
    }

    private static async Task<SqliteConnection> OpenAsync(string connectionString, CancellationToken ct)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder(connectionString) { Pooling = false }.ToString());
        await connection.OpenAsync(ct);
        return connection;
    }
}
