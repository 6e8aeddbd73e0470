using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Engine.Documents;
using BanBuCheng.Engine.Durable;
using BanBuCheng.Engine.Running;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Web.Designer;

/// <summary>
/// One instance's history: lines, and what they say of each run of a box. Studio asks once a second while a waiting box is selected, so a history is
/// read once for each length it had.
/// </summary>
internal sealed class InstanceJournals
{
    private const int MaxKept = 50;
    private readonly ConcurrentDictionary<Guid, InstanceJournal> _kept = [];

    public async Task<InstanceJournal> OfAsync(DeskDb db, Guid instanceId, CancellationToken ct)
    {
        var row = await db.Set<FlowInstanceRow>().AsNoTracking().FirstOrDefaultAsync(i => i.Id == instanceId, ct) ?? throw new RefusedException("flow.instance-unknown");
        if (_kept.TryGetValue(instanceId, out var kept) && kept.Row.JournalLength == row.JournalLength && kept.Row.Version == row.Version) return kept;
        var packs = await db.Set<FlowLogRow>().AsNoTracking().Where(l => l.InstanceNo == row.No).OrderBy(l => l.FirstSeq).ToListAsync(ct);
        var lines = new List<JournalLine>();
        foreach (var pack in packs)
        {
            var number = pack.FirstSeq;
            foreach (var entry in JournalLines.Read(pack.Data, pack.At)) lines.Add(new JournalLine(number++, entry));
        }

        if (_kept.Count >= MaxKept) _kept.Clear();
        return _kept[instanceId] = new InstanceJournal(row, lines, await DrawnAsync(db, row.DefinitionVersionId, ct));
    }

    /// <summary>The boxes of the drawing it runs by, by node id; those inside its parts are not among them.</summary>
    private static async Task<Dictionary<string, DrawnBox>> DrawnAsync(DeskDb db, string versionId, CancellationToken ct)
    {
        var drawn = new Dictionary<string, DrawnBox>(StringComparer.Ordinal);
        var text = await db.Set<FlowDefinitionRow>().AsNoTracking().Where(d => d.VersionId == versionId).Select(d => d.Document).FirstOrDefaultAsync(ct);
        if (text is null || FlowReader.Read(text).Document is not { } document) return drawn;
        NodeIds.Write(document);
        foreach (var activity in document.Root.WithDescendants()) drawn[activity.Json["nodeId"]!.GetValue<string>()] = new DrawnBox(activity.Caption, InputsOf(activity.Json));
        return drawn;
    }

    /// <summary>Fixed values as they are, computed ones as their expression.</summary>
    private static JsonObject InputsOf(JsonObject activity)
    {
        var inputs = new JsonObject();
        foreach (var (name, value) in activity)
            if (value is JsonObject wrapped && wrapped["expression"] is JsonObject expression) inputs[char.ToUpperInvariant(name[0]) + name[1..]] = expression["value"]?.DeepClone();
        return inputs;
    }
}

/// <param name="Inputs">As the document writes them.</param>
internal sealed record DrawnBox(string Caption, JsonObject Inputs);

internal sealed record JournalLine(int Number, JournalEntry Entry)
{
    public string NodeId => NodeIds.Of(Entry.NodePath ?? "");

    public bool IsOfTheWorkflow => string.IsNullOrEmpty(Entry.NodePath);

    public string Type => IsOfTheWorkflow ? "Elsa.Workflow" : Entry.ActivityType;

    /// <summary>Studio's word; it colours by it.</summary>
    public string EventName => Entry.Kind switch
    {
        JournalKind.InstanceStarted or JournalKind.Started => "Started",
        JournalKind.Waiting => "Suspended",
        JournalKind.Resumed or JournalKind.Retried => "Resumed",
        JournalKind.InstanceFinished or JournalKind.Completed or JournalKind.Line => "Completed",
        JournalKind.InstanceFaulted or JournalKind.Faulted => "Faulted",
        JournalKind.Skipped => "Skipped",
        _ => "Canceled",
    };

    public string? Message => Entry.Kind switch
    {
        JournalKind.Waiting => "在等",
        JournalKind.Completed when Entry.Text is { Length: > 0 } outcomes => $"结果：{outcomes}",
        JournalKind.Skipped => "没有走到这里",
        JournalKind.Retried => "管理员重试",
        JournalKind.InstanceStarted => "流程开始",
        JournalKind.InstanceFinished => "流程结束",
        JournalKind.InstanceCancelled => "流程停掉",
        JournalKind.Faulted or JournalKind.InstanceFaulted => InstanceShapes.MaskedText(Entry.Text ?? "出错"),
        _ => Entry.Text is { Length: > 0 } text ? InstanceShapes.MaskedText(text) : null,
    };
}

internal sealed class InstanceJournal(FlowInstanceRow row, IReadOnlyList<JournalLine> lines, IReadOnlyDictionary<string, DrawnBox> drawn)
{
    public FlowInstanceRow Row { get; } = row;
    public IReadOnlyList<JournalLine> Lines { get; } = lines;

