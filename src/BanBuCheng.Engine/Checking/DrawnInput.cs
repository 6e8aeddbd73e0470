using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using BanBuCheng.Engine.Documents;

namespace BanBuCheng.Engine.Checking;

/// <summary>An input as the document gives it, in whatever of its forms: wrapped with an expression, or plain.</summary>
/// <param name="Language"><c>Literal</c>, <c>JavaScript</c>, <c>Variable</c> …; empty when the input is not given.</param>
/// <param name="Value">As written: of a literal the value, else the expression's text or reference.</param>
public sealed record DrawnInput(string Language, JsonNode? Value)
{
    private static readonly DrawnInput None = new("", null);

    /// <summary>Is there a value that the engine would see? A literal null or empty text is none.</summary>
    public bool IsGiven => Language.Length > 0 && (!IsLiteral || Text.Length > 0);

    public bool IsLiteral => Language is "Literal" or "Object" or "Json";

    public bool IsComputed => Language.Length > 0 && !IsLiteral;

    /// <summary>A literal's text, a list or object as JSON; an expression's own text.</summary>
    public string Text => Value switch
    {
        null => "",
        JsonValue value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>(),
        _ => Value.ToJsonString(),
    };

    /// <summary>A literal whole number, also written as text; null otherwise.</summary>
    public int? Number =>
        IsLiteral && double.TryParse(Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number is > -1e9 and < 1e9 ? (int)number : null;

    /// <summary>A literal truth value; null otherwise.</summary>
    public bool? Flag => IsLiteral && bool.TryParse(Text, out var flag) ? flag : null;

    /// <summary>A literal list: a real array, an array as JSON text, or one word; null when it is computed.</summary>
    public IReadOnlyList<string>? Words
    {
        get
        {
            if (!IsLiteral) return null;
            if (Value is JsonArray given) return List(given);
            var text = Text.Trim();
            if (text.Length == 0) return [];
            if (!text.StartsWith('[')) return [text];
            try
            {
                return JsonNode.Parse(text) is JsonArray list ? List(list) : [text];
            }
            catch (JsonException)
            {
                return [text];
            }
        }
    }

    /// <param name="name">camelCase, as documents write it.</param>
    public static DrawnInput Of(ActivityModel activity, string name) => Of(activity.Json[name]);

    public static DrawnInput Of(JsonNode? drawn) => drawn switch
    {
        null => None,
        // Without a type name Elsa reads no input at all.
        JsonObject wrapped when wrapped["typeName"] is null => None,
        JsonObject wrapped when wrapped["expression"] is JsonObject expression => OfExpression(expression),
        JsonObject => None,
        _ => new("Literal", drawn),
    };

    public static DrawnInput OfExpression(JsonObject expression) =>
        FlowReader.Text(expression["type"]) is "Literal" or "Object" or "Json" or "Variable" or "Input" or "JavaScript" or "Liquid"
            ? new(FlowReader.Text(expression["type"])!, expression["value"])
            : None;

    private static string[] List(JsonArray items) => [.. items.Select(FlowReader.Text).OfType<string>()];
}
