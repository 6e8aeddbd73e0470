using System.Collections;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace BanBuCheng.Engine.Expressions;

/// <summary>
/// Plain values are what variables, inputs and outputs hold: null, bool, numbers, text, instants, <see cref="List{T}"/> of object and
/// <see cref="Dictionary{TKey,TValue}"/> of string and object. Here they meet JSON and text.
/// </summary>
public static class Plain
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static object? FromJson(JsonNode? node)
    {
        switch (node)
        {
            case null: return null;
            case JsonObject members:
                var dictionary = new Dictionary<string, object?>(members.Count, StringComparer.Ordinal);
                foreach (var (name, value) in members) dictionary[name] = FromJson(value);
                return dictionary;
            case JsonArray items:
                var list = new List<object?>(items.Count);
                foreach (var item in items) list.Add(FromJson(item));
                return list;
            case JsonValue value:
                switch (value.GetValueKind())
                {
                    case JsonValueKind.True: return true;
                    case JsonValueKind.False: return false;
                    case JsonValueKind.String: return value.TryGetValue<string>(out var text) ? text : value.ToString();
                    case JsonValueKind.Number:
                        var spelled = value.ToJsonString();
                        if (int.TryParse(spelled, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var small)) return small;
                        if (long.TryParse(spelled, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var large)) return large;
                        return double.Parse(spelled, NumberStyles.Float, CultureInfo.InvariantCulture);
                    default: return null;
                }
            default: return null;
        }
    }

    public static JsonNode? ToJson(object? value) => ToJson(value, 0);

    private static JsonNode? ToJson(object? value, int depth)
    {
        // A state is read with the usual depth of 64, and the value stands a few levels down in it.
        if (depth > 48) throw new InvalidOperationException("A value is nested too deeply, or contains itself.");
        switch (value)
        {
            case null: return null;
            case JsonNode node: return node.DeepClone();
            case JsonElement element: return JsonNode.Parse(element.GetRawText());
            case string text: return JsonValue.Create(text);
            case bool flag: return JsonValue.Create(flag);
            case int number: return JsonValue.Create(number);
            case long number: return JsonValue.Create(number);
            case double number: return double.IsFinite(number) ? JsonValue.Create(number) : JsonValue.Create(number.ToString(CultureInfo.InvariantCulture));
            case decimal number: return JsonValue.Create(number);
            case float number: return JsonValue.Create(number);
            case short number: return JsonValue.Create(number);
            case byte[] bytes: return JsonValue.Create(Convert.ToBase64String(bytes));
            case DateTimeOffset instant: return JsonValue.Create(instant);
            case DateTime instant: return JsonValue.Create(instant);
            case DateOnly day: return JsonValue.Create(day.ToString("O", CultureInfo.InvariantCulture));
            case TimeSpan span: return JsonValue.Create(span.ToString("c", CultureInfo.InvariantCulture));
            case Guid id: return JsonValue.Create(id.ToString());
            case Enum word: return JsonValue.Create(word.ToString());
            case IDictionary<string, object?> members:
                var json = new JsonObject();
                foreach (var (name, inner) in members) json[name] = ToJson(inner, depth + 1);
                return json;
            case IDictionary members:
                var loose = new JsonObject();
                foreach (DictionaryEntry entry in members) loose[Text(entry.Key)] = ToJson(entry.Value, depth + 1);
                return loose;
            case IEnumerable items:
                var array = new JsonArray();
                foreach (var item in items) array.Add(ToJson(item, depth + 1));
                return array;
            default: return JsonSerializer.SerializeToNode(value, value.GetType());
        }
    }

    /// <summary>As Elsa prints: <c>True</c>/<c>False</c>, null as empty, lists and objects as JSON, everything else invariant.</summary>
    public static string Text(object? value) => value switch
    {
        null => "",
        string text => text,
        bool flag => flag ? "True" : "False",
        byte[] bytes => Convert.ToBase64String(bytes),
        JsonValue single => Text(FromJson(single)),
        JsonNode or IDictionary or IDictionary<string, object?> or JsonElement => JsonText(value),
        IEnumerable => JsonText(value),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    public static string JsonText(object? value) => ToJson(value)?.ToJsonString(Relaxed) ?? "null";

    /// <summary>JSON text to a plain value; false when it is no JSON.</summary>
    public static bool TryParse(string text, out object? value)
    {
        value = null;
        try
        {
            value = FromJson(JsonNode.Parse(text, documentOptions: new JsonDocumentOptions { MaxDepth = 64 }));
            return true;
        }
        catch (Exception damaged) when (damaged is JsonException or ArgumentException)
        {
            return false;
        }
    }
}
