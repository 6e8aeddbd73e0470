using System.Globalization;
using System.Text.Json.Nodes;
using BanBuCheng.Desk.Steps;
using NJsonSchema;
using NJsonSchema.Validation;

namespace BanBuCheng.Desk.Inbox;

/// <summary>Turns posted fields into the form's JSON by its schema, and says field by field in Chinese what is wrong.</summary>
internal static class TaskFormReader
{
    private const int LongestText = 4000;

    internal static Task<JsonSchema> SchemaAsync(string schemaText, CancellationToken ct) => JsonSchema.FromJsonAsync(ConstantsAsEnumerations(schemaText), ct);

    /// <param name="posted">Field name → values as posted; a missing field counts as empty.</param>
    internal static (JsonObject Answer, IReadOnlyDictionary<string, string> Faults) Read(JsonSchema schema, IReadOnlyDictionary<string, IReadOnlyList<string>> posted, DateOnly today)
    {
        var answer = new JsonObject();
        var faults = new Dictionary<string, string>();
        foreach (var (name, property) in schema.ActualProperties)
        {
            var values = posted.TryGetValue(name, out var found) ? found.Where(v => !string.IsNullOrWhiteSpace(v)).Select(v => v.Trim()).ToList() : [];
            if (values.Any(v => v.Length > LongestText))
            {
                faults[name] = $"太长了，最多 {LongestText} 个字。";
                continue;
            }

            if (values.Select(TypedText.Unreadable).FirstOrDefault(words => words is not null) is { } unreadable)
            {
                faults[name] = unreadable;
                continue;
            }

            var value = Convert(property, values, today, out var fault);
            if (fault is not null) faults[name] = fault;
            else if (value is not null) answer[name] = value;
        }

        foreach (var (name, words) in Faults(schema, answer)) faults.TryAdd(name, words);
        return (answer, faults);
    }

    /// <summary>Field → sentence: what the schema alone says against an answer.</summary>
    internal static Dictionary<string, string> Faults(JsonSchema schema, JsonObject answer)
    {
        var faults = schema.RequiredProperties.Where(name => !answer.ContainsKey(name)).ToDictionary(name => name, name => EmptyWords(schema, name));
        foreach (var error in schema.Validate(answer.ToJsonString()))
        {
            var name = error.Property is { Length: > 0 } p && p[0] != '[' ? p : error.Path?.TrimStart('#', '/').Split('/', '.', '[')[0] ?? "";
            if (name.Length > 0 && !faults.ContainsKey(name)) faults[name] = Words(schema, name, error);
        }

        return faults;
    }

    /// <summary>The validator knows <c>enum</c> but not <c>const</c>: a choice between titled constants is the same choice.</summary>
    private static string ConstantsAsEnumerations(string schemaText)
    {
        var root = JsonNode.Parse(schemaText)!;
        Rewrite(root);
        return root.ToJsonString();

        static void Rewrite(JsonNode? node)
        {
            switch (node)
            {
                case JsonArray list:
                    foreach (var item in list) Rewrite(item);
                    break;
                case JsonObject map:
                    foreach (var (_, value) in map.ToList()) Rewrite(value);
                    if (map["oneOf"] is JsonArray choices && choices.Count > 0 && choices.All(c => c is JsonObject o && o.ContainsKey("const")))
                    {
                        map["enum"] = new JsonArray([.. choices.Select(c => c!["const"]?.DeepClone())]);
                        map.Remove("oneOf");
                    }

                    break;
            }
        }
    }

    private static JsonNode? Convert(JsonSchemaProperty property, List<string> values, DateOnly today, out string? fault)
    {
        fault = null;
        var type = property.ActualSchema.Type;
        if (type.HasFlag(JsonObjectType.Boolean)) return JsonValue.Create(values.Count > 0 && values[^1] is "true" or "on" or "1");
        if (values.Count == 0) return null;
        if (type.HasFlag(JsonObjectType.Array)) return new JsonArray([.. values.Distinct().Select(v => (JsonNode)JsonValue.Create(v)!)]);
        var text = values[^1];
        if (type.HasFlag(JsonObjectType.Integer))
        {
            if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)) return JsonValue.Create(whole);
            fault = "这里要写整数。";
            return null;
        }

        if (type.HasFlag(JsonObjectType.Number))
        {
            if (decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var number)) return JsonValue.Create(number);
            fault = "这里要写数字。";
            return null;
        }

        if (property.ActualSchema.Format == "date")
        {
            if (!SpokenDate.TryParse(text, today, out var day, out fault)) return null;
            fault = TooEarly(property, day, today);
            return fault is null ? JsonValue.Create(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)) : null;
        }

        return JsonValue.Create(text.ReplaceLineEndings("\n"));
    }

    /// <summary>A day that is promised lies ahead (<c>"x-earliest": "today"</c> or <c>"tomorrow"</c>).</summary>
    private static string? TooEarly(JsonSchemaProperty property, DateOnly day, DateOnly today)
    {
        if (property.ExtensionData?.TryGetValue("x-earliest", out var earliest) != true) return null;
        var isTomorrow = earliest is "tomorrow";
        return day >= (isTomorrow ? today.AddDays(1) : today) ? null : isTomorrow ? "最早写明天。" : "这一天已经过了，写今天或以后的日子。";
    }

    private static string EmptyWords(JsonSchema schema, string name) =>
        schema.ActualProperties.TryGetValue(name, out var property) && property.Title is { Length: > 0 } title ? $"还没写“{title}”。" : "还没写。";

    private static string Words(JsonSchema schema, string name, ValidationError error)
    {
        schema.ActualProperties.TryGetValue(name, out var property);
        if (error.Kind is ValidationErrorKind.PropertyRequired) return EmptyWords(schema, name);
        if (property?.ExtensionData?.TryGetValue("x-error", out var own) == true && own is string words) return words;
        var rule = property?.ActualSchema;
        return error.Kind switch
        {
            ValidationErrorKind.StringTooLong => $"写长了，最多 {rule?.MaxLength} 个字。",
            ValidationErrorKind.StringTooShort => $"写短了，至少 {rule?.MinLength} 个字。",
            ValidationErrorKind.PatternMismatch => "写法不对，请看提示。",
            ValidationErrorKind.NotInEnumeration or ValidationErrorKind.NotOneOf => "请从列出的里面选一个。",
            ValidationErrorKind.TooFewItems => $"至少选 {rule?.MinItems} 项。",
            ValidationErrorKind.TooManyItems => $"最多选 {rule?.MaxItems} 项。",
            ValidationErrorKind.NumberTooBig => $"最大 {rule?.Maximum}。",
            ValidationErrorKind.NumberTooSmall => $"最小 {rule?.Minimum}。",
            _ => "这里填得不对，请看提示。",
        };
    }
}
