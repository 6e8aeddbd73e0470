using System.Collections.Concurrent;
using System.Globalization;
using Npgsql;

namespace BanBuCheng.Stories.Given.Infrastructure;

/// <summary>
/// The PostgreSQL server of a test run: the one named in BANBUCHENG_TEST_POSTGRES, else a throw-away cluster that is started with the
/// first test that wants a database. Nothing in it is worth keeping, so it never waits for the disk.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string Packages = "postgresql";
    private static readonly SemaphoreSlim Starting = new(1);
    private static PostgresServer? s_shared;
    private readonly ConcurrentDictionary<string, Lazy<Task<string>>> _templates = new();
    private readonly ConcurrentBag<string> _made = [];
    private readonly string _connection;
    private readonly LoopbackProcess? _cluster;
    private readonly string? _folder;

    private PostgresServer(string connection, LoopbackProcess? cluster, string? folder) => (_connection, _cluster, _folder) = (connection, cluster, folder);

    /// <summary>The run's server. Skips the running test where there is none (fails in CI).</summary>
    public static async Task<PostgresServer> SharedAsync()
    {
        await Starting.WaitAsync();
        try
        {
            return s_shared ??= await StartAsync();
        }
        finally
        {
            Starting.Release();
        }
    }

    /// <summary>Stops the run's server if one was started.</summary>
    public static async ValueTask StopSharedAsync()
    {
        if (Interlocked.Exchange(ref s_shared, null) is { } server) await server.DisposeAsync();
    }

    /// <summary>A new empty database; the answer is its connection string.</summary>
    public Task<string> NewDatabaseAsync() => NewDatabaseAsync("template0");

    /// <summary>A new database with everything that <paramref name="prepare"/> put into its template; that runs once per run and name.</summary>
    public async Task<string> NewDatabaseAsync(string templateName, Func<string, Task> prepare) =>
        await NewDatabaseAsync(await _templates.GetOrAdd(templateName, _ => new Lazy<Task<string>>(async () =>
        {
            var connection = await NewDatabaseAsync("template0");
            await prepare(connection);
            // A template can only be copied while nobody is connected to it.
            await using (var pooled = new NpgsqlConnection(connection)) NpgsqlConnection.ClearPool(pooled);
            return new NpgsqlConnectionStringBuilder(connection).Database!;
        })).Value);

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (_cluster is not null)
        {
            await _cluster.DisposeAsync();
            Directory.Delete(_folder!, recursive: true);
            return;
        }

        foreach (var name in _made) await ExecuteAsync($"DROP DATABASE IF EXISTS {name} WITH (FORCE)");
    }

    private async Task<string> NewDatabaseAsync(string template)
    {
        var name = $"t_{Guid.CreateVersion7():N}";
        await ExecuteAsync($"CREATE DATABASE {name} TEMPLATE {template}");
        _made.Add(name);
        return new NpgsqlConnectionStringBuilder(_connection) { Database = name, MaxPoolSize = 30 }.ConnectionString;
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(_connection);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<PostgresServer> StartAsync()
    {
        if (Environment.GetEnvironmentVariable("BANBUCHENG_TEST_POSTGRES") is { Length: > 0 } given) return new PostgresServer(Plain(given), null, null);
        if (Binaries() is not { } bin)
        {
            Component.Missing("PostgreSQL", Packages);
            throw new InvalidOperationException();
        }

        // Short: the socket's path must stay under 108 bytes.
        var folder = Directory.CreateTempSubdirectory("bbc-pg-").FullName;
        string[] asServerUser = Environment.IsPrivilegedProcess ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "--"] : [];
        if (Environment.IsPrivilegedProcess) await RunAsync("chown", "postgres", folder);

        var data = Path.Combine(folder, "data");
        await RunAsync([.. asServerUser, $"{bin}/initdb", "-D", data, "-U", "test", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]);
        var port = LoopbackPort.Free(1)[0];
        var cluster = await LoopbackProcess.StartAsync(Path.Combine(folder, "pg.log"),
        [
            .. asServerUser, $"{bin}/postgres", "-D", data, "-p", port.ToString(CultureInfo.InvariantCulture), "-k", folder,
            .. Settings.SelectMany(setting => new[] { "-c", setting }),
        ], stopSignal: "QUIT");
        var server = new PostgresServer(Plain($"Host=127.0.0.1;Port={port};Username=test;Database=postgres"), cluster, folder);
        await cluster.ReadyAsync(server.AnswersAsync, "PostgreSQL to answer", TimeSpan.FromSeconds(30));
        return server;
    }

    private static readonly string[] Settings =
    [
        "listen_addresses=127.0.0.1", "fsync=off", "synchronous_commit=off", "full_page_writes=off", "shared_buffers=128MB", "max_connections=200",
    ];

    private static string Plain(string connection) => new NpgsqlConnectionStringBuilder(connection) { Pooling = false }.ConnectionString;

    private async Task<bool> AnswersAsync()
    {
        try
        {
            await ExecuteAsync("SELECT 1");
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private static string? Binaries() => Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").OrderByDescending(d => int.TryParse(Path.GetFileName(d), out var version) ? version : 0)
            .Select(d => Path.Combine(d, "bin")).FirstOrDefault(bin => File.Exists(Path.Combine(bin, "initdb")))
        : null;

    private static async Task RunAsync(params string[] command)
    {
        using var process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"Expected {command[^1]} to work, but:\n{await output}{errors}");
    }
}
