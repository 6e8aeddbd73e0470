using System.Globalization;
using System.Security.Cryptography;

namespace BanBuCheng.Stories.Given.Infrastructure;

/// <summary>
/// A real Kannel on loopback ports: bearerbox, smsbox, and behind them either Kannel's own fake SMSC, which always delivers, or an
/// <see cref="HttpCarrier"/> that the test commands.
/// </summary>
public sealed class KannelServer : IAsyncDisposable
{
    private const string Packages = "kannel kannel-extras";
    private const string FakeSmsc = "/usr/lib/kannel/test/fakesmsc";
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);
    private static readonly HttpClient Http = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("bbc-kannel-").FullName;
    private readonly int[] _ports = LoopbackPort.Free(4);
    private readonly string _adminPassword = RandomNumberGenerator.GetHexString(16);
    private readonly List<LoopbackProcess> _boxes = [];
    private LoopbackProcess? _fakeSmsc;

    private KannelServer() { }

    private int AdminPort => _ports[0];
    private int BoxPort => _ports[1];
    private int SendPort => _ports[2];
    private int CarrierPort => _ports[3];

    public Uri SendUrl => new($"http://127.0.0.1:{SendPort}/cgi-bin/sendsms");
    public string Username => "desk";
    public string Password { get; } = RandomNumberGenerator.GetHexString(16);

    /// <summary>Kannel with its fake SMSC. Skips the running test where Kannel is missing (fails in CI).</summary>
    public static async Task<KannelServer> StartAsync(bool smscIsThere = true)
    {
        Require();
        var kannel = new KannelServer();
        await kannel.StartBoxesAsync($"""
            smsc = fake
            smsc-id = FAKE
            host = 127.0.0.1
            port = {kannel.CarrierPort}
            connect-allow-ip = 127.0.0.1
            """);
        if (smscIsThere) await kannel.SmscComesAsync();
        return kannel;
    }

    /// <summary>Kannel in front of a carrier that the test commands.</summary>
    public static async Task<KannelServer> StartAsync(HttpCarrier carrier)
    {
        Require();
        var kannel = new KannelServer();
        carrier.Kannel = new Uri($"http://127.0.0.1:{kannel.CarrierPort}/");
        await kannel.StartBoxesAsync($"""
            smsc = http
            smsc-id = HTTP
            system-type = generic
            port = {kannel.CarrierPort}
            connect-allow-ip = 127.0.0.1
            send-url = "{carrier.SendUrl}?from=%P&to=%p&text=%b&coding=%c&charset=%C&udh=%u&dlr=%d&id=%i"
            status-success-regex = "ok"
            status-permfail-regex = "reject"
            status-tempfail-regex = "retry"
            generic-foreign-id-regex = "id=([0-9a-z]+)"
            generic-param-from = "phone"
            generic-param-dlr-mid = "mid"
            """);
        return kannel;
    }

    /// <summary>The fake SMSC connects (again); ready when Kannel says that it is on-line.</summary>
    public async Task SmscComesAsync()
    {
        _fakeSmsc = await LoopbackProcess.StartAsync(LogFile("fakesmsc"),
            [FakeSmsc, "-H", "127.0.0.1", "-r", CarrierPort.ToString(CultureInfo.InvariantCulture), "-m", "0", "1 2 text x"]);
        await _fakeSmsc.ReadyAsync(() => StatusSaysAsync("(online"), "the fake SMSC to be on-line", Bound);
    }

    public async Task SmscLeavesAsync()
    {
        await _fakeSmsc!.DisposeAsync();
        _fakeSmsc = null;
        await Until.TrueAsync(async () => !await StatusSaysAsync("(online"), "the fake SMSC to be gone", Bound);
    }

    public async ValueTask DisposeAsync()
    {
        if (_fakeSmsc is not null) await _fakeSmsc.DisposeAsync();
        foreach (var box in Enumerable.Reverse(_boxes)) await box.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static void Require()
    {
        if (!File.Exists("/usr/sbin/bearerbox") || !File.Exists(FakeSmsc)) Component.Missing("Kannel", Packages);
    }

    private async Task StartBoxesAsync(string smsc)
    {
        var file = Path.Combine(_folder, "kannel.conf");
        await File.WriteAllTextAsync(file, Configuration(smsc));

        var bearerbox = await LoopbackProcess.StartAsync(LogFile("bearerbox"), ["/usr/sbin/bearerbox", "-v", "1", file], folder: _folder);
        _boxes.Add(bearerbox);
        await bearerbox.ReadyAsync(() => StatusSaysAsync("running"), "bearerbox to run", Bound);

        var smsbox = await LoopbackProcess.StartAsync(LogFile("smsbox"), ["/usr/sbin/smsbox", "-v", "1", file], folder: _folder);
        _boxes.Add(smsbox);
        await smsbox.ReadyAsync(async () => await StatusSaysAsync("smsbox:") && await SmsboxAnswersAsync(), "smsbox to be connected", Bound);
    }

    private string Configuration(string smsc) => $"""
        group = core
        admin-port = {AdminPort}
        admin-password = {_adminPassword}
        admin-interface = 127.0.0.1
        smsbox-port = {BoxPort}
        smsbox-interface = 127.0.0.1
        box-allow-ip = "127.0.0.1"
        box-deny-ip = "*.*.*.*"
        dlr-storage = internal
        sms-resend-freq = 2

        group = smsc
        {smsc}

        group = smsbox
        bearerbox-host = 127.0.0.1
        bearerbox-port = {BoxPort}
        sendsms-port = {SendPort}
        sendsms-interface = 127.0.0.1
        sendsms-chars = "0123456789 +-"
        global-sender = 12345
        mo-recode = true

        group = sendsms-user
        username = {Username}
        password = {Password}
        user-allow-ip = "127.0.0.1"
        max-messages = 10
        concatenation = true

        group = sms-service
        keyword = default
        catch-all = true
        max-messages = 0
        omit-empty = true
        text = ""

        """;

    private string LogFile(string box) => Path.Combine(_folder, $"{box}.log");

    private async Task<bool> StatusSaysAsync(string words)
    {
        try
        {
            return (await Http.GetStringAsync($"http://127.0.0.1:{AdminPort}/status.txt?password={_adminPassword}")).Contains(words, StringComparison.Ordinal);
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private async Task<bool> SmsboxAnswersAsync()
    {
        try
        {
            using var answer = await Http.GetAsync(SendUrl);
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
