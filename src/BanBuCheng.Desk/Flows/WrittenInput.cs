using System.Text.Json.Nodes;
using BanBuCheng.Engine.Documents;

namespace BanBuCheng.Desk.Flows;

/// <summary>An input as it is written in a document: its text, and whether that is an expression to be worked out.</summary>
public sealed record WrittenInput(string Text, bool IsExpression)
{
    /// <returns>Null when the input is not written, or empty.</returns>
    public static WrittenInput? Of(ActivityModel activity, string name)
    {
        var key = char.ToLowerInvariant(name[0]) + name[1..];
        var node = activity.Json[key];
        if (node is JsonObject wrapped && wrapped["expression"] is JsonObject expression)
        {
            var text = Plain(expression["value"]);
            return text.Length == 0 ? null : new(text, expression["type"]?.ToString() is not (null or "Literal" or "Object"));
        }

        return node is JsonObject { Count: > 0 } && node["typeName"] is not null ? null : Plain(node) is { Length: > 0 } plain ? new(plain, false) : null;
    }

    private static string Plain(JsonNode? node) => node switch { null => "", JsonValue value => value.ToString().Trim(), _ => node.ToJsonString() };
}
