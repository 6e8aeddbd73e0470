using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using BanBuCheng.Desk.Database;
using BanBuCheng.Engine.Durable;
using BanBuCheng.Web.SignIn;
using Microsoft.AspNetCore.SignalR;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Web.Designer;

/// <summary>The viewer's live line: it says which instance it looks at and hears when that one moved.</summary>
internal sealed class InstanceHub(InstanceWatch watch) : Hub
{
    public async Task ObserveInstanceAsync(string workflowInstanceId)
    {
        if (Context.GetHttpContext()?.ActorOrNull()?.MayView() != true) throw new HubException("流程实例不归您的岗位看。");
        if (!Guid.TryParse(workflowInstanceId, out var id)) return;
        await Groups.AddToGroupAsync(Context.ConnectionId, id.ToString("D"), Context.ConnectionAborted);
        watch.Look(Context.ConnectionId, id);
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        watch.LookAway(Context.ConnectionId);
        return base.OnDisconnectedAsync(exception);
    }
}

/// <summary>
/// Looks once a second at the instances that somebody looks at, and tells them what changed. Asking the table keeps the engine's hot path free of
/// listeners and hears of steps on other nodes too; while nobody looks, nothing is asked.
/// </summary>
internal sealed partial class InstanceWatch(IServiceScopeFactory scopes, IHubContext<InstanceHub> hub, InstanceJournals journals, ILogger<InstanceWatch> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<string, Guid> _looking = new(StringComparer.Ordinal);
    private readonly Dictionary<Guid, int> _seen = [];

    public void Look(string connection, Guid instance) => _looking[connection] = instance;

    public void LookAway(string connection) => _looking.TryRemove(connection, out _);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Real seconds: the hall's clock may stand still or jump.
        using var timer = new PeriodicTimer(Pause, TimeProvider.System);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (_looking.IsEmpty) continue;
            try
            {
                await TellAsync([.. _looking.Values.Distinct()], stoppingToken);
            }
            catch (Exception failed) when (failed is not OperationCanceledException)
            {
                // The next second asks again, and the viewer can be reloaded.
                Silent(log, failed);
            }
        }
    }

    private async Task TellAsync(IReadOnlyList<Guid> instances, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DeskDb>();
        var now = await db.Set<FlowInstanceRow>().AsNoTracking().Where(i => instances.Contains(i.Id)).Select(i => new { i.Id, i.Version }).ToListAsync(ct);
        foreach (var gone in _seen.Keys.Except(instances).ToList()) _seen.Remove(gone);
        foreach (var instance in now)
        {
            var isFirst = !_seen.TryGetValue(instance.Id, out var version);
            _seen[instance.Id] = instance.Version;
            if (isFirst || version == instance.Version) continue;
            var group = hub.Clients.Group(instance.Id.ToString("D"));
            await group.SendAsync("WorkflowInstanceUpdatedAsync", new { workflowInstanceId = instance.Id.ToString("D") }, ct);
            await group.SendAsync("WorkflowExecutionLogUpdatedAsync", new { }, ct);
            var stats = ActivityRuns.Stats(await journals.OfAsync(db, instance.Id, ct), null);
            await group.SendAsync("ActivityExecutionLogUpdatedAsync", new JsonObject { ["stats"] = stats }, ct);
        }
    }

    [LoggerMessage(EventId = 9202, Level = LogLevel.Warning, Message = "The viewers could not be told of a change")]
    private static partial void Silent(ILogger log, Exception failed);
}
