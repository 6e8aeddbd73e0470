using BanBuCheng.Desk.Steps;
using Hangfire;
using Hangfire.AspNetCore;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace BanBuCheng.Web.Clockwork;

/// <summary>Puts the alarm clock into the host. Expects <see cref="IDueWork"/> and <see cref="TimeProvider"/> to be registered.</summary>
internal static class ClockworkRegistration
{
    public static IServiceCollection AddClockwork(this IServiceCollection services, ClockworkStorage storage, IConfiguration configuration)
    {
        services.AddOptions<ClockworkOptions>().Bind(configuration.GetSection(ClockworkOptions.Section)).ValidateDataAnnotations().ValidateOnStart();

        // Before AddHangfire, which otherwise hands the process's last host's storage and services to all of them.
        services.AddSingleton(_ => storage.Open());
        services.AddSingleton<JobActivator>(provider => new AspNetCoreJobActivator(provider.GetRequiredService<IServiceScopeFactory>()));
        services.AddHangfire((provider, hangfire) => hangfire.UseLogProvider(new HangfireLogs(provider.GetRequiredService<ILoggerFactory>())));
        services.AddHangfireServer((provider, server) =>
        {
            server.WorkerCount = provider.GetRequiredService<Microsoft.Extensions.Options.IOptions<ClockworkOptions>>().Value.Workers;
            server.SchedulePollingInterval = ClockworkStorage.Poll;
            server.Queues = ["default"];
        });

        services.TryAddSingleton<FirstPage>();
        services.AddSingleton<DueWorkTurns>();
        services.AddSingleton<BellBook>();
        services.AddSingleton<SweepWatch>();
        services.AddSingleton(provider => new AlarmJob(
            provider.GetRequiredService<DueWorkTurns>(), provider.GetRequiredService<BellBook>(), provider.GetRequiredService<SweepWatch>()));
        services.AddSingleton<HangfireBells>();
        services.AddSingleton<IBell>(provider => provider.GetRequiredService<HangfireBells>());
        services.AddHostedService(provider => provider.GetRequiredService<HangfireBells>());
        services.AddHostedService<SweepGuard>();
        return services;
    }
}
