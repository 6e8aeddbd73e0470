using System.Collections.Concurrent;
using BanBuCheng.Stories.Given.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace BanBuCheng.Stories.Kills;

/// <summary>The other end of the SMS gateway, which outlives every kill: knows how often each message was handed to it.</summary>
internal sealed class Carrier : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _reports = new();
    private LoopbackListener _listener = null!;

    /// <summary>Message id → how often it came.</summary>
    public ConcurrentDictionary<Guid, int> Received { get; } = new();

    public static async Task<Carrier> StartAsync()
    {
        var carrier = new Carrier();
        carrier._listener = await LoopbackListener.StartAsync(carrier.TakeAsync);
        return carrier;
    }

    /// <summary>The settings that send a program's messages here.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Settings =>
    [
        new("Sms__Gateway", "Kannel"), new("Sms__Kannel__SendUrl", _listener.Address.ToString()), new("Sms__Kannel__Password", "secret"),
        new("Sms__Kannel__ReportUrl", "http://127.0.0.1:9/sms/report"),
    ];

    /// <summary>The address to which the next delivery report goes, without its host.</summary>
    public string? NextReport() => _reports.TryDequeue(out var report) ? report : null;

    public void PutBack(string report) => _reports.Enqueue(report);

    public ValueTask DisposeAsync() => _listener.DisposeAsync();

    private async Task TakeAsync(HttpContext http)
    {
        var report = new Uri(http.Request.Headers["X-Kannel-DLR-Url"].ToString().Replace("%d", "1", StringComparison.Ordinal).Replace("%A", "", StringComparison.Ordinal));
        var id = Guid.ParseExact(QueryHelpers.ParseQuery(report.Query)["id"].ToString(), "N");
        if (Received.AddOrUpdate(id, 1, (_, times) => times + 1) == 1) _reports.Enqueue(report.PathAndQuery);
        http.Response.StatusCode = StatusCodes.Status202Accepted;
        await http.Response.WriteAsync("0: Accepted for delivery");
    }
}
