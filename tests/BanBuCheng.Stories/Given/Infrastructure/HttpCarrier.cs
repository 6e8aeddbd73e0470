using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace BanBuCheng.Stories.Given.Infrastructure;

/// <summary>A carrier under the test's command: takes, refuses or puts off what Kannel submits, and reports when it is told to.</summary>
public sealed class HttpCarrier : IAsyncDisposable
{
    private static readonly HttpClient Http = new();
    private readonly ConcurrentQueue<CarrierMessage> _taken = new();
    private LoopbackListener? _listener;
    private int _count;

    private HttpCarrier() { }

    /// <summary>What it answers to the next submission: <c>ok</c>, <c>reject</c> or <c>retry</c>.</summary>
    public Func<CarrierMessage, string> Answer { get; set; } = _ => "ok";

    /// <summary>Every submission so far, also those refused or put off.</summary>
    public IReadOnlyCollection<CarrierMessage> Submitted => _taken;

    internal Uri? Kannel { get; set; }
    internal Uri SendUrl => new(_listener!.Address, "/send");

    public static async Task<HttpCarrier> StartAsync()
    {
        var carrier = new HttpCarrier();
        carrier._listener = await LoopbackListener.StartAsync(carrier.TakeAsync);
        return carrier;
    }

    /// <summary>Final report to Kannel: 1 delivered, 2 failed.</summary>
    public async Task ReportAsync(CarrierMessage message, int dlrType)
    {
        var address = QueryHelpers.AddQueryString(Kannel!.ToString(), new Dictionary<string, string?>
        {
            ["phone"] = message.To,
            ["to"] = "12345",
            ["mid"] = message.Id,
            ["dlr-mask"] = dlrType.ToString(CultureInfo.InvariantCulture),
        });
        (await Http.GetAsync(address)).EnsureSuccessStatusCode().Dispose();
    }

    public ValueTask DisposeAsync() => _listener?.DisposeAsync() ?? default;

    private async Task TakeAsync(HttpContext context)
    {
        var id = $"m{Interlocked.Increment(ref _count)}";
        var query = context.Request.QueryString.Value ?? "";
        // The header of a cut text ends in its part number.
        var message = new CarrierMessage(id, context.Request.Query["to"].ToString(), Encoding.BigEndianUnicode.GetString(Raw(query, "text")),
            Raw(query, "udh").LastOrDefault((byte)1));
        _taken.Enqueue(message);
        var answer = Answer(message);
        await context.Response.WriteAsync(answer == "ok" ? $"ok id={id}" : answer);
    }

    /// <summary>The body is UTF-16BE behind percent signs, which no ordinary query parser survives.</summary>
    private static byte[] Raw(string query, string name)
    {
        var pair = query.TrimStart('?').Split('&').FirstOrDefault(p => p.StartsWith(name + "=", StringComparison.Ordinal)) ?? "";
        return WebUtility.UrlDecodeToBytes(Encoding.ASCII.GetBytes(pair), Math.Min(name.Length + 1, pair.Length), Math.Max(0, pair.Length - name.Length - 1)) ?? [];
    }
}

/// <summary>One submission as the carrier saw it: a whole text, or one part of a cut one. Parts come in any order.</summary>
public sealed record CarrierMessage(string Id, string To, string Text, int Part);
