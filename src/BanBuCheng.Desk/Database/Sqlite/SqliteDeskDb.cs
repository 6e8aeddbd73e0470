using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace BanBuCheng.Desk.Database.Sqlite;

/// <summary>The desk's tables on Sqlite; its migrations lie beside it.</summary>
public sealed class SqliteDeskDb(DbContextOptions<SqliteDeskDb> options) : DeskDb(options);

/// <summary>For <c>dotnet ef</c> only; never opens the database it names.</summary>
internal sealed class SqliteDeskDbFactory : IDesignTimeDbContextFactory<SqliteDeskDb>
{
    public SqliteDeskDb CreateDbContext(string[] args) =>
        new(DatabaseSetup.Configure(new DbContextOptionsBuilder<SqliteDeskDb>(), DatabaseProvider.Sqlite, DatabaseSetup.DesignTimeConnection(DatabaseProvider.Sqlite)).Options);
}
