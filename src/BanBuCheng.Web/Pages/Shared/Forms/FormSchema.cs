using System.Text.Json;
using BanBuCheng.Web.Pages.Shared.Parts;

namespace BanBuCheng.Web.Pages.Shared.Forms;

/// <summary>
/// Reads a task's JSON Schema (draft-07) into questions. What it does not know becomes a plain text field: a form must never be
/// empty because a schema is richer than this reader. Checking the answers is the validator's business, with the same schema.
/// </summary>
public static class FormSchema
{
    private const int MostPicks = 5;
    private const int ShortText = 80;

    public static TaskForm Read(
        string schema,
        IReadOnlyDictionary<string, string?>? values = null,
        IReadOnlyDictionary<string, string>? errors = null)
    {
        using var document = JsonDocument.Parse(schema);
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object) return new(null, []);

        var required = Strings(root, "required").ToHashSet(StringComparer.Ordinal);
        var fields = Member(root, "properties") is { ValueKind: JsonValueKind.Object } properties
            ? properties.EnumerateObject().Select(p => Field(p.Name, p.Value, required.Contains(p.Name), values, errors) with { RequiredFor = RequiredFor(root, p.Name) }).ToList()
            : [];
        return new(Text(root, "title"), fields);
    }

    private static string[] RequiredFor(JsonElement root, string key) =>
        Member(root, "x-required-for") is { } rules ? [.. Strings(rules, key)] : [];

    private static FormField Field(
        string key,
        JsonElement schema,
        bool required,
        IReadOnlyDictionary<string, string?>? values,
        IReadOnlyDictionary<string, string>? errors)
    {
        var list = TypeOf(schema) == "array";
        var choices = Choices(list ? Member(schema, "items") ?? schema : schema);
        var maxLength = Number(schema, "maxLength");
        var errorText = Text(schema, "x-error");
        var kind = list && choices.Count > 0 ? FieldKind.Ticks : Kind(schema, choices.Count, maxLength);
        string? error = null;
        if (errors is not null && errors.TryGetValue(key, out var said)) error = said.Length > 0 ? said : errorText ?? $"还没写{Text(schema, "title") ?? key}。";

        return new(key, kind, Text(schema, "title") ?? key)
        {
            Hint = Text(schema, "description"),
            Required = required,
            Audience = Text(schema, "x-audience") switch { "citizen" => Audience.Citizen, "staff" => Audience.Staff, _ => Audience.Desk },
            Choices = choices,
            Rows = Math.Clamp(Number(schema, "x-rows") ?? 3, 1, 20),
            MaxLength = maxLength,
            // What the person wrote wins over the schema's default, also when they emptied the field.
            Value = values is not null && values.TryGetValue(key, out var written) ? written : Text(schema, "default"),
            Error = error,
            ErrorText = errorText,
        };
    }

    private static FieldKind Kind(JsonElement schema, int choices, int? maxLength)
    {
        if (choices > 0) return choices <= MostPicks ? FieldKind.Pick : FieldKind.Select;
        if (Text(schema, "x-mask") is not null) return FieldKind.Mask;
        return TypeOf(schema) switch
        {
            "boolean" => FieldKind.Tick,
            "integer" or "number" => FieldKind.Number,
            "string" when Text(schema, "format") == "date" => FieldKind.Date,
            "string" when maxLength > ShortText || Number(schema, "x-rows") is not null => FieldKind.LongText,
            _ => FieldKind.Text,
        };
    }

    private static List<PickCard> Choices(JsonElement schema)
    {
        if (Member(schema, "oneOf") is { ValueKind: JsonValueKind.Array } oneOf)
        {
            return [.. oneOf.EnumerateArray()
                .Where(o => Text(o, "const") is not null)
                .Select(o => new PickCard(Text(o, "const")!, Text(o, "title") ?? Text(o, "const")!, Text(o, "description")))];
        }

        return [.. Strings(schema, "enum").Select(value => new PickCard(value, value))];
    }

    /// <summary>The type; of <c>["string","null"]</c> the one that can be asked.</summary>
    private static string? TypeOf(JsonElement schema) => Member(schema, "type") switch
    {
        { ValueKind: JsonValueKind.String } one => one.GetString(),
        { ValueKind: JsonValueKind.Array } => Strings(schema, "type").FirstOrDefault(t => t != "null"),
        _ => null,
    };

    private static JsonElement? Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) ? member : null;

    private static string? Text(JsonElement element, string name) => Member(element, name) is { } member ? Plain(member) : null;

    private static string? Plain(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => null,
    };

    private static int? Number(JsonElement element, string name) =>
        Member(element, name) is { ValueKind: JsonValueKind.Number } member && member.TryGetInt32(out var number) ? number : null;

    private static IEnumerable<string> Strings(JsonElement element, string name) =>
        Member(element, name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray().Select(Plain).OfType<string>() : [];
}
