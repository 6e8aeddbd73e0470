using BanBuCheng.Desk.Database;
using BanBuCheng.Engine.Durable;
using BanBuCheng.Engine.Expectations;
using BanBuCheng.Engine.Running;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Web;

/// <summary>
/// 热身 — what the first page and the first step would otherwise pay for, done on a second thread: the front page's making and the
/// script engine while the schema is looked at, the published flows once the doors are open. Nothing depends on it.
/// </summary>
internal static partial class WarmUp
{
    private const string Flow = """
        { "id": "w", "definitionId": "w", "version": 1, "root": { "id": "a", "type": "Elsa.WriteLine",
          "text": { "typeName": "String", "expression": { "type": "JavaScript", "value": "'' + (1 + 1)" } } } }
        """;

    public static void Begin(WebApplication app)
    {
        _ = Task.Run(() => TryAsync(app, BeforeTheDoorsOpenAsync));
        app.Lifetime.ApplicationStarted.Register(() => _ = Task.Run(() => TryAsync(app, FlowsAsync)));
    }

    private static async Task BeforeTheDoorsOpenAsync(WebApplication app, CancellationToken ct)
    {
        var pages = app.Services.GetRequiredService<IActionDescriptorCollectionProvider>().ActionDescriptors.Items.OfType<PageActionDescriptor>();
        if (pages.FirstOrDefault(p => p.ViewEnginePath == "/Index") is { } front)
            await app.Services.GetRequiredService<PageLoader>().LoadAsync(front, EndpointMetadataCollection.Empty);
        await SingleRun.RunAsync([Flow], null, ct);
    }

    private static async Task FlowsAsync(WebApplication app, CancellationToken ct)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DeskDb>();
        var (host, store) = (scope.ServiceProvider.GetRequiredService<FlowHost>(), scope.ServiceProvider.GetRequiredService<DbFlowStore>());
        foreach (var version in await db.Set<FlowDefinitionRow>().AsNoTracking().Where(d => d.IsPublished).Select(d => d.VersionId).ToListAsync(ct))
            await host.CompileAsync(version, store, ct);
    }

    private static async Task TryAsync(WebApplication app, Func<WebApplication, CancellationToken, Task> work)
    {
        try
        {
            await work(app, app.Lifetime.ApplicationStopping);
        }
        catch (Exception failed)
        {
            // Whatever this met, the one who needs it for real meets again and says so where it matters; ended hosts meet it too.
            Cold(app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(nameof(WarmUp)), failed.Message);
        }
    }

    [LoggerMessage(EventId = 9001, Level = LogLevel.Debug, Message = "The warm-up stopped: {Reason}")]
    private static partial void Cold(ILogger log, string reason);
}
