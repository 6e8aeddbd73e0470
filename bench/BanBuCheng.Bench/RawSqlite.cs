using Microsoft.Data.Sqlite;

namespace BanBuCheng.Bench;

/// <summary>The same rows and reads by prepared commands of the driver and nothing else, in a file of its own: the limit.</summary>
internal sealed class RawSqlite : IDisposable
{
    private const string Pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-64000; PRAGMA wal_autocheckpoint=4000;";
    private static readonly string[] Tables = ["inbox_tasks", "outgoing_sms", "case_notes", "case_notices"];
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _begin, _commit, _insert, _update, _finish, _load, _wait, _addWait, _dropWait, _log;
    private readonly List<(SqliteCommand Command, int Key)> _deskRows = [];
    private readonly TickingClock _clock = new();

    /// <param name="file">Copied from the desk's file while it is closed or quiet: schema and a finished case of each kind are in it.</param>
    public RawSqlite(string file, int deskRows)
    {
        _connection = new SqliteConnection($"Data Source={file};Pooling=False");
        _connection.Open();
        Make(Pragmas).ExecuteNonQuery();
        var waiting = Text("SELECT state FROM flow_instances WHERE status = 'Running' ORDER BY no DESC LIMIT 1") ?? new string('s', 220);
        var entry = Text("SELECT data FROM flow_log ORDER BY length(data) DESC LIMIT 1") ?? "";
        _begin = Make("BEGIN IMMEDIATE");
        _commit = Make("COMMIT");
        _insert = Make("INSERT INTO flow_instances (id, definition_id, definition_version_id, definition_version, version, correlation_id, status, sub_status, created_at, updated_at, finished_at, state, open_incidents, journal_length) " +
            "VALUES ($id, 'b', 'b-v1', 1, 1, $c, $status, 'Suspended', '2026-03-02 01:00:00', '2026-03-02 01:00:00', $f, $state, 0, 12)", "$id", "$c", "$status", "$f", "$state");
        _update = Make("UPDATE flow_instances SET version = version + 1, sub_status = 'Suspended', updated_at = '2026-03-02 01:00:00', state = $state, journal_length = 12 WHERE id = $id AND version > 0", "$id", "$state");
        _finish = Make("UPDATE flow_instances SET version = version + 1, sub_status = 'Finished', updated_at = '2026-03-02 01:00:00', state = '{}', journal_length = 12, correlation_id = $c, name = NULL, " +
            "status = 'Finished', finished_at = '2026-03-02 01:00:00', outputs = NULL, open_incidents = 0 WHERE id = $id AND version > 0", "$id", "$c");
        _load = Make("SELECT * FROM flow_instances WHERE id = $id", "$id");
        _wait = Make("SELECT * FROM flow_waits WHERE id = $id", "$id");
        _addWait = Make("INSERT INTO flow_waits (id, instance_id, name, hash, activity_id, node_path, execution, created_at) " +
            "VALUES ($id, $i, 'Bench.Wait', $hash, 'w1', 'main/w1', 3, '2026-03-02 01:00:00')", "$id", "$i", "$hash");
        _dropWait = Make("DELETE FROM flow_waits WHERE id = $id", "$id");
        _log = Make("INSERT INTO flow_log (instance_no, first_seq, count, at, data) SELECT no, $first, 6, '2026-03-02 01:00:00', $data FROM flow_instances WHERE id = $id", "$id", "$first", "$data");
        (_state, _entry) = (waiting, entry);
        for (var i = 0; i < deskRows; i++) _deskRows.Add(RowLikeOneOf(Tables[i]));
    }

    private readonly string _state;
    private readonly string _entry;

    /// <summary>One case of that many commits.</summary>
    public void Case(int commits, Samples samples)
    {
        var id = NewId();
        var wait = id;
        for (var step = 0; step < commits; step++)
        {
            var (number, isLast) = (step, step == commits - 1);
            samples.Time(() =>
            {
                _begin.ExecuteNonQuery();
                foreach (var (row, key) in _deskRows)
                {
                    row.Parameters[key].Value = NewId().ToString();
                    row.ExecuteNonQuery();
                }

                if (number == 0)
                {
                    Run(_insert, id, id.ToString(), isLast ? "Finished" : "Running", isLast ? "2026-03-02 01:00:00" : DBNull.Value, isLast ? "{}" : _state);
                }
                else
                {
                    Read(_load, id);
                    Read(_wait, wait);
                    if (isLast) Run(_finish, id, id.ToString());
                    else Run(_update, id, _state);
                    Run(_dropWait, wait);
                }

                if (!isLast)
                {
                    wait = NewId();
                    Run(_addWait, wait, id, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(wait.ToByteArray())));
                }

                Run(_log, id, number * 6, _entry);
                _commit.ExecuteNonQuery();
            });
        }
    }

    public void Dispose() => _connection.Dispose();

    private Guid NewId()
    {
        _clock.Tick();
        return Guid.CreateVersion7(_clock.GetUtcNow());
    }

    private (SqliteCommand, int) RowLikeOneOf(string table)
    {
        using var sample = Make($"SELECT * FROM {table} LIMIT 1").ExecuteReader();
        if (!sample.Read()) throw new InvalidOperationException($"Expected a sample row in {table}.");
        var names = Enumerable.Range(0, sample.FieldCount).Select(sample.GetName).ToArray();
        var row = Make($"INSERT INTO {table} ({string.Join(", ", names)}) VALUES ({string.Join(", ", names.Select(n => "$" + n))})", [.. names.Select(n => "$" + n)]);
        for (var i = 0; i < names.Length; i++) row.Parameters[i].Value = sample.GetValue(i);
        return (row, Array.IndexOf(names, "id"));
    }

    private string? Text(string sql) => Make(sql).ExecuteScalar() as string;

    private SqliteCommand Make(string text, params string[] parameters)
    {
        var command = _connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this bench.
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
