using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using NJsonSchema;

namespace BanBuCheng.Desk.Inbox;

/// <summary>
/// 表单核对 — what a form takes, in one place: its fields by the schema, what it always wants, what this outcome wants, what must not be said
/// together. The desk and the rehearsal both ask here, so that what passes in a rehearsal is not sent back on the desk. What only the case's
/// file knows (a second supplement, an overturned solution) the recorders say.
/// </summary>
public sealed class FormCheck
{
    private const int MostKept = 300;
    private static readonly ConcurrentDictionary<string, FormCheck> Known = new(StringComparer.Ordinal);
    private readonly JsonSchema _schema;

    private FormCheck(string text, JsonObject root, JsonSchema schema) => (Text, Root, _schema) = (text, root, schema);

    /// <summary>The form as text, its lists filled in.</summary>
    public string Text { get; }

    /// <summary>Read once and shared: nobody changes it.</summary>
    internal JsonObject Root { get; }

    /// <param name="schema">JSON Schema (draft-07 subset of the drawing help), lists filled in by <see cref="FormChoices"/>.</param>
    /// <exception cref="System.Text.Json.JsonException">It is no JSON.</exception>
    public static async ValueTask<FormCheck> OfAsync(string schema, CancellationToken ct)
    {
        if (Known.TryGetValue(schema, out var known)) return known;
        var root = JsonNode.Parse(schema) as JsonObject ?? [];
        Unfold(root);
        var check = new FormCheck(schema, root, await TaskFormReader.SchemaAsync(schema, ct));
        if (Known.Count >= MostKept) Known.Clear();
        return Known[schema] = check;
    }

    /// <summary>A JSON node is read into objects at the first look, and two first looks at once would disturb one another: all of it is looked at before it is shared.</summary>
    private static void Unfold(JsonNode? node)
    {
        if (node is JsonObject map)
            foreach (var (_, value) in map) Unfold(value);
        else if (node is JsonArray list)
            foreach (var item in list) Unfold(item);
    }

    /// <summary>Posted fields become the form's answer; what is wrong with a single field is said.</summary>
    public (JsonObject Answer, IReadOnlyDictionary<string, string> Faults) Read(IReadOnlyDictionary<string, IReadOnlyList<string>> posted, DateOnly today) =>
        TaskFormReader.Read(_schema, posted, today);

    /// <summary>Field → sentence: what this outcome needs, and what contradicts itself; a field bears its first.</summary>
    public IReadOnlyDictionary<string, string> Contradictions(string outcome, JsonObject answer) =>
        FormChoices.MissingFor(Root, outcome, answer).Concat(FormRules.Faults(Root, outcome, answer)).GroupBy(f => f.Key).ToDictionary(g => g.Key, g => g.First().Value);

    /// <summary>Field → sentence: everything that is said against an answer which did not come through a page.</summary>
    public IReadOnlyDictionary<string, string> Faults(string outcome, JsonObject answer)
    {
        var faults = TaskFormReader.Faults(_schema, answer);
        foreach (var (field, sentence) in Contradictions(outcome, answer)) faults.TryAdd(field, sentence);
        return faults;
    }

    /// <summary>The rules of the form that an answer breaks.</summary>
    internal IEnumerable<JsonObject> Broken(string outcome, JsonObject answer) => FormRules.Broken(Root, outcome, answer);
}
