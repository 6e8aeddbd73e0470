using Xunit;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using BanBuCheng.Engine.Tests.Durable;
using Npgsql;

[assembly: AssemblyFixture(typeof(PostgresCluster))]

namespace BanBuCheng.Engine.Tests.Durable;

/// <summary>A throw-away PostgreSQL of this test run, started when the first test asks for it.</summary>
public sealed class PostgresCluster : IAsyncDisposable
{
    private static readonly SemaphoreSlim Gate = new(1, 1);
    private static Running? _running;

    private sealed record Running(string Bin, string Directory, int Port);

    /// <summary>The connection to a new database; the test is skipped (in CI: fails) when PostgreSQL is not installed.</summary>
    public static async Task<string> NewDatabaseAsync()
    {
        await Gate.WaitAsync();
        try
        {
            _running ??= await StartAsync();
        }
        finally
        {
            Gate.Release();
        }
        var name = "flows_" + Guid.CreateVersion7().ToString("N");
        await using var source = NpgsqlDataSource.Create(Connection(_running.Port, "postgres") + ";Pooling=false");
        await using var command = source.CreateCommand($"CREATE DATABASE {name}");
        await command.ExecuteNonQueryAsync();
        return Connection(_running.Port, name);
    }

    public async ValueTask DisposeAsync()
    {
        if (_running is null) return;
        NpgsqlConnection.ClearAllPools();
        await RunAsync(_running.Bin, "pg_ctl", "stop", "-m", "immediate", "-D", _running.Directory);
        Directory.Delete(Path.GetDirectoryName(_running.Directory)!, true);
    }

    private static string Connection(int port, string database) => $"Host=127.0.0.1;Port={port};Username=postgres;Database={database};Maximum Pool Size=20";

    private static async Task<Running> StartAsync()
    {
        var bin = Directory.Exists("/usr/lib/postgresql")
            ? Directory.EnumerateDirectories("/usr/lib/postgresql").Select(d => Path.Combine(d, "bin")).LastOrDefault(d => File.Exists(Path.Combine(d, "initdb")))
            : null;
        if (bin is null)
        {
            const string missing = "PostgreSQL is not installed; install with: apt-get install postgresql";
            if (Environment.GetEnvironmentVariable("CI") == "true") Assert.Fail(missing);
            Assert.Skip(missing);
        }
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();

        var home = Directory.CreateTempSubdirectory("flows-pg-").FullName;
        // initdb refuses root, so root becomes the user that the package made.
        if (Environment.IsPrivilegedProcess) await RunAsync(null, "chown", "postgres", home);
        var data = Path.Combine(home, "data");
        await RunAsync(bin, "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync");
        await RunAsync(bin, "pg_ctl", "start", "-w", "-D", data, "-l", Path.Combine(home, "log"),
            "-o", $"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={home} -c fsync=off -c max_connections=60");
        return new Running(bin!, data, port);
    }

    private static async Task RunAsync(string? bin, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo { RedirectStandardError = true, WorkingDirectory = "/tmp" };
        var path = bin is null ? program : Path.Combine(bin, program);
        if (bin is not null && Environment.IsPrivilegedProcess)
        {
            start.FileName = "runuser";
            start.ArgumentList.Add("-u");
            start.ArgumentList.Add("postgres");
            start.ArgumentList.Add("--");
            start.ArgumentList.Add(path);
        }
        else
        {
            start.FileName = path;
        }
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        // The server inherits what its starter has open, so nothing of it may be read to its end.
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {await process.StandardError.ReadToEndAsync()}");
    }
}
