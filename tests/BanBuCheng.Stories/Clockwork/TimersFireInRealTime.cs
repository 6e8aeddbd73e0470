using BanBuCheng.Stories.Given.Infrastructure;
using BanBuCheng.Web.Clockwork;
using Npgsql;
using Xunit;

namespace BanBuCheng.Stories.Clockwork;

/// <summary>
/// The only stories that wait for the wall clock: Hangfire has no other. Everything else moves the clock instead.
/// </summary>
public abstract class TimersFireInRealTime
{
    private static readonly TimeSpan In3Seconds = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    internal abstract Task<ClockworkStorage> StorageAsync();

    [Fact]
    public async Task A_bell_fires_through_Hangfire_with_the_sweep_off()
    {
        var storage = await StorageAsync();
        var due = TimeProvider.System.GetUtcNow() + In3Seconds;
        var work = new OneDueThing(TimeProvider.System, due, announced: false);
        await using var node = await AlarmHost.StartAsync(storage, work, sweep: false);

        node.Bell.Ring(due);

        Assert.True(await work.FiredAsync(Bound, Ct) >= due);
        Assert.Equal(1, work.Effects);
    }

    [Fact]
    public async Task The_sweep_fires_it_with_Hangfires_storage_emptied()
    {
        var storage = await StorageAsync();
        var due = TimeProvider.System.GetUtcNow() + In3Seconds;
        var work = new OneDueThing(TimeProvider.System, due, announced: false);
        await using var node = await AlarmHost.StartAsync(storage, work, sweep: true);
        node.Bell.Ring(due);
        await Until.TrueAsync(() => node.Scheduled > 0, "the bell to hang", Bound, Ct);

        await EmptyAsync(node);
        Assert.Equal(0, node.Scheduled);

        Assert.True(await work.FiredAsync(Bound, Ct) >= due);
        Assert.Equal(1, work.Effects);
    }

    [Fact]
    public async Task A_start_hangs_the_bells_for_what_is_upcoming()
    {
        var storage = await StorageAsync();
        var due = TimeProvider.System.GetUtcNow() + In3Seconds;
        var work = new OneDueThing(TimeProvider.System, due, announced: true);
        await using var node = await AlarmHost.StartAsync(storage, work, sweep: false);

        Assert.True(await work.FiredAsync(Bound, Ct) >= due);
        Assert.Equal(1, work.Effects);
    }

    [Fact]
    public async Task The_sweep_is_rung_by_Hangfire()
    {
        var storage = await StorageAsync();
        var work = new OneDueThing(TimeProvider.System, TimeProvider.System.GetUtcNow(), announced: false);
        await using var node = await AlarmHost.StartAsync(storage, work, sweep: true);

        await Until.TrueAsync(() => node.Rang(nameof(AlarmJob.SweepAsync)), "Hangfire to have swept", Bound, Ct);
    }

    internal virtual Task EmptyAsync(AlarmHost node)
    {
        node.EmptyStorage();
        return Task.CompletedTask;
    }
}

/// <summary>With SQLite Hangfire keeps its jobs in memory.</summary>
public sealed class TimersFireInMemory : TimersFireInRealTime
{
    internal override Task<ClockworkStorage> StorageAsync() => Task.FromResult<ClockworkStorage>(new ClockworkStorage.InMemory());
}

/// <summary>With PostgreSQL its jobs are beside the desk's rows.</summary>
public sealed class TimersFireOnPostgres : TimersFireInRealTime
{
    private string _connection = "";

    internal override async Task<ClockworkStorage> StorageAsync()
    {
        _connection = await (await PostgresServer.SharedAsync()).NewDatabaseAsync();
        return new ClockworkStorage.PostgreSql(_connection);
    }

    internal override async Task EmptyAsync(AlarmHost node)
    {
        await using var connection = new NpgsqlConnection(_connection);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand("TRUNCATE hangfire.job, hangfire.jobqueue, hangfire.set, hangfire.hash, hangfire.list, hangfire.counter CASCADE", connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
