using System.Globalization;
using System.Text.Json.Nodes;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Deadlines;

namespace BanBuCheng.Web.Demo;

/// <summary>
/// Fills in a task's form as the case's story would have it. It reads the form's own schema, so a flow whose forms were edited is still
/// played; what the story does not know gets the first choice or a plain sentence.
/// </summary>
internal static class DemoAnswers
{
    private static readonly string[] GoingBack = ["退", "不", "没", "无法", "驳", "否", "异议", "撤", "返工", "Dispute", "Reject", "Return", "Unreached", "Not"];

    public static string OutcomeOf(DemoCase story, IReadOnlyList<string> offered)
    {
        var wished = new List<string> { "部门协同", "同意" };
        if (story.ToCommittee) wished.Insert(0, "提请联合党委");
        wished.InsertRange(0, story.Outcome switch
        {
            CaseOutcome.PartiallyResolved => ["办成一部分"],
            CaseOutcome.CannotBeDone => ["依法不能办"],
            CaseOutcome.NotAccepted => ["不归我们管"],
            _ => ["办成了"],
        });
        wished.Insert(0, story.DoneAtWindow ? "办好了" : "转服务站");
        return wished.Select(word => offered.FirstOrDefault(o => o.StartsWith(word, StringComparison.Ordinal)) ?? offered.FirstOrDefault(o => o.Contains(word, StringComparison.Ordinal))).FirstOrDefault(o => o is not null)
            ?? offered.FirstOrDefault(o => !GoingBack.Any(word => o.Contains(word, StringComparison.OrdinalIgnoreCase)))
            ?? offered[0];
    }

    /// <param name="isLead">The lead unit proposes the solution, the others only say what they think of it.</param>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Fill(DemoCase story, string outcome, string? schema, bool isLead, DateOnly today)
    {
        var fields = new Dictionary<string, IReadOnlyList<string>>();
        if (schema is null || JsonNode.Parse(schema) is not JsonObject form || form["properties"] is not JsonObject properties) return fields;
        var required = form["required"] is JsonArray names ? names.Select(n => n!.ToString()).ToHashSet() : [];
        // Some questions only have to be answered with some outcomes.
        foreach (var (name, outcomes) in form["x-required-for"] as JsonObject ?? [])
        {
            if (outcomes is JsonArray with && with.Any(o => o?.ToString() == outcome)) required.Add(name);
        }

        foreach (var (name, property) in properties)
        {
            var told = required.Contains(name) || (Known(story, name) is not null && (name != "solution" || isLead));
            if (told && property is JsonObject rule && ValueOf(story, outcome, name, rule, today) is { } values) fields[name] = values;
        }

        return fields;
    }

    private static IReadOnlyList<string>? ValueOf(DemoCase story, string outcome, string name, JsonObject rule, DateOnly today)
    {
        var choices = Choices(rule["items"] as JsonObject ?? rule);
        if (Known(story, name) is { } known)
        {
            if (choices.Count == 0) return known;
            if (known.Where(choices.Contains).ToList() is { Count: > 0 } allowed) return allowed;
        }

        if (choices.Count > 0) return [choices.Contains(outcome) ? outcome : choices[0]];
        var least = rule["minimum"]?.GetValue<decimal>() ?? 1;
        return rule["type"]?.ToString() switch
        {
            "boolean" => ["true"],
            "integer" or "number" => [least.ToString(CultureInfo.InvariantCulture)],
            "array" => null,
            _ when rule["format"]?.ToString() == "date" => [(rule["x-earliest"]?.ToString() == "tomorrow" ? today.AddDays(1) : today).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)],
            _ => [Sentence(story, name, rule)],
        };
    }

    private static string[]? Known(DemoCase story, string name) => name switch
    {
        "difficulty" => [story.Difficulty.ToString()],
        "reclassReason" => story.Difficulty is Difficulty.Special ? ["牵涉几家的老规定，要先对清楚，比一般的多费些时候。"] : null,
        "policyAttribute" => [story.Policy],
        "causeCodes" => [story.Cause],
        "lead" => [story.Lead],
        "assisting" => story.Assisting.Length > 0 ? story.Assisting : null,
        "outcome" => [story.Outcome.ToString()],
        "solution" => [story.Solution],
        "lawful" => [story.Policy switch { "LEGAL_PROHIBITION" => "NO", "POLICY_BOTTLENECK" => "UNCLEAR", _ => "YES" }],
        "legalBasis" => story.Clause.Length > 0 ? [story.Clause] : null,
        "risk" => ["没有"],
        "solved" => ["yes", "Yes", "true", "Solved", "解决了"],
        "satisfaction" => ["5", "4", "VerySatisfied", "Satisfied", "非常满意", "满意"],
        "way" => ["Phone"],
        _ => null,
    };

    private static List<string> Choices(JsonObject rule)
    {
        if (rule["enum"] is JsonArray listed) return [.. listed.Select(v => v!.ToString())];
        return rule["oneOf"] is JsonArray told ? [.. told.Select(v => v?["const"]?.ToString()).OfType<string>()] : [];
    }

    private static string Sentence(DemoCase story, string name, JsonObject rule)
    {
        var key = name.ToUpperInvariant();
        var text = key switch
        {
            _ when key.Contains("REPLY", StringComparison.Ordinal) || key is "TEXT" => story.Reply,
            _ when key.Contains("OBJECTION", StringComparison.Ordinal) => "",
            _ when key.Contains("NUMBER", StringComparison.Ordinal) => $"青政服〔2026〕{story.Index}号",
            _ when key.Contains("TITLE", StringComparison.Ordinal) => "情况说明",
            _ when key.Contains("NOTE", StringComparison.Ordinal) => "电话里跟本人说清楚了，他说知道了。",
            _ when rule["x-audience"]?.ToString() == "citizen" => story.Reply,
            _ => story.Solution,
        };
        var longest = rule["maxLength"]?.GetValue<int>() ?? 500;
        return text.Length > longest ? text[..longest] : text;
    }
}
