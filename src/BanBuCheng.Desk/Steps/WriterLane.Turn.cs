using BanBuCheng.Desk.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace BanBuCheng.Desk.Steps;

public sealed partial class WriterLane
{
    /// <summary>A turn in the lane, with at most one transaction. Disposing it leaves the lane; what was not committed is taken back.</summary>
    public sealed class Turn : IAsyncDisposable
    {
        private readonly WriterLane? _lane;
        private DeskDb? _db;
        private IDbContextTransaction? _own;
        private Group? _group;
        private bool _isFirst;
        private bool _hasLeft;

        internal Turn(WriterLane? lane, Pace pace, bool alone) => (_lane, Pace, IsAlone) = (lane, pace, alone);

        internal Pace Pace { get; }
        internal bool IsAlone { get; }

        /// <summary>The context's rows, and what goes over its connection, belong to the step's transaction from here on.</summary>
        internal async ValueTask BeginAsync(DeskDb db, CancellationToken ct)
        {
            _db = db;
            if (_lane is null)
            {
                _own = await db.Database.BeginTransactionAsync(ct);
                return;
            }

            (_group, _isFirst) = _lane.Begin();
            db.Database.UseTransaction(_group.Transaction);
        }

        /// <summary>Returns when the step is on the disk. Leaves the lane.</summary>
        /// <exception cref="SharedCommitFailedException">It is not, and never will be.</exception>
        internal async Task CommitAsync()
        {
            if (_lane is null)
            {
                await _own!.CommitAsync(CancellationToken.None);
                return;
            }

            _db!.Database.UseTransaction(null);
            var (lane, group) = (_lane, _group!);
            _hasLeft = true;
            await lane.DoneAsync(group, this, _isFirst);
        }

        public async ValueTask DisposeAsync()
        {
            if (_own is not null) await _own.DisposeAsync();
            if (_lane is null || _hasLeft) return;
            _hasLeft = true;
            if (_group is null)
            {
                // Nothing was begun; others may have left theirs open to be gone on with.
                if (_lane._open is { } open) _lane.GoOn(open);
                else _lane.Release();
                return;
            }

            try
            {
                _db!.Database.UseTransaction(null);
            }
            catch (ObjectDisposedException)
            {
                // Gone before its turn: then it holds on to nothing. The lane must be left whatever happens.
            }

            _lane.Failed(_group, _isFirst);
        }
    }
}
