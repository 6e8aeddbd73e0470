using System.Collections;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace BanBuCheng.Engine.Expressions;

/// <summary>Elsa's conversion rules for results, inputs and defaults. What cannot be converted is the type's default, silently.</summary>
internal static class Conversion
{
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    public static object? To(object? value, ValueType type) => TryTo(value, type, out var converted) ? converted : type.Default;

    public static bool TryTo(object? value, ValueType type, out object? converted)
    {
        if (value is JsonElement element) value = JsonNode.Parse(element.GetRawText());
        if (value is JsonNode node) value = Plain.FromJson(node);
        converted = type.Default;
        if (value is null) return true;
        try
        {
            switch (type.Kind)
            {
                case ValueKind.Object: converted = value; return true;
                case ValueKind.String: converted = Plain.Text(value); return true;
                case ValueKind.Boolean: return Boolean(value, ref converted);
                case ValueKind.Int16 or ValueKind.Int32:
                    if (!Whole(value, out var number) || number is < int.MinValue or > int.MaxValue) return false;
                    converted = (int)number;
                    return true;
                case ValueKind.Int64:
                    if (!Whole(value, out number)) return false;
                    converted = number;
                    return true;
                case ValueKind.Single or ValueKind.Double:
                    converted = value is string text ? double.Parse(text, NumberStyles.Float, Invariant) : Convert.ToDouble(value, Invariant);
                    return true;
                case ValueKind.Decimal:
                    converted = value is string spelled ? decimal.Parse(spelled, NumberStyles.Float, Invariant) : Convert.ToDecimal(value, Invariant);
                    return true;
                case ValueKind.Guid:
                    if (value is Guid) { converted = value; return true; }
                    if (!Guid.TryParse(Plain.Text(value), out var id)) return false;
                    converted = id;
                    return true;
                case ValueKind.TimeSpan:
                    if (value is TimeSpan) { converted = value; return true; }
                    if (!TimeSpan.TryParse(Plain.Text(value), Invariant, out var span)) return false;
                    converted = span;
                    return true;
                case ValueKind.DateTimeOffset or ValueKind.DateTime or ValueKind.DateOnly: return Instant(value, type.Kind, ref converted);
                case ValueKind.Bytes:
                    converted = value is byte[]? value : Convert.FromBase64String(Plain.Text(value));
                    return true;
                case ValueKind.Dictionary: return Dictionary(value, ref converted);
                case ValueKind.Json:
                    converted = value is string json && Plain.TryParse(json, out var parsed) ? parsed : value;
                    return true;
                case ValueKind.List: return List(value, type.Element ?? ValueType.Object, ref converted);
                default: return false;
            }
        }
        catch (Exception notConvertible) when (notConvertible is FormatException or InvalidCastException or OverflowException or ArgumentException)
        {
            converted = type.Default;
            return false;
        }
    }

    private static bool Boolean(object value, ref object? converted)
    {
        if (value is bool) { converted = value; return true; }
        if (value is string text)
        {
            if (!bool.TryParse(text.Trim(), out var flag)) return false;
            converted = flag;
            return true;
        }
        if (value is not IConvertible) return false;
        converted = Convert.ToBoolean(value, Invariant);
        return true;
    }

    private static bool Whole(object value, out long number)
    {
        number = 0;
        switch (value)
        {
            case int small: number = small; return true;
            case long large: number = large; return true;
            case bool flag: number = flag ? 1 : 0; return true;
            case string text: return long.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, Invariant, out number);
            case double or float or decimal or short or byte:
                // As Convert.ChangeType: rounded to even.
                var exact = Convert.ToDouble(value, Invariant);
                if (!double.IsFinite(exact) || Math.Abs(exact) > 9e18) return false;
                number = Convert.ToInt64(exact);
                return true;
            default: return false;
        }
    }

    private static bool Instant(object value, ValueKind kind, ref object? converted)
    {
        DateTimeOffset instant;
        switch (value)
        {
            case DateTimeOffset given: instant = given; break;
            case DateTime given: instant = given.Kind == DateTimeKind.Unspecified ? new DateTimeOffset(given, TimeSpan.Zero) : new DateTimeOffset(given); break;
            case DateOnly day: instant = new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero); break;
            default:
                if (!DateTimeOffset.TryParse(Plain.Text(value), Invariant, DateTimeStyles.AssumeUniversal, out instant)) return false;
                break;
        }
        converted = kind switch
        {
            ValueKind.DateTimeOffset => instant,
            ValueKind.DateTime => instant.UtcDateTime,
            _ => DateOnly.FromDateTime(instant.DateTime),
        };
        return true;
    }

    private static bool Dictionary(object value, ref object? converted)
    {
        if (value is string text)
        {
            if (!text.TrimStart().StartsWith('{') || !Plain.TryParse(text, out var parsed) || parsed is not Dictionary<string, object?>) return false;
            converted = parsed;
            return true;
        }
        if (value is IDictionary<string, object?>) { converted = value; return true; }
        if (Plain.ToJson(value) is not JsonObject members) return false;
        converted = Plain.FromJson(members);
        return true;
    }

    private static bool List(object value, ValueType element, ref object? converted)
    {
        if (value is string text)
        {
            if (text.TrimStart().StartsWith('[') && Plain.TryParse(text, out var parsed) && parsed is List<object?> items) value = items;
            else { converted = new List<object?> { To(text, element) }; return true; }
        }
        if (value is not IEnumerable list || value is IDictionary) { converted = new List<object?> { To(value, element) }; return true; }
        var result = new List<object?>();
        foreach (var item in list) result.Add(element.Kind == ValueKind.Object ? item : To(item, element));
        converted = result;
        return true;
    }

    /// <summary>A plain value as a CLR type that code asks for: simple types, their lists, JSON nodes; anything else through JSON.</summary>
    public static T? To<T>(object? value)
    {
        if (value is null) return default;
        if (value is T same) return same;
        var wanted = Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T);
        if (wanted == typeof(JsonNode) || wanted == typeof(JsonObject) || wanted == typeof(JsonArray))
        {
            var json = value is string text && Plain.TryParse(text, out var parsed) ? Plain.ToJson(parsed) : Plain.ToJson(value);
            return json is T fits ? fits : default;
        }
        if (wanted.IsEnum)
            return Enum.TryParse(wanted, Plain.Text(value), true, out var word) && Enum.IsDefined(wanted, word) ? (T)word : default;
        var type = ValueType.Of(wanted == typeof(byte[]) ? "ByteArray" : wanted.Name);
        if (type.Kind != ValueKind.Object) return TryTo(value, type, out var simple) && simple is T typed ? typed : default;
        try
        {
            if (value is string text && text.TrimStart() is not ['{' or '[', ..])
                return typeof(IEnumerable<string>).IsAssignableFrom(wanted) || wanted.IsArray
                    ? JsonSerializer.Deserialize<T>(new JsonArray(JsonValue.Create(text)).ToJsonString()) : default;
            return JsonSerializer.Deserialize<T>(value as string ?? Plain.JsonText(value), JsonSerializerOptions.Web);
        }
        catch (Exception notConvertible) when (notConvertible is JsonException or NotSupportedException)
        {
            return default;
        }
    }
}
