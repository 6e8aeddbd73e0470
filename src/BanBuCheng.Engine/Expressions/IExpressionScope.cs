namespace BanBuCheng.Engine.Expressions;

/// <summary>What an expression may see from where it stands, and the little it may change.</summary>
internal interface IExpressionScope
{
    bool TryGetVariable(string name, out object? value);

    /// <summary>The variable with that id; unlike names, an unknown id is an error.</summary>
    bool TryGetVariableById(string id, out object? value);

    /// <summary>Sets the nearest variable of that name, or makes one in the nearest container.</summary>
    void SetVariable(string name, object? value);

    /// <summary>Names of all variables in sight, nearest first.</summary>
    IEnumerable<string> VariableNames { get; }

    /// <summary>A workflow input; inside a workflow used as an activity its own input first.</summary>
    bool TryGetInput(string name, out object? value);

    IEnumerable<string> InputNames { get; }

    /// <summary>An output of an activity in this burst, by the activity's id or name.</summary>
    object? GetOutput(string activityIdOrName, string? output);

    object? LastResult { get; }

    /// <summary>For <c>get&lt;Output&gt;From&lt;Activity&gt;()</c>: the pair that an accessor of that name means, if any.</summary>
    bool TryFindOutputAccessor(string accessor, out string activity, out string output);

    /// <summary>A value of the host that was fetched before the evaluation.</summary>
    bool TryGetHostValue(string name, out object? value);

    IReadOnlyDictionary<string, object?> Arguments { get; }

    string DefinitionId { get; }
    string DefinitionVersionId { get; }
    int DefinitionVersion { get; }
    Guid InstanceId { get; }
    string? CorrelationId { get; set; }
    string? InstanceName { get; set; }
    DateTimeOffset Now { get; }
}
