using BanBuCheng.Desk.Database.Sqlite;
using BanBuCheng.Desk.Steps;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace BanBuCheng.Desk.Database;

/// <summary>Contexts of SQLite's steps: from a pool, all over the lane's open connection, one in use at a time.</summary>
internal sealed class LaneContexts(WriterLane lane, IServiceProvider services)
{
    private readonly Lazy<PooledDbContextFactory<SqliteDeskDb>> _pool = new(() =>
    {
        var options = new DbContextOptionsBuilder<SqliteDeskDb>().UseApplicationServiceProvider(services).EnableThreadSafetyChecks(false);
        DatabaseSetup.ConfigureLane(options, lane.Connection);
        return new PooledDbContextFactory<SqliteDeskDb>(options.Options);
    });

    /// <summary>Only in a turn: a new context defines its functions on the connection, which nobody else may be using then.</summary>
    public DeskDb Create() => _pool.Value.CreateDbContext();
}
