using System.Diagnostics.Metrics;

namespace BanBuCheng.Engine;

/// <summary>What the engine tells a meter. Names of activity types and definitions at most; a listener that is not there costs a comparison.</summary>
public static class FlowMeter
{
    public const string Name = "BanBuCheng.Engine";

    private static readonly Meter Meter = new(Name);

    /// <summary>Runs of an instance from one wait to the next.</summary>
    internal static readonly Counter<long> Bursts = Meter.CreateCounter<long>("banbucheng.flow.bursts", "{burst}", "Runs of an instance from one wait to the next, by what set it going.");

    internal static readonly Counter<long> Activities = Meter.CreateCounter<long>("banbucheng.flow.activities", "{activity}", "Activities that came to their end in durable flows, by type.");

    internal static readonly Counter<long> Incidents = Meter.CreateCounter<long>("banbucheng.flow.incidents", "{incident}", "Activities that broke, by type.");

    internal static readonly Counter<long> Timers = Meter.CreateCounter<long>("banbucheng.flow.timers", "{timer}", "Timers that took effect.");

    /// <summary>How late a timer took effect; minutes and hours after a downtime.</summary>
    internal static readonly Histogram<double> Lateness = Meter.CreateHistogram("banbucheng.flow.timer.lateness", "s", "How long after its due instant a timer took effect.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 0.5, 1, 2, 5, 15, 60, 300, 3600, 86400] });

    internal static void Began(string by)
    {
        if (Bursts.Enabled) Bursts.Add(1, new KeyValuePair<string, object?>("by", by));
    }

    internal static void Fired(DateTimeOffset due, DateTimeOffset now)
    {
        Timers.Add(1);
        Lateness.Record(Math.Max(0, (now - due).TotalSeconds));
    }
}
