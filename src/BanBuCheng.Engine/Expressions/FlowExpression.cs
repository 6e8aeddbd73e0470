using System.Text.Json;
using System.Text.Json.Nodes;

namespace BanBuCheng.Engine.Expressions;

/// <summary>An expression of a document, prepared once per document version and shared by all threads.</summary>
internal abstract class FlowExpression
{
    /// <summary>Host values that must be fetched before this is evaluated.</summary>
    public virtual IReadOnlyList<string> HostNames => [];

    /// <summary>Of a script: identifiers that are looked up outside it.</summary>
    public virtual IReadOnlyList<string> FreeNames => [];

    /// <summary>Set when the text does not parse: what is wrong. Evaluation then fails (a script) or shows it (a template).</summary>
    public virtual string? SyntaxError => null;

    /// <summary>True when the value never changes.</summary>
    public virtual bool IsConstant => false;

    /// <summary>The value, not yet converted, except that <c>Object</c> needs to know the wanted type.</summary>
    public abstract object? Evaluate(IExpressionScope scope, ScriptSession scripts, ValueType wanted);

    /// <summary>An unknown expression type leaves the value empty, as in Elsa.</summary>
    public static FlowExpression Empty { get; } = new Literal(null);

    /// <param name="hostNames">Names the host offers to scripts.</param>
    public static FlowExpression Read(string? type, JsonNode? value, IReadOnlySet<string> hostNames) => type switch
    {
        "Literal" => new Literal(Plain.FromJson(value)),
        "Object" or "Json" => new ObjectText(value is JsonValue text && text.GetValueKind() == JsonValueKind.String ? text.GetValue<string>() : value?.ToJsonString() ?? ""),
        "Variable" => new VariableReference(
            value is JsonObject variable ? TextOf(variable["id"]) ?? TextOf(variable["name"]) ?? "" : TextOf(value) ?? ""),
        "Input" => value is JsonObject input && TextOf(input["name"]) is { } name ? new InputReference(name) : Empty,
        "JavaScript" => new Script(TextOf(value) ?? "", hostNames),
        "Liquid" => new LiquidText(TextOf(value) ?? "", hostNames),
        _ => Empty,
    };

    /// <summary>Which expression types are understood; the others are worth a finding.</summary>
    public static bool IsKnown(string? type) => type is "Literal" or "Object" or "Json" or "Variable" or "Input" or "JavaScript" or "Liquid";

    private static string? TextOf(JsonNode? node) => node is JsonValue ? Plain.Text(Plain.FromJson(node)) : null;

    private sealed class Literal(object? value) : FlowExpression
    {
        public override bool IsConstant => true;

        public override object? Evaluate(IExpressionScope scope, ScriptSession scripts, ValueType wanted) => value;
    }

    /// <summary>JSON text. For an input of type Object it stays text: Elsa does the same, and documents rely on it.</summary>
    private sealed class ObjectText(string text) : FlowExpression
    {
        public override bool IsConstant => true;

        public override object? Evaluate(IExpressionScope scope, ScriptSession scripts, ValueType wanted)
        {
            if (string.IsNullOrWhiteSpace(text)) return null;
            if (wanted.Kind is ValueKind.Object or ValueKind.String) return text;
            return Plain.TryParse(text, out var parsed) ? parsed : text;
        }
    }

    private sealed class VariableReference(string id) : FlowExpression
    {
        public override object? Evaluate(IExpressionScope scope, ScriptSession scripts, ValueType wanted) =>
            scope.TryGetVariableById(id, out var value) ? value : throw new InvalidOperationException($"Variable '{id}' not found.");
    }

    private sealed class InputReference(string name) : FlowExpression
    {
        public override object? Evaluate(IExpressionScope scope, ScriptSession scripts, ValueType wanted) => scope.TryGetInput(name, out var value) ? value : null;
    }
}
