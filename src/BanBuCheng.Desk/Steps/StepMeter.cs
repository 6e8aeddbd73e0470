using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace BanBuCheng.Desk.Steps;

/// <summary>
/// What the steps tell a meter and a tracer: the step's name, how it ended, how long it took. Never who, never which case. A listener
/// that is not there costs a comparison.
/// </summary>
public static class StepMeter
{
    public const string Name = "BanBuCheng.Desk";

    private static readonly Meter Meter = new(Name);

    /// <summary>One activity per step, one child per attempt that had to be made again.</summary>
    internal static readonly ActivitySource Source = new(Name);

    private static readonly InstrumentAdvice<double> Quick = new() { HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10] };

    private static readonly Histogram<double> Durations = Meter.CreateHistogram("banbucheng.step.duration", "s", "From the door to the answer, all attempts together.", advice: Quick);
    private static readonly Counter<long> Retries = Meter.CreateCounter<long>("banbucheng.step.retries", "{retry}", "Attempts that lost a race and were made again.");
    private static readonly Histogram<double> Waits = Meter.CreateHistogram("banbucheng.step.lane.wait", "s", "Wait for the one writing turn of SQLite; nothing on other databases.", advice: Quick);
    private static readonly Histogram<int> Groups = Meter.CreateHistogram("banbucheng.step.commit.group", "{step}", "Steps that shared one COMMIT.",
        advice: new InstrumentAdvice<int> { HistogramBucketBoundaries = [1, 2, 3, 4, 6, 8, 12, 16] });
    internal static readonly Counter<long> Messages = Meter.CreateCounter<long>("banbucheng.sms.handovers", "{message}", "Messages given to the gateway, by its answer.");
    public static readonly Histogram<double> Drains = Meter.CreateHistogram<double>("banbucheng.clock.drain.duration", "s", "One look for everything that is due.");
    public static readonly Counter<long> Sweeps = Meter.CreateCounter<long>("banbucheng.clock.sweeps", "{sweep}", "Rounds of the sweep, by who came.");

    internal static void Ended(string step, string outcome, long started)
    {
        if (!Durations.Enabled) return;
        Durations.Record(Stopwatch.GetElapsedTime(started).TotalSeconds, new("step", step), new KeyValuePair<string, object?>("outcome", outcome));
    }

    internal static void LostRace(string step)
    {
        if (Retries.Enabled) Retries.Add(1, new KeyValuePair<string, object?>("step", step));
    }

    internal static void Waited(Pace pace, long since)
    {
        if (Waits.Enabled) Waits.Record(Stopwatch.GetElapsedTime(since).TotalSeconds, new KeyValuePair<string, object?>("pace", pace is Pace.Person ? "person" : "background"));
    }

    internal static void Committed(int together) => Groups.Record(together);

    /// <summary>How a step that did not succeed ended.</summary>
    internal static string OutcomeOf(Exception failure) => failure switch
    {
        RefusedException => "refused",
        FormRejectedException => "form-rejected",
        OperationCanceledException => "cancelled",
        _ when LostRaces.Is(failure) => "lost-race",
        _ => "failed",
    };
}
