using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace BanBuCheng.Desk.Database;

/// <summary>Which database the desk lives in. SQL Server is compiled and has migrations, but was never run.</summary>
public enum DatabaseProvider { Sqlite, Postgres, SqlServer }

/// <summary>The one switch between providers.</summary>
public static class DatabaseSetup
{
    /// <summary>Reads the configuration's word (<c>Sqlite</c>, <c>PostgreSql</c>, <c>SqlServer</c>).</summary>
    public static DatabaseProvider? Parse(string word) => word.ToUpperInvariant() switch
    {
        "SQLITE" => DatabaseProvider.Sqlite,
        "POSTGRESQL" or "POSTGRES" => DatabaseProvider.Postgres,
        "SQLSERVER" => DatabaseProvider.SqlServer,
        _ => null,
    };

    /// <summary>Connection to the embedded database in a data folder.</summary>
    public static string SqliteFile(string dataDirectory) => new SqliteConnectionStringBuilder
    {
        DataSource = Path.Combine(dataDirectory, "desk.db"),
        DefaultTimeout = 30,
    }.ToString();

    public static DbContextOptionsBuilder<TContext> Configure<TContext>(DbContextOptionsBuilder<TContext> options, DatabaseProvider provider, string connection)
        where TContext : DbContext
    {
        Configure((DbContextOptionsBuilder)options, provider, connection);
        return options;
    }

    public static void Configure(DbContextOptionsBuilder options, DatabaseProvider provider, string connection)
    {
        switch (provider)
        {
            case DatabaseProvider.Sqlite:
                options.UseSqlite(connection);
                options.AddInterceptors(SqlitePragmas.Instance);
                break;
            case DatabaseProvider.Postgres:
                options.UseNpgsql(connection);
                break;
            default:
                options.UseSqlServer(connection);
                break;
        }

        options.UseSnakeCaseNamingConvention();

        // The step has one transaction and one save; a savepoint inside it would only be a round trip.
        options.ConfigureWarnings(w => w.Ignore(RelationalEventId.MultipleCollectionIncludeWarning));
    }

    /// <summary>A context of its own, outside any composition: for a restore, which must not compose a hall that is not there yet.</summary>
    public static DeskDb Open(DatabaseProvider provider, string connection) => provider switch
    {
        DatabaseProvider.Sqlite => new Sqlite.SqliteDeskDb(Configure(new DbContextOptionsBuilder<Sqlite.SqliteDeskDb>(), provider, connection).Options),
        DatabaseProvider.Postgres => new Postgres.PostgresDeskDb(Configure(new DbContextOptionsBuilder<Postgres.PostgresDeskDb>(), provider, connection).Options),
        _ => new SqlServer.SqlServerDeskDb(Configure(new DbContextOptionsBuilder<SqlServer.SqlServerDeskDb>(), provider, connection).Options),
    };

    internal static DatabaseProvider ProviderOf(DeskDb db) => db switch
    {
        Sqlite.SqliteDeskDb => DatabaseProvider.Sqlite,
        Postgres.PostgresDeskDb => DatabaseProvider.Postgres,
        _ => DatabaseProvider.SqlServer,
    };

    /// <summary>A context that never opens its database: for the model and the migrations.</summary>
    internal static DeskDb DesignTime(DatabaseProvider provider) => provider switch
    {
        DatabaseProvider.Sqlite => new Sqlite.SqliteDeskDbFactory().CreateDbContext([]),
        DatabaseProvider.Postgres => new Postgres.PostgresDeskDbFactory().CreateDbContext([]),
        _ => new SqlServer.SqlServerDeskDbFactory().CreateDbContext([]),
    };

    internal static string DesignTimeConnection(DatabaseProvider provider) => provider switch
    {
        DatabaseProvider.Sqlite => "Data Source=design-time.db",
        DatabaseProvider.Postgres => "Host=127.0.0.1;Database=design_time",
        _ => "Server=127.0.0.1;Database=design_time;Encrypt=False",
    };
}
