using System.Diagnostics;
using System.Globalization;
using System.Text;
using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime;
using Jint.Runtime.Interop;

namespace BanBuCheng.Engine.Expressions;

/// <summary>
/// The scripts of one burst of one instance. Its engine is made when the first script needs it and thrown away with the burst, so
/// that no instance can ever see another's globals or prototypes.
/// </summary>
internal sealed class ScriptSession(ScriptLimits limits, TimeProvider clock)
{
    private const int MaxItems = 1_000_000;
    private static readonly TimeSpan BurstLimit = TimeSpan.FromSeconds(10);
    private static readonly HashSet<string> FixedAccessors = new(StringComparer.Ordinal)
    {
        "getVariable", "setVariable", "getInput", "getOutputFrom", "getLastResult", "getWorkflowDefinitionId", "getWorkflowDefinitionVersionId",
        "getWorkflowDefinitionVersion", "getWorkflowInstanceId", "getCorrelationId", "setCorrelationId", "getWorkflowInstanceName",
        "setWorkflowInstanceName", "isNullOrWhiteSpace", "isNullOrEmpty", "toJson", "parseGuid", "newGuid", "newGuidString", "newShortGuid",
        "bytesToString", "bytesFromString", "bytesToBase64", "bytesFromBase64", "stringToBase64", "stringFromBase64", "getGuidString", "getShortGuid",
        "streamToBytes", "streamToBase64", "getItem",
    };

    private Jint.Engine? _shared;
    private HashSet<string>? _installed;
    private IExpressionScope? _scope;
    private ScriptTypes.Clock? _time;
    private TimeSpan _spent;

    /// <summary>May a name be one of ours? Whether it is one depends on the variables in sight, at run time.</summary>
    internal static bool IsAccessor(string name) =>
        FixedAccessors.Contains(name) || name is "variables"
        || name.Length > 3 && (name.StartsWith("get", StringComparison.Ordinal) || name.StartsWith("set", StringComparison.Ordinal)) && !char.IsLower(name[3]);

    /// <summary>Is it an accessor made for one variable, input or output, that exists only where that exists?</summary>
    internal static bool IsNamedAccessor(string name) => IsAccessor(name) && name != "variables" && !FixedAccessors.Contains(name);

    /// <summary>What a script gave: its value, and what it said by setOutcome.</summary>
    public readonly record struct Result(object? Value, IReadOnlyList<string>? Outcomes);

    /// <param name="alone">True for scripts that are statements by nature (RunJavaScript): setOutcome exists, and the engine is their own.</param>
    public Result Run(Script script, IExpressionScope scope, bool alone = false)
    {
        if (_spent > BurstLimit) throw new InvalidOperationException($"The scripts of one burst used more than {BurstLimit.TotalSeconds} s.");
        var began = Stopwatch.GetTimestamp();
        var outer = _scope;
        _scope = scope;
        try
        {
            var isShared = script.MayShare && !alone && outer is null;
            var engine = isShared ? _shared ??= NewEngine() : NewEngine();
            var installed = isShared ? _installed ??= new(StringComparer.Ordinal) : new(StringComparer.Ordinal);
            List<string>? outcomes = null;
            ObjectInstance? variables = null;
            foreach (var name in script.FreeNames)
            {
                if (name == "variables") engine.SetValue(name, variables = VariablesObject(engine, scope));
                else if (scope.Arguments.TryGetValue(name, out var argument)) engine.SetValue(name, ToJs(engine, argument));
                else if (scope.TryGetHostValue(name, out var value)) { if (installed.Add(name)) engine.SetValue(name, ToJs(engine, value)); }
                else if (alone && name is "setOutcome" or "setOutcomes") Function(engine, name, a => { outcomes = Words(a); return JsValue.Undefined; });
                else if (installed.Contains(name) || ScriptTypes.TryInstall(engine, name, clock)) continue;
                else if (Accessor(engine, name, scope)) installed.Add(name);
            }
            var result = engine.Evaluate(script.Prepared);
            var plain = FromJs(result.IsPromise() ? result.UnwrapIfPromise(limits.Time) : result, 0);
            if (variables is not null) CopyBack(variables, scope);
            return new(plain, outcomes);
        }
        finally
        {
            _scope = outer;
            _spent += Stopwatch.GetElapsedTime(began);
        }
    }

    private Jint.Engine NewEngine() => new(options =>
    {
        options.LimitMemory(limits.Memory);
        options.TimeoutInterval(limits.Time);
        options.MaxStatements(limits.Statements);
        options.LimitRecursion(limits.Recursion);
        options.Constraints.RegexTimeout = TimeSpan.FromMilliseconds(200);
        options.Constraints.MaxArraySize = MaxItems;
        options.Constraints.PromiseTimeout = limits.Time;
        options.Culture = CultureInfo.InvariantCulture;
        options.LocalTimeZone(TimeZoneInfo.Utc);
        options.TimeSystem = _time ??= new ScriptTypes.Clock(clock);
    });

    // ── accessors ──────────────────────────────────────────────────────────

