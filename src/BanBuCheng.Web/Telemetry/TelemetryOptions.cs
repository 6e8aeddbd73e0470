using System.ComponentModel.DataAnnotations;

namespace BanBuCheng.Web.Telemetry;

/// <summary>Where metrics and traces go.</summary>
public sealed class TelemetryOptions
{
    public const string Section = "Telemetry";

    /// <summary>The page <c>/metrics</c>, for the system administrator and for this machine.</summary>
    public bool Prometheus { get; init; } = true;

    /// <summary>An OTLP collector; none by default.</summary>
    [Url]
    public string? OtlpEndpoint { get; init; }
}
