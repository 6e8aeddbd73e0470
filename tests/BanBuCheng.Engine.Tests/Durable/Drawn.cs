namespace BanBuCheng.Engine.Tests.Durable;

/// <summary>Documents drawn in a few words.</summary>
internal static class Drawn
{
    public static string Flow(string id, string root, string variables = "", string options = "") =>
        $$"""
        { "id": "{{id}}-v1", "definitionId": "{{id}}", "name": "{{id}}", "version": 1, "isLatest": true, "isPublished": true,
          "variables": [{{variables}}], "inputs": [], "outputs": [], "outcomes": [], "customProperties": {}, "options": { {{options}} }, "root": {{root}} }
        """;

    public static string Sequence(string id, params string[] activities) =>
        $$"""{ "id": "{{id}}", "type": "Elsa.Sequence", "version": 1, "activities": [{{string.Join(",", activities)}}] }""";

    public static string Parallel(string id, params string[] activities) =>
        $$"""{ "id": "{{id}}", "type": "Elsa.Parallel", "version": 1, "activities": [{{string.Join(",", activities)}}] }""";

    public static string Line(string id, string text) => $$"""{ "id": "{{id}}", "type": "Elsa.WriteLine", "version": 1, "text": {{Value("String", "Literal", text)}} }""";

    public static string Say(string id, string script) => $$"""{ "id": "{{id}}", "type": "Elsa.WriteLine", "version": 1, "text": {{Value("String", "JavaScript", script)}} }""";

    public static string Event(string id, string name, bool starts = false) =>
        $$"""
        { "id": "{{id}}", "type": "Elsa.Event", "version": 1, "customProperties": { "canStartWorkflow": {{(starts ? "true" : "false")}} },
          "eventName": {{Value("String", "Literal", name)}} }
        """;

    public static string Delay(string id, string span) => $$"""{ "id": "{{id}}", "type": "Elsa.Delay", "version": 1, "timeSpan": {{Value("TimeSpan", "Literal", span)}} }""";

    public static string Timer(string id, string span) =>
        $$"""
        { "id": "{{id}}", "type": "Elsa.Timer", "version": 1, "customProperties": { "canStartWorkflow": true }, "interval": {{Value("TimeSpan", "Literal", span)}} }
        """;

    public static string Fault(string id) => $$"""{ "id": "{{id}}", "type": "Elsa.Fault", "version": 1, "message": {{Value("String", "Literal", "broken")}} }""";

    public static string Set(string id, string variable, string script) =>
        $$"""{ "id": "{{id}}", "type": "Elsa.SetVariable", "version": 1, "variable": { "id": "{{variable}}", "name": "{{variable}}" }, "value": {{Value("Object", "JavaScript", script)}} }""";

    public static string While(string id, string condition, string body) =>
        $$"""{ "id": "{{id}}", "type": "Elsa.While", "version": 1, "condition": {{Value("Boolean", "JavaScript", condition)}}, "body": {{body}} }""";

    public static string If(string id, string condition, string then) =>
        $$"""{ "id": "{{id}}", "type": "Elsa.If", "version": 1, "condition": {{Value("Boolean", "JavaScript", condition)}}, "then": {{then}} }""";

    public static string Number(string name) =>
        $$"""{ "id": "{{name}}", "name": "{{name}}", "typeName": "Int32", "value": "0", "storageDriverTypeName": "Elsa.Workflows.WorkflowInstanceStorageDriver, Elsa.Workflows.Core" }""";

    public static string Part(string id, string definitionId) =>
        $$"""{ "id": "{{id}}", "type": "{{definitionId}}", "version": 1, "workflowDefinitionId": "{{definitionId}}" }""";

    private static string Value(string type, string language, string value) =>
        $$"""{ "typeName": "{{type}}", "expression": { "type": "{{language}}", "value": "{{value}}" } }""";
}
