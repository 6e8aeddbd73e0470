using System.Data.Common;
using BanBuCheng.Desk.Steps;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace BanBuCheng.Desk.Database;

/// <summary>Brings the database to the program's schema at a start or by <c>migrate</c>.</summary>
public static class DatabaseUpgrade
{
    /// <summary>One number for all nodes: whoever comes second waits, and then finds the schema there.</summary>
    private const string PostgresTurn = "SELECT pg_advisory_lock(4772361907)";

    /// <returns>The names of the migrations applied; empty when nothing was pending.</returns>
    public static async Task<IReadOnlyList<string>> RunAsync(IServiceProvider services, CancellationToken ct)
    {
        await using var scope = services.CreateAsyncScope();
        await using var turn = await scope.ServiceProvider.GetRequiredService<WriterLane>().EnterAsync(ct);
        scope.ServiceProvider.GetRequiredService<StepScope>().Turn = turn;
        var db = scope.ServiceProvider.GetRequiredService<DeskDb>();
        var provider = DatabaseSetup.ProviderOf(db);
        if (SchemaScript.Of(provider) is not { } script || !await OpensAsync(db, ct)) return await MigrateAsync(db, ct);

        // From here one connection: the turn belongs to it, and ends with it.
        try
        {
            var connection = db.Database.GetDbConnection();
            if (provider is DatabaseProvider.Postgres) await RunAsync(connection, null, PostgresTurn, ct);
            if (await HistoryAsync(connection, provider, ct) is { } applied)
                return db.Database.GetMigrations().Except(applied).Any() ? await MigrateAsync(db, ct) : [];

            await using var transaction = await connection.BeginTransactionAsync(ct);
            await RunAsync(connection, transaction, script, ct);
            await transaction.CommitAsync(ct);
            return [.. db.Database.GetMigrations()];
        }
        finally
        {
            if (provider is DatabaseProvider.Postgres) await RunAsync(db.Database.GetDbConnection(), null, "SELECT pg_advisory_unlock_all()", CancellationToken.None);
            await db.Database.CloseConnectionAsync();
        }
    }

    private static async Task<IReadOnlyList<string>> MigrateAsync(DeskDb db, CancellationToken ct)
    {
        var pending = (await db.Database.GetPendingMigrationsAsync(ct)).ToList();
        if (pending.Count > 0) await db.Database.MigrateAsync(ct);
        return pending;
    }

    /// <summary>False when the server has no such database yet: then the migrations create it.</summary>
    private static async Task<bool> OpensAsync(DeskDb db, CancellationToken ct)
    {
        try
        {
            await db.Database.OpenConnectionAsync(ct);
            return true;
        }
        catch (PostgresException missing) when (missing.SqlState == PostgresErrorCodes.InvalidCatalogName)
        {
            return false;
        }
    }

    /// <summary>What was applied before; null when nothing ever was.</summary>
    private static async Task<List<string>?> HistoryAsync(DbConnection connection, DatabaseProvider provider, CancellationToken ct)
    {
        await using var ask = connection.CreateCommand();
        ask.CommandText = provider is DatabaseProvider.Sqlite
            ? "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = '__EFMigrationsHistory'"
            : "SELECT count(to_regclass('\"__EFMigrationsHistory\"'))";
        if (Convert.ToInt64(await ask.ExecuteScalarAsync(ct), System.Globalization.CultureInfo.InvariantCulture) == 0) return null;

        await using var read = connection.CreateCommand();
        read.CommandText = "SELECT migration_id FROM \"__EFMigrationsHistory\"";
        await using var rows = await read.ExecuteReaderAsync(ct);
        var applied = new List<string>();
        while (await rows.ReadAsync(ct)) applied.Add(rows.GetString(0));
        return applied;
    }

    private static async Task RunAsync(DbConnection connection, DbTransaction? transaction, string sql, CancellationToken ct)
    {
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
#pragma warning disable CA2100 // Texts of this program.
        command.CommandText = sql;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(ct);
    }
}
