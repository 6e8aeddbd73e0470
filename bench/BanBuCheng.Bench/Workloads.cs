using System.Globalization;

namespace BanBuCheng.Bench;

/// <summary>The flows that are measured: the same shapes as those the peer was measured with.</summary>
internal static class Workloads
{
    public const string Straight = "b1", Plain = "b1-plain", Case = "b2", Long = "long", Timer = "timer";

    public static IEnumerable<string> All => [B1(Straight, true), B1(Plain, false), B2, LongCase, Delay];

    /// <summary>WriteLine → SetVariable → SetVariable → WriteLine → WriteLine; with three scripts, or with none.</summary>
    public static string B1(string id, bool scripts) => Flow(id, """{ "id": "amount", "name": "Amount", "typeName": "Int32", "value": "21" }, { "id": "total", "name": "Total", "typeName": "Object" }, { "id": "text", "name": "Text", "typeName": "String" }""",
        Sequence(
            Line("l1", Literal("办件")),
            Set("s1", "total", scripts ? Script("getAmount() * 2") : Literal("42")),
            Set("s2", "text", scripts ? Script("'Total ' + getTotal()") : Literal("Total 42")),
            Line("l2", scripts ? Script("getText()") : Literal("Total 42")),
            Line("l3", Literal("完"))));

    /// <summary>SetVariable (script) → wait → decision (script) → wait → SetVariable → WriteLine, drawn as a flowchart; three commits.</summary>
    private static string B2 => Flow(Case, """{ "id": "n", "name": "N", "typeName": "Int32", "value": "1", "storageDriverTypeName": "WorkflowInstanceStorageDriver" }""",
        """
        { "id": "main", "type": "Elsa.Flowchart", "activities": [
        """ + string.Join(",\n", [
            Set("s1", "n", Script("getN() + 1")), Wait("w1"),
            """{ "id": "d", "type": "Elsa.FlowDecision", "condition": { "typeName": "Boolean", "expression": """ + Script("getN() > 1") + " } }",
            Wait("w2"), Set("s2", "n", Literal("3")), Line("l", Literal("完")),
        ]) + "], \"connections\": [" + string.Join(", ", Link("s1", "Done", "w1"), Link("w1", "Done", "d"), Link("d", "True", "w2"), Link("w2", "Done", "s2"), Link("s2", "Done", "l")) + "] }");

    /// <summary>Forty human tasks in a row.</summary>
    private static string LongCase => Flow(Long, "", Sequence([.. Enumerable.Range(1, 40).Select(i => Wait($"w{i.ToString("00", CultureInfo.InvariantCulture)}"))]));

    private static string Delay => Flow(Timer, "",
        Sequence("""{ "id": "d", "type": "Elsa.Delay", "timeSpan": { "typeName": "TimeSpan", "expression": { "type": "Literal", "value": "01:00:00" } } }""", Line("l", Literal("到点"))));

    private static string Flow(string id, string variables, string root) =>
        $$"""{ "id": "{{id}}-v1", "definitionId": "{{id}}", "name": "{{id}}", "version": 1, "variables": [{{variables}}], "root": {{root}} }""";

    private static string Sequence(params string[] activities) => $$"""{ "id": "main", "type": "Elsa.Sequence", "activities": [{{string.Join(",\n", activities)}}] }""";

    private static string Line(string id, string text) => $$"""{ "id": "{{id}}", "type": "Elsa.WriteLine", "text": { "typeName": "String", "expression": {{text}} } }""";

    private static string Set(string id, string variable, string value) =>
        $$"""{ "id": "{{id}}", "type": "Elsa.SetVariable", "variable": { "id": "{{variable}}", "name": "{{variable}}" }, "value": { "typeName": "Object", "expression": {{value}} } }""";

    private static string Wait(string id) => $$"""{ "id": "{{id}}", "type": "{{BenchWait.Type}}" }""";

    private static string Script(string text) => $$"""{ "type": "JavaScript", "value": "{{text}}" }""";

    private static string Literal(string text) => $$"""{ "type": "Literal", "value": "{{text}}" }""";

    private static string Link(string source, string port, string target) =>
        $$"""{ "source": { "activity": "{{source}}", "port": "{{port}}" }, "target": { "activity": "{{target}}", "port": "In" } }""";
}
