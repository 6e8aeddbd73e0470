using System.Diagnostics;
using System.Globalization;

namespace BanBuCheng.Stories.Given.Infrastructure;

/// <summary>
/// A server process that cannot outlive the tests. A small shell holds it by its own standard input: when the test process ends in
/// whatever way, that pipe closes and the shell stops the server. Output goes to a file, so no pipe can fill up.
/// </summary>
public sealed class LoopbackProcess : IAsyncDisposable
{
    private const string Holder = """
        log=$1; signal=$2; shift 2
        exec 3<&0
        "$@" </dev/null >>"$log" 2>&1 3<&- &
        child=$!
        echo $child
        ( read -r _ <&3; kill -s "$signal" $child; i=0; while kill -0 $child && [ $i -lt 100 ]; do sleep 0.1; i=$((i+1)); done; kill -s KILL $child ) >/dev/null 2>&1 &
        exec >/dev/null 2>&1 3<&-
        wait $child
        """;

    private readonly Process _shell;
    private readonly string _logFile;

    private LoopbackProcess(Process shell, string logFile, int id)
    {
        (_shell, _logFile, Id) = (shell, logFile, id);
    }

    /// <summary>The server's own process id, not the shell's.</summary>
    public int Id { get; }

    public bool HasExited => _shell.HasExited;

    public string Log => File.Exists(_logFile) ? File.ReadAllText(_logFile) : "";

    public static async Task<LoopbackProcess> StartAsync(string logFile, IReadOnlyList<string> command, string stopSignal = "TERM",
        IReadOnlyDictionary<string, string?>? environment = null, string? folder = null)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", Holder, "holder", logFile, stopSignal, .. command])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = folder ?? Path.GetTempPath(),
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>()) start.Environment[name] = value;
        var shell = Process.Start(start) ?? throw new InvalidOperationException("Expected a shell, but none started.");
        var id = int.Parse(await shell.StandardOutput.ReadLineAsync() ?? "", CultureInfo.InvariantCulture);
        return new LoopbackProcess(shell, logFile, id);
    }

    /// <summary>Waits until it serves; a server that ended instead tells its log.</summary>
    public Task ReadyAsync(Func<Task<bool>> serves, string what, TimeSpan bound, CancellationToken ct = default) => Until.TrueAsync(async () =>
    {
        if (HasExited) throw new InvalidOperationException($"Expected {what}, but the process ended:\n{Log}");
        return await serves();
    }, what, bound, ct);

    /// <summary>kill -9: no handler, no flush, no good-bye.</summary>
    public async Task KillAsync()
    {
        using (var server = Process.GetProcessById(Id)) server.Kill();
        await _shell.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_shell.HasExited)
        {
            _shell.StandardInput.Close();
            using var bound = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            await _shell.WaitForExitAsync(bound.Token);
        }

        _shell.Dispose();
    }
}
