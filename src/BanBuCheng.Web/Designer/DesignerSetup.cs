using BanBuCheng.Desk.Database;
using BanBuCheng.Web.SignIn;

namespace BanBuCheng.Web.Designer;

/// <summary>流程设计器 — the genuine Elsa Studio under our roof: its files, its interface, its live line.</summary>
internal static class DesignerSetup
{
    public const string Api = "/elsa/api", Hub = "/elsa/hubs/workflow-instance";

    public static IServiceCollection AddDesigner(this IServiceCollection services)
    {
        services.AddSingleton<StudioFiles>();
        services.AddSingleton<FlowFacts>();
        services.AddSingleton<Palette>();
        services.AddSingleton<InstanceJournals>();
        services.AddSingleton<InstanceWatch>();
        services.AddHostedService(s => s.GetRequiredService<InstanceWatch>());
        services.AddSignalR();
        return services;
    }

    public static WebApplication MapDesigner(this WebApplication app)
    {
        var studio = app.MapGroup("/designer");
        foreach (var folder in (string[])["_framework", "_content"])
            studio.MapMethods(folder + "/{**path}", ["GET", "HEAD"], (HttpContext http, StudioFiles files, string path) => files.Serve(http, $"{folder}/{path}")).AllowAnonymous();
        studio.MapMethods("/Elsa.Studio.Host.CustomElements.styles.css", ["GET", "HEAD"], (HttpContext http, StudioFiles files) => files.Serve(http, "Elsa.Studio.Host.CustomElements.styles.css")).AllowAnonymous();
        studio.MapGet("/appsettings.json", () => Results.Text("{}", "application/json")).AllowAnonymous();

        var api = app.MapGroup(Api).AddEndpointFilter<DesignerGuard>();
        DefinitionReads.Map(api);
        PartGraphs.Map(api);
        DefinitionEdits.Map(api);
        DefinitionBulk.Map(api);
        DefinitionFiles.Map(api);
        api.MapGet("/descriptors/activities", async (HttpContext http, DeskDb db, Palette palette, CancellationToken ct) => (await palette.ReadyAsync(db, ct)).To(http));
        SmallLists.Map(api);
        Scripting.Map(api);
        InstanceReads.Map(api);
        ActivityRuns.Map(api);
        InstanceActs.Map(api);
        InstanceWays.Map(api);
        QuietAnswers.Map(api);
        api.MapGet("/workflow-instances/{id}", IResult (string id) => throw new Desk.Steps.RefusedException("flow.instance-unknown"));
        app.UseWhen(http => http.Request.Path.StartsWithSegments(Hub), door => door.Use(AtTheHubAsync));
        app.MapHub<InstanceHub>(Hub);
        return app;
    }

    /// <summary>The live line's door: a socket cannot carry a header of ours, so the browser's word about its origin counts.</summary>
    private static async Task AtTheHubAsync(HttpContext http, RequestDelegate next)
    {
        var origin = http.Request.Headers.Origin.ToString();
        var status = http.ActorOrNull() is not { } actor ? StatusCodes.Status401Unauthorized
            : !actor.MayView() || origin.Length > 0 && !DesignerGuard.IsOurs(origin, http.Request) ? StatusCodes.Status403Forbidden : 0;
        if (status == 0) await next(http);
        else await Answers.Problem(status, "who.role-needed", "请用能看流程的岗位登录。").ExecuteAsync(http);
    }
}