    private bool Accessor(Jint.Engine engine, string name, IExpressionScope scope)
    {
        switch (name)
        {
            case "getVariable": return Function(engine, name, a => ToJs(engine, Scope.TryGetVariable(Str(a, 0), out var v) ? v : null));
            case "setVariable": return Function(engine, name, a => { Scope.SetVariable(Str(a, 0), FromJs(Arg(a, 1), 0)); return JsValue.Undefined; });
            case "getInput": return Function(engine, name, a => ToJs(engine, Scope.TryGetInput(Str(a, 0), out var v) ? v : null));
            case "getOutputFrom": return Function(engine, name, a => ToJs(engine, Scope.GetOutput(Str(a, 0), Arg(a, 1).IsUndefined() ? null : Str(a, 1))));
            case "getLastResult": return Function(engine, name, _ => ToJs(engine, Scope.LastResult));
            case "getWorkflowDefinitionId": return Function(engine, name, _ => Scope.DefinitionId);
            case "getWorkflowDefinitionVersionId": return Function(engine, name, _ => Scope.DefinitionVersionId);
            case "getWorkflowDefinitionVersion": return Function(engine, name, _ => Scope.DefinitionVersion);
            case "getWorkflowInstanceId": return Function(engine, name, _ => Scope.InstanceId.ToString());
            case "getCorrelationId": return Function(engine, name, _ => ToJs(engine, Scope.CorrelationId));
            case "setCorrelationId": return Function(engine, name, a => { Scope.CorrelationId = NullOr(a); return JsValue.Undefined; });
            case "getWorkflowInstanceName": return Function(engine, name, _ => ToJs(engine, Scope.InstanceName));
            case "setWorkflowInstanceName": return Function(engine, name, a => { Scope.InstanceName = NullOr(a); return JsValue.Undefined; });
            case "isNullOrWhiteSpace": return Function(engine, name, a => string.IsNullOrWhiteSpace(NullOr(a)));
            case "isNullOrEmpty": return Function(engine, name, a => string.IsNullOrEmpty(NullOr(a)));
            case "toJson": return Function(engine, name, a => Plain.JsonText(FromJs(Arg(a, 0), 0)));
            case "parseGuid": return Function(engine, name, a => Guid.TryParse(Str(a, 0), out var id) ? id.ToString() : JsValue.Null);
            case "newGuid" or "newGuidString" or "getGuidString": return Function(engine, name, _ => NewId().ToString());
            case "newShortGuid" or "getShortGuid":
                return Function(engine, name, _ => Convert.ToBase64String(NewId().ToByteArray()).Replace('/', '_').Replace('+', '-').TrimEnd('='));
            case "bytesToString": return Function(engine, name, a => Encoding.UTF8.GetString(Bytes(Arg(a, 0))));
            case "bytesFromString": return Function(engine, name, a => ToJs(engine, Encoding.UTF8.GetBytes(Str(a, 0))));
            case "bytesToBase64" or "streamToBase64": return Function(engine, name, a => Convert.ToBase64String(Bytes(Arg(a, 0))));
            case "bytesFromBase64": return Function(engine, name, a => ToJs(engine, Convert.FromBase64String(Str(a, 0))));
            case "streamToBytes": return Function(engine, name, a => Arg(a, 0));
            case "stringToBase64": return Function(engine, name, a => Convert.ToBase64String(Encoding.UTF8.GetBytes(Str(a, 0))));
            case "stringFromBase64": return Function(engine, name, a => Encoding.UTF8.GetString(Convert.FromBase64String(Str(a, 0))));
            case "getItem": return Function(engine, name, _ => ToJs(engine, Scope.Arguments.TryGetValue("$item", out var item) ? item : null));
        }
        if (name.Length <= 3) return false;
        var rest = name[3..];
        if (name.StartsWith("get", StringComparison.Ordinal))
        {
            if (AccessorNames.Find(scope.VariableNames, rest) is not null || AccessorNames.Find(scope.InputNames, rest) is not null)
                return Function(engine, name, _ => ToJs(engine,
                    AccessorNames.Find(Scope.VariableNames, rest) is { } variable ? (Scope.TryGetVariable(variable, out var v) ? v : null)
                    : AccessorNames.Find(Scope.InputNames, rest) is { } input ? (Scope.TryGetInput(input, out v) ? v : null)
                    : throw new JavaScriptException($"{name} is not defined")));
            if (scope.TryFindOutputAccessor(rest, out var activity, out var output))
                return Function(engine, name, _ => ToJs(engine, Scope.GetOutput(activity, output)));
        }
        else if (name.StartsWith("set", StringComparison.Ordinal) && AccessorNames.Find(scope.VariableNames, rest) is not null)
        {
            return Function(engine, name, a =>
            {
                Scope.SetVariable(AccessorNames.Find(Scope.VariableNames, rest) ?? throw new JavaScriptException($"{name} is not defined"), FromJs(Arg(a, 0), 0));
                return JsValue.Undefined;
            });
        }
        return false;
    }

    private IExpressionScope Scope => _scope ?? throw new InvalidOperationException("A script called back after its evaluation.");

    private Guid NewId() => Guid.CreateVersion7(clock.GetUtcNow());

