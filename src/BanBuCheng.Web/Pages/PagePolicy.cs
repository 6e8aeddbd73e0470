namespace BanBuCheng.Web.Pages;

/// <summary>
/// The strict policy of every page: own host only, no inline script or style, never in a frame. A part of the site with a policy of its
/// own (the designer) writes its header first and keeps it.
/// </summary>
internal sealed class PagePolicy(RequestDelegate next)
{
    public const string ContentSecurityPolicy =
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'";

    public Task InvokeAsync(HttpContext context)
    {
        context.Response.OnStarting(static state =>
        {
            var headers = ((HttpResponse)state).Headers;
            headers.TryAdd("Content-Security-Policy", ContentSecurityPolicy);
            headers.TryAdd("X-Content-Type-Options", "nosniff");
            headers.TryAdd("Referrer-Policy", "same-origin");
            headers.TryAdd("Cross-Origin-Opener-Policy", "same-origin");
            headers.TryAdd("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()");
            return Task.CompletedTask;
        }, context.Response);
        return next(context);
    }
}
