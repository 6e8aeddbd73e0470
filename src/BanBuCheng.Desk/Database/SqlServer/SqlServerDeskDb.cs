using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace BanBuCheng.Desk.Database.SqlServer;

/// <summary>The desk's tables on SqlServer; its migrations lie beside it.</summary>
public sealed class SqlServerDeskDb(DbContextOptions<SqlServerDeskDb> options) : DeskDb(options);

/// <summary>For <c>dotnet ef</c> only; never opens the database it names.</summary>
internal sealed class SqlServerDeskDbFactory : IDesignTimeDbContextFactory<SqlServerDeskDb>
{
    public SqlServerDeskDb CreateDbContext(string[] args) =>
        new(DatabaseSetup.Configure(new DbContextOptionsBuilder<SqlServerDeskDb>(), DatabaseProvider.SqlServer, DatabaseSetup.DesignTimeConnection(DatabaseProvider.SqlServer)).Options);
}
