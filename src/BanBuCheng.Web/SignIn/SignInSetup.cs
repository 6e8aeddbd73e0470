using System.Globalization;
using System.Security.Claims;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Offices;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Web.Pages.Shared.Frame;
using BanBuCheng.Web.Pages.SignIn;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;

namespace BanBuCheng.Web.SignIn;

/// <summary>Cookies, policies and who may open which folder of pages; all of it in this room.</summary>
internal static class SignInSetup
{
    private const string StampClaim = "stamp";

    public static IServiceCollection AddSignIn(this IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName("BanBuCheng");
        services.AddSingleton<KeyRing>();
        services.AddSingleton<KeySeal>();
        services.AddOptions<KeyManagementOptions>().Configure<KeyRing, KeySeal>((options, keys, seal) => (options.XmlRepository, options.XmlEncryptor) = (keys, seal));
        services.AddSingleton<IPasswordCheck, PasswordCheck>();
        services.AddScoped<IFrontDoor, FrontDoor>();
        services.AddScoped<IPageFrames, StaffFrames>();
        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(options =>
        {
            options.Cookie.Name = "bbc-staff";
            options.Cookie.HttpOnly = true;
            options.Cookie.SameSite = SameSiteMode.Lax;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.LoginPath = "/sign-in";
            options.ReturnUrlParameter = "returnUrl";
            options.ExpireTimeSpan = TimeSpan.FromHours(12);

            // A session's age is real time; the hall's clock may be moved.
            options.TimeProvider = TimeProvider.System;
            options.Events.OnValidatePrincipal = StillTheSamePersonAsync;
            options.Events.OnRedirectToAccessDenied = context => Answer(context, StatusCodes.Status403Forbidden);
            options.Events.OnRedirectToLogin = context => context.Request.Headers.ContainsKey("HX-Request")
                ? Answer(context, StatusCodes.Status401Unauthorized)
                : Redirect(context);
        });
        services.AddAuthorizationBuilder().AddAccessRules();
        services.AddRazorPages(AccessRules.Apply);
        return services;
    }

    public static Task SignInAsync(HttpContext http, SignedInPerson person)
    {
        var identity = new ClaimsIdentity(CookieAuthenticationDefaults.AuthenticationScheme);
        identity.AddClaim(new Claim(ClaimTypes.NameIdentifier, person.Actor.StaffId!.Value.ToString()));
        identity.AddClaim(new Claim(StampClaim, person.Stamp.ToString(CultureInfo.InvariantCulture)));
        foreach (var role in person.Actor.Roles) identity.AddClaim(new Claim(ClaimTypes.Role, role));
        return http.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, new ClaimsPrincipal(identity));
    }

    private static Task Answer(RedirectContext<CookieAuthenticationOptions> context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    private static Task Redirect(RedirectContext<CookieAuthenticationOptions> context)
    {
        context.Response.Redirect(context.RedirectUri);
        return Task.CompletedTask;
    }

    private static async Task StillTheSamePersonAsync(CookieValidatePrincipalContext context)
    {
        var id = context.Principal?.FindFirstValue(ClaimTypes.NameIdentifier);
        var stamp = context.Principal?.FindFirstValue(StampClaim);
        if (Guid.TryParse(id, out var value) && int.TryParse(stamp, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            var db = context.HttpContext.RequestServices.GetRequiredService<DeskDb>();
            if (await StaffActors.FindAsync(db, new StaffId(value), number, context.HttpContext.RequestAborted) is { } person)
            {
                context.HttpContext.Is(person.Actor);
                if (person.MustChangePassword) FirstPassword.IsStillTheFirst(context.HttpContext);
                return;
            }
        }

        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
    }
}
