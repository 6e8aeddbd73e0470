using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace BanBuCheng.Desk.Database;

/// <summary>
/// What every SQLite connection but the lane's is told when it is new: look, do not touch. Whoever writes past the lane is refused by
/// the database itself ("attempt to write a readonly database").
/// </summary>
internal sealed class SqliteReaders : DbConnectionInterceptor
{
    public static SqliteReaders Instance { get; } = new();

    private const string Pragmas = "PRAGMA query_only=ON; PRAGMA cache_size=-8000;";

    // A pooled connection comes back with the same handle, and the handle remembers.
    private readonly ConditionalWeakTable<object, object> _told = [];

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        if (((SqliteConnection)connection).Handle is not { } handle || !_told.TryAdd(handle, this)) return;
        using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        command.ExecuteNonQuery();
    }

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        // SQLite's driver has no asynchronous work to wait for.
        ConnectionOpened(connection, eventData);
        return Task.CompletedTask;
    }
}
