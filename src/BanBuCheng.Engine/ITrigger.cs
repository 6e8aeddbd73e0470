namespace BanBuCheng.Engine;

/// <summary>
/// An activity that can start a flow. Asked when a version is published, with no instance: variables have their defaults only.
/// Started this way it is not executed but woken (<see cref="IActivity.ResumeAsync"/>), so it finishes at once.
/// </summary>
public interface ITrigger : IActivity
{
    /// <summary>What stimulus starts the flow; a due time (with the next one told by the same method later) for timers; null = none.</summary>
    ValueTask<TriggerWish?> DescribeAsync(ActivityContext context, CancellationToken ct);
}

/// <param name="Wait">Stimulus name and payload; a due time for timers.</param>
/// <param name="Interval">Ticks again and again with this distance.</param>
/// <param name="Cron">Ticks again and again by this expression.</param>
public sealed record TriggerWish(Wait Wait, TimeSpan? Interval = null, string? Cron = null);
