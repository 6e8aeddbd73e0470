using System.Diagnostics;
using Hangfire;
using Hangfire.InMemory;
using Hangfire.PostgreSql;
using Hangfire.PostgreSql.Factories;
using Hangfire.SqlServer;

namespace BanBuCheng.Web.Clockwork;

/// <summary>Where Hangfire keeps its jobs: beside the desk's own rows, or nowhere. Losing it loses nothing.</summary>
public abstract record ClockworkStorage
{
    private ClockworkStorage() { }

    /// <summary>With SQLite: one process, and every start rings anew.</summary>
    public sealed record InMemory : ClockworkStorage;

    public sealed record PostgreSql(string Connection) : ClockworkStorage;

    /// <summary>Compiled and never run here.</summary>
    public sealed record SqlServer(string Connection) : ClockworkStorage;

    internal JobStorage Open()
    {
        JobStorage storage = this switch
        {
            InMemory => new InMemoryStorage(new InMemoryStorageOptions { MaxExpirationTime = TimeSpan.FromHours(1) }),
            PostgreSql { Connection: var connection } => OpenPostgreSql(connection),
            SqlServer { Connection: var connection } => new SqlServerStorage(connection, new SqlServerStorageOptions
            {
                QueuePollInterval = Poll,
                SlidingInvisibilityTimeout = TimeSpan.FromMinutes(5),
                UseRecommendedIsolationLevel = true,
            }),
            _ => throw new UnreachableException(),
        };
        // A bell that has rung is of no interest to anybody a day later.
        storage.JobExpirationTimeout = TimeSpan.FromHours(1);
        return storage;
    }

    internal static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    private static PostgreSqlStorage OpenPostgreSql(string connection)
    {
        var options = new PostgreSqlStorageOptions { QueuePollInterval = Poll, PrepareSchemaIfNecessary = true, SchemaName = "hangfire" };
        return new PostgreSqlStorage(new NpgsqlConnectionFactory(connection, options), options);
    }
}
