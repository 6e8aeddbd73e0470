using System.Globalization;
using System.Text;
using DotLiquid;

namespace BanBuCheng.Engine.Expressions;

/// <summary>A Liquid template, parsed once. Always gives text; a parse error is shown as text, as in Elsa.</summary>
internal sealed class LiquidText : FlowExpression
{
    private static readonly Lock Setup = new();
    private static bool _isSetUp;
    private readonly Template? _template;
    private readonly string? _error;
    private readonly string[] _hostNames;

    public LiquidText(string text, IReadOnlySet<string> hostNames)
    {
        lock (Setup)
        {
            if (!_isSetUp)
            {
                Liquid.UseRubyDateFormat = true;
                Template.RegisterFilter(typeof(Filters));
                _isSetUp = true;
            }
        }
        _hostNames = [.. hostNames.Where(name => text.Contains(name, StringComparison.Ordinal))];
        try
        {
            _template = Template.Parse(text);
            _template.MakeThreadSafe();
        }
        catch (Exception error) when (error is DotLiquid.Exceptions.LiquidException or ArgumentException or FormatException)
        {
            _error = error.Message;
        }
    }

    public override IReadOnlyList<string> HostNames => _hostNames;
    public override string? SyntaxError => _error;

    public override object? Evaluate(IExpressionScope scope, ScriptSession scripts, ValueType wanted)
    {
        if (_template is null) return _error;
        var names = new Hash
        {
            ["Variables"] = new Names(name => scope.TryGetVariable(name, out var value) ? value : null),
            ["Input"] = new Names(name => scope.TryGetInput(name, out var value) ? value : null),
            ["CorrelationId"] = scope.CorrelationId,
            ["WorkflowDefinitionId"] = scope.DefinitionId,
            ["WorkflowDefinitionVersionId"] = scope.DefinitionVersionId,
            ["WorkflowDefinitionVersion"] = scope.DefinitionVersion,
            ["WorkflowInstanceId"] = scope.InstanceId.ToString(),
        };
        foreach (var host in _hostNames)
            if (scope.TryGetHostValue(host, out var value)) names[host] = Liquidized(value);
        foreach (var (name, value) in scope.Arguments) names[name] = Liquidized(value);
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        _template.Render(writer, new RenderParameters(CultureInfo.InvariantCulture)
        {
            LocalVariables = names, ErrorsOutputMode = ErrorsOutputMode.Display, MaxIterations = 100_000, Timeout = 2_000,
        });
        return writer.ToString();
    }

    private static object? Liquidized(object? value) => value switch
    {
        IDictionary<string, object?> members => Hash.FromDictionary(members.ToDictionary(m => m.Key, m => Liquidized(m.Value)!)),
        List<object?> items => items.ConvertAll(Liquidized),
        Guid or TimeSpan => Plain.Text(value),
        _ => value,
    };

    private sealed class Names(Func<string, object?> find) : Drop
    {
        public override object? BeforeMethod(string method) => Liquidized(find(method));
    }

    private static class Filters
    {
        public static string Base64(string? input) => Convert.ToBase64String(Encoding.UTF8.GetBytes(input ?? ""));

        public static IEnumerable<string> Keys(object? input) => input is IDictionary<string, object> members ? members.Keys : [];
    }
}
