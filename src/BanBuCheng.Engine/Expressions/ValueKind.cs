namespace BanBuCheng.Engine.Expressions;

/// <summary>What a type alias of a document means for conversion.</summary>
internal enum ValueKind
{
    Object,
    String,
    Boolean,
    Int16,
    Int32,
    Int64,
    Single,
    Double,
    Decimal,
    Guid,
    DateTime,
    DateTimeOffset,
    DateOnly,
    TimeSpan,
    Bytes,
    Dictionary,
    Json,
    List,
}

/// <summary>A type as documents name it: a kind, and for lists the type of the elements.</summary>
internal sealed record ValueType(ValueKind Kind, ValueType? Element = null)
{
    public static readonly ValueType Object = new(ValueKind.Object);
    public static readonly ValueType String = new(ValueKind.String);
    private static readonly string[] ListHeads = ["List<", "IList<", "ICollection<", "IEnumerable<", "IReadOnlyList<", "IReadOnlyCollection<", "Collection<", "HashSet<", "ISet<"];

    /// <summary>An alias nobody knows is Object: the value is what counts.</summary>
    public static ValueType Of(string? alias)
    {
        if (string.IsNullOrWhiteSpace(alias)) return Object;
        alias = alias.Trim();
        if (alias.EndsWith("[]", StringComparison.Ordinal)) return alias.Length > 200 ? Object : new(ValueKind.List, Of(alias[..^2]));
        foreach (var head in ListHeads)
            if (alias.StartsWith(head, StringComparison.Ordinal) && alias.EndsWith('>') && alias.Length < 200) return new(ValueKind.List, Of(alias[head.Length..^1]));
        if (alias.StartsWith("IDictionary<", StringComparison.Ordinal) || alias.StartsWith("Dictionary<", StringComparison.Ordinal)) return new(ValueKind.Dictionary);
        return alias switch
        {
            "Object" => Object,
            "String" => String,
            "Boolean" => new(ValueKind.Boolean),
            "Int16" => new(ValueKind.Int16),
            "Int32" => new(ValueKind.Int32),
            "Int64" or "Long" => new(ValueKind.Int64),
            "Single" => new(ValueKind.Single),
            "Double" => new(ValueKind.Double),
            "Decimal" => new(ValueKind.Decimal),
            "Guid" => new(ValueKind.Guid),
            "DateTime" => new(ValueKind.DateTime),
            "DateTimeOffset" => new(ValueKind.DateTimeOffset),
            "DateOnly" => new(ValueKind.DateOnly),
            "TimeSpan" => new(ValueKind.TimeSpan),
            "ByteArray" => new(ValueKind.Bytes),
            "StringDictionary" or "ObjectDictionary" or "StringMap" or "ObjectMap" => new(ValueKind.Dictionary),
            "JSON" or "JsonElement" or "JsonNode" or "JsonObject" or "JsonArray" => new(ValueKind.Json),
            _ => Object,
        };
    }

    /// <summary>What a variable without a default value holds.</summary>
    public object? Default => Kind switch
    {
        ValueKind.Boolean => false,
        ValueKind.Int16 or ValueKind.Int32 => 0,
        ValueKind.Int64 => 0L,
        ValueKind.Single or ValueKind.Double => 0d,
        ValueKind.Decimal => 0m,
        ValueKind.Guid => Guid.Empty,
        ValueKind.DateTime => default(DateTime),
        ValueKind.DateTimeOffset => default(DateTimeOffset),
        ValueKind.TimeSpan => TimeSpan.Zero,
        _ => null,
    };
}
