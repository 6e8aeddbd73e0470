using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace BanBuCheng.Desk.Sms.Gateways;

/// <summary>The one switch between gateways. Expects <see cref="SmsReportSeal"/> to be registered by the host, which holds the key.</summary>
public static class SmsGatewayRegistration
{
    public static IServiceCollection AddSmsGateway(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<SmsOptions>().Bind(configuration.GetSection(SmsOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<SmsOptions>, SmsOptionsValidator>();
        services.AddTransient<LogSmsGateway>();

        // The factory's own loggers would print addresses and headers; the gateway counts its time itself.
        services.AddHttpClient<KannelSmsGateway>(http => http.Timeout = Timeout.InfiniteTimeSpan).RemoveAllLoggers();

        services.AddTransient<ISmsGateway>(provider => provider.GetRequiredService<IOptions<SmsOptions>>().Value.Gateway switch
        {
            KannelSmsGateway.GatewayName => provider.GetRequiredService<KannelSmsGateway>(),
            _ => provider.GetRequiredService<LogSmsGateway>(),
        });
        return services;
    }
}
