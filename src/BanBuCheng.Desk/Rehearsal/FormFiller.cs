using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using BanBuCheng.Desk.Cases;

namespace BanBuCheng.Desk.Rehearsal;

/// <summary>Fills a task's form with what the outcome needs and no more: choices are drawn, texts say 推演.</summary>
internal static class FormFiller
{
    private const string Written = "推演";
    private static readonly ConcurrentDictionary<string, JsonObject> Parsed = new(StringComparer.Ordinal);

    public static JsonObject Fill(string? schema, string outcome, ServiceCase serviceCase, RehearsalWorld world, DateOnly today, Func<string, double> draw)
    {
        var answer = new JsonObject();
        if (schema is null) return answer;
        var form = Parsed.GetOrAdd(schema, static text => JsonNode.Parse(text) as JsonObject ?? []);
        if (form["properties"] is not JsonObject properties) return answer;
        var needed = Texts(form["required"]).ToHashSet();
        foreach (var (field, outcomes) in form["x-required-for"] as JsonObject ?? [])
            if (Texts(outcomes).Contains(outcome)) needed.Add(field);
        foreach (var (name, property) in properties)
        {
            if (property is not JsonObject rule) continue;
            if (needed.Contains(name)) answer[name] = Value(name, rule, serviceCase, world, today, draw);
            // Who helps the lead is a choice like any other; a form does not require it.
            else if (name == "assisting" && draw("assisting?") < 0.4) answer[name] = new JsonArray(Unit(world, draw(name)));
        }

        return answer;
    }

    private static JsonNode? Value(string name, JsonObject rule, ServiceCase serviceCase, RehearsalWorld world, DateOnly today, Func<string, double> draw)
    {
        if (IsUnits(rule)) return Unit(world, draw(name));
        var choices = Choices(rule);
        if (choices.Count > 0)
        {
            // A judgement keeps the difficulty it finds, where the form offers it.
            if (name == "difficulty" && choices.Contains(serviceCase.Difficulty.ToString())) return serviceCase.Difficulty.ToString();
            // The first choice is the ordinary one.
            var drawn = draw(name);
            return drawn < 0.8 ? choices[0] : choices[(int)(drawn * 1_000_003) % choices.Count];
        }

        switch (rule["type"]?.ToString())
        {
            case "array":
                var items = rule["items"] as JsonObject ?? [];
                return new JsonArray(IsUnits(items) ? Unit(world, draw(name)) : Choices(items) is { Count: > 0 } some ? JsonValue.Create(some[(int)(draw(name) * some.Count)]) : JsonValue.Create(Written));
            case "integer" or "number": return rule["minimum"]?.DeepClone() ?? JsonValue.Create(1);
            case "boolean": return JsonValue.Create(true);
            default:
                return rule["format"]?.ToString() == "date"
                    ? JsonValue.Create(world.Calendar.AddWorkingDays(today, 5).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))
                    : JsonValue.Create(Written);
        }
    }

    private static JsonValue? Unit(RehearsalWorld world, double drawn)
    {
        var units = world.Departments.Select(u => u.Code).ToList();
        return units.Count == 0 ? null : JsonValue.Create(units[(int)(drawn * units.Count)]);
    }

    private static bool IsUnits(JsonObject rule) => rule["x-options"]?.ToString() == "units";

    private static List<string> Choices(JsonObject rule) =>
        rule["enum"] is JsonArray words ? [.. Texts(words)] : rule["oneOf"] is JsonArray titled ? [.. titled.OfType<JsonObject>().Where(o => o["const"] is not null).Select(o => o["const"]!.ToString())] : [];

    private static IEnumerable<string> Texts(JsonNode? list) => list is JsonArray items ? items.Where(i => i is not null).Select(i => i!.ToString()) : [];
}
