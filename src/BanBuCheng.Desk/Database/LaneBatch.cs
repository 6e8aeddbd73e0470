using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Update;

namespace BanBuCheng.Desk.Database;

/// <summary>
/// Writes EF's rows on the lane's connection by commands that were prepared once, as the engine's rows are. EF by itself writes the text
/// of every INSERT anew, makes a parameter for each of its columns and lets SQLite read it all again: half of what a desk row costs.
/// </summary>
internal sealed class LaneBatchFactory(ModificationCommandBatchFactoryDependencies dependencies) : IModificationCommandBatchFactory
{
    public ModificationCommandBatch Create() => new LaneBatch(dependencies);
}

/// <summary>One row. On another connection than the lane's, or if the row is of a kind that <see cref="LaneCommands"/> leaves alone, EF writes it in its own way.</summary>
internal sealed class LaneBatch(ModificationCommandBatchFactoryDependencies dependencies) : ModificationCommandBatch
{
    private IReadOnlyModificationCommand[] _row = [];
    private bool _isFollowed;

    public override IReadOnlyList<IReadOnlyModificationCommand> ModificationCommands => _row;
    public override bool RequiresTransaction => false;
    public override bool AreMoreBatchesExpected => _isFollowed;

    public override bool TryAddCommand(IReadOnlyModificationCommand modificationCommand)
    {
        if (_row.Length > 0) return false;
        _row = [modificationCommand];
        return true;
    }

    public override void Complete(bool moreBatchesExpected) => _isFollowed = moreBatchesExpected;

    public override void Execute(IRelationalConnection connection)
    {
        if (!TryWrite(connection)) Usual().Execute(connection);
    }

    public override Task ExecuteAsync(IRelationalConnection connection, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        // SQLite's driver has no asynchronous work to wait for.
        return TryWrite(connection) ? Task.CompletedTask : Usual().ExecuteAsync(connection, cancellationToken);
    }

    private SingularModificationCommandBatch Usual()
    {
        var usual = new SingularModificationCommandBatch(dependencies);
        usual.TryAddCommand(_row[0]);
        usual.Complete(_isFollowed);
        return usual;
    }

    /// <exception cref="DbUpdateConcurrencyException">The row is not as it was read.</exception>
    /// <exception cref="DbUpdateException">The database refuses it.</exception>
    private bool TryWrite(IRelationalConnection connection)
    {
        if (LaneCommands.Of(connection.DbConnection) is not { } commands || connection.CurrentTransaction?.GetDbTransaction() is not SqliteTransaction transaction) return false;
        var row = _row[0];
        if (commands.Find(row) is not { } prepared) return false;
        int affected;
        try
        {
            affected = prepared.Run(row, transaction);
        }
        catch (DbException failed)
        {
            throw new DbUpdateException($"{row.TableName} refused a row.", failed, row.Entries);
        }

        if (affected != 1) throw new DbUpdateConcurrencyException($"Expected a row of {row.TableName} as it was read, but another step changed it first.", row.Entries);
        return true;
    }
}
