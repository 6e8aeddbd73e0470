using System.Collections.Concurrent;
using BanBuCheng.Desk.Sms.Gateways;

namespace BanBuCheng.Stories.Given.Infrastructure;

/// <summary>The address that delivery reports come back to, without the site behind it.</summary>
public sealed class ReportDesk : IAsyncDisposable
{
    private readonly ConcurrentQueue<KannelReport> _reports = new();
    private LoopbackListener? _listener;

    private ReportDesk() { }

    public Uri Address => new(_listener!.Address, "/sms/report");

    public IReadOnlyCollection<KannelReport> Reports => _reports;

    public static async Task<ReportDesk> StartAsync(SmsReportSeal seal)
    {
        var desk = new ReportDesk();
        desk._listener = await LoopbackListener.StartAsync(context =>
        {
            if (KannelReport.Read(name => context.Request.Query[name], seal) is { } report) desk._reports.Enqueue(report);
            else context.Response.StatusCode = 404;
            return Task.CompletedTask;
        });
        return desk;
    }

    /// <summary>Waits for a report that says so about this message.</summary>
    public Task HearsAsync(Guid id, SmsProgress progress) =>
        Until.TrueAsync(() => _reports.Any(r => r.Id == id && r.Progress == progress), $"a report '{progress}'", TimeSpan.FromSeconds(30));

    public ValueTask DisposeAsync() => _listener?.DisposeAsync() ?? default;
}
