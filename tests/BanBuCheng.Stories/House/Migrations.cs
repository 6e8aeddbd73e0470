using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Database.Postgres;
using BanBuCheng.Desk.Database.Sqlite;
using BanBuCheng.Desk.Database.SqlServer;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace BanBuCheng.Stories.House;

/// <summary>The model and its migrations say the same, for each provider.</summary>
public sealed class Migrations
{
    [Fact]
    public void Sqlite_has_no_pending_change() => Assert.False(Pending(new SqliteDeskDb(Options<SqliteDeskDb>(DatabaseProvider.Sqlite, "Data Source=:memory:"))));

    [Fact]
    public void Postgres_has_no_pending_change() => Assert.False(Pending(new PostgresDeskDb(Options<PostgresDeskDb>(DatabaseProvider.Postgres, "Host=127.0.0.1"))));

    [Fact]
    public void Sql_server_has_no_pending_change() => Assert.False(Pending(new SqlServerDeskDb(Options<SqlServerDeskDb>(DatabaseProvider.SqlServer, "Server=127.0.0.1"))));

    private static DbContextOptions<T> Options<T>(DatabaseProvider provider, string connection) where T : DbContext =>
        DatabaseSetup.Configure(new DbContextOptionsBuilder<T>(), provider, connection).Options;

    private static bool Pending(DeskDb db)
    {
        using (db) return db.Database.HasPendingModelChanges();
    }
}
