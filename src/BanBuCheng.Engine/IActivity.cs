namespace BanBuCheng.Engine;

/// <summary>
/// What one kind of box in a flow does. A container (flowchart, sequence, loop …) is an <see cref="IContainerActivity"/>;
/// everything else answers <see cref="Answer.Finished"/>, <see cref="Answer.Parked"/> or <see cref="Answer.FlowFinished"/>.
/// </summary>
/// <remarks>
/// An activity never schedules, saves or sends. It may read and add rows through the step's own database context
/// (<see cref="ActivityContext.Services"/>); the step saves. Guard first, change second: an exception makes the activity
/// an incident, and what it added before throwing would be saved with the step.
/// </remarks>
public interface IActivity
{
    /// <summary>Runs once per execution, with its inputs evaluated.</summary>
    ValueTask<Answer> ExecuteAsync(ActivityContext context, CancellationToken ct);

    /// <summary>
    /// One of this execution's waits was woken; inputs have been evaluated again. The woken wait is gone; the other waits of
    /// the execution stay until it finishes. Answer <see cref="Answer.Parked"/> to keep waiting (with further waits, or none).
    /// </summary>
    ValueTask<Answer> ResumeAsync(ActivityContext context, WakeUp wakeUp, CancellationToken ct) => new(Answer.Done);

    /// <summary>
    /// The execution is withdrawn before it finished: a join needed no more arrivals, a terminal was reached, the flow was cancelled.
    /// Its waits are removed by the engine; the activity takes back what it opened elsewhere. Must not throw.
    /// </summary>
    ValueTask CancelAsync(ActivityContext context, CancellationToken ct) => default;
}
