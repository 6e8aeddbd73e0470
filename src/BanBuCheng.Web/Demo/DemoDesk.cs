using BanBuCheng.Desk;
using BanBuCheng.Desk.Offices;
using BanBuCheng.Desk.Sms.Gateways;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Web.Commands;

namespace BanBuCheng.Web.Demo;

/// <summary>
/// 过去的那张桌子 — the same desk once more over the same database and in the same writer's lane, but with a clock of its own that stands
/// four weeks back. Nothing of it touches the hall's clock, rings its bells or reaches a real carrier.
/// </summary>
internal static class DemoDesk
{
    public static ServiceProvider Open(IServiceProvider hall, MovableClock past)
    {
        var settings = hall.GetRequiredService<HostSettings>();
        var services = new ServiceCollection();
        services.AddSingleton(hall.GetRequiredService<IConfiguration>());
        services.AddSingleton(hall.GetRequiredService<ILoggerFactory>());
        services.AddSingleton(typeof(ILogger<>), typeof(Logger<>));
        services.AddSingleton<TimeProvider>(past);
        services.AddSingleton<IBell, Silence>();
        services.AddSingleton<ISmsGateway, LogSmsGateway>();
        services.AddSingleton(hall.GetRequiredService<IPasswordCheck>());
        services.AddDesk(settings.Provider, settings.Connection, KeyFile.ReadOrCreate(settings.DataDirectory));

        // After AddDesk, so that these win: two lanes into one SQLite file would not be a queue. The container disposes none of them.
        services.AddSingleton(hall.GetRequiredService<WriterLane>());
        return services.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true });
    }

    private sealed class Silence : IBell
    {
        public void Ring(DateTimeOffset dueAt)
        {
            // The past is walked through minute by minute; nobody needs to be woken.
        }
    }
}