    /// <summary>Each run of a box, in the order in which they began.</summary>
    public IReadOnlyList<ActivityRun> Runs { get; } = [.. lines.Where(l => !l.IsOfTheWorkflow && l.Entry.Execution > 0).GroupBy(l => l.Entry.Execution).Select(g => new ActivityRun(row, g.Key, [.. g], drawn.GetValueOrDefault(g.First().NodeId))), .. Whole(row, lines)];

    /// <summary>The workflow itself, which Studio asks about as a box.</summary>
    private static IEnumerable<ActivityRun> Whole(FlowInstanceRow row, IReadOnlyList<JournalLine> lines)
    {
        var own = lines.Where(l => l.IsOfTheWorkflow).ToList();
        if (own.Count > 0) yield return new ActivityRun(row, 0, own, null);
    }

    /// <summary>The run of the container that this line's box lies in.</summary>
    private string? ParentOf(JournalLine line)
    {
        var end = line.NodeId.LastIndexOf(':');
        var parent = end < 0 ? null : Runs.LastOrDefault(r => r.NodeId == line.NodeId[..end] && (r.Number < line.Entry.Execution || line.Entry.Execution == 0));
        return parent?.Id;
    }

    public JsonObject Line(JournalLine line) => new()
    {
        ["id"] = $"{Row.Id:N}-line-{line.Number}",
        ["activityInstanceId"] = InstanceShapes.ExecutionId(Row, line.Entry.Execution),
        ["parentActivityInstanceId"] = ParentOf(line),
        ["activityId"] = line.IsOfTheWorkflow ? NodeIds.Workflow : line.Entry.ActivityId,
        ["activityType"] = line.Type,
        ["activityTypeVersion"] = 1,
        ["activityName"] = null,
        ["nodeId"] = line.NodeId,
        ["timestamp"] = Answers.At(line.Entry.At),
        ["sequence"] = line.Number,
        ["eventName"] = line.EventName,
        ["message"] = line.Message,
        ["source"] = null,
        ["activityState"] = null,
        ["payload"] = line.Entry is { Kind: JournalKind.Completed, Text: { Length: > 0 } outcomes } ? new JsonObject { ["Outcomes"] = new JsonArray([.. outcomes.Split(',').Select(o => JsonValue.Create(o))]) } : null,
    };
}

/// <summary>One run of a box, told by its lines.</summary>
internal sealed class ActivityRun(FlowInstanceRow row, int number, IReadOnlyList<JournalLine> lines, DrawnBox? drawn)
{
    private readonly JournalLine _last = lines.Last(l => l.Entry.Kind is not JournalKind.Line);

    public int Number { get; } = number;
    public string Id { get; } = InstanceShapes.ExecutionId(row, number);
    public string NodeId { get; } = lines[0].NodeId;
    public string Status => _last.EventName switch { "Completed" => "Completed", "Faulted" => "Faulted", "Canceled" => "Canceled", _ when IsOver => "Canceled", _ => "Running" };

    /// <summary>An ended instance runs nothing any more, whatever its last line says.</summary>
    private bool IsOver => row.Status is FlowStatus.Finished;

    public bool IsWaiting => !IsOver && _last.Entry.Kind is JournalKind.Waiting or JournalKind.Started && Status == "Running";
    public bool IsFaulted => Status == "Faulted";
    private DateTimeOffset? CompletedAt => Status is "Running" ? null : _last.EventName is "Completed" or "Faulted" or "Canceled" ? _last.Entry.At : row.FinishedAt ?? _last.Entry.At;

    public JsonObject Summary() => new()
    {
        ["id"] = Id,
        ["workflowInstanceId"] = row.Id.ToString("D"),
        ["activityId"] = lines[0].IsOfTheWorkflow ? NodeIds.Workflow : lines[0].Entry.ActivityId,
        ["activityNodeId"] = NodeId,
        ["activityType"] = lines[0].Type,
        ["activityTypeVersion"] = 1,
        ["activityName"] = drawn?.Caption,
        ["startedAt"] = Answers.At(lines[0].Entry.At),
        ["hasBookmarks"] = IsWaiting,
        ["metadata"] = new JsonObject(),
        ["status"] = Status,
        ["aggregateFaultCount"] = lines.Count(l => l.EventName == "Faulted"),
        ["completedAt"] = CompletedAt is { } at ? Answers.At(at) : null,
    };

    public JsonObject Record()
    {
        var record = Summary();
        var outcomes = _last.Entry is { Kind: JournalKind.Completed, Text: { Length: > 0 } text } ? text : null;
        var fault = lines.LastOrDefault(l => l.EventName == "Faulted");
        record["activityState"] = drawn?.Inputs.DeepClone() ?? new JsonObject();
        record["payload"] = outcomes is null ? new JsonObject() : new JsonObject { ["Outcomes"] = outcomes };
        record["outputs"] = outcomes is null ? new JsonObject() : new JsonObject { ["Outcome"] = outcomes };
        record["properties"] = new JsonObject();
        record["exception"] = fault is null || !IsFaulted ? null : new JsonObject { ["type"] = fault.Type, ["message"] = fault.Message, ["stackTrace"] = null, ["innerException"] = null };
        record["schedulingActivityExecutionId"] = null;
        record["schedulingActivityId"] = null;
        record["schedulingWorkflowInstanceId"] = null;
        record["callStackDepth"] = 0;
        return record;
    }
}
