using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Data.Sqlite;

namespace BanBuCheng.Bench;

/// <summary>The shipped program as a process of its own, on a free port of this machine, over a data folder.</summary>
internal sealed class Product : IAsyncDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(90);
    private readonly Process _process;
    private readonly string _data;
    private readonly long _started;
    private readonly List<string> _said = [];

    private Product(Process process, string data, Uri address, long started)
    {
        (_process, _data, Address, _started) = (process, data, address, started);
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public Uri Address { get; }

    /// <param name="dll">The program; null for what was built last.</param>
    public static Product Start(string data, string? dll = null)
    {
        dll ??= Repository.Path("src/BanBuCheng.Web/bin/Release/net10.0/banbucheng.dll");
        if (!File.Exists(dll)) throw new FileNotFoundException("Build the program first: dotnet build -c Release src/BanBuCheng.Web", dll);
        var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort()}"));
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var word in new[] { dll, "serve", "--urls", address.ToString().TrimEnd('/'), "--data", data }) start.ArgumentList.Add(word);
        var started = Stopwatch.GetTimestamp();
        return new Product(Process.Start(start)!, data, address, started);
    }

    /// <summary>From the start of the process to the last byte of the first page.</summary>
    public async Task<TimeSpan> FirstPageAsync()
    {
        using var http = new HttpClient { BaseAddress = Address, Timeout = Longest };
        while (Stopwatch.GetElapsedTime(_started) < Longest)
        {
            if (_process.HasExited) throw new InvalidOperationException($"The program ended with {_process.ExitCode}: {Said()}");
            try
            {
                using var answer = await http.GetAsync(new Uri("/", UriKind.Relative));
                await answer.Content.ReadAsByteArrayAsync();
                if (answer.StatusCode is HttpStatusCode.OK) return Stopwatch.GetElapsedTime(_started);
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            await Task.Delay(5);
        }

        throw new TimeoutException($"No first page: {Said()}");
    }

    /// <summary>Waits until the demo hall's past is told.</summary>
    public async Task<TimeSpan> SeededAsync()
    {
        while (Stopwatch.GetElapsedTime(_started) < Longest)
        {
            if (Fact("seeding")?.Split('/') is [var done, var total] && done == total) return Stopwatch.GetElapsedTime(_started);
            await Task.Delay(50);
        }

        throw new TimeoutException($"The demo data did not come to its end: {Said()}");
    }

    /// <summary>Resident memory in MB.</summary>
    public double Memory()
    {
        _process.Refresh();
        return _process.WorkingSet64 / 1048576.0;
    }

    public TimeSpan Cpu()
    {
        _process.Refresh();
        return _process.TotalProcessorTime;
    }

    /// <summary>Reads the database beside the running program.</summary>
    public List<string> Ask(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(_data, "desk.db")};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this bench.
        command.CommandText = sql;
#pragma warning restore CA2100
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read()) rows.Add(reader.GetString(0));
        return rows;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private string? Fact(string name) => Ask($"SELECT value FROM desk_facts WHERE name = '{name}'").SingleOrDefault();

    private void Hear(string? line)
    {
        if (line is null) return;
        lock (_said)
        {
            if (_said.Count < 200) _said.Add(line);
        }
    }

    private string Said()
    {
        lock (_said) return string.Join(Environment.NewLine, _said);
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
