using BanBuCheng.Engine.Durable;

namespace BanBuCheng.Desk.Steps;

/// <summary>What belongs to one step while it runs: who asks, when (one instant for all its rows), what follows inside it, what rings after it.</summary>
public class StepScope
{
    private readonly List<DateTimeOffset> _bells = [];
    private readonly Queue<Func<IFlows, CancellationToken, ValueTask>> _followUps = [];

    public Actor Actor { get; internal set; } = Actor.Clock;

    /// <summary>Set while the scope may write: its database context is then the lane's. Everybody else's context only reads.</summary>
    internal WriterLane.Turn? Turn { get; set; }

    /// <summary>The step was lost together with others; this time it shares its COMMIT with nobody.</summary>
    internal bool IsAlone { get; set; }

    /// <summary>One instant for everything that is written in this step (UTC).</summary>
    public virtual DateTimeOffset Now { get; internal set; }

    /// <summary>Due instants to ring the bell for once the step is committed; a hint, never needed for correctness.</summary>
    public IReadOnlyList<DateTimeOffset> Bells => _bells;

    public void RingAt(DateTimeOffset dueAt) => _bells.Add(dueAt);

    /// <summary>
    /// Something the flows do once the running burst is over, still in this step: an activity may not call the engine it runs in.
    /// </summary>
    public void Afterwards(Func<IFlows, CancellationToken, ValueTask> followUp) => _followUps.Enqueue(followUp);

    internal async ValueTask SettleAsync(IFlows flows, CancellationToken ct)
    {
        for (var turns = 0; _followUps.TryDequeue(out var followUp); turns++)
        {
            if (turns > 1000) throw new InvalidOperationException("Expected the step's follow-ups to settle, but a thousand of them made new ones.");
            await followUp(flows, ct);
        }
    }
}
