using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace BanBuCheng.Desk.Database.Postgres;

/// <summary>The desk's tables on PostgreSQL; its migrations lie beside it.</summary>
public sealed class PostgresDeskDb(DbContextOptions<PostgresDeskDb> options) : DeskDb(options);

/// <summary>For <c>dotnet ef</c> only; never opens the database it names.</summary>
internal sealed class PostgresDeskDbFactory : IDesignTimeDbContextFactory<PostgresDeskDb>
{
    public PostgresDeskDb CreateDbContext(string[] args) =>
        new(DatabaseSetup.Configure(new DbContextOptionsBuilder<PostgresDeskDb>(), DatabaseProvider.Postgres, DatabaseSetup.DesignTimeConnection(DatabaseProvider.Postgres)).Options);
}
