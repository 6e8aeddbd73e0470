using System.Globalization;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Offices;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Web.Pages.Demo;
using BanBuCheng.Web.SignIn;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Web.Demo;

/// <summary>The demo hall's own doors: sign in with one click, move the clock. None of them answers in a real hall or from another machine.</summary>
internal static class DemoSetup
{
    public static IServiceCollection AddDemo(this IServiceCollection services)
    {
        services.AddSingleton<DemoHall>();
        services.AddHostedService(hall => hall.GetRequiredService<DemoHall>());
        HoldAlarmWhileTelling(services);
        services.AddScoped<IDemoDoor, DemoDoor>();
        return services;
    }

    private static void HoldAlarmWhileTelling(IServiceCollection services)
    {
        var desk = services.Last(s => s.ServiceType == typeof(IDueWork));
        var inner = desk.ImplementationType ?? throw new InvalidOperationException("Expected the desk to register its due work by type, but it does not.");
        services.Remove(desk);
        services.AddSingleton(inner);
        services.AddSingleton<IDueWork>(hall => new WhileTelling((IDueWork)hall.GetRequiredService(inner), hall.GetRequiredService<DemoHall>()));
    }

    public static void MapDemo(this WebApplication app)
    {
        app.MapPost("/demo/enter", EnterAsync);
        app.MapPost("/demo/clock", MoveClockAsync);
        app.MapGet("/demo/seeding", (HttpContext http, HallKind kind, DemoHall demo) =>
        {
            if (!kind.IsDemo) return Results.NotFound();
            // The front page asks every second; when all is told it loads itself anew.
            if (!demo.IsTelling) http.Response.Headers["HX-Refresh"] = "true";
            return Results.Text(demo.Progress ?? "");
        });
    }

    private static async Task<IResult> EnterAsync(HttpContext http, HallKind kind, DeskDb db, IAntiforgery antiforgery, CancellationToken ct)
    {
        if (!Here(http, kind)) return Results.NotFound();
        await antiforgery.ValidateRequestAsync(http);
        var form = await http.Request.ReadFormAsync(ct);
        var login = form["login"].ToString();
        var person = await db.Staff.AsNoTracking().FirstOrDefaultAsync(s => s.Login == login && s.Active && s.PasswordHash == null, ct);
        if (person is null) return Results.NotFound();
        await SignInSetup.SignInAsync(http, new SignedInPerson(StaffActors.Of(person), person.SecurityStamp, false));
        var back = form["returnUrl"].ToString();
        return Results.LocalRedirect(back.StartsWith('/') && !back.StartsWith("//", StringComparison.Ordinal) && !back.StartsWith("/\\", StringComparison.Ordinal) ? back : "/inbox");
    }

    /// <summary>
    /// Moves the process's clock and rings the sweep. Takes a form, a query or JSON: <c>to</c> (an instant, or a date = its opening
    /// hour) or <c>by</c> (<c>[d.]hh:mm:ss</c>). Going forward, the clock stands at every due minute on the way.
    /// </summary>
    private static async Task<IResult> MoveClockAsync(HttpContext http, HallKind kind, TimeProvider clock, IDueWork due, WorkingCalendar calendar, CancellationToken ct)
    {
        if (!Here(http, kind) || !kind.ClockControl || clock is not MovableClock movable) return Results.NotFound();
        var wanted = await ClockRequest.ReadAsync(http, ct);
        if (wanted.Target(movable.GetUtcNow(), calendar) is not { } target)
            return Results.Problem("要写 to（时刻或日期）或 by（[d.]hh:mm:ss）。", statusCode: StatusCodes.Status400BadRequest);

        var fired = await ClockWalk.ToAsync(movable, due, target, ct);
        if (http.Request.HasFormContentType && http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal)) return Results.LocalRedirect("/");
        return Results.Json(new { now = TimeZoneInfo.ConvertTime(movable.GetUtcNow(), ShanghaiTime.Zone).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture), fired });
    }

    private static bool Here(HttpContext http, HallKind kind) =>
        kind.IsDemo && (http.Connection.RemoteIpAddress is null || System.Net.IPAddress.IsLoopback(http.Connection.RemoteIpAddress));
}
