using System.Text.Json;
using System.Text.Json.Nodes;

namespace BanBuCheng.Desk.Inbox;

/// <summary>
/// 表单里的规矩 — what must not be said together, written in the form itself (<c>x-rules</c>), so that a rule is seen and changed where
/// the question stands: <c>{"when": {"lawful": ["NO"]}, "then": {"outcome": ["依法不能办"]}, "need": ["legalBasis"], "say": "…"}</c>.
/// </summary>
/// <remarks><c>when</c>: every named field has one of the values (a list has any of them; <c>"*"</c> = was filled in at all).
/// <c>then</c>: each named field must have one of the values. <c>need</c>: these fields must be filled in. <c>outcome</c> is the chosen
/// result. <c>say</c> is the whole sentence: which rule, and what to do instead.</remarks>
public static class FormRules
{
    /// <summary>Field → sentence, for every rule that is broken; a field bears its first.</summary>
    public static IReadOnlyDictionary<string, string> Faults(string schema, string outcome, JsonObject answer)
    {
        var faults = new Dictionary<string, string>();
        if (!schema.Contains("x-rules", StringComparison.Ordinal) || JsonNode.Parse(schema) is not JsonObject root || root["x-rules"] is not JsonArray rules) return faults;
        foreach (var rule in rules.OfType<JsonObject>())
        {
            if (rule["when"] is JsonObject when && !when.All(c => Has(c.Key, c.Value, outcome, answer))) continue;
            var say = rule["say"]?.GetValue<string>() ?? "";
            foreach (var (field, allowed) in rule["then"] as JsonObject ?? [])
            {
                if (!Has(field, allowed, outcome, answer)) faults.TryAdd(field, Sentence(root, field, say));
            }

            foreach (var field in (rule["need"] as JsonArray ?? []).Select(n => n!.GetValue<string>()))
            {
                if (!answer.ContainsKey(field)) faults.TryAdd(field, Sentence(root, field, say));
            }
        }

        return faults;
    }

    private static bool Has(string field, JsonNode? wanted, string outcome, JsonObject answer)
    {
        var values = Values(field == "outcome" ? JsonValue.Create(outcome) : answer[field]);
        var any = Values(wanted);
        return any.Contains("*") ? values.Count > 0 : values.Exists(any.Contains);
    }

    private static List<string> Values(JsonNode? node) => node switch
    {
        null => [],
        JsonArray list => [.. list.Select(Text)],
        _ => [Text(node)],
    };

    private static string Text(JsonNode? node) => node?.GetValueKind() is JsonValueKind.String ? node.GetValue<string>() : node?.ToJsonString() ?? "";

    private static string Sentence(JsonObject root, string field, string say) =>
        say.Length > 0 ? say : $"“{root["properties"]?[field]?["title"]?.GetValue<string>() ?? field}”和别的几项对不上，请再看一遍。";
}
