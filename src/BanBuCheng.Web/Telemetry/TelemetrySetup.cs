using BanBuCheng.Desk.Steps;
using BanBuCheng.Engine;
using BanBuCheng.Web.Health;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace BanBuCheng.Web.Telemetry;

/// <summary>
/// Metrics and traces of steps, flows and requests. Traces only where a collector is configured; nothing about persons: addresses are
/// recorded by route, never with what was asked for.
/// </summary>
internal static class TelemetrySetup
{
    public static IServiceCollection AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<TelemetryOptions>().Bind(configuration.GetSection(TelemetryOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        var wanted = configuration.GetSection(TelemetryOptions.Section).Get<TelemetryOptions>() ?? new TelemetryOptions();
        var collector = Uri.TryCreate(wanted.OtlpEndpoint, UriKind.Absolute, out var endpoint) ? endpoint : null;
        if (!wanted.Prometheus && collector is null) return services;

        var telemetry = services.AddOpenTelemetry().ConfigureResource(resource => resource.AddService("banbucheng"));
        telemetry.WithMetrics(metrics =>
        {
            metrics.AddMeter(StepMeter.Name, FlowMeter.Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel").AddRuntimeInstrumentation();
            if (wanted.Prometheus) metrics.AddPrometheusExporter();
            if (collector is not null) metrics.AddOtlpExporter(otlp => otlp.Endpoint = collector);
        });
        if (collector is not null)
        {
            telemetry.WithTracing(traces => traces.AddSource(StepMeter.Name)
                .AddAspNetCoreInstrumentation(web =>
                {
                    web.Filter = http => !http.Request.Path.StartsWithSegments("/health") && !http.Request.Path.StartsWithSegments("/metrics");
                    web.EnrichWithHttpRequest = (activity, _) => Forget(activity);
                    web.EnrichWithHttpResponse = (activity, _) => Forget(activity);
                })
                .AddOtlpExporter(otlp => otlp.Endpoint = collector));
        }

        return services;
    }

    /// <summary>The page for Prometheus; to anybody else it is not there.</summary>
    public static void MapMetrics(this WebApplication app)
    {
        if (app.Services.GetService<MeterProvider>() is null || !app.Services.GetRequiredService<Microsoft.Extensions.Options.IOptions<TelemetryOptions>>().Value.Prometheus) return;
        app.UseOpenTelemetryPrometheusScrapingEndpoint(http => http.Request.Path == "/metrics" && Probes.Shown(http));
    }

    /// <summary>A path may hold a case number, a query what somebody searched for; the route says enough.</summary>
    private static void Forget(System.Diagnostics.Activity activity)
    {
        activity.SetTag("url.path", null).SetTag("url.query", null).SetTag("user_agent.original", null).SetTag("client.address", null);
    }
}
