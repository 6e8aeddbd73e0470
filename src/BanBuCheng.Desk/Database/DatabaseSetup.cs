using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Update;

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
                options.AddInterceptors(SqliteReaders.Instance);
                // The lane's and the readers' contexts share EF's services; a start pays for them once.
                options.ReplaceService<IModificationCommandBatchFactory, LaneBatchFactory>();
                break;
            case DatabaseProvider.Postgres:
                options.UseNpgsql(connection);
                break;
            default:
                options.UseSqlServer(connection);
                break;
        }

        Common(options);
    }

    /// <summary>For contexts over the lane's own connection: the only ones that may write to SQLite.</summary>
    internal static void ConfigureLane(DbContextOptionsBuilder options, SqliteConnection connection)
    {
        LaneCommands.Serve(connection);
        options.UseSqlite(connection);
        options.ReplaceService<IModificationCommandBatchFactory, LaneBatchFactory>();
        Common(options);
    }

    private static void Common(DbContextOptionsBuilder options)
    {
        options.UseSnakeCaseNamingConvention();
        // A page of rows in no order is another page next time.
        options.ConfigureWarnings(w => w.Ignore(RelationalEventId.MultipleCollectionIncludeWarning)
            .Throw(CoreEventId.RowLimitingOperationWithoutOrderByWarning, CoreEventId.FirstWithoutOrderByAndFilterWarning));
    }

    /// <summary>A context of its own, outside any composition: for a restore, which must not compose a hall that is not there yet.</summary>
    public static DeskDb Open(DatabaseProvider provider, string connection) => provider switch
    {
        DatabaseProvider.Sqlite => OpenFile(connection),
        DatabaseProvider.Postgres => new Postgres.PostgresDeskDb(Configure(new DbContextOptionsBuilder<Postgres.PostgresDeskDb>(), provider, connection).Options),
        _ => new SqlServer.SqlServerDeskDb(Configure(new DbContextOptionsBuilder<SqlServer.SqlServerDeskDb>(), provider, connection).Options),
    };

    /// <summary>No host has the file, so there is no lane to keep to, and this context may write.</summary>
    private static Sqlite.SqliteDeskDb OpenFile(string connection)
    {
        var options = new DbContextOptionsBuilder<Sqlite.SqliteDeskDb>().UseSqlite(connection);
        Common(options);
        return new(options.Options);
    }

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
