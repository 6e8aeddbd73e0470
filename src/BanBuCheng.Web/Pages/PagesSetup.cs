using Microsoft.Extensions.WebEncoders;

namespace BanBuCheng.Web.Pages;

/// <summary>What the pages need from the host: two lines in the composition, one for services, one for the request's way.</summary>
internal static class PagesSetup
{
    public static IServiceCollection AddPages(this IServiceCollection services)
    {
        // Chinese stays Chinese in the HTML; only what HTML itself needs is escaped.
        services.Configure<WebEncoderOptions>(o => o.TextEncoderSettings = new(System.Text.Unicode.UnicodeRanges.All));
        services.AddAntiforgery(o => o.Cookie.Name = "bbc-form");
        return services;
    }

    /// <summary>Headers, failures turned into pages, routing. Sign-in stands between this and <see cref="MapPages"/>.</summary>
    public static WebApplication UsePages(this WebApplication app)
    {
        app.UseMiddleware<PagePolicy>();
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandlingPath = "/error",
            // The error page writes the one line, with the reference that the person reads out.
            SuppressDiagnosticsCallback = _ => true,
        });
        app.UseStatusCodePagesWithReExecute("/error", "?code={0}");
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
