using System.Diagnostics;
using BanBuCheng.Desk.Database;
using Microsoft.Data.Sqlite;

namespace BanBuCheng.Desk.Steps;

/// <summary>Who queues: somebody who waits for the answer, or the clock, which does not mind.</summary>
public enum Pace { Person, Background }

/// <summary>
/// The only way to write to SQLite: one connection, and in front of it one lane in which callers queue in the order they came. SQLite's
/// own lock is not a queue (whoever holds it takes it again while others sleep), so nobody may open a second writing connection.
/// On other databases the lane is open: rows are locked by the server.
/// </summary>
/// <remarks>
/// Steps that queue share one COMMIT: a step that finds another waiting leaves the transaction open and hands the lane over; the one that
/// finds nobody, or is the sixteenth, or comes when the first has waited five milliseconds, commits for all. Until then nobody is
/// answered. A step that fails is taken back to its savepoint, alone; a COMMIT that fails, fails for all. Alone a step is a plain
/// BEGIN and COMMIT. The clock's steps get at most every second turn while people queue.
/// </remarks>
public sealed partial class WriterLane : IDisposable
{
    private const int MaxTogether = 16;
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(5);

    private readonly Lock _lock = new();
    private readonly Queue<Waiter> _people = new();
    private readonly Queue<Waiter> _background = new();
    private readonly LaneConnection? _writer;
    private bool _isTaken;
    private bool _lastWasBackground;
    private Group? _open;

    /// <param name="sqlite">SQLite's connection string; null for a database with many writers.</param>
    public WriterLane(string? sqlite) => _writer = sqlite is null ? null : new LaneConnection(sqlite);

    /// <summary>One writer at a time; false on a database that locks rows itself.</summary>
    public bool IsSingle => _writer is not null;

    /// <summary>The lane's own connection, to be used in a turn only.</summary>
    internal SqliteConnection Connection => _writer?.Connection ?? throw new InvalidOperationException("Expected a single lane, but this database has many writers.");

    /// <summary>Frames in SQLite's log when it was last looked at; grows without end only when some reader never lets go.</summary>
    internal int LogFrames => _writer?.LogFrames ?? 0;

    /// <summary>For tests: called where a step can be cut off. May throw before a COMMIT, which then counts as failed.</summary>
    internal Action<LaneMoment>? Watch { get; set; }

    /// <summary>Waits for a turn to which nobody else's transaction reaches: for what is no step (the schema, a copy of the file).</summary>
    public ValueTask<Turn> EnterAsync(CancellationToken ct) => EnterAsync(Pace.Person, alone: true, ct);

    /// <summary>Waits for a turn; dispose it to leave the lane. Cancellation only takes effect while still queueing.</summary>
    /// <param name="alone">Shares no COMMIT with others: a step that was lost together with others tries again by itself.</param>
    public ValueTask<Turn> EnterAsync(Pace pace, bool alone, CancellationToken ct)
    {
        var turn = new Turn(_writer is null ? null : this, pace, alone);
        if (_writer is null) return new(turn);
        Waiter waiter;
        lock (_lock)
        {
            ct.ThrowIfCancellationRequested();
            if (!_isTaken)
            {
                _isTaken = true;
                _lastWasBackground = pace is Pace.Background;
                return new(Opened(turn));
            }

            waiter = new Waiter(turn);
            (pace is Pace.Background ? _background : _people).Enqueue(waiter);
        }

        return new(WaitAsync(waiter, ct));
    }

    public void Dispose() => _writer?.Dispose();

    private async Task<Turn> WaitAsync(Waiter waiter, CancellationToken ct)
    {
        // Once the lane was handed over the answer stays: a turn that nobody takes would leave the transaction open.
        await using (ct.UnsafeRegister(_ => GiveUp(waiter, ct), null)) return Opened(await waiter.Granted.Task);
    }

    private void GiveUp(Waiter waiter, CancellationToken ct)
    {
        lock (_lock)
        {
            if (waiter.State is not WaiterState.Queueing) return;
            waiter.State = WaiterState.GivenUp;
        }

        waiter.Granted.TrySetCanceled(ct);
    }

    private Turn Opened(Turn turn)
    {
        try
        {
            _writer!.EnsureOpen();
            return turn;
        }
        catch
        {
            Release();
            throw;
        }
    }

    // ── in a turn ──────────────────────────────────────────────────────────

    /// <summary>Joins the transaction that was left open, or begins one.</summary>
    private (Group Group, bool IsFirst) Begin()
    {
        if (_open is not { } open) return (new Group(Connection.BeginTransaction(deferred: false)), true);
        open.Transaction.Save(Group.Savepoint);
        return (open, false);
    }

