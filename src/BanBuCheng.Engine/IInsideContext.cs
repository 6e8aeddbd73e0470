using System.Text.Json.Nodes;

namespace BanBuCheng.Engine;

/// <summary>What the engine's own activities may do beyond what a host's may. Implemented by the interpreter's context.</summary>
internal interface IInsideContext
{
    string ActivityType { get; }

    /// <summary>The activity as drawn, for inputs that are written plain.</summary>
    JsonObject Drawn { get; }

    bool TrySetVariableById(string id, object? value);

    void SetWorkflowOutput(string name, object? value);

    string? InstanceName { get; set; }

    void Correlate(string? correlationId);

    /// <summary>An input as words: each item of a list, or one thing; nothing when it is null.</summary>
    IReadOnlyList<string> Words(string input);

    TimeZoneInfo CronZone { get; }

    void WriteLine(string line);

    void PublishEvent(string eventName, string? correlationId, bool onlyThisInstance, object? payload);

    /// <summary>Labels of the drawn cases whose condition holds, in order.</summary>
    ValueTask<IReadOnlyList<string>> MatchingCasesAsync(bool firstOnly, CancellationToken ct);

    ValueTask<(object? Result, IReadOnlyList<string>? Outcomes)> RunScriptAsync(string script, CancellationToken ct);

    /// <summary>Runs a child instance inside this burst.</summary>
    ValueTask<ChildRun> ExecuteChildAsync(string definitionId, string? correlationId, IDictionary<string, object?>? input, bool wait, CancellationToken ct);

    /// <summary>Starts a child instance after this burst; gives its id.</summary>
    ValueTask<Guid> DispatchChildAsync(string definitionId, string? correlationId, IDictionary<string, object?>? input, bool wait, CancellationToken ct);

    /// <summary>The nearest workflow (a sub-flow, or the instance) completes with these outcomes when this activity has finished.</summary>
    void CompleteNearestWorkflow(IReadOnlyList<string> outcomes);

    /// <summary>The nearest loop is left when this activity has finished.</summary>
    void BreakNearestLoop();
}

/// <param name="Record">Elsa's ExecuteWorkflowResult as a dictionary.</param>
internal sealed record ChildRun(Guid InstanceId, bool IsSuspended, Dictionary<string, object?> Record);
