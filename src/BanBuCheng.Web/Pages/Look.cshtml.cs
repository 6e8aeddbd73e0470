using BanBuCheng.Web.Pages.Shared.Frame;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace BanBuCheng.Web.Pages;

/// <summary>Keeps the wish for dark or elder pages and returns to where one was. Plain links lead here: it must work without script.</summary>
internal sealed class LookModel : PageModel
{
    public IActionResult OnGet(string? theme, string? elder, string? back)
    {
        Keep(Look.ThemeCookie, theme, "dark", "light");
        Keep(Look.ElderCookie, elder, "on", "off");
        return LocalRedirect(Url.IsLocalUrl(back) ? back : "/");
    }

    private void Keep(string cookie, string? wish, params ReadOnlySpan<string> allowed)
    {
        if (wish is null || !allowed.Contains(wish)) return;
        Response.Cookies.Append(cookie, wish, new CookieOptions
        {
            HttpOnly = true,
            IsEssential = true,
            SameSite = SameSiteMode.Lax,
            Secure = Request.IsHttps,
            MaxAge = TimeSpan.FromDays(365),
        });
    }
}
