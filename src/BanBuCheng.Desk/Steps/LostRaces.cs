using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace BanBuCheng.Desk.Steps;

/// <summary>Which database errors mean "somebody was faster; the same step may succeed on a second try".</summary>
internal static class LostRaces
{
    public static bool Is(Exception exception) => exception switch
    {
        DbUpdateConcurrencyException or SharedCommitFailedException => true,
        PostgresException { SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.UniqueViolation } => true,
        SqliteException { SqliteErrorCode: 5 or 6 } => true, // SQLITE_BUSY, SQLITE_LOCKED
        SqliteException { SqliteExtendedErrorCode: 2067 or 1555 } => true, // unique or primary key: a number taken by another
        { InnerException: { } inner } => Is(inner),
        _ => false,
    };
}
