using BanBuCheng.Engine.Expressions;

namespace BanBuCheng.Engine.Running;

// Inputs, outputs and scripts of a burst.
internal sealed partial class Burst
{
    private readonly Dictionary<string, object?> _hostValues = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Dictionary<string, object?>> _outputs = new(StringComparer.Ordinal);
    private readonly Dictionary<Execution, JoinMode[]> _computedModes = [];

    public object? LastResult { get; private set; }

    public async ValueTask EvaluateAllAsync(Execution e, CancellationToken ct)
    {
        var slots = e.Node.Inputs;
        if (slots.Length == 0) return;
        var values = new object?[slots.Length];
        BurstScope? scope = null;
        for (var i = 0; i < slots.Length; i++)
        {
            if (slots[i].Expression is not { } expression || slots[i].IsOnDemand) continue;
            scope ??= new BurstScope(this, e, e.Node.Workflow is not null);
            var evaluating = EvaluateAsync(slots[i], expression, scope, ct);
            values[i] = evaluating.IsCompletedSuccessfully ? evaluating.Result : await evaluating;
        }
        e.Inputs = values;
    }

    /// <summary>One input again (a loop's condition), or one that is evaluated on demand.</summary>
    public async ValueTask<object?> EvaluateAsync(Execution e, string name, CancellationToken ct, IReadOnlyDictionary<string, object?>? arguments = null)
    {
        foreach (var slot in e.Node.Inputs)
            if (slot.Name == name)
                return slot.Expression is { } expression ? await EvaluateAsync(slot, expression, new BurstScope(this, e, e.Node.Workflow is not null, arguments), ct) : null;
        return null;
    }

    private async ValueTask<object?> EvaluateAsync(InputSlot slot, FlowExpression expression, BurstScope scope, CancellationToken ct)
    {
        await FetchHostValuesAsync(expression, ct);
        try
        {
            return Conversion.To(expression.Evaluate(scope, Scripts, slot.Type), slot.Type);
        }
        catch (Exception error) when (IsIncident(error))
        {
            throw new InputFailedException(slot.Name, error);
        }
    }

    public async ValueTask<List<CaseSlot>> MatchingCasesAsync(Execution e, bool firstOnly, CancellationToken ct)
    {
        var matches = new List<CaseSlot>();
        var scope = new BurstScope(this, e, false);
        foreach (var one in e.Node.Cases)
        {
            await FetchHostValuesAsync(one.Condition, ct);
            // Cases are no input: what a condition throws is the incident in its own words.
            if (!Conversion.To<bool>(one.Condition.Evaluate(scope, Scripts, Expressions.ValueType.Of("Boolean")))) continue;
            matches.Add(one);
            if (firstOnly) break;
        }
        return matches;
    }

    public async ValueTask<(object? Result, IReadOnlyList<string>? Outcomes)> RunScriptAsync(Execution e, string text, CancellationToken ct)
    {
        var script = Flow.ScriptOf(text);
        await FetchHostValuesAsync(script, ct);
        var (value, outcomes) = Scripts.Run(script, new BurstScope(this, e, false), alone: true);
        return (value, outcomes);
    }

    private async ValueTask FetchHostValuesAsync(FlowExpression expression, CancellationToken ct)
    {
        foreach (var name in expression.HostNames)
        {
            if (_hostValues.ContainsKey(name)) continue;
            foreach (var values in _host.Values)
                if (values.Names.Contains(name))
                {
                    _hostValues[name] = await values.GetAsync(name, Instance.CorrelationId, Services, ct);
                    break;
                }
        }
    }

    public bool TryGetHostValue(string name, out object? value) => _hostValues.TryGetValue(name, out value);

    public static object? Input(Execution e, string name)
    {
        if (e.Inputs is not { } values) return null;
        var slots = e.Node.Inputs;
        for (var i = 0; i < slots.Length; i++)
            if (slots[i].Name == name) return values[i];
        return null;
    }

    public void SetOutput(Execution e, string name, object? value)
    {
        if (!_outputs.TryGetValue(e.Node.Id, out var outputs)) _outputs[e.Node.Id] = outputs = new(StringComparer.Ordinal);
        outputs[name] = value;
        if (name == "Result") LastResult = value;
        if (e.Node.Model.Name is { Length: > 0 } given && given != e.Node.Id) _outputs[given] = outputs;
        foreach (var slot in e.Node.Outputs)
            if (slot.Name == name && slot.Target is { } target) VariableLookup.Capture(e.Node.Workflow is null ? e : e.Owner, target, value);
    }

    public object? GetOutput(string activityIdOrName, string? output)
    {
        if (!_outputs.TryGetValue(activityIdOrName, out var outputs)) return null;
        if (output is null) return outputs.TryGetValue("Result", out var result) ? result : outputs.Values.FirstOrDefault();
        return outputs.GetValueOrDefault(output) ?? outputs.FirstOrDefault(o => string.Equals(o.Key, output, StringComparison.OrdinalIgnoreCase)).Value;
    }

    // ── joins whose mode is computed ───────────────────────────────────────

    public async ValueTask ComputeJoinModesAsync(Execution flowchart, FlowchartGraph graph, FlowchartPlan plan, CancellationToken ct)
    {
        var modes = (JoinMode[])plan.Modes.Clone();
        for (var i = 0; i < modes.Length; i++)
            if (graph.HasComputedMode[i]) modes[i] = await JoinModeAsync(flowchart, graph, i, ct);
        _computedModes[flowchart] = modes;
    }

    public JoinMode[]? ComputedModes(Execution flowchart) => _computedModes.Count == 0 ? null : _computedModes.GetValueOrDefault(flowchart);

    public async ValueTask<JoinMode> JoinModeAsync(Execution flowchart, FlowchartGraph graph, int activity, CancellationToken ct)
    {
        var slot = Array.Find(graph.Activities[activity].Inputs, s => s.Name == "Mode");
        if (slot?.Expression is not { } expression) return JoinMode.WaitAny;
        return FlowCompiler.ModeOf(await EvaluateAsync(slot, expression, new BurstScope(this, flowchart, false), ct));
    }
}
