using BanBuCheng.Engine.Expressions;

namespace BanBuCheng.Engine.Running;

/// <summary>What an expression sees from one execution.</summary>
internal sealed class BurstScope(Burst burst, Execution at, bool skipOwn, IReadOnlyDictionary<string, object?>? arguments = null) : IExpressionScope
{
    private static readonly Dictionary<string, object?> None = [];

    public bool TryGetVariable(string name, out object? value) => VariableLookup.TryGet(at, name, out value, skipOwn);

    public bool TryGetVariableById(string id, out object? value) => VariableLookup.TryGetById(at, id, out value, skipOwn);

    public void SetVariable(string name, object? value) => VariableLookup.SetOrMake(at, name, value);

    public IEnumerable<string> VariableNames => VariableLookup.Names(at, skipOwn);

    public bool TryGetInput(string name, out object? value)
    {
        // Inside a workflow used as an activity its own inputs are variables, and hide the instance's.
        for (var workflow = at; workflow is not null; workflow = workflow.Owner)
        {
            if (workflow.Node.Workflow is null || workflow.Owner is null || skipOwn && ReferenceEquals(workflow, at)) continue;
            foreach (var variable in workflow.Dynamic ?? [])
                if (variable.Name == name) { value = variable.Value; return true; }
        }
        return burst.State.Inputs.TryGetValue(name, out value);
    }

    /// <summary>Inside a workflow used as an activity there are none: its inputs are variables, and the instance's have no accessor.</summary>
    public IEnumerable<string> InputNames => VariableLookup.NearestWorkflow(skipOwn && at.Owner is { } outside ? outside : at).Owner is null
        ? burst.State.Inputs.Keys.Concat(burst.Flow.Document.Inputs.Select(i => i.Name)) : [];

    public object? GetOutput(string activityIdOrName, string? output) => burst.GetOutput(activityIdOrName, output);

    public object? LastResult => burst.LastResult;

    public bool TryFindOutputAccessor(string accessor, out string activity, out string output)
    {
        var isFound = burst.Flow.OutputAccessors.TryGetValue(accessor, out var pair);
        (activity, output) = pair;
        return isFound;
    }

    public bool TryGetHostValue(string name, out object? value) => burst.TryGetHostValue(name, out value);

    public IReadOnlyDictionary<string, object?> Arguments => arguments ?? None;
    public string DefinitionId => burst.Instance.DefinitionId;
    public string DefinitionVersionId => burst.Instance.DefinitionVersionId;
    public int DefinitionVersion => burst.Instance.DefinitionVersion;
    public Guid InstanceId => burst.Instance.Id;

    public string? CorrelationId
    {
        get => burst.Instance.CorrelationId;
        set => burst.Instance.CorrelationId = value;
    }

    public string? InstanceName
    {
        get => burst.Instance.Name;
        set => burst.Instance.Name = value;
    }

    public DateTimeOffset Now => burst.Now;
}
