using BanBuCheng.Desk.Database.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Desk.Database;

/// <summary>
/// One read and one save on a database in memory that is thrown away. A process's first ones cost half a second of compiling, whatever
/// they are for; a start has that done beside the making of the host.
/// </summary>
public static class FirstSave
{
    public static async Task RehearseAsync(CancellationToken ct)
    {
        await using var connection = new SqliteConnection("Data Source=:memory:");
        await connection.OpenAsync(ct);
        await using var table = connection.CreateCommand();
        table.CommandText = "CREATE TABLE desk_facts (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL)";
        await table.ExecuteNonQueryAsync(ct);
        var options = new DbContextOptionsBuilder<SqliteDeskDb>();
        DatabaseSetup.ConfigureLane(options, connection);
        await using var db = new SqliteDeskDb(options.Options);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await db.Facts.FirstOrDefaultAsync(f => f.Name == "", ct) is null) db.Facts.Add(DeskFact.Of("", ""));
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }
}
