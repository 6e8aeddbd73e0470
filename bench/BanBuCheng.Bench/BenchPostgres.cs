using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace BanBuCheng.Bench;

/// <summary>A throw-away PostgreSQL that waits for the disk, as a real one does (fsync and synchronous_commit on).</summary>
internal sealed class BenchPostgres : IAsyncDisposable
{
    private readonly string _bin;
    private readonly string _home;
    private int _databases;

    private BenchPostgres(string bin, string home, int port) => (_bin, _home, Port) = (bin, home, port);

    public int Port { get; }

    /// <summary>Null when PostgreSQL is not installed.</summary>
    public static async Task<BenchPostgres?> StartAsync()
    {
        var bin = Directory.Exists("/usr/lib/postgresql")
            ? Directory.EnumerateDirectories("/usr/lib/postgresql").Select(d => Path.Combine(d, "bin")).LastOrDefault(d => File.Exists(Path.Combine(d, "initdb")))
            : null;
        if (bin is null) return null;
        int port;
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            port = ((IPEndPoint)probe.LocalEndpoint).Port;
        }

        var home = Directory.CreateTempSubdirectory("bench-pg-").FullName;
        if (Environment.IsPrivilegedProcess) await RunAsync(null, "chown", "postgres", home);
        await RunAsync(bin, "initdb", "-D", Path.Combine(home, "data"), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync");
        await RunAsync(bin, "pg_ctl", "start", "-w", "-D", Path.Combine(home, "data"), "-l", Path.Combine(home, "log"),
            "-o", $"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={home} -c fsync=on -c synchronous_commit=on -c shared_buffers=256MB -c max_wal_size=2GB -c max_connections=80");
        return new BenchPostgres(bin, home, port);
    }

    /// <param name="port">Another port than the server's, for a counter in between.</param>
    public async Task<string> NewDatabaseAsync(int? port = null)
    {
        var name = $"bench_{++_databases}";
        await using var source = NpgsqlDataSource.Create($"Host=127.0.0.1;Port={Port};Username=postgres;Database=postgres;Pooling=false");
        await using var command = source.CreateCommand($"CREATE DATABASE {name}");
        await command.ExecuteNonQueryAsync();
        return $"Host=127.0.0.1;Port={port ?? Port};Username=postgres;Database={name};Maximum Pool Size=24";
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await RunAsync(_bin, "pg_ctl", "stop", "-m", "immediate", "-D", Path.Combine(_home, "data"));
        Directory.Delete(_home, recursive: true);
    }

    private static async Task RunAsync(string? bin, string program, params string[] arguments)
    {
        // initdb and the server refuse root, so root becomes the user that the package made.
        var asPostgres = bin is not null && Environment.IsPrivilegedProcess;
        var path = bin is null ? program : Path.Combine(bin, program);
        var start = new ProcessStartInfo { FileName = asPostgres ? "runuser" : path, WorkingDirectory = "/tmp", RedirectStandardOutput = program == "initdb" };
        if (asPostgres) foreach (var word in new[] { "-u", "postgres", "--", path }) start.ArgumentList.Add(word);
        if (program == "pg_ctl") start.ArgumentList.Add("-s");
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        if (start.RedirectStandardOutput) await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} ended with {process.ExitCode}.");
    }
}
