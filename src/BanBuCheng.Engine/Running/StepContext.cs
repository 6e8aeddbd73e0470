using System.Text.Json.Nodes;
using BanBuCheng.Engine.Expressions;

namespace BanBuCheng.Engine.Running;

/// <summary>The context handed to one activity for one call.</summary>
internal sealed class StepContext(Burst burst, Execution execution) : ActivityContext, IInsideContext
{
    public override IServiceProvider Services => burst.Services;
    public override DateTimeOffset Now => burst.Now;
    public override Guid InstanceId => burst.Instance.Id;
    public override string? CorrelationId => burst.Instance.CorrelationId;
    public override string DefinitionId => burst.Instance.DefinitionId;
    public override string ActivityId => execution.Node.Id;
    public override string NodePath => execution.Node.Path;
    public override string Caption => execution.Node.Caption;
    public override int ExecutionNumber => execution.Number;
    public override int Round => burst.State.Rounds.GetValueOrDefault(execution.Node.Position, 1);

    public override bool IsConnected(string port)
    {
        if (execution.Node.Parent?.Flowchart is not { } graph) return false;
        foreach (var connection in graph.Connections)
            if (connection.Source == execution.Node.Place && connection.Port == port) return true;
        return false;
    }

    public override bool LeadsBack(string port)
    {
        if (execution.Node.Parent?.Flowchart is not { } graph) return false;
        var plan = graph.PlanFrom(execution.Owner is { Entry: >= 0 } owner ? owner.Entry : graph.DefaultEntry);
        for (var c = 0; c < plan.Connections.Length; c++)
            if (plan.IsBackward[c] && plan.Connections[c].Source == execution.Node.Place && plan.Connections[c].Port == port) return true;
        return false;
    }

    public override T? Input<T>(string name) where T : default => Conversion.To<T>(Burst.Input(execution, name));

    public override bool HasInput(string name) => Burst.Input(execution, name) is not null;

    public override JsonNode? GetState(string key) => execution.State?[key]?.DeepClone();

    public override void SetState(string key, JsonNode? value)
    {
        if (value is null) execution.State?.Remove(key);
        else (execution.State ??= [])[key] = value.Parent is null ? value : value.DeepClone();
    }

    public override object? GetVariable(string name) => VariableLookup.TryGet(execution, name, out var value) ? value : null;

    public override void SetVariable(string name, object? value) => VariableLookup.SetOrMake(execution, name, Tidy(value));

    public override void SetOutput(string name, object? value) => burst.SetOutput(execution, name, Tidy(value));

    // ── the engine's own ───────────────────────────────────────────────────

    public string ActivityType => execution.Node.Type;
    public JsonObject Drawn => execution.Node.Model.Json;

    public bool TrySetVariableById(string id, object? value) => VariableLookup.TrySetById(execution, id, Tidy(value));

    public void SetWorkflowOutput(string name, object? value) =>
        (VariableLookup.NearestWorkflow(execution).Outputs ??= new(StringComparer.Ordinal))[name] = Tidy(value);

    public string? InstanceName
    {
        get => burst.Instance.Name;
        set => burst.Instance.Name = value;
    }

    public void Correlate(string? correlationId) => burst.Instance.CorrelationId = correlationId;

    public IReadOnlyList<string> Words(string input) => [.. ParallelForEachRule.Items(Burst.Input(execution, input)).Select(Plain.Text)];

    public TimeZoneInfo CronZone => burst.CronZone;

    public void WriteLine(string line) => burst.WriteLine(execution, line);

    public void PublishEvent(string eventName, string? correlationId, bool onlyThisInstance, object? payload) =>
        burst.PublishEvent(eventName, correlationId, onlyThisInstance, payload);

    public async ValueTask<IReadOnlyList<string>> MatchingCasesAsync(bool firstOnly, CancellationToken ct) =>
        (await burst.MatchingCasesAsync(execution, firstOnly, ct)).ConvertAll(c => c.Label);

    public ValueTask<(object? Result, IReadOnlyList<string>? Outcomes)> RunScriptAsync(string script, CancellationToken ct) => burst.RunScriptAsync(execution, script, ct);

    public ValueTask<ChildRun> ExecuteChildAsync(string definitionId, string? correlationId, IDictionary<string, object?>? input, bool wait, CancellationToken ct) =>
        burst.ExecuteChildAsync(execution, definitionId, correlationId, input, wait, ct);

    public ValueTask<Guid> DispatchChildAsync(string definitionId, string? correlationId, IDictionary<string, object?>? input, bool wait, CancellationToken ct) =>
        burst.DispatchChildAsync(execution, definitionId, correlationId, input, wait, ct);

    public void CompleteNearestWorkflow(IReadOnlyList<string> outcomes) => burst.CompleteNearestWorkflow(outcomes);

    public void BreakNearestLoop() => burst.BreakNearestLoop();

    /// <summary>JSON nodes have parents and change under their holder: variables hold plain values.</summary>
    private static object? Tidy(object? value) => value is JsonNode node ? Plain.FromJson(node) : value;
}
