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
/// 热身 — what the first page and the first step would otherwise pay for, done on a second thread: a save and the script engine while the
/// host is made, the front page's making while the schema is looked at, the published flows once a page was seen. Nothing depends on it.
/// </summary>
internal static partial class WarmUp
{
    private const string Flow = """
        { "id": "w", "definitionId": "w", "version": 1, "root": { "id": "a", "type": "Elsa.WriteLine",
          "text": { "typeName": "String", "expression": { "type": "JavaScript", "value": "'' + (1 + 1)" } } } }
        """;

    private static Exception? _before;

    /// <summary>From the first moment of a process that will serve, before there is a host.</summary>
    public static void Ahead() => _ = Task.Run(async () =>
    {
        try
        {
            await FirstSave.RehearseAsync(default);
            await ScriptAsync(default);
        }
        catch (Exception failed)
        {
            // There is nobody to tell yet.
            _before = failed;
        }
    });

    /// <summary>A script's first run costs a tenth of a second of compiling.</summary>
    public static Task ScriptAsync(CancellationToken ct) => SingleRun.RunAsync([Flow], null, ct);

    public static void Begin(WebApplication app)
    {
        app.Services.GetRequiredService<FirstPage>().Await();
        _ = Task.Run(() => TryAsync(app, FrontPageAsync));
        app.Lifetime.ApplicationStarted.Register(() => _ = Task.Run(() => TryAsync(app, FlowsAsync)));
    }

    private static async Task FrontPageAsync(WebApplication app, CancellationToken ct)
    {
        var pages = app.Services.GetRequiredService<IActionDescriptorCollectionProvider>().ActionDescriptors.Items.OfType<PageActionDescriptor>();
        if (pages.FirstOrDefault(p => p.ViewEnginePath == "/Index") is { } front)
            await app.Services.GetRequiredService<PageLoader>().LoadAsync(front, EndpointMetadataCollection.Empty);
    }

    private static async Task FlowsAsync(WebApplication app, CancellationToken ct)
    {
        await app.Services.GetRequiredService<FirstPage>().PassedAsync(ct);
        if (_before is { } failed) Cold(app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(nameof(WarmUp)), failed.Message);
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
