using Microsoft.Data.Sqlite;

namespace BanBuCheng.Desk.Database;

/// <summary>
/// The one connection that writes to the SQLite file, kept open for the life of the host so that its commands are prepared once. Not for
/// several threads: <see cref="Steps.WriterLane"/> lets one in at a time.
/// </summary>
/// <remarks>
/// Checkpoints are kept off the step's path. A second connection copies the log into the file in the background, which holds nobody up;
/// only when the log has grown long does the lane itself make it begin anew. With SQLite's own habit (every 1,000 pages, paid for by the
/// step that happens to commit) this is the whole 99th percentile of a large database.
/// </remarks>
internal sealed class LaneConnection(string connectionString) : IDisposable
{
    // FULL: an acknowledged step survives a power failure.
    private const string Pragmas =
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA wal_autocheckpoint=0; PRAGMA cache_size=-64000;";
    private const int StepsPerCheckpoint = 128;

    /// <summary>Frames of 4 KB: about 32 MB of log.</summary>
    private const int LongLog = 8_000;

    /// <summary>What the lane may copy itself: a few steps' worth.</summary>
    private const int Few = 64;

    private readonly SqliteConnection _copier = new(Unpooled(connectionString));
    private Task _copying = Task.CompletedTask;
    private volatile bool _isLong;
    private bool _isDisposed;
    private int _steps;

    /// <summary>Open after the first turn in the lane began.</summary>
    public SqliteConnection Connection { get; } = new(Unpooled(connectionString));

    /// <summary>Frames in the log when it was last looked at.</summary>
    public int LogFrames { get; private set; }

    public void EnsureOpen()
    {
        // The driver would open it again: whoever outlives its host must not write.
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (Connection.State is System.Data.ConnectionState.Open) return;
        Connection.Open();
        using var command = Connection.CreateCommand();
        command.CommandText = Pragmas;
        command.ExecuteNonQuery();
    }

    /// <summary>After a COMMIT, while still in the lane: sees to the log. Never fails: what is committed is committed.</summary>
    public void Committed(int steps)
    {
        if (_isLong)
        {
            // RESTART, not TRUNCATE: a log that is written over need not grow again. Readers that are still on it make it wait for next time.
            _isLong = false;
            TryCheckpoint(Connection, "RESTART");
        }

        if ((_steps += steps) < StepsPerCheckpoint || !_copying.IsCompleted) return;
        _steps = 0;
        _copying = Task.Run(Copy);
    }

    public void Dispose()
    {
        if (_isDisposed) return;
        _isDisposed = true;
        _copying.Wait(TimeSpan.FromSeconds(10));
        _copier.Dispose();
        if (Connection.State is System.Data.ConnectionState.Open) TryCheckpoint(Connection, "TRUNCATE");
        Connection.Dispose();
    }

    private void Copy()
    {
        var (frames, copied) = TryCheckpoint(_copier, "PASSIVE");
        // What came in meanwhile the lane would have to copy itself before the log can begin anew, with everybody waiting: once more, then
        // only a few frames are left for it.
        for (var again = 0; frames > LongLog && frames - copied > Few && again < 3; again++) (frames, copied) = TryCheckpoint(_copier, "PASSIVE");
        LogFrames = frames;
        _isLong = frames > LongLog;
    }

    /// <returns>How many frames the log holds and how many of them are in the file; 0 when it could not be looked at.</returns>
    private static (int Frames, int Copied) TryCheckpoint(SqliteConnection connection, string mode)
    {
        try
        {
            if (connection.State is not System.Data.ConnectionState.Open) connection.Open();
            using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this class.
            command.CommandText = $"PRAGMA wal_checkpoint({mode})";
#pragma warning restore CA2100
            using var row = command.ExecuteReader();
            return row.Read() ? (row.GetInt32(1), row.GetInt32(2)) : (0, 0);
        }
        catch (SqliteException)
        {
            // Busy, or the disk is in trouble: the next round tries again, and steps that meet trouble say so themselves.
            return (0, 0);
        }
    }

    private static string Unpooled(string connectionString) => new SqliteConnectionStringBuilder(connectionString) { Pooling = false }.ToString();
}
