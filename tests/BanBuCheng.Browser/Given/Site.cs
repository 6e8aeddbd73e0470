using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using BanBuCheng.Stories.Given.Infrastructure;

namespace BanBuCheng.Browser.Given;

/// <summary>The real program as its own process: <c>banbucheng.dll serve</c> from the web project's build output, on a loopback port and a data folder of its own.</summary>
public sealed class Site : IAsyncDisposable
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(90);
    private static readonly HttpClient Http = new(new HttpClientHandler { AllowAutoRedirect = false });
    private readonly string _folder = Directory.CreateTempSubdirectory("bbc-site-").FullName;
    private readonly Dictionary<string, string?> _environment;
    private readonly string[] _arguments;
    private LoopbackProcess? _process;

    private Site(string[] arguments, IReadOnlyDictionary<string, string?> environment, string? dataFolder)
    {
        (_arguments, _environment) = (arguments, new(environment));
        DataFolder = dataFolder ?? Path.Combine(_folder, "data");
        Address = new Uri($"http://127.0.0.1:{LoopbackPort.Free(1)[0]}/");
    }

    public Uri Address { get; }

    public string DataFolder { get; }

    public int ProcessId => _process?.Id ?? throw new InvalidOperationException("Expected a running site, but it is stopped.");

    /// <summary>What the program wrote to its two outputs, over all its starts.</summary>
    public string Log => File.Exists(LogFile) ? File.ReadAllText(LogFile) : "";

    private string LogFile => Path.Combine(_folder, "site.log");

    /// <summary>Starts the demo hall with a movable clock and waits until the front page answers 200.</summary>
    public static Task<Site> StartAsync(IReadOnlyDictionary<string, string?>? environment = null) => StartAsync(["--clock-control"], environment);

    /// <param name="dataFolder">Another node's data folder, to be a second node of it.</param>
    public static async Task<Site> StartAsync(string[] arguments, IReadOnlyDictionary<string, string?>? environment = null, string? dataFolder = null)
    {
        var site = new Site(arguments, environment ?? new Dictionary<string, string?>(), dataFolder);
        try
        {
            await site.StartAgainAsync();
            return site;
        }
        catch
        {
            await site.DisposeAsync();
            throw;
        }
    }

    /// <summary>A demo hall whose clock stands at <paramref name="at"/> (<c>2022-06-25 09:00</c>, the hall's own time), with its four weeks before that told to the end.</summary>
    public static async Task<Site> OpenAsync(string at)
    {
        var site = await StartAsync(["--clock-control"], new Dictionary<string, string?> { ["Demo__StartAt"] = at });
        try
        {
            await site.ToldAsync();
            return site;
        }
        catch
        {
            await site.DisposeAsync();
            throw;
        }
    }

    /// <summary>Once more at another hour: the moved clock is the process's own, and a new process would stand at the real day.</summary>
    public Task StartAgainAtAsync(string at)
    {
        _environment["Demo__StartAt"] = at;
        return StartAgainAsync();
    }

    /// <summary>Moves the clock; what falls due on the way has happened when this returns.</summary>
    public async Task ItIsAsync(string at)
    {
        using var answer = await Http.PostAsJsonAsync(new Uri(Address, "demo/clock"), new { to = at.Replace(' ', 'T') });
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Waits until the demo's past is told; its last page of it says so by asking to be loaded anew.</summary>
    public Task ToldAsync() => Until.TrueAsync(async () =>
    {
        using var answer = await Http.GetAsync(new Uri(Address, "demo/seeding"));
        return answer.Headers.Contains("HX-Refresh");
    }, "the demo's past to be told", Bound);

    /// <summary>The same address and data folder, after <see cref="KillAsync"/> or <see cref="StopAsync"/>.</summary>
    public async Task StartAgainAsync()
    {
        var command = (string[])["dotnet", Program(), "serve", "--urls", Address.ToString().TrimEnd('/'), "--data", DataFolder, .. _arguments];
        _process = await LoopbackProcess.StartAsync(LogFile, command, environment: _environment, folder: _folder);
        await _process.ReadyAsync(AnswersAsync, "the front page to answer 200", Bound);
    }

    /// <summary>kill -9: what was acknowledged must be there after <see cref="StartAgainAsync"/>.</summary>
    public async Task KillAsync()
    {
        await _process!.KillAsync();
        await StopAsync();
    }

    /// <summary>An orderly stop (SIGTERM).</summary>
    public async Task StopAsync()
    {
        if (_process is not null) await _process.DisposeAsync();
        _process = null;
    }

    /// <summary>Runs another verb of the same program to its end.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(string folder, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [Program(), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        })!;
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        using var bound = new CancellationTokenSource(Bound);
        await process.WaitForExitAsync(bound.Token);
        return (process.ExitCode, output, await errors);
    }

    /// <summary>Beside this test assembly, in the same configuration.</summary>
    public static string Program()
    {
        var build = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var (framework, configuration) = (build.Name, build.Parent!.Name);
        var root = build;
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "BanBuCheng.sln"))) root = root.Parent;
        var program = Path.Combine(root?.FullName ?? "", "src", "BanBuCheng.Web", "bin", configuration, framework, "banbucheng.dll");
        return File.Exists(program) ? program : throw new FileNotFoundException(string.Create(CultureInfo.InvariantCulture, $"Expected the built program at {program}."));
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            using var answer = await Http.GetAsync(Address);
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
