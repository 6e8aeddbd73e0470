using BanBuCheng.Engine.Expressions;

namespace BanBuCheng.Engine.Running;

/// <summary>What a host may decide about running flows. Elsa's defaults.</summary>
public sealed record FlowOptions
{
    /// <summary>For documents that name no strategy: false = a fault ends the instance (Elsa); true = it is an operator's task (the desk).</summary>
    public bool ContinueWithIncidents { get; init; }

    /// <summary>
    /// An instance that nothing can wake any more becomes an incident of the container in which it stopped. Elsa leaves it suspended; only
    /// where faults are incidents.
    /// </summary>
    public bool RaisesStuck { get; init; }

    /// <summary>Flowcharts by tokens instead of counters, for documents that do not say (Elsa's host option).</summary>
    public bool TokenMode { get; init; }

    /// <summary>
    /// Exceptions of activities that must not become incidents but end the step: the database's and the host's own.
    /// <see cref="OperationCanceledException"/> always escapes.
    /// </summary>
    public Func<Exception, bool> MustEscape { get; init; } = static _ => false;

    /// <summary>How long a stimulus is kept that found nobody.</summary>
    public TimeSpan KeepStimuliFor { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Elsa keeps an event for later waits even when it started a flow by its trigger, as long as it woke none. False: having started
    /// something counts as having been heard.
    /// </summary>
    public bool KeepStimuliThatOnlyStarted { get; init; } = true;

    /// <summary>
    /// Elsa takes a retracted version for a draft, which the next import overwrites under its running instances. False, which is not Elsa's
    /// default: what was once in force stays as it is, and the next import is a new version.
    /// </summary>
    public bool OverwritesRetracted { get; init; }

    /// <summary>
    /// A sub-flow named without a version id: Elsa first looks for the version whose number the activity bears. False: always the
    /// published one, so that a file drawn by hand never brings back an old part.
    /// </summary>
    public bool FindsPartsByNumber { get; init; } = true;

    /// <summary>
    /// Elsa takes back what is queued below an activity that is cancelled, but not what is queued beside it: such a step still runs when its
    /// container has ended or a WaitAny join has gone on without it. False, which is not Elsa's default: it is withdrawn, so that no task
    /// stays open that nobody needs.
    /// </summary>
    public bool LetsQueuedStepsRun { get; init; }

    /// <summary>The zone in which Cron expressions are read.</summary>
    public TimeZoneInfo CronZone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>Keeps workflow variables in the state of an ended instance, for those who look at it afterwards; else the state is emptied.</summary>
    public bool KeepVariablesOfEnded { get; init; }

    /// <summary>Where WriteLine writes, beside the journal.</summary>
    public Action<Guid, string> Line { get; init; } = static (_, _) => { };

    public ScriptLimits Scripts { get; init; } = new();

    /// <summary>Activities that one burst may run before it is stopped as an incident of the instance: an automatic loop never hangs a host.</summary>
    public int MaxExecutionsPerBurst { get; init; } = 1_000_000;
}
