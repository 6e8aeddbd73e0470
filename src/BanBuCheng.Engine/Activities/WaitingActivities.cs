using System.Text.Json.Nodes;

namespace BanBuCheng.Engine.Activities;

internal sealed class Event : ITrigger
{
    public ValueTask<Answer> ExecuteAsync(ActivityContext context, CancellationToken ct) => new(new Answer.Parked(Listening(context)));

    public ValueTask<Answer> ResumeAsync(ActivityContext context, WakeUp wakeUp, CancellationToken ct)
    {
        context.SetOutput("Result", wakeUp.Input[EventNames.Payload] is { } payload ? payload.DeepClone() : new JsonObject());
        return new(Answer.Done);
    }

    public ValueTask<TriggerWish?> DescribeAsync(ActivityContext context, CancellationToken ct) => new(new TriggerWish(Listening(context)));

    private static Wait Listening(ActivityContext context) =>
        new(EventNames.Stimulus) { Payload = new JsonObject { ["eventName"] = context.Input<string>("EventName") ?? "" } };
}

internal sealed class PublishEvent : IActivity
{
    public ValueTask<Answer> ExecuteAsync(ActivityContext context, CancellationToken ct)
    {
        ((IInsideContext)context).PublishEvent(context.Input<string>("EventName") ?? "", context.Input<string>("CorrelationId"),
            context.Input<bool>("IsLocalEvent"), context.Input<object>("Payload"));
        return new(Answer.Done);
    }
}

/// <summary>Asks somebody outside for a piece of work, by name; the wait's details say which.</summary>
internal sealed class RunTask : IActivity
{
    public ValueTask<Answer> ExecuteAsync(ActivityContext context, CancellationToken ct)
    {
        var id = Guid.CreateVersion7(context.Now);
        context.SetOutput("TaskId", id.ToString());
        return new(new Answer.Parked(new Wait("Elsa.RunTask")
        {
            Id = id,
            Payload = new JsonObject { ["taskId"] = id.ToString() },
            Details = new JsonObject { ["taskName"] = context.Input<string>("TaskName"), ["payload"] = context.Input<JsonNode>("Payload")?.DeepClone() },
        }));
    }

    public ValueTask<Answer> ResumeAsync(ActivityContext context, WakeUp wakeUp, CancellationToken ct)
    {
        context.SetOutput("Result", wakeUp.Input[EventNames.TaskResult]?.DeepClone());
        return new(Answer.Done);
    }
}

/// <summary>Always suspends, also for zero and for the past.</summary>
internal sealed class Delay : IActivity
{
    public ValueTask<Answer> ExecuteAsync(ActivityContext context, CancellationToken ct) =>
        new(new Answer.Parked(Timers.Until(context, "Elsa.Delay", Timers.After(context.Now, context.Input<TimeSpan>("TimeSpan")), "resumeAt")));
}

/// <summary>Starts a flow again and again; inside a flow it waits one interval.</summary>
internal sealed class Timer : ITrigger
{
    private static readonly TimeSpan Default = TimeSpan.FromMinutes(1);

    public ValueTask<Answer> ExecuteAsync(ActivityContext context, CancellationToken ct) =>
        new(new Answer.Parked(Timers.Until(context, "Elsa.Timer", Timers.After(context.Now, Interval(context)), "resumeAt")));

    public ValueTask<TriggerWish?> DescribeAsync(ActivityContext context, CancellationToken ct)
    {
        var interval = Interval(context);
        if (interval <= TimeSpan.Zero) return new((TriggerWish?)null);
        var first = Timers.After(context.Now, interval);
        return new(new TriggerWish(new Wait("Elsa.Timer")
        {
            Payload = new JsonObject { ["startAt"] = Instants.Text(first), ["interval"] = interval.ToString("c") }, DueAt = first,
        }, interval));
    }

    private static TimeSpan Interval(ActivityContext context) => context.HasInput("Interval") ? context.Input<TimeSpan>("Interval") : Default;
}

/// <summary>Waits for an instant; one that has passed is no wait.</summary>
internal sealed class StartAt : ITrigger
{
    public ValueTask<Answer> ExecuteAsync(ActivityContext context, CancellationToken ct)
    {
        var at = context.Input<DateTimeOffset>("DateTime");
        return new(at <= context.Now ? Answer.Done : new Answer.Parked(Timers.Until(context, "Elsa.StartAt", at, "executeAt")));
    }

    public ValueTask<TriggerWish?> DescribeAsync(ActivityContext context, CancellationToken ct)
    {
        var at = context.Input<DateTimeOffset>("DateTime");
        return new(new TriggerWish(new Wait("Elsa.StartAt") { Payload = new JsonObject { ["executeAt"] = Instants.Text(at) }, DueAt = at }));
    }
}

internal sealed class Cron : ITrigger
{
    public ValueTask<Answer> ExecuteAsync(ActivityContext context, CancellationToken ct)
    {
        var (expression, next) = Next(context);
        var wait = Timers.Until(context, "Elsa.Cron", next, "executeAt");
        wait.Payload!["cronExpression"] = expression;
        return new(new Answer.Parked(wait));
    }

    public ValueTask<TriggerWish?> DescribeAsync(ActivityContext context, CancellationToken ct)
    {
        var (expression, next) = Next(context);
        return new(new TriggerWish(new Wait("Elsa.Cron") { Payload = new JsonObject { ["cronExpression"] = expression }, DueAt = next }, Cron: expression));
    }

    private static (string Expression, DateTimeOffset Next) Next(ActivityContext context)
    {
        var expression = context.Input<string>("CronExpression") ?? "";
        return (expression, CronTimes.Next(expression, context.Now, ((IInsideContext)context).CronZone)
            ?? throw new InvalidOperationException($"Expected '{expression}' to come true some day, but it never does."));
    }
}

internal static class Timers
{
    public static Wait Until(ActivityContext context, string name, DateTimeOffset at, string key) =>
        Wait.Until(name, at) with { Payload = new JsonObject { [key] = Instants.Text(at) } };

    /// <summary>A duration beyond the end of the calendar waits until the end of the calendar.</summary>
    public static DateTimeOffset After(DateTimeOffset now, TimeSpan span)
    {
        if (span < TimeSpan.Zero) return now;
        return DateTimeOffset.MaxValue - now > span ? now + span : DateTimeOffset.MaxValue;
    }
}
