using BanBuCheng.Desk.Steps;
using BanBuCheng.Web.Commands;

namespace BanBuCheng.Web.Clockwork;

internal static class ClockworkSetup
{
    public static IServiceCollection AddClockwork(this IServiceCollection services, HostMode mode, HostSettings settings) { _ = mode; _ = settings; return services.AddSingleton<IBell, NoBell>(); }
    public static void UseClockwork(this WebApplication app, HostMode mode) { _ = app; _ = mode; }
    private sealed class NoBell : IBell { public void Ring(DateTimeOffset dueAt) { } }
}
