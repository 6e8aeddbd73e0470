namespace BanBuCheng.Engine.Documents;

/// <summary>The type names a document may use: a closed list, as in Elsa. A workflow variable of any other type does not exist.</summary>
public static class TypeAliases
{
    private static readonly HashSet<string> Simple = new(StringComparer.Ordinal)
    {
        "Object", "String", "Boolean", "Int16", "Int32", "Int64", "Long", "Single", "Double", "Decimal", "Guid", "DateTime", "DateTimeOffset", "DateOnly",
        "TimeOnly", "TimeSpan", "Stream", "ByteArray", "JSON", "JsonElement", "JsonNode", "JsonObject", "JsonArray", "StringDictionary", "ObjectDictionary",
        "StringMap", "ObjectMap", "ExecuteWorkflowResult", "HttpRequest", "HttpResponse", "HttpResponseMessage", "HttpHeaders", "HttpStatusCode", "RouteData",
        "FormFile", "HttpFile", "Downloadable",
    };
    private static readonly string[] Heads =
        ["List<", "IList<", "ICollection<", "IEnumerable<", "IReadOnlyList<", "IReadOnlyCollection<", "Collection<", "HashSet<", "ISet<"];

    /// <summary>Is it a simple alias, or a list or array of one?</summary>
    public static bool IsKnown(string alias)
    {
        while (true)
        {
            alias = alias.Trim();
            if (Simple.Contains(alias)) return true;
            if (alias.EndsWith("[]", StringComparison.Ordinal)) alias = alias[..^2];
            else if (alias.EndsWith('>') && Array.Find(Heads, h => alias.StartsWith(h, StringComparison.Ordinal)) is { } head) alias = alias[head.Length..^1];
            else if (alias.EndsWith('>') && (alias.StartsWith("IDictionary<", StringComparison.Ordinal) || alias.StartsWith("Dictionary<", StringComparison.Ordinal))) return true;
            else return false;
        }
    }
}
