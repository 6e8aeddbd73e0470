namespace BanBuCheng.Engine;

/// <summary>What an activity says after it ran or was woken.</summary>
public abstract record Answer
{
    private protected Answer() { }

    /// <summary>Finished with the default outcome, which follows the port <c>Done</c> and connections without a port.</summary>
    public static Answer Done { get; } = new Finished([]);

    /// <summary>Finished; the connections from these ports are followed. An empty list is the default outcome.</summary>
    public sealed record Finished(IReadOnlyList<string> Outcomes) : Answer
    {
        public Finished(string outcome) : this([outcome]) { }
    }

    /// <summary>Waits. The execution goes on when one of its waits (these, or earlier ones) is woken.</summary>
    public sealed record Parked(IReadOnlyList<Wait> Waits) : Answer
    {
        public Parked(Wait wait) : this([wait]) { }
    }

    /// <summary>The whole instance is finished at once, also from inside a sub-flow (Elsa's <c>Finish</c>; our 办结).</summary>
    public sealed record FlowFinished : Answer;
}
