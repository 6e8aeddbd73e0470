namespace BanBuCheng.Web.SignIn;

/// <summary>Whoever came in with a password that somebody else saw (the first administrator's is printed) goes nowhere before it is changed.</summary>
internal sealed class FirstPassword(RequestDelegate next)
{
    private static readonly object Key = new();

    public static void IsStillTheFirst(HttpContext http) => http.Items[Key] = true;

    public static bool IsRequired(HttpContext http) => http.Items.ContainsKey(Key);

    public Task InvokeAsync(HttpContext http)
    {
        if (!http.Items.ContainsKey(Key) || http.GetEndpoint()?.Metadata.GetMetadata<Microsoft.AspNetCore.Mvc.RazorPages.PageActionDescriptor>() is null
            || http.Request.Path.StartsWithSegments("/me") || http.Request.Path.StartsWithSegments("/sign-out") || http.Request.Path.StartsWithSegments("/error"))
            return next(http);
        http.Response.Redirect("/me");
        return Task.CompletedTask;
    }
}
