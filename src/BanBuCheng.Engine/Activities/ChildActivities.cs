using System.Text.Json.Nodes;

namespace BanBuCheng.Engine.Activities;

/// <summary>Runs a child instance inside this burst; waits, if asked to and the child does.</summary>
internal sealed class ExecuteWorkflow : IActivity
{
    public async ValueTask<Answer> ExecuteAsync(ActivityContext context, CancellationToken ct)
    {
        var wait = context.Input<bool>("WaitForCompletion");
        var child = await ((IInsideContext)context).ExecuteChildAsync(context.Input<string>("WorkflowDefinitionId") ?? "", context.Input<string>("CorrelationId"),
            context.Input<Dictionary<string, object?>>("Input"), wait, ct);
        if (wait && child.IsSuspended)
            return new Answer.Parked(new Wait("Elsa.ExecuteWorkflow") { Payload = new JsonObject { ["childInstanceId"] = child.InstanceId.ToString() } });
        context.SetOutput("Result", child.Record);
        return Answer.Done;
    }

    /// <summary>After a wait Elsa gives an empty record: the child's outputs come through variables or events only.</summary>
    public ValueTask<Answer> ResumeAsync(ActivityContext context, WakeUp wakeUp, CancellationToken ct)
    {
        context.SetOutput("Result", new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["WorkflowDefinitionVersionId"] = null, ["WorkflowInstanceId"] = null, ["CorrelationId"] = null,
            ["Status"] = "Running", ["SubStatus"] = "Pending", ["Output"] = null,
        });
        return new(Answer.Done);
    }
}

/// <summary>Starts a child instance after this burst; waits for its end, if asked to.</summary>
internal sealed class DispatchWorkflow : IActivity
{
    public async ValueTask<Answer> ExecuteAsync(ActivityContext context, CancellationToken ct)
    {
        var wait = context.Input<bool>("WaitForCompletion");
        var child = await ((IInsideContext)context).DispatchChildAsync(context.Input<string>("WorkflowDefinitionId") ?? "", context.Input<string>("CorrelationId"),
            context.Input<Dictionary<string, object?>>("Input"), wait, ct);
        return wait
            ? new Answer.Parked(new Wait("Elsa.DispatchWorkflow") { Payload = new JsonObject { ["childInstanceId"] = child.ToString() } })
            : Answer.Done;
    }

    public ValueTask<Answer> ResumeAsync(ActivityContext context, WakeUp wakeUp, CancellationToken ct)
    {
        context.SetOutput("Result", wakeUp.Input["output"]?.DeepClone() ?? new JsonObject());
        return new(Answer.Done);
    }
}
