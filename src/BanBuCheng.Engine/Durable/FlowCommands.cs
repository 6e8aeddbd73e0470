using System.Data;
using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace BanBuCheng.Engine.Durable;

/// <summary>
/// Runs statements on the connection and in the transaction of a database context. PostgreSQL: batches of statements that its driver
/// prepares once per physical connection, one round trip each. SQLite: commands prepared once while a connection is open.
/// </summary>
internal sealed class FlowCommands(DbContext db)
{
    private static readonly ConditionalWeakTable<DbConnection, Dictionary<Statement, DbCommand>> Prepared = [];

    public FlowSql Sql { get; } = FlowSql.Of(db);

    /// <summary>Runs the statements in order and reads all rows of each (those without rows give an empty list).</summary>
    public async ValueTask<List<TRow>> ReadAsync<TRow>(Statement statement, object?[] values, Func<DbDataReader, TRow> row, CancellationToken ct)
    {
        var rows = new List<TRow>();
        await ReadAsync([(statement, values)], reader => rows.Add(row(reader)), ct);
        return rows;
    }

    /// <summary>Runs the statements in order; the last one's rows are handed to <paramref name="row"/>, those of earlier ones to the given readers.</summary>
    public async ValueTask ReadAsync(
        (Statement Statement, object?[] Values)[] statements, Action<DbDataReader> row, CancellationToken ct, Action<DbDataReader>? firstRow = null)
    {
        var connection = db.Database.GetDbConnection();
        var opened = connection.State != ConnectionState.Open;
        if (opened) await db.Database.OpenConnectionAsync(ct);
        try
        {
            if (Sql.Batches)
            {
                await using var batch = Batch(connection, statements);
                await batch.PrepareAsync(ct);
                await using var reader = await batch.ExecuteReaderAsync(ct);
                for (var i = 0; i < statements.Length; i++)
                {
                    if (i > 0) await reader.NextResultAsync(ct);
                    await DrainAsync(reader, i == statements.Length - 1 ? row : i == 0 ? firstRow : null, ct);
                }
                return;
            }

            for (var i = 0; i < statements.Length; i++)
            {
                var command = Command(connection, statements[i].Statement, statements[i].Values);
                await using var reader = await command.ExecuteReaderAsync(ct);
                await DrainAsync(reader, i == statements.Length - 1 ? row : i == 0 ? firstRow : null, ct);
            }
        }
        finally
        {
            if (opened) await db.Database.CloseConnectionAsync();
        }
    }

    /// <summary>Writes everything in one go, in order.</summary>
    /// <exception cref="DbUpdateConcurrencyException">A write that says what it expects touched no row.</exception>
    public async ValueTask WriteAsync(List<PendingWrite> writes, CancellationToken ct)
    {
        var connection = db.Database.GetDbConnection();
        if (Sql.Batches)
        {
            await using var batch = Batch(connection, writes);
            await batch.PrepareAsync(ct);
            await batch.ExecuteNonQueryAsync(ct);
            for (var i = 0; i < writes.Count; i++) Check(writes[i], batch.BatchCommands[i].RecordsAffected);
            return;
        }
        foreach (var write in writes) Check(write, await Command(connection, write.Statement, write.Values).ExecuteNonQueryAsync(ct));
    }

    private static void Check(PendingWrite write, int affected)
    {
        if (write.Expected is not null && affected == 0)
            throw new DbUpdateConcurrencyException($"Expected {write.Expected}, but another step changed it first.");
    }

    private static async ValueTask DrainAsync(DbDataReader reader, Action<DbDataReader>? row, CancellationToken ct)
    {
        while (await reader.ReadAsync(ct)) row?.Invoke(reader);
    }

    private DbTransaction? Transaction => db.Database.CurrentTransaction?.GetDbTransaction();

    private DbBatch Batch(DbConnection connection, (Statement Statement, object?[] Values)[] statements)
    {
        var batch = NewBatch(connection);
        foreach (var (statement, values) in statements) Append(batch, statement, values);
        return batch;
    }

    private DbBatch Batch(DbConnection connection, List<PendingWrite> writes)
    {
        var batch = NewBatch(connection);
        foreach (var write in writes) Append(batch, write.Statement, write.Values);
        return batch;
    }

    private DbBatch NewBatch(DbConnection connection)
    {
        var batch = connection.CreateBatch();
        batch.Transaction = Transaction;
        return batch;
    }

    private static void Append(DbBatch batch, Statement statement, object?[] values)
    {
        var command = batch.CreateBatchCommand();
        command.CommandText = statement.Text;
        for (var i = 0; i < values.Length; i++)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.DbType) = statement.Parameters[i];
            parameter.Value = values[i] ?? DBNull.Value;
            command.Parameters.Add(parameter);
        }
        batch.BatchCommands.Add(command);
    }

    /// <summary>
    /// Commands live as long as the connection stays open. SQLite's driver takes their statements away at the first close only, and hands
    /// out another handle of its pool at the next open: a command kept longer would go on working on a handle that somebody else has now.
    /// </summary>
    private static Dictionary<Statement, DbCommand> UntilClosed(DbConnection connection)
    {
        var commands = new Dictionary<Statement, DbCommand>();
        connection.StateChange += (_, change) =>
        {
            if (change.CurrentState == ConnectionState.Closed) commands.Clear();
        };
        return commands;
    }

    private DbCommand Command(DbConnection connection, Statement statement, object?[] values)
    {
        var commands = Prepared.GetValue(connection, UntilClosed);
        if (!commands.TryGetValue(statement, out var command))
        {
            command = connection.CreateCommand();
#pragma warning disable CA2100 // The texts are constants of FlowSql.
            command.CommandText = statement.Text;
#pragma warning restore CA2100
            foreach (var (name, type) in statement.Parameters)
            {
                var parameter = command.CreateParameter();
                (parameter.ParameterName, parameter.DbType) = (name, type);
                command.Parameters.Add(parameter);
            }
            commands.Add(statement, command);
        }
        command.Transaction = Transaction;
        for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i] ?? DBNull.Value;
        return command;
    }
}

/// <param name="Expected">What the row should have been, told when the write touches none; null when that is fine.</param>
internal readonly record struct PendingWrite(Statement Statement, object?[] Values, string? Expected = null);
