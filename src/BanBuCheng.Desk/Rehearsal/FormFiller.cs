using System.Globalization;
using System.Text.Json.Nodes;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Inbox;

namespace BanBuCheng.Desk.Rehearsal;

/// <summary>
/// Fills a task's form with what the outcome needs and no more, and so that nothing is said against it: choices are drawn, texts say 推演, what
/// contradicts itself is chosen again, as a person would who is sent back to the field.
/// </summary>
internal static class FormFiller
{
    private const string Written = "推演";
    private const int MostTries = 8;

    /// <param name="begun">What is filled in already and stays as far as it may.</param>
    public static JsonObject Fill(FormCheck? form, string outcome, ServiceCase serviceCase, RehearsalWorld world, DateOnly today, Func<string, double> draw, JsonObject? begun = null)
    {
        var answer = (JsonObject?)begun?.DeepClone() ?? [];
        if (form?.Root["properties"] is not JsonObject properties) return answer;
        var pen = new Pen(properties, serviceCase, world, today, draw);
        foreach (var name in Texts(form.Root["required"]))
            if (!answer.ContainsKey(name)) pen.Write(answer, name);
        // Who helps the lead is a choice like any other; a form does not require it.
        if (begun is null && properties.ContainsKey("assisting") && draw("assisting?") < 0.4) pen.Write(answer, "assisting");
        for (var tries = 0; tries < MostTries && form.Faults(outcome, answer) is { Count: > 0 } faults; tries++)
        {
            foreach (var rule in form.Broken(outcome, answer).ToList()) Keep(rule, outcome, answer, pen);
            foreach (var field in form.Faults(outcome, answer).Keys.Where(f => faults.ContainsKey(f) && properties.ContainsKey(f))) pen.Write(answer, field);
        }

        return answer;
    }

    /// <summary>The case's file says no to one field: it is filled in, or filled in otherwise. False when there is nothing else to say there.</summary>
    public static bool Otherwise(FormCheck form, string field, JsonObject answer, ServiceCase serviceCase, RehearsalWorld world, DateOnly today, Func<string, double> draw)
    {
        if (form.Root["properties"] is not JsonObject properties || properties[field] is not JsonObject rule) return false;
        var pen = new Pen(properties, serviceCase, world, today, draw);
        if (!answer.ContainsKey(field) || rule["format"]?.ToString() == "date")
        {
            pen.Write(answer, field);
            return true;
        }

        var other = Choices(rule).Where(c => c != answer[field]?.ToString()).ToList();
        if (other.Count == 0) return false;
        answer[field] = other[(int)(draw($"{field}/otherwise") * other.Count)];
        return true;
    }

    /// <summary>What a rule wants is said; where it wants another outcome than the chosen one, the reason for it is not said.</summary>
    private static void Keep(JsonObject rule, string outcome, JsonObject answer, Pen pen)
    {
        foreach (var (field, allowed) in rule["then"] as JsonObject ?? [])
        {
            var words = Texts(allowed).ToList();
            if (field != "outcome") pen.Choose(answer, field, words.Contains);
            else if (!words.Contains(outcome))
                foreach (var (reason, values) in rule["when"] as JsonObject ?? [])
                    if (reason != "outcome" && pen.Choose(answer, reason, c => !Texts(values).Contains(c))) break;
        }

        foreach (var field in Texts(rule["need"]))
            if (!answer.ContainsKey(field)) pen.Write(answer, field);
    }

    private static List<string> Choices(JsonObject rule) =>
        rule["enum"] is JsonArray words ? [.. Texts(words)] : rule["oneOf"] is JsonArray titled ? [.. titled.OfType<JsonObject>().Where(o => o["const"] is not null).Select(o => o["const"]!.ToString())] : [];

    private static IEnumerable<string> Texts(JsonNode? list) => list is JsonArray items ? items.Where(i => i is not null).Select(i => i!.ToString()) : [];

    /// <summary>Writes one field.</summary>
    private sealed class Pen(JsonObject properties, ServiceCase serviceCase, RehearsalWorld world, DateOnly today, Func<string, double> draw)
    {
        public void Write(JsonObject answer, string name)
        {
            if (properties[name] is JsonObject rule) answer[name] = Value(name, rule);
        }

        /// <summary>The first choice that will do; false when the field is no choice or none does.</summary>
        public bool Choose(JsonObject answer, string name, Func<string, bool> will)
        {
            if (properties[name] is not JsonObject rule || Choices(rule).Find(c => will(c)) is not { } choice) return false;
            answer[name] = choice;
            return true;
        }

        private JsonNode? Value(string name, JsonObject rule)
        {
            var choices = Choices(rule);
            if (choices.Count > 0)
            {
                if (IsUnits(rule)) return choices[(int)(draw(name) * choices.Count)];
                // A judgement keeps the difficulty it finds, where the form offers it.
                if (name == "difficulty" && choices.Contains(serviceCase.Difficulty.ToString())) return serviceCase.Difficulty.ToString();
                // The first choice is the ordinary one.
                var drawn = draw(name);
                return drawn < 0.8 ? choices[0] : choices[(int)(drawn * 1_000_003) % choices.Count];
            }

            switch (rule["type"]?.ToString())
            {
                case "array":
                    var some = Choices(rule["items"] as JsonObject ?? []);
                    return new JsonArray(some.Count > 0 ? JsonValue.Create(some[(int)(draw(name) * some.Count)]) : JsonValue.Create(Written));
                case "integer" or "number": return rule["minimum"]?.DeepClone() ?? JsonValue.Create(1);
                case "boolean": return JsonValue.Create(true);
                default:
                    if (rule["format"]?.ToString() == "date") return JsonValue.Create(world.Calendar.AddWorkingDays(today, 5).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
                    return JsonValue.Create(rule["minLength"]?.GetValue<int>() is { } least && least > Written.Length ? string.Concat(Enumerable.Repeat(Written, least / Written.Length + 1)) : Written);
            }
        }

        private static bool IsUnits(JsonObject rule) => rule["x-options"]?.ToString() == "units";
    }
}
