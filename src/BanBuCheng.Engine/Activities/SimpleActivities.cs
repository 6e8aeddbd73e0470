using System.Globalization;
using System.Text.Json.Nodes;

namespace BanBuCheng.Engine.Activities;

/// <summary>Runs and is done: Start, FlowJoin, and the terminals whose effect lies with their container.</summary>
internal sealed class DoesNothing : IActivity
{
    public ValueTask<Answer> ExecuteAsync(ActivityContext context, CancellationToken ct) => new(Answer.Done);
}

/// <summary>Stands in the dictionary for kinds that the interpreter itself runs.</summary>
internal sealed class RunByInterpreter : IContainerActivity
{
    public ValueTask<Answer> ExecuteAsync(ActivityContext context, CancellationToken ct) =>
        throw new InvalidOperationException($"Expected the interpreter to run container '{context.ActivityId}' itself.");
}

internal sealed class Finish : IActivity
{
    public ValueTask<Answer> ExecuteAsync(ActivityContext context, CancellationToken ct) => new(new Answer.FlowFinished());
}

internal sealed class Break : IActivity
{
    public ValueTask<Answer> ExecuteAsync(ActivityContext context, CancellationToken ct)
    {
        ((IInsideContext)context).BreakNearestLoop();
        return new(Answer.Done);
    }
}

internal sealed class Complete : IActivity
{
    public ValueTask<Answer> ExecuteAsync(ActivityContext context, CancellationToken ct)
    {
        var inside = (IInsideContext)context;
        // Without a word it is the port Done by its name: a connection without a port is for flows that end by themselves.
        inside.CompleteNearestWorkflow(Outcomes(inside.Words("Outcomes")) is { Count: > 0 } words ? words : ["Done"]);
        return new(Answer.Done);
    }

    /// <summary>The designer's list editor writes a list as JSON text.</summary>
    private static IReadOnlyList<string> Outcomes(IReadOnlyList<string> words)
    {
        if (words is not [['[', ..] text]) return words;
        try
        {
            return JsonNode.Parse(text) is JsonArray list ? [.. list.Select(item => item?.ToString() ?? "")] : words;
        }
        catch (System.Text.Json.JsonException)
        {
            return words;
        }
    }
}

internal sealed class FlowDecision : IActivity
{
    public ValueTask<Answer> ExecuteAsync(ActivityContext context, CancellationToken ct) =>
        new(new Answer.Finished(context.Input<bool>("Condition") ? "True" : "False"));
}

internal sealed class FlowSwitch : IActivity
{
    public async ValueTask<Answer> ExecuteAsync(ActivityContext context, CancellationToken ct)
    {
        var firstOnly = context.Input<string>("Mode") is not ("MatchAny" or "1");
        var matches = await ((IInsideContext)context).MatchingCasesAsync(firstOnly, ct);
        return matches.Count == 0 ? new Answer.Finished("Default") : new Answer.Finished(matches);
    }
}

internal sealed class FlowFork : IActivity
{
    public ValueTask<Answer> ExecuteAsync(ActivityContext context, CancellationToken ct) =>
        new(new Answer.Finished(((IInsideContext)context).Words("Branches")));
}

internal sealed class SetVariable : IActivity
{
    public ValueTask<Answer> ExecuteAsync(ActivityContext context, CancellationToken ct)
    {
        var inside = (IInsideContext)context;
        var variable = inside.Drawn["variable"];
        var id = variable is JsonObject drawn ? drawn["id"]?.ToString() ?? drawn["name"]?.ToString() : variable?.ToString();
        if (string.IsNullOrEmpty(id)) throw new InvalidOperationException("Expected a variable to set, but none is chosen.");
        if (!inside.TrySetVariableById(id, context.Input<object>("Value"))) throw new InvalidOperationException($"Variable '{id}' not found.");
        return new(Answer.Done);
    }
}

internal sealed class SetOutput : IActivity
{
    public ValueTask<Answer> ExecuteAsync(ActivityContext context, CancellationToken ct)
    {
        ((IInsideContext)context).SetWorkflowOutput(context.Input<string>("OutputName") ?? "", context.Input<object>("OutputValue"));
        return new(Answer.Done);
    }
}

internal sealed class SetName : IActivity
{
    public ValueTask<Answer> ExecuteAsync(ActivityContext context, CancellationToken ct)
    {
        ((IInsideContext)context).InstanceName = context.Input<string>("Value");
        return new(Answer.Done);
    }
}

internal sealed class Correlate : IActivity
{
    public ValueTask<Answer> ExecuteAsync(ActivityContext context, CancellationToken ct)
    {
        ((IInsideContext)context).Correlate(context.Input<string>("CorrelationId"));
        return new(Answer.Done);
    }
}

internal sealed class WriteLine : IActivity
{
    public ValueTask<Answer> ExecuteAsync(ActivityContext context, CancellationToken ct)
    {
        ((IInsideContext)context).WriteLine(context.Input<string>("Text") ?? "");
        return new(Answer.Done);
    }
}

/// <summary>Elsa's own wording when no message is given.</summary>
internal sealed class Fault : IActivity
{
    public ValueTask<Answer> ExecuteAsync(ActivityContext context, CancellationToken ct) =>
        throw new FaultException(context.Input<string>("Message") ?? "Exception of type 'Elsa.Workflows.Exceptions.FaultException' was thrown.",
            context.Input<string>("Code") ?? "0", context.Input<string>("Category") ?? "General", context.Input<string>("FaultType") ?? "System");
}

internal sealed class RunJavaScript : IActivity
{
    public async ValueTask<Answer> ExecuteAsync(ActivityContext context, CancellationToken ct)
    {
        var (result, outcomes) = await ((IInsideContext)context).RunScriptAsync(context.Input<string>("Script") ?? "", ct);
        context.SetOutput("Result", result);
        return outcomes is null ? Answer.Done : new Answer.Finished(outcomes);
    }
}

internal static class Instants
{
    /// <summary>As Elsa shows due times: ISO 8601 with the offset spelled out.</summary>
    public static string Text(DateTimeOffset instant) => instant.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture);
}
