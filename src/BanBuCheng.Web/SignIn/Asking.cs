using BanBuCheng.Desk.Steps;

namespace BanBuCheng.Web.SignIn;

/// <summary>Who is asking: the person behind this request, as the cookie's check found them.</summary>
internal static class Asking
{
    private static readonly object Key = new();

    /// <exception cref="InvalidOperationException">Nobody is signed in; pages for staff are behind the access rules.</exception>
    public static Actor Actor(this HttpContext http) =>
        http.ActorOrNull() ?? throw new InvalidOperationException("Expected a signed-in person, but nobody is; the page lacks an access rule.");

    public static Actor? ActorOrNull(this HttpContext http) => http.Items[Key] as Actor;

    internal static void Is(this HttpContext http, Actor actor) => http.Items[Key] = actor;
}
