namespace BanBuCheng.Web.Designer;

/// <summary>
/// The designer's own content policy; every other page keeps the strict one. Blazor compiles WebAssembly, writes styles, and Studio puts two scripts of its
/// own into the page (their hashes are of this version); Monaco's workers are blobs. Nothing may be asked from another host.
/// </summary>
internal static class DesignerPolicy
{
    public const string ContentSecurityPolicy =
        "default-src 'none'; base-uri 'self'; object-src 'none'; form-action 'self'; frame-ancestors 'self'; " +
        "script-src 'self' 'wasm-unsafe-eval' 'sha256-snlP1jz0gjwc5cTz9ErZcliXuCK63+Mmf68RRCeptgc=' 'sha256-vu6sQrKXQHR4Yn3FMMihA/9TxxfIXnCxKwvLrTPJ5ts='; style-src 'self' 'unsafe-inline'; " +
        "img-src 'self' data:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; manifest-src 'self'";

    /// <summary>Written before the site's policy, which leaves what is there.</summary>
    public static void Apply(HttpResponse response) => response.Headers.ContentSecurityPolicy = ContentSecurityPolicy;
}
