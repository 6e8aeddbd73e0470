using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace BanBuCheng.Web.Pages.Citizen;

/// <summary>
/// 查询凭条 — what was typed, encrypted into a cookie that ends with the browser and after twenty minutes at the latest, so that
/// “为什么”, large type and the back button work without asking again and without a code in any address.
/// </summary>
internal sealed class QueryTicket(IDataProtectionProvider protection)
{
    private const string Cookie = "bbc-query";
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(20);
    private readonly ITimeLimitedDataProtector _seal = protection.CreateProtector("BanBuCheng.QueryTicket").ToTimeLimitedDataProtector();

    public void Give(HttpContext http, string number, string code) =>
        http.Response.Cookies.Append(Cookie, _seal.Protect($"{number}\n{code}", Life), Options(http));

    public (string Number, string Code)? Read(HttpContext http)
    {
        if (http.Request.Cookies[Cookie] is not { Length: > 0 and < 2000 } kept) return null;
        try
        {
            var parts = _seal.Unprotect(kept).Split('\n');
            return parts.Length == 2 ? (parts[0], parts[1]) : null;
        }
        catch (CryptographicException)
        {
            return null; // too old, of another hall, or touched: one asks again
        }
    }

    public static void TakeBack(HttpContext http) => http.Response.Cookies.Delete(Cookie, Options(http));

    private static CookieOptions Options(HttpContext http) => new()
    {
        HttpOnly = true,
        IsEssential = true,
        SameSite = SameSiteMode.Lax,
        Secure = http.Request.IsHttps,
        Path = "/q",
    };
}
