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
    internal static Dictionary<string, string> Faults(JsonObject form, string outcome, JsonObject answer)
    {
        var faults = new Dictionary<string, string>();
        foreach (var rule in Broken(form, outcome, answer))
        {
            var say = rule["say"]?.GetValue<string>() ?? "";
            foreach (var (field, allowed) in rule["then"] as JsonObject ?? [])
            {
                if (!Has(field, allowed, outcome, answer)) faults.TryAdd(field, Sentence(form, field, say));
            }

            foreach (var field in Needed(rule))
            {
                if (!answer.ContainsKey(field)) faults.TryAdd(field, Sentence(form, field, say));
            }
        }

        return faults;
    }

    /// <summary>The rules that apply to an answer and are not kept.</summary>
    internal static IEnumerable<JsonObject> Broken(JsonObject form, string outcome, JsonObject answer) =>
        from rule in (form["x-rules"] as JsonArray ?? []).OfType<JsonObject>()
        where rule["when"] is not JsonObject when || when.All(c => Has(c.Key, c.Value, outcome, answer))
        where (rule["then"] as JsonObject ?? []).Any(c => !Has(c.Key, c.Value, outcome, answer)) || Needed(rule).Any(f => !answer.ContainsKey(f))
        select rule;

    private static IEnumerable<string> Needed(JsonObject rule) => (rule["need"] as JsonArray ?? []).Select(n => n!.GetValue<string>());

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
