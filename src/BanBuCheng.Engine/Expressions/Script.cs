using Acornima.Ast;
using Jint;

namespace BanBuCheng.Engine.Expressions;

/// <summary>A JavaScript text, parsed once, with the names it needs and the decision whether it may share its burst's engine.</summary>
internal sealed class Script : FlowExpression
{
    private static readonly HashSet<string> Harmless = new(StringComparer.Ordinal)
    {
        "JSON", "Math", "String", "Number", "Boolean", "Array", "Date", "parseInt", "parseFloat", "isNaN", "isFinite", "undefined", "NaN", "Infinity",
        "encodeURIComponent", "decodeURIComponent", "encodeURI", "decodeURI",
    };
    private static readonly HashSet<string> Suspicious = new(StringComparer.Ordinal) { "prototype", "__proto__", "constructor", "globalThis", "eval", "Function" };

    private readonly Prepared<Acornima.Ast.Script>? _prepared;
    private readonly string? _error;
    private readonly List<string> _hostNames = [];
    private readonly string[] _freeNames = [];

    public Script(string text, IReadOnlySet<string> hostNames)
    {
        Text = text;
        try
        {
            _prepared = Jint.Engine.PrepareScript(text, options: new ScriptPreparationOptions
            {
                ParsingOptions = new ScriptParsingOptions { AllowReturnOutsideFunction = true, CompileRegex = false },
            });
        }
        catch (Exception broken) when (broken is ScriptPreparationException or Acornima.ParseErrorException)
        {
            _error = (broken.InnerException ?? broken).Message;
            return;
        }
        var free = new HashSet<string>(StringComparer.Ordinal);
        var bound = new HashSet<string>(StringComparer.Ordinal);
        var pure = true;
        Look(_prepared.Value.Program!, free, bound, ref pure, 0);
        _freeNames = [.. free];
        foreach (var name in free)
        {
            if (hostNames.Contains(name)) _hostNames.Add(name);
            else if (!bound.Contains(name) && !Harmless.Contains(name) && !ScriptSession.IsAccessor(name)) pure = false;
        }
        MayShare = pure && _prepared.Value.Program!.Body is [ExpressionStatement or ReturnStatement];
    }

    public string Text { get; }

    /// <summary>Identifiers that are looked up outside; only accessors that are named here are made.</summary>
    public override IReadOnlyList<string> FreeNames => _freeNames;

    /// <summary>
    /// A single expression that can neither declare nor change anything global runs on the engine of its burst; everything else,
    /// and everything in doubt, on an engine of its own.
    /// </summary>
    public bool MayShare { get; }

    public override IReadOnlyList<string> HostNames => _hostNames;
    public override string? SyntaxError => _error;

    internal Prepared<Acornima.Ast.Script> Prepared =>
        _prepared ?? throw new InvalidOperationException($"The script does not parse: {_error}");

    public override object? Evaluate(IExpressionScope scope, ScriptSession scripts, ValueType wanted) => scripts.Run(this, scope).Value;

    private static void Look(Node node, HashSet<string> free, HashSet<string> bound, ref bool pure, int depth)
    {
        // A tree this deep is nothing a person wrote; its own engine bounds the recursion.
        if (depth > 500) { pure = false; return; }
        switch (node)
        {
            case Identifier name:
                free.Add(name.Name);
                if (Suspicious.Contains(name.Name)) pure = false;
                return;
            case ArrowFunctionExpression arrow:
                foreach (var parameter in arrow.Params)
                {
                    if (parameter is Identifier simple) bound.Add(simple.Name);
                    else pure = false;
                }
                Look(arrow.Body, free, bound, ref pure, depth + 1);
                return;
            case MemberExpression { Computed: false } member:
                if (member.Property is Identifier property && Suspicious.Contains(property.Name)) pure = false;
                Look(member.Object, free, bound, ref pure, depth + 1);
                return;
            case MemberExpression { Computed: true } member:
                if (member.Property is not Literal { Value: double or string } || member.Property is Literal { Value: string text } && Suspicious.Contains(text)) pure = false;
                Look(member.Object, free, bound, ref pure, depth + 1);
                Look(member.Property, free, bound, ref pure, depth + 1);
                return;
            case Property { Computed: false } pair:
                if (pair.Key is Identifier { Name: "__proto__" } or Literal { Value: "__proto__" }) pure = false;
                Look(pair.Value, free, bound, ref pure, depth + 1);
                return;
            case Program or ExpressionStatement or ReturnStatement or Literal or TemplateLiteral or TemplateElement or BinaryExpression
                or ConditionalExpression or CallExpression or ArrayExpression or ObjectExpression or ChainExpression or SequenceExpression
                or ParenthesizedExpression or SpreadElement:
                break;
            case UnaryExpression unary:
                if (unary.Operator == Acornima.Operator.Delete) pure = false;
                break;
            default:
                pure = false;
                break;
        }
        foreach (var child in node.ChildNodes) Look(child, free, bound, ref pure, depth + 1);
    }
}
