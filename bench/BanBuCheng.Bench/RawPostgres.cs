using Npgsql;

namespace BanBuCheng.Bench;

/// <summary>The same rows on PostgreSQL by the driver's batches, prepared: what a step must read in one round trip, what it writes in a second, COMMIT in a third.</summary>
internal sealed class RawPostgres : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly TickingClock _clock = new();
    private readonly string _state;
    private readonly string _entry;

    private RawPostgres(NpgsqlConnection connection, string state, string entry) => (_connection, _state, _entry) = (connection, state, entry);

    public static async Task<RawPostgres> OpenAsync(string connectionString)
    {
        var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var sample = new NpgsqlCommand("SELECT (SELECT state FROM flow_instances WHERE status = 'Running' ORDER BY no DESC LIMIT 1), (SELECT data FROM flow_log ORDER BY length(data) DESC LIMIT 1)", connection);
        await using var row = await sample.ExecuteReaderAsync();
        await row.ReadAsync();
        return new RawPostgres(connection, row.IsDBNull(0) ? new string('s', 220) : row.GetString(0), row.IsDBNull(1) ? "" : row.GetString(1));
    }

    public void Case(int commits, Samples samples)
    {
        var (id, now) = (NewId(), _clock.GetUtcNow().UtcDateTime);
        var wait = id;
        for (var step = 0; step < commits; step++)
        {
            var (number, isLast) = (step, step == commits - 1);
            samples.Time(() =>
            {
                using var transaction = _connection.BeginTransaction();
                using var batch = _connection.CreateBatch();
                if (number == 0)
                {
                    Add(batch, "INSERT INTO flow_instances (id, definition_id, definition_version_id, definition_version, version, correlation_id, status, sub_status, created_at, updated_at, finished_at, state, open_incidents, journal_length) " +
                        "VALUES ($1, 'raw', 'raw-v1', 1, 1, $2, $3, 'Suspended', $4, $4, $5, $6, 0, 12)", id, id.ToString(), isLast ? "Finished" : "Running", now, isLast ? now : DBNull.Value, isLast ? "{}" : _state);
                }
                else
                {
                    using var reading = _connection.CreateBatch();
                    Add(reading, "SELECT * FROM flow_instances WHERE id = $1 FOR UPDATE", id);
                    Add(reading, "SELECT * FROM flow_waits WHERE id = $1", wait);
                    reading.Prepare();
                    using (var rows = reading.ExecuteReader())
                        do
                            while (rows.Read()) _ = rows.GetValue(1);
                        while (rows.NextResult());
                    Add(batch, "UPDATE flow_instances SET version = version + 1, sub_status = 'Suspended', updated_at = $2, state = $3, journal_length = 12, status = $4 WHERE id = $1 AND version > 0", id, now, isLast ? "{}" : _state, isLast ? "Finished" : "Running");
                    Add(batch, "DELETE FROM flow_waits WHERE id = $1", wait);
                }

                if (!isLast)
                {
                    wait = NewId();
                    Add(batch, "INSERT INTO flow_waits (id, instance_id, name, hash, activity_id, node_path, execution, created_at) VALUES ($1, $2, 'Bench.Wait', $3, 'w1', 'main/w1', 3, $4)",
                        wait, id, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(wait.ToByteArray())), now);
                }

                Add(batch, "INSERT INTO flow_log (instance_no, first_seq, count, at, data) SELECT no, $2, 6, $3, $4 FROM flow_instances WHERE id = $1", id, number * 6, now, _entry);
                batch.Prepare();
                batch.ExecuteNonQuery();
                transaction.Commit();
            });
        }
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private Guid NewId()
    {
        _clock.Tick();
        return Guid.CreateVersion7(_clock.GetUtcNow());
    }

    private static void Add(NpgsqlBatch batch, string sql, params object[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(value is DBNull ? new NpgsqlParameter { Value = value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.TimestampTz } : new NpgsqlParameter { Value = value });
        batch.BatchCommands.Add(command);
    }
}
