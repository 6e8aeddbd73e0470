using System.Net;
using System.Threading.RateLimiting;
using BanBuCheng.Desk;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Offices;
using BanBuCheng.Desk.Sms.Gateways;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Web.Clockwork;
using BanBuCheng.Web.Commands;
using BanBuCheng.Web.Demo;
using BanBuCheng.Web.Health;
using BanBuCheng.Web.Designer;
using BanBuCheng.Web.Pages;
using BanBuCheng.Web.Pages.Citizen;
using BanBuCheng.Web.Pages.Flows;
using BanBuCheng.Web.SignIn;
using BanBuCheng.Web.Sms;
using BanBuCheng.Web.Telemetry;
using Hangfire;
using Microsoft.AspNetCore.RateLimiting;

namespace BanBuCheng.Web;

/// <summary>Composition, readable top to bottom, no logic.</summary>
internal static class HostBuilder
{
    public static WebApplication Build(string[] args, HostMode mode, Action<WebApplicationBuilder>? adjust = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        if (mode.Urls is { } urls) builder.WebHost.UseUrls(urls);
        builder.Logging.ClearProviders().AddSimpleConsole(options => options.SingleLine = true);
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("System.Net.Http", LogLevel.Warning).AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information);
        builder.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(o => o.LogToStandardErrorThreshold = LogLevel.Trace);
        adjust?.Invoke(builder);

        var settings = HostSettings.Read(builder.Configuration, mode.Data);
        if (mode.DataMustExist) settings.MustExist();
        var masterKey = KeyFile.ReadOrCreate(settings.DataDirectory);
        var services = builder.Services;
        services.AddSingleton(settings);
        services.AddSingleton(mode);
        services.AddSingleton(new HallKind { ClockControl = mode.ClockControl });
        if (mode.Clock is { } clock)
        {
            services.AddSingleton(clock);
        }
        else
        {
            services.AddSingleton(MovableClock.Opening(mode.ClockControl ? builder.Configuration["Demo:StartAt"] : null));
            services.AddSingleton<TimeProvider>(provider => provider.GetRequiredService<MovableClock>());
        }

        services.AddDesk(settings.Provider, settings.Connection, masterKey, settings.DataDirectory);
        services.AddSingleton(new SmsReportSeal(text => System.Security.Cryptography.HMACSHA256.HashData(masterKey, System.Text.Encoding.UTF8.GetBytes(text))));
        services.AddSmsGateway(builder.Configuration);
        if (mode is { Serves: true, Alarm: true }) services.AddClockwork(AlarmStorage(settings), builder.Configuration);
        else services.AddSingleton<IBell, SilentBell>();
        services.AddSignIn();
        builder.AddPages();
        services.AddCitizenPages();
        services.AddFlowPages();
        services.AddDemo();
        services.AddDesigner();
        services.AddHealthChecks();
        services.AddSingleton<WorkWatch>();
        services.AddSingleton<FirstPage>();
        if (mode.Serves) services.AddTelemetry(builder.Configuration);
        services.AddRateLimiter(PublicLimits);

        var app = builder.Build();
        if (!mode.Serves) return app;

        app.UseMiddleware<FirstPage.Middleware>();
        app.UsePages();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseMiddleware<FirstPassword>();
        app.UseRateLimiter();
        app.MapPages();
        app.MapProbes();
        app.MapMetrics();
        app.MapSmsReports();
        app.MapDemo();
        app.MapDesigner();
        if (mode.Alarm)
        {
            app.UseHangfireDashboard("/hangfire", new DashboardOptions
            {
                Authorization = [new DashboardDoor(http => http.ActorOrNull()?.Is(Roles.SystemAdmin) == true)],
                DashboardTitle = "闹钟",
            }, app.Services.GetRequiredService<JobStorage>());
        }

        return app;
    }

    private static ClockworkStorage AlarmStorage(HostSettings settings) => settings.Provider switch
    {
        DatabaseProvider.Postgres => new ClockworkStorage.PostgreSql(settings.Connection),
        DatabaseProvider.SqlServer => new ClockworkStorage.SqlServer(settings.Connection),
        _ => new ClockworkStorage.InMemory(),
    };

    /// <summary>What nobody needs to be signed in for is counted per address: thirty tries a minute is more than any counter needs.</summary>
    private static void PublicLimits(RateLimiterOptions options)
    {
        options.RejectionStatusCode = (int)HttpStatusCode.TooManyRequests;
        options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(http =>
            HttpMethods.IsPost(http.Request.Method) && (http.Request.Path.StartsWithSegments("/q") || http.Request.Path.StartsWithSegments("/sign-in"))
                ? RateLimitPartition.GetFixedWindowLimiter(http.Connection.RemoteIpAddress?.ToString() ?? "", _ => new FixedWindowRateLimiterOptions { PermitLimit = 30, Window = TimeSpan.FromMinutes(1) })
                : RateLimitPartition.GetNoLimiter(""));
    }
}
