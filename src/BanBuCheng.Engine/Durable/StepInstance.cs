using BanBuCheng.Engine.Running;

namespace BanBuCheng.Engine.Durable;

/// <summary>An instance in a step: what it was when it came, so that only what changed is written, and the journal it wrote so far.</summary>
internal sealed class StepInstance(FlowInstance instance, long? no)
{
    private readonly string _versionId = instance.DefinitionVersionId;
    private readonly string? _name = instance.Name;
    private readonly string? _outputs = instance.Outputs;
    private readonly FlowStatus _status = instance.Status;
    private readonly int _openIncidents = instance.OpenIncidents;

    public FlowInstance Instance { get; } = instance;

    /// <summary>Null: added in this step.</summary>
    public long? No { get; } = no;
    public string? StoredCorrelation { get; } = instance.CorrelationId;
    public bool IsChanged { get; set; } = no is null;

    /// <summary>SQLite rewrites an index whose column is named, changed or not, so the rarely changed columns have a statement of their own.</summary>
    public bool IsChangedThroughout =>
        _versionId != Instance.DefinitionVersionId || StoredCorrelation != Instance.CorrelationId || _name != Instance.Name
        || _outputs != Instance.Outputs || _status != Instance.Status || _openIncidents != Instance.OpenIncidents;

    public bool WasRunning => No is not null && _status == FlowStatus.Running;
    public bool IsRunning => Instance.Status == FlowStatus.Running;

    /// <summary>It ends in this step, and its history has so many entries.</summary>
    public bool EndsWith(int least, int most) => WasRunning && !IsRunning && Instance.JournalLength >= least && Instance.JournalLength <= most;

    public int LogFirst { get; private set; }
    public int LogCount { get; private set; }
    public DateTimeOffset LogAt { get; private set; }
    public string? LogText { get; private set; }

    private static void Count(IReadOnlyList<JournalEntry> entries)
    {
        foreach (var entry in entries)
        {
            if (entry.Execution == 0) continue;
            if (entry.Kind is JournalKind.Completed) FlowMeter.Activities.Add(1, new KeyValuePair<string, object?>("type", entry.ActivityType));
            else if (entry.Kind is JournalKind.Faulted) FlowMeter.Incidents.Add(1, new KeyValuePair<string, object?>("type", entry.ActivityType));
        }
    }

    /// <summary>Bursts of one step go into one row.</summary>
    public void Log(int firstNumber, IReadOnlyList<JournalEntry> entries)
    {
        if (entries.Count == 0) return;
        if (LogText is null) (LogFirst, LogAt, LogText) = (firstNumber, entries[0].At, JournalLines.Write(entries, entries[0].At));
        else LogText = LogText + "\n" + JournalLines.Write(entries, LogAt);
        LogCount += entries.Count;
        if (FlowMeter.Activities.Enabled || FlowMeter.Incidents.Enabled) Count(entries);
    }
}
