namespace BanBuCheng.Web.Pages.Shared.Frame;

/// <summary>
/// 外观 — dark mode for staff and elder mode for citizens. Both live in a cookie and are rendered by the server, so nothing flashes and
/// no script is needed.
/// </summary>
internal static class Look
{
    public const string ThemeCookie = "bbc-theme";
    public const string ElderCookie = "bbc-elder";

    public const string KeysCookie = "bbc-keys";

    public static bool IsDark(HttpRequest request) => request.Cookies[ThemeCookie] == "dark";
    public static string Theme(HttpRequest request) => IsDark(request) ? "dark" : "light";
    public static bool IsElder(HttpRequest request) => request.Cookies[ElderCookie] == "on";

    /// <summary>Single-letter keys, unless turned off on this computer.</summary>
    public static bool LettersOn(HttpRequest request) => request.Cookies[KeysCookie] != "off";

    /// <summary>The link that switches and comes back to the page one was on.</summary>
    public static string Switch(HttpRequest request, string what) =>
        $"/look?{what}&back={Uri.EscapeDataString(request.Path + request.QueryString)}";
}
