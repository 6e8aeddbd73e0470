using BanBuCheng.Engine.Activities;
using BanBuCheng.Engine.Durable;
using BanBuCheng.Engine.Running;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;
using FlowLibrary = BanBuCheng.Engine.Durable.FlowLibrary;

namespace BanBuCheng.Engine.Tests.Durable;

public enum Provider { Sqlite, Postgres }

/// <summary>A database of one test with a host around it: services, a clock to be moved, and steps as a host does them.</summary>
public sealed class FlowDatabase : IAsyncDisposable
{
    private readonly string? _directory;
    private ServiceProvider _services;
    private readonly Action<IServiceCollection>? _configure;

    private FlowDatabase(Provider provider, string connection, string? directory, Action<IServiceCollection>? configure)
    {
        (Provider, Connection, _directory, _configure) = (provider, connection, directory, configure);
        _services = Build();
    }

    public Provider Provider { get; }
    public string Connection { get; }
    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 3, 2, 1, 0, 0, TimeSpan.Zero));
    public List<string> Lines { get; } = [];

    public static async Task<FlowDatabase> CreateAsync(Provider provider, Action<IServiceCollection>? configure = null, Func<string, string>? through = null)
    {
        var directory = provider == Provider.Sqlite ? Directory.CreateTempSubdirectory("flows-").FullName : null;
        var connection = directory is not null ? $"Data Source={Path.Combine(directory, "flows.db")}" : await PostgresCluster.NewDatabaseAsync();
        var database = new FlowDatabase(provider, through?.Invoke(connection) ?? connection, directory, configure);
        await database.LookAsync(db => db.Database.EnsureCreatedAsync());
        if (directory is not null) await database.LookAsync(db => db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL"));
        return database;
    }

    /// <summary>One step: everything of it or nothing.</summary>
    public async Task<T> StepAsync<T>(Func<IServiceProvider, Task<T>> act)
    {
        await using var scope = _services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<FlowTestDb>();
        await using var transaction = await db.Database.BeginTransactionAsync();
        var result = await act(scope.ServiceProvider);
        await db.SaveChangesAsync();
        await scope.ServiceProvider.GetRequiredService<IFlows>().FlushAsync(CancellationToken.None);
        await transaction.CommitAsync();
        return result;
    }

    public Task<T> StepAsync<T>(Func<IFlows, ValueTask<T>> act) => StepAsync(async services => await act(services.GetRequiredService<IFlows>()));

    public Task<T> LibraryAsync<T>(Func<FlowLibrary, ValueTask<T>> act) => StepAsync(async services => await act(services.GetRequiredService<FlowLibrary>()));

    /// <summary>As the host's door does: a lost race is tried again in a new scope.</summary>
    public async Task<T> StepWithRetryAsync<T>(Func<IFlows, ValueTask<T>> act)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await StepAsync(act);
            }
            catch (DbUpdateConcurrencyException) when (attempt < 4)
            {
            }
        }
    }

    public async Task<T> LookAsync<T>(Func<FlowTestDb, Task<T>> look)
    {
        await using var scope = _services.CreateAsyncScope();
        return await look(scope.ServiceProvider.GetRequiredService<FlowTestDb>());
    }

    public Task<Guid> StartAsync(string definitionId, string? correlationId = null) =>
        StepAsync(async (IFlows flows) => (await flows.StartAsync(new FlowStart(definitionId) { CorrelationId = correlationId }, CancellationToken.None))!.Value);

    public async Task PublishAsync(string document)
    {
        var publication = await LibraryAsync(async library =>
        {
            var draft = await library.ImportDraftAsync(document, CancellationToken.None);
            return await library.PublishAsync(draft.Stored!.DefinitionId, CancellationToken.None);
        });
        Assert.NotNull(publication.Published);
    }

    public Task<FlowInstanceRow> InstanceAsync(Guid id) => LookAsync(db => db.Instances.AsNoTracking().SingleAsync(i => i.Id == id));

    public Task<List<FlowWaitRow>> WaitsAsync(Guid id) => LookAsync(db => db.Waits.AsNoTracking().Where(w => w.InstanceId == id).OrderBy(w => w.Id).ToListAsync());

    public Task<List<FlowLogRow>> LogAsync(long instanceNo) =>
        LookAsync(db => db.Log.AsNoTracking().Where(l => l.InstanceNo == instanceNo).OrderBy(l => l.FirstSeq).ToListAsync());

    /// <summary>The process ends and another begins: nothing is left but the database.</summary>
    public async Task RestartAsync()
    {
        await _services.DisposeAsync();
        _services = Build();
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        if (_directory is null) return;
        SqliteConnection.ClearAllPools();
        Directory.Delete(_directory, true);
    }

    private ServiceProvider Build()
    {
        var services = new ServiceCollection();
        services.AddDbContext<FlowTestDb>(options => _ = Provider == Provider.Sqlite ? options.UseSqlite(Connection) : options.UseNpgsql(Connection));
        services.AddSingleton<TimeProvider>(Clock);
        services.AddSingleton(new FlowOptions
        {
            ContinueWithIncidents = true, MustEscape = FlowServices.IsOfTheDatabase, Line = (_, line) => { lock (Lines) Lines.Add(line); },
        });
        services.AddSingleton(new ActivityCatalogue(BuiltIn.Descriptors));
        _configure?.Invoke(services);
        services.AddFlows<FlowTestDb>();
        return services.BuildServiceProvider();
    }
}
