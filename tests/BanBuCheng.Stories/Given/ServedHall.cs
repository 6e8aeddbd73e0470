using System.Net;
using BanBuCheng.Desk.Backup;
using BanBuCheng.Stories.Given.Infrastructure;
using Xunit;

namespace BanBuCheng.Stories.Given;

/// <summary>The real program as a process of its own, serving a place on a loopback port; it can be killed and started again.</summary>
internal sealed class ServedHall : IAsyncDisposable
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(120);
    private readonly HallPlace _place;
    private readonly string[] _arguments;
    private readonly Dictionary<string, string?> _environment;
    private readonly string _log;
    private LoopbackProcess? _process;

    private ServedHall(HallPlace place, string[] arguments, IReadOnlyDictionary<string, string?>? environment, string log)
    {
        (_place, _arguments, _log) = (place, arguments, log);
        _environment = Verb.Environment(place);
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>()) _environment[name] = value;
        Address = new Uri($"http://127.0.0.1:{LoopbackPort.Free(1)[0]}/");
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(1) })
        {
            BaseAddress = Address,
            Timeout = TimeSpan.FromSeconds(60),
        };
    }

    public Uri Address { get; }
    public HttpClient Http { get; }

    /// <summary>What it said on its two outputs, over all its starts.</summary>
    public string Log => File.Exists(_log) ? File.ReadAllText(_log) : "";

    public bool Runs => _process is { HasExited: false };

    /// <param name="log">Where its outputs go.</param>
    public static async Task<ServedHall> StartAsync(HallPlace place, string log, IReadOnlyDictionary<string, string?>? environment = null, params string[] arguments)
    {
        var served = new ServedHall(place, arguments, environment, log);
        try
        {
            await served.StartAgainAsync();
            return served;
        }
        catch
        {
            await served.DisposeAsync();
            throw;
        }
    }

    /// <param name="changed">Settings that are others now.</param>
    public async Task StartAgainAsync(IReadOnlyDictionary<string, string?>? changed = null)
    {
        foreach (var (name, value) in changed ?? new Dictionary<string, string?>()) _environment[name] = value;
        _process = await LoopbackProcess.StartAsync(_log,
            ["dotnet", Verb.Program, "serve", "--urls", Address.ToString().TrimEnd('/'), "--data", _place.DataFolder, .. _arguments], environment: _environment);
        await _process.ReadyAsync(AnswersAsync, "the site to answer", Bound, TestContext.Current.CancellationToken);
    }

    /// <summary>kill -9.</summary>
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

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Http.Dispose();
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            using var answer = await Http.GetAsync(new Uri("health", UriKind.Relative));
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
