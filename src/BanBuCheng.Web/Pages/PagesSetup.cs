using BanBuCheng.Desk.Steps;
using Microsoft.Extensions.WebEncoders;

namespace BanBuCheng.Web.Pages;

/// <summary>What the pages need from the host: two lines in the composition, one for services, one for the request's way.</summary>
internal static class PagesSetup
{
    public static WebApplicationBuilder AddPages(this WebApplicationBuilder builder)
    {
        // Started from the build's output, outside Development too: the assets stand where the build found them.
        builder.WebHost.UseStaticWebAssets();
        // Without this a build (not a publish) re-packs every file without compressing it, because it expects edits while it runs.
        if (!builder.Environment.IsDevelopment()) builder.Configuration["ReloadStaticAssetsAtRuntime"] = "false";

        var services = builder.Services;
        // Chinese stays Chinese in the HTML; only what HTML itself needs is escaped.
        services.Configure<WebEncoderOptions>(o => o.TextEncoderSettings = new(System.Text.Unicode.UnicodeRanges.All));
        services.AddAntiforgery(o => o.Cookie.Name = "bbc-form");
        services.AddResponseCompression();
        return builder;
    }

    /// <summary>Headers, failures turned into pages, routing. Sign-in stands between this and <see cref="MapPages"/>.</summary>
    public static WebApplication UsePages(this WebApplication app)
    {
        app.UseResponseCompression();
        app.UseMiddleware<PagePolicy>();
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandlingPath = "/error",
            // The error page writes the one line, with the reference that the person reads out.
            SuppressDiagnosticsCallback = _ => true,
        });
        app.UseStatusCodePagesWithReExecute("/error", "?code={0}");
        app.Use(static (context, next) =>
        {
            // Nobody types a NUL or half a character into an address, and not every database takes one in a comparison.
            if (!context.Request.Query.Any(q => q.Value.Any(v => TypedText.Unreadable(v) is not null))) return next(context);
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return Task.CompletedTask;
        });
        app.UseRouting();
        return app;
    }

    public static WebApplication MapPages(this WebApplication app)
    {
        app.MapStaticAssets();
        app.MapRazorPages().WithStaticAssets();
        return app;
    }
}
