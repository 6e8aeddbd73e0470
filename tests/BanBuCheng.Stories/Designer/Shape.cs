using System.Text.Json;
using System.Text.Json.Nodes;

namespace BanBuCheng.Stories.Designer;

/// <summary>
/// What Studio 3.8.2 reads, as a shape: an object of names and kinds. Kinds: <c>s</c> text, <c>n</c> number, <c>b</c> yes or no, <c>o</c> object, <c>a</c> list,
/// <c>*</c> anything; a question mark allows null. Lists hold one shape for all their items.
/// </summary>
internal static class Shape
{
    public const string Link = """{ "href": "s", "rel": "s", "method": "s" }""";
    public const string Summary = $$"""
        { "id": "s", "definitionId": "s", "name": "s", "description": "s?", "version": "n", "toolVersion": "s?", "isLatest": "b", "isPublished": "b", "isReadonly": "b",
          "providerName": "s?", "materializerName": "s", "isMaterializerAvailable": "b", "createdAt": "s", "links": [{{Link}}] }
        """;
    public const string DefinitionList = $$"""{ "items": [{{Summary}}], "totalCount": "n", "links": [{{Link}}] }""";
    public const string Definition = $$"""
        { "id": "s", "definitionId": "s", "name": "s", "description": "s?", "createdAt": "s", "version": "n", "toolVersion": "s?", "isLatest": "b", "isPublished": "b", "isReadonly": "b",
          "providerName": "s?", "materializerName": "s", "materializerContext": "s?",
          "variables": [{ "id": "s", "name": "s", "typeName": "s", "isArray": "b", "value": "*?", "storageDriverTypeName": "s?" }],
          "inputs": [{ "type": "s", "isArray": "b", "name": "s", "displayName": "s", "description": "s", "category": "s", "uiHint": "s", "storageDriverType": "s?" }],
          "outputs": [{ "type": "s", "isArray": "b", "name": "s", "displayName": "s", "description": "s", "category": "s" }],
          "outcomes": ["s"], "customProperties": "o",
          "options": { "activationStrategyType": "s?", "usableAsActivity": "b?", "autoUpdateConsumingWorkflows": "b", "activityCategory": "s?", "incidentStrategyType": "s?", "commitStrategyName": "s?" },
          "root": { "id": "s", "nodeId": "s", "name": "s", "type": "s", "version": "n", "customProperties": "o", "metadata": "o", "start": "s", "variables": "a",
                    "activities": [{ "id": "s", "nodeId": "s", "type": "s", "version": "n", "customProperties": "o", "metadata": { "designer": { "position": { "x": "n", "y": "n" } } } }],
                    "connections": [{ "source": { "activity": "s", "port": "s" }, "target": { "activity": "s", "port": "s" } }] },
          "links": [{{Link}}] }
        """;
    public const string Saved = $$"""{ "workflowDefinition": {{Definition}}, "alreadyPublished": "b", "consumingWorkflowCount": "n", "validationErrors": "a" }""";
    public const string Refused = """{ "title": "s", "status": "n", "errors": { "generalErrors": ["s"] } }""";
    public const string Descriptors = """
        { "items": [{ "typeName": "s", "namespace": "s", "name": "s", "version": "n", "category": "s", "displayName": "s", "description": "s", "kind": "s", "runAsynchronously": "b",
            "inputs": [{ "name": "s", "typeName": "s", "displayName": "s", "description": "s", "order": "n", "isBrowsable": "b", "isSerializable": "b", "isSynthetic": "b", "isWrapped": "b", "uiHint": "s",
              "category": "s?", "defaultValue": "*?", "defaultSyntax": "s", "isReadOnly": "b", "isSensitive": "b", "storageDriverType": "s?", "autoEvaluate": "b", "uiSpecifications": "o?" }],
            "outputs": [{ "name": "s", "typeName": "s", "displayName": "s", "description": "s?", "order": "n", "isBrowsable": "b", "isSerializable": "b", "isSynthetic": "b" }],
            "ports": [{ "name": "s", "displayName": "s", "type": "s", "isBrowsable": "b" }],
            "customProperties": "o", "constructionProperties": "o", "isContainer": "b", "isBrowsable": "b", "isStart": "b", "isTerminal": "b" }], "count": "n" }
        """;
    public const string Expressions = """{ "items": [{ "type": "s", "displayName": "s", "isSerializable": "b", "isBrowsable": "b", "properties": "o" }], "count": "n" }""";
    public const string Strategies = """{ "items": [{ "typeName": "s", "displayName": "s", "description": "s?" }], "count": "n" }""";
    public const string Commits = """{ "items": [{ "name": "s", "displayName": "s", "description": "s" }], "count": "n" }""";
    public const string Features = """{ "items": [{ "name": "s", "namespace": "s", "fullName": "s", "displayName": "s", "description": "s" }], "count": "n" }""";
    public const string Drivers = """{ "items": [{ "typeName": "s", "displayName": "s", "priority": "n", "deprecated": "b" }] }""";
    public const string VariableTypes = """{ "items": [{ "typeName": "s", "displayName": "s", "category": "s", "description": "s?" }] }""";
    private const string InstanceHead = """
        "id": "s", "definitionId": "s", "definitionVersionId": "s", "version": "n", "parentWorkflowInstanceId": "s?", "status": "s", "subStatus": "s", "isExecuting": "b", "correlationId": "s?", "name": "s?",
        "incidentCount": "n", "isSystem": "b", "createdAt": "s", "updatedAt": "s", "finishedAt": "s?"
        """;
    public const string InstanceList = $$"""{ "items": [{ {{InstanceHead}} }], "totalCount": "n", "links": "a" }""";
    public const string Instance = $$"""
        { {{InstanceHead}}, "workflowState": { "id": "s", "definitionId": "s", "definitionVersionId": "s", "definitionVersion": "n", "correlationId": "s?", "status": "s", "subStatus": "s",
            "bookmarks": [{ "id": "s", "name": "s", "hash": "s", "payload": "*?", "activityId": "s", "activityNodeId": "s", "activityInstanceId": "s", "autoBurn": "b", "callbackMethodName": "s?", "metadata": "o?" }],
            "incidents": "a", "fault": "*?", "completionCallbacks": "a",
            "activityExecutionContexts": [{ "id": "s", "parentContextId": "s?", "scheduledActivityNodeId": "s", "ownerActivityNodeId": "s?", "properties": "o", "activityState": "o?", "dynamicVariables": "a" }],
            "input": "o", "output": "o", "properties": "o", "createdAt": "s", "updatedAt": "s", "finishedAt": "s?" } }
        """;
    public const string Journal = """
        { "items": [{ "id": "s", "activityInstanceId": "s", "parentActivityInstanceId": "s?", "activityId": "s", "activityType": "s", "activityTypeVersion": "n", "activityName": "s?", "nodeId": "s",
          "timestamp": "s", "sequence": "n", "eventName": "s", "message": "s?", "source": "s?", "activityState": "o?", "payload": "*?" }], "totalCount": "n" }
        """;
    public const string Stats = """{ "stats": [{ "activityId": "s", "activityNodeId": "s", "startedCount": "n", "completedCount": "n", "uncompletedCount": "n", "isBlocked": "b", "isFaulted": "b", "metadata": "o?" }] }""";
    private const string RunHead = """
        "id": "s", "workflowInstanceId": "s", "activityId": "s", "activityNodeId": "s", "activityType": "s", "activityTypeVersion": "n", "activityName": "s?", "startedAt": "s", "hasBookmarks": "b",
        "metadata": "o", "status": "s", "aggregateFaultCount": "n", "completedAt": "s?"
        """;
    public const string Runs = $$"""{ "items": [{ {{RunHead}} }], "count": "n" }""";
    public const string Run = $$"""{ {{RunHead}}, "activityState": "o?", "payload": "o?", "outputs": "o?", "properties": "o", "exception": "*?", "schedulingActivityExecutionId": "s?", "callStackDepth": "n?" }""";
    public const string CallStack = $$"""{ "activityExecutionId": "s", "items": [{{Run}}], "totalCount": "n" }""";
    public const string Values = """{ "items": [{ "id": "s", "name": "s", "value": "*?" }], "count": "n" }""";