    /// <summary>The step is done: somebody who queues takes over its transaction, or it commits for all that shared it.</summary>
    private Task DoneAsync(Group group, Turn turn, bool isFirst)
    {
        try
        {
            if (!isFirst) group.Transaction.Release(Group.Savepoint);
        }
        catch (Exception gone) when (gone is SqliteException or InvalidOperationException)
        {
            return Task.FromException(Lost(group, gone));
        }

        group.Members++;
        if (group.Since == 0) group.Since = Stopwatch.GetTimestamp();
        if (!turn.IsAlone && TryHandOver(group)) return group.Committed!.Task;
        return CommitAndLeave(group) is { } failed ? Task.FromException(failed) : Task.CompletedTask;
    }

    /// <summary>The step failed: what it wrote goes, what the others of its transaction wrote stays.</summary>
    private void Failed(Group group, bool isFirst)
    {
        if (isFirst)
        {
            TakeBack(group);
            Release();
            return;
        }

        try
        {
            group.Transaction.Rollback(Group.Savepoint);
            group.Transaction.Release(Group.Savepoint);
        }
        catch (Exception gone) when (gone is SqliteException or InvalidOperationException)
        {
            Lost(group, gone);
            return;
        }

        GoOn(group);
    }

    /// <summary>Others of the transaction still wait for their COMMIT: somebody who queues will do it, or it is done here.</summary>
    private void GoOn(Group group)
    {
        if (!TryHandOver(group)) CommitAndLeave(group);
    }

    /// <returns>Why it did not succeed; the others of the group have been told.</returns>
    private SharedCommitFailedException? CommitAndLeave(Group group)
    {
        try
        {
            Watch?.Invoke(LaneMoment.BeforeCommit);
            group.Transaction.Commit();
        }
        catch (Exception failure)
        {
            return Lost(group, failure);
        }

        _open = null;
        group.Transaction.Dispose();
        group.Committed?.TrySetResult();
        _writer!.Committed(group.Members);
        Release();
        return null;
    }

    /// <summary>The whole transaction is gone (disk full, out of memory, a COMMIT that failed): nobody of it was answered, and all are lost together.</summary>
    private SharedCommitFailedException Lost(Group group, Exception cause)
    {
        TakeBack(group);
        var lost = new SharedCommitFailedException(cause);
        group.Committed?.TrySetException(lost);
        Release();
        return lost;
    }

    private void TakeBack(Group group)
    {
        _open = null;
        try
        {
            group.Transaction.Rollback();
        }
        catch (Exception gone) when (gone is SqliteException or InvalidOperationException)
        {
            // It was taken back already.
        }

        group.Transaction.Dispose();
    }

    private bool TryHandOver(Group group)
    {
        if (group.Members >= MaxTogether || Stopwatch.GetElapsedTime(group.Since) > LongestWait) return false;
        Waiter next;
        lock (_lock)
        {
            if (Peek() is not { Turn.IsAlone: false } waiting) return false;
            next = Take(waiting);
            _open = group;
            group.Committed ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        Watch?.Invoke(LaneMoment.HandedOver);
        next.Granted.SetResult(next.Turn);
        return true;
    }

    /// <summary>Leaves the lane to whoever is next, with no transaction open.</summary>
    private void Release()
    {
        Waiter? next;
        lock (_lock)
        {
            next = Peek() is { } waiting ? Take(waiting) : null;
            if (next is null) _isTaken = false;
        }

        next?.Granted.SetResult(next.Turn);
    }

    private Waiter? Peek()
    {
        var (person, clock) = (Head(_people), Head(_background));
        return person is null || clock is not null && !_lastWasBackground ? clock ?? person : person;

        static Waiter? Head(Queue<Waiter> queue)
        {
            while (queue.TryPeek(out var head))
            {
                if (head.State is WaiterState.Queueing) return head;
                queue.Dequeue();
            }

            return null;
        }
    }

    private Waiter Take(Waiter head)
    {
        (head.Turn.Pace is Pace.Background ? _background : _people).Dequeue();
        _lastWasBackground = head.Turn.Pace is Pace.Background;
        head.State = WaiterState.Granted;
        return head;
    }

    private enum WaiterState { Queueing, Granted, GivenUp }

    private sealed class Waiter(Turn turn)
    {
        public Turn Turn { get; } = turn;
        public WaiterState State { get; set; }
        public TaskCompletionSource<Turn> Granted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>A transaction and those who share it.</summary>
    private sealed class Group(SqliteTransaction transaction)
    {
        public const string Savepoint = "step";

        public SqliteTransaction Transaction { get; } = transaction;

        /// <summary>Steps done in it and not yet committed.</summary>
        public int Members { get; set; }

        /// <summary>Since when the first of them waits.</summary>
        public long Since { get; set; }

        /// <summary>Null while nobody waits for another's COMMIT.</summary>
        public TaskCompletionSource? Committed { get; set; }
    }
}

/// <summary>Where a step can be cut off.</summary>
internal enum LaneMoment { HandedOver, BeforeCommit }

/// <summary>The COMMIT that a step shared, or its own, did not succeed. Nothing of it is there; it may be tried again.</summary>
#pragma warning disable CA1032 // Without its cause it would say nothing.
internal sealed class SharedCommitFailedException(Exception cause) : Exception("The step's COMMIT did not succeed; nothing was changed.", cause);
#pragma warning restore CA1032