    private static bool Function(Jint.Engine engine, string name, Func<JsValue[], JsValue> body)
    {
        engine.SetValue(name, new ClrFunction(engine, name, (_, arguments) => body(arguments)));
        return true;
    }

    private static JsObject VariablesObject(Jint.Engine engine, IExpressionScope scope)
    {
        var all = new JsObject(engine);
        foreach (var name in scope.VariableNames)
            if (!all.HasOwnProperty(name) && scope.TryGetVariable(name, out var value)) all.Set(name, ToJs(engine, value));
        return all;
    }

    private static void CopyBack(ObjectInstance variables, IExpressionScope scope)
    {
        foreach (var (key, descriptor) in variables.GetOwnProperties())
        {
            var name = key.ToString();
            var now = FromJs(descriptor.Value, 0);
            if (!scope.TryGetVariable(name, out var before) || Plain.JsonText(before) != Plain.JsonText(now)) scope.SetVariable(name, now);
        }
    }

    // ── values ─────────────────────────────────────────────────────────────

    private static JsValue Arg(JsValue[] arguments, int index) => index < arguments.Length ? arguments[index] : JsValue.Undefined;

    private static string Str(JsValue[] arguments, int index) => Arg(arguments, index) is { } value && value.IsString() ? value.AsString() : TypeConverter.ToString(Arg(arguments, index));

    private static string? NullOr(JsValue[] arguments) => Arg(arguments, 0).IsNull() || Arg(arguments, 0).IsUndefined() ? null : Str(arguments, 0);

    private static List<string> Words(JsValue[] arguments) =>
        [.. arguments.SelectMany(a => FromJs(a, 0) is List<object?> list ? list : [FromJs(a, 0)]).Select(Plain.Text)];

    private static byte[] Bytes(JsValue value) => FromJs(value, 0) switch
    {
        byte[] bytes => bytes,
        List<object?> list => [.. list.Select(item => Convert.ToByte(item, CultureInfo.InvariantCulture))],
        string text => Convert.FromBase64String(text),
        _ => [],
    };

    /// <summary>A copy for the script: what it does to an object stays in the script.</summary>
    private static JsValue ToJs(Jint.Engine engine, object? value)
    {
        switch (value)
        {
            case null: return JsValue.Null;
            case bool flag: return flag ? JsBoolean.True : JsBoolean.False;
            case string text: return text;
            case int number: return number;
            case long number: return (double)number;
            case double number: return number;
            case decimal number: return (double)number;
            case float number: return number;
            case short number: return number;
            case IDictionary<string, object?> members:
                var json = new JsObject(engine);
                foreach (var (name, inner) in members) json.Set(name, ToJs(engine, inner));
                return json;
            case byte[] bytes: return engine.Intrinsics.Uint8Array.Construct(bytes);
            case DateTimeOffset instant: return JsValue.FromObject(engine, instant.UtcDateTime);
            case DateTime instant: return JsValue.FromObject(engine, instant);
            case System.Collections.IEnumerable items:
                var array = new List<JsValue>();
                foreach (var item in items) array.Add(ToJs(engine, item));
                return new JsArray(engine, [.. array]);
            default: return Plain.Text(value);
        }
    }

    private static object? FromJs(JsValue value, int depth)
    {
        if (depth > 64) throw new InvalidOperationException("A script's value is nested too deeply, or contains itself.");
        switch (value.Type)
        {
            case Types.Undefined or Types.Null or Types.Empty: return null;
            case Types.Boolean: return value.AsBoolean();
            case Types.String: return value.AsString();
            case Types.Number:
                var number = value.AsNumber();
                return number == Math.Truncate(number) && Math.Abs(number) < 9e15 ? number is >= int.MinValue and <= int.MaxValue ? (int)number : (long)number : number;
            case Types.BigInt: return Conversion.To(value.ToString(), ValueType.Of("Int64"));
            case Types.Symbol: return value.ToString();
        }
        switch (value)
        {
            case JsArray array:
                // A length costs a script nothing; the list it becomes would cost us.
                if (array.Length > MaxItems) throw new InvalidOperationException($"A script's list has {array.Length} items; at most {MaxItems} are kept.");
                var list = new List<object?>((int)array.Length);
                foreach (var item in array) list.Add(FromJs(item, depth + 1));
                return list;
            case JsDate date: return new DateTimeOffset(DateTime.SpecifyKind(date.ToDateTime(), DateTimeKind.Utc));
            case JsTypedArray typed when typed.ToObject() is byte[] bytes: return bytes;
            case JsTypedArray typed: return Enumerable.Range(0, (int)typed.Length).Select(i => FromJs(typed[i], depth + 1)).ToList();
            case Jint.Native.Function.Function: return null;
            case IObjectWrapper { Target: var target }: return ScriptTypes.Plain(target);
            case ObjectInstance instance:
                var members = new Dictionary<string, object?>(StringComparer.Ordinal);
                foreach (var (key, descriptor) in instance.GetOwnProperties())
                    if (descriptor.Enumerable && key.IsString()) members[key.AsString()] = FromJs(instance.Get(key), depth + 1);
                return members;
            default: return value.ToString();
        }
    }
}