    /// <summary>Everything that differs, each with its place; an empty list is no difference, but <paramref name="mayBeEmpty"/> false wants at least one item at the top.</summary>
    public static IReadOnlyList<string> Differences(string shape, JsonNode? answer, bool mayBeEmpty = false)
    {
        var found = new List<string>();
        Compare(JsonNode.Parse(shape)!, answer, "$", found);
        if (!mayBeEmpty && answer?["items"] is JsonArray { Count: 0 }) found.Add("$.items: empty");
        return found;
    }

    private static void Compare(JsonNode shape, JsonNode? answer, string path, List<string> found)
    {
        switch (shape)
        {
            case JsonObject members when answer is JsonObject given:
                foreach (var (name, kind) in members)
                {
                    if (given.ContainsKey(name)) Compare(kind!, given[name], $"{path}.{name}", found);
                    else found.Add($"{path}.{name}: missing");
                }

                break;
            case JsonArray item when answer is JsonArray given:
                for (var i = 0; i < given.Count; i++) Compare(item[0]!, given[i], $"{path}[{i}]", found);
                break;
            case JsonValue kind:
                var wanted = kind.GetValue<string>();
                if (answer is null ? !wanted.EndsWith('?') : !Fits(wanted[0], answer.GetValueKind())) found.Add($"{path}: expected {wanted}, but {answer?.ToJsonString() ?? "null"}");
                break;
            default:
                found.Add($"{path}: expected {(shape is JsonObject ? "an object" : "a list")}, but {answer?.GetValueKind().ToString() ?? "null"}");
                break;
        }
    }

    private static bool Fits(char wanted, JsonValueKind kind) => wanted switch
    {
        's' => kind is JsonValueKind.String,
        'n' => kind is JsonValueKind.Number,
        'b' => kind is JsonValueKind.True or JsonValueKind.False,
        'o' => kind is JsonValueKind.Object,
        'a' => kind is JsonValueKind.Array,
        _ => true,
    };
}
