using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Npgsql;
using NpgsqlTypes;

namespace BanBuCheng.Bench;

/// <summary>Very many instances that wait for one instant, made by copying one that the engine made.</summary>
internal static class Crowd
{
    /// <summary>A dry run of the bench itself (<c>BENCH_SMALL=1</c>): everything happens, nothing of it is worth reading.</summary>
    public static bool IsSmall { get; } = Environment.GetEnvironmentVariable("BENCH_SMALL") == "1";

    public static int Million { get; } = IsSmall ? 3_000 : 1_000_000;
    public static int HundredThousand { get; } = IsSmall ? 1_000 : 100_000;
    public static int Warm { get; } = IsSmall ? 5 : 200;

    /// <summary>Into a file that nobody has open.</summary>
    public static void IntoSqlite(string file, int count)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        Execute(connection, "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-600000;");
        var (instance, wait) = Sample(connection);
        using var transaction = connection.BeginTransaction();
        using var addInstance = Insert(connection, transaction, "flow_instances", instance);
        using var addWait = Insert(connection, transaction, "flow_waits", wait);
        foreach (var (id, waitId, state, hash) in Members(instance, wait, count))
        {
            Set(addInstance, "id", id.ToString().ToUpperInvariant());
            Set(addInstance, "correlation_id", id.ToString());
            Set(addInstance, "state", state);
            addInstance.ExecuteNonQuery();
            Set(addWait, "id", waitId.ToString().ToUpperInvariant());
            Set(addWait, "instance_id", id.ToString().ToUpperInvariant());
            Set(addWait, "hash", hash);
            addWait.ExecuteNonQuery();
        }

        transaction.Commit();
        Execute(connection, "ANALYZE; PRAGMA journal_mode=WAL;");

        static void Set(SqliteCommand command, string column, object value) => command.Parameters["$" + column].Value = value;
    }

    public static async Task IntoPostgresAsync(string connection, int count)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        await using var reading = await source.OpenConnectionAsync();
        var (instance, wait) = Sample(reading);
        await using var instances = await source.OpenConnectionAsync();
        await using var waits = await source.OpenConnectionAsync();
        await using (var addInstance = await instances.BeginBinaryImportAsync($"COPY flow_instances ({string.Join(", ", instance.Keys)}) FROM STDIN (FORMAT BINARY)"))
        await using (var addWait = await waits.BeginBinaryImportAsync($"COPY flow_waits ({string.Join(", ", wait.Keys)}) FROM STDIN (FORMAT BINARY)"))
        {
            foreach (var (id, waitId, state, hash) in Members(instance, wait, count))
            {
                await RowAsync(addInstance, instance, new() { ["id"] = id, ["correlation_id"] = id.ToString(), ["state"] = state });
                await RowAsync(addWait, wait, new() { ["id"] = waitId, ["instance_id"] = id, ["hash"] = hash });
            }

            await addInstance.CompleteAsync();
            await addWait.CompleteAsync();
        }

        await using var analyze = source.CreateCommand("ANALYZE flow_instances; ANALYZE flow_waits; CHECKPOINT");
        analyze.CommandTimeout = 300;
        await analyze.ExecuteNonQueryAsync();

        static async Task RowAsync(NpgsqlBinaryImporter into, Dictionary<string, object?> like, Dictionary<string, object> own)
        {
            await into.StartRowAsync();
            foreach (var (column, value) in like)
            {
                var shown = own.GetValueOrDefault(column) ?? value;
                if (shown is null) await into.WriteNullAsync();
                else if (shown is DateTime instant) await into.WriteAsync(instant, NpgsqlDbType.TimestampTz);
                else await into.WriteAsync(shown);
            }
        }
    }

    private static IEnumerable<(Guid Id, Guid Wait, string State, string Hash)> Members(Dictionary<string, object?> instance, Dictionary<string, object?> wait, int count)
    {
        var shown = Short(Guid.Parse(Convert.ToString(wait["id"], CultureInfo.InvariantCulture)!));
        var state = (string)instance["state"]!;
        if (!state.Contains(shown, StringComparison.Ordinal)) throw new InvalidOperationException("Expected the wait's id in the state.");
        // Older than everything the bench makes: those who wait have waited for long.
        var at = new DateTimeOffset(2026, 1, 2, 0, 0, 0, TimeSpan.Zero);
        for (var i = 0; i < count; i++)
        {
            at = at.AddMilliseconds(1);
            var (id, waitId) = (Guid.CreateVersion7(at), Guid.CreateVersion7(at));
            yield return (id, waitId, state.Replace(shown, Short(waitId), StringComparison.Ordinal), Convert.ToHexStringLower(SHA256.HashData(waitId.ToByteArray())));
        }

        static string Short(Guid id) => Convert.ToBase64String(id.ToByteArray())[..22];
    }

    private static (Dictionary<string, object?> Instance, Dictionary<string, object?> Wait) Sample(DbConnection connection) => (
        Row(connection, "SELECT * FROM flow_instances WHERE definition_id = 'timer' AND status = 'Running'", "no"),
        Row(connection, "SELECT w.* FROM flow_waits w JOIN flow_instances i ON i.id = w.instance_id WHERE i.definition_id = 'timer'", null));

    private static Dictionary<string, object?> Row(DbConnection connection, string sql, string? without)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this bench.
        command.CommandText = sql + " LIMIT 1";
#pragma warning restore CA2100
        using var row = command.ExecuteReader();
        row.Read();
        var values = new Dictionary<string, object?>();
        for (var i = 0; i < row.FieldCount; i++)
            if (row.GetName(i) != without) values[row.GetName(i)] = row.IsDBNull(i) ? null : row.GetValue(i);
        return values;
    }

    private static SqliteCommand Insert(SqliteConnection connection, SqliteTransaction transaction, string table, Dictionary<string, object?> like)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
#pragma warning disable CA2100
        command.CommandText = $"INSERT INTO {table} ({string.Join(", ", like.Keys)}) VALUES ({string.Join(", ", like.Keys.Select(k => "$" + k))})";
#pragma warning restore CA2100
        foreach (var (column, value) in like) command.Parameters.AddWithValue("$" + column, value ?? DBNull.Value);
        return command;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
