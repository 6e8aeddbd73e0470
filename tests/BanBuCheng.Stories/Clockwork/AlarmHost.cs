using BanBuCheng.Desk.Steps;
using BanBuCheng.Web.Clockwork;
using Hangfire;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace BanBuCheng.Stories.Clockwork;

/// <summary>A node with the real alarm clock and, instead of the desk, one due thing.</summary>
internal sealed class AlarmHost : IAsyncDisposable
{
    private readonly IHost _host;

    private AlarmHost(IHost host) => _host = host;

    public IBell Bell => _host.Services.GetRequiredService<IBell>();
    public JobStorage Storage => _host.Services.GetRequiredService<JobStorage>();
    public long Scheduled => Storage.GetMonitoringApi().ScheduledCount();

    /// <summary>Whether Hangfire has run this method of the alarm job.</summary>
    public bool Rang(string method) => Storage.GetMonitoringApi().SucceededJobs(0, 100).Any(job => job.Value.Job?.Method.Name == method);

    public static async Task<AlarmHost> StartAsync(ClockworkStorage storage, IDueWork work, bool sweep, TimeProvider? clock = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection([new("Clockwork:Sweep", sweep.ToString()), new("Clockwork:SweepEvery", "00:00:02")]);
        builder.Services.AddSingleton(clock ?? TimeProvider.System);
        builder.Services.AddSingleton(work);
        builder.Services.AddClockwork(storage, builder.Configuration);
        var host = builder.Build();
        await host.StartAsync();
        return new AlarmHost(host);
    }

    /// <summary>Everything Hangfire has on its books is gone: bells, queues, and the recurring sweep.</summary>
    public void EmptyStorage()
    {
        var jobs = new BackgroundJobClient(Storage);
        var books = Storage.GetMonitoringApi();
        foreach (var (id, _) in books.ScheduledJobs(0, 1000)) jobs.Delete(id);
        new RecurringJobManager(Storage).RemoveIfExists(SweepGuard.SweepId);
        using var connection = Storage.GetConnection();
        using var transaction = connection.CreateWriteTransaction();
        foreach (var item in connection.GetAllItemsFromSet(BellBook.Key)) transaction.RemoveFromSet(BellBook.Key, item);
        transaction.Commit();
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
