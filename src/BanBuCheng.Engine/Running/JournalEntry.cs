namespace BanBuCheng.Engine.Running;

/// <summary>One line of an instance's history, turned into text once, when the step is written.</summary>
/// <param name="Execution">Number of the execution; 0 for entries of the instance itself.</param>
/// <param name="Text">What the kind needs: outcomes joined by a comma, the line written, the message of an incident, the wait's name.</param>
public readonly record struct JournalEntry(JournalKind Kind, string ActivityId, string NodePath, string ActivityType, int Execution, string? Text, DateTimeOffset At);

/// <summary>What happened.</summary>
public enum JournalKind
{
    InstanceStarted,
    InstanceFinished,
    InstanceFaulted,
    InstanceCancelled,
    Started,
    Waiting,
    Resumed,
    Completed,
    Faulted,
    Cancelled,
    Skipped,
    Retried,

    /// <summary>An operator treated a faulted execution as finished, or set a variable, or moved the instance to another version: the text says who and why.</summary>
    SkippedByHand,
    Repaired,
    Migrated,
    Line,
}
