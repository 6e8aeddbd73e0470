using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using BanBuCheng.Engine.Documents;
using BanBuCheng.Engine.Durable;

namespace BanBuCheng.Web.Designer;

/// <summary>Instances as Studio reads them. Values are shown as far as whoever draws flows needs them: numbers that could be a telephone or an identity card are masked, long texts that people wrote are cut.</summary>
internal static partial class InstanceShapes
{
    private const int LongestText = 60;

    public static JsonObject Summary(FlowInstanceRow i) => new()
    {
        ["id"] = i.Id.ToString("D"),
        ["definitionId"] = i.DefinitionId,
        ["definitionVersionId"] = i.DefinitionVersionId,
        ["version"] = i.DefinitionVersion,
        ["parentWorkflowInstanceId"] = i.ParentId?.ToString("D"),
        ["status"] = i.Status.ToString(),
        ["subStatus"] = i.SubStatus.ToString(),
        ["isExecuting"] = false,
        ["correlationId"] = i.CorrelationId,
        ["name"] = i.Name,
        ["incidentCount"] = i.OpenIncidents,
        ["isSystem"] = false,
        ["createdAt"] = Answers.At(i.CreatedAt),
        ["updatedAt"] = Answers.At(i.UpdatedAt),
        ["finishedAt"] = i.FinishedAt is { } at ? Answers.At(at) : null,
    };

    public static JsonObject Full(FlowInstanceRow row, InstanceInside inside, IReadOnlyList<FlowWaitRow> waits, IReadOnlyList<FlowIncidentRow> incidents)
    {
        var full = Summary(row);
        var paths = inside.Executions.ToDictionary(e => e.Number, e => e.NodePath);
        full["workflowState"] = new JsonObject
        {
            ["id"] = row.Id.ToString("D"),
            ["definitionId"] = row.DefinitionId,
            ["definitionVersionId"] = row.DefinitionVersionId,
            ["definitionVersion"] = row.DefinitionVersion,
            ["correlationId"] = row.CorrelationId,
            ["name"] = row.Name,
            ["parentWorkflowInstanceId"] = row.ParentId?.ToString("D"),
            ["status"] = row.Status.ToString(),
            ["subStatus"] = row.SubStatus.ToString(),
            ["isExecuting"] = false,
            ["isSystem"] = false,
            ["bookmarks"] = new JsonArray([.. waits.Select(w => Bookmark(row, w))]),
            ["incidents"] = new JsonArray([.. incidents.Select(i => Incident(row, i))]),
            ["fault"] = null,
            ["completionCallbacks"] = new JsonArray(),
            ["activityExecutionContexts"] = new JsonArray([.. inside.Executions.Select(e => new JsonObject
            {
                ["id"] = ExecutionId(row, e.Number), ["parentContextId"] = e.Owner == 0 ? null : ExecutionId(row, e.Owner), ["scheduledActivityNodeId"] = NodeIds.Of(e.NodePath),
                ["ownerActivityNodeId"] = paths.TryGetValue(e.Owner, out var owner) ? NodeIds.Of(owner) : null, ["properties"] = new JsonObject(), ["activityState"] = new JsonObject(),
                ["dynamicVariables"] = new JsonArray(), ["status"] = e.IsFaulted ? "Faulted" : "Running",
            })]),
            ["input"] = Masked(inside.Inputs) ?? new JsonObject(),
            ["output"] = row.Outputs is { } outputs ? Masked(JsonNode.Parse(outputs)) ?? new JsonObject() : new JsonObject(),
            ["properties"] = new JsonObject(),
            ["createdAt"] = Answers.At(row.CreatedAt),
            ["updatedAt"] = Answers.At(row.UpdatedAt),
            ["finishedAt"] = row.FinishedAt is { } at ? Answers.At(at) : null,
        };
        return full;
    }

    /// <summary>Two parts in one name: whose it is and which.</summary>
    public static string ExecutionId(FlowInstanceRow row, int number) => $"{row.Id:N}-{number}";

    private static JsonObject Bookmark(FlowInstanceRow row, FlowWaitRow wait) => new()
    {
        ["id"] = wait.Id.ToString("D"), ["name"] = wait.Name, ["hash"] = wait.Hash, ["payload"] = wait.DueAt is { } due ? new JsonObject { ["到期"] = Answers.At(due) } : new JsonObject(),
        ["activityId"] = wait.ActivityId, ["activityNodeId"] = NodeIds.Of(wait.NodePath), ["activityInstanceId"] = ExecutionId(row, wait.Execution), ["createdAt"] = Answers.At(wait.CreatedAt),
        ["autoBurn"] = true, ["callbackMethodName"] = null, ["autoComplete"] = true, ["metadata"] = null,
    };

    private static JsonObject Incident(FlowInstanceRow row, FlowIncidentRow incident) => new()
    {
        ["activityId"] = incident.ActivityId, ["activityNodeId"] = NodeIds.Of(incident.NodePath), ["activityInstanceId"] = ExecutionId(row, incident.Execution), ["activityType"] = incident.Type,
        ["message"] = MaskedText(incident.Message),
        ["exception"] = new JsonObject { ["type"] = incident.Type, ["message"] = MaskedText(incident.Message), ["stackTrace"] = null, ["innerException"] = null }, ["timestamp"] = Answers.At(incident.At),
    };

    public static JsonNode? Masked(JsonNode? value)
    {
        switch (value)
        {
            case JsonObject members:
                var shown = new JsonObject();
                foreach (var (name, member) in members) shown[name] = Masked(member);
                return shown;
            case JsonArray items: return new JsonArray([.. items.Select(Masked)]);
            case JsonValue text when text.TryGetValue<string>(out var said): return JsonValue.Create(said.Length > LongestText ? $"（{said.Length} 个字，办的人写的，这里不显示）" : MaskedText(said));
            default: return value?.DeepClone();
        }
    }

    public static string MaskedText(string text) => LongNumber().Replace(text, number => $"{number.Value[..3]}****{number.Value[^2..]}");

    /// <summary>A telephone, a mobile number, an identity card: seven digits and more in a row, the last perhaps an X.</summary>
    [GeneratedRegex(@"(?<![\dA-Za-z])\d{7,18}[\dXx]?(?![\dA-Za-z])")]
    private static partial Regex LongNumber();
}
