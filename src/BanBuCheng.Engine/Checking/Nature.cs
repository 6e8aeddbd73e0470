namespace BanBuCheng.Engine.Checking;

/// <summary>
/// What one drawn activity does, with everything forgotten that a document does not say: all turns it may take when it runs and when
/// it is woken. More turns than it really has are allowed, fewer never.
/// </summary>
public abstract class Nature
{
    /// <summary>Somebody works on it while it waits: taking it back throws work away.</summary>
    public virtual bool IsHumanWork => false;

    /// <summary>How far its runs must be counted, because it behaves otherwise afterwards; 0 = not at all.</summary>
    public virtual int CountsRoundsTo => 0;

    /// <summary>Ports that must lead somewhere; null when they are computed, so that nobody can say.</summary>
    public virtual IReadOnlyList<string>? PortsToConnect => [];

    /// <param name="round">This run's number, at most <see cref="CountsRoundsTo"/> + 1.</param>
    public abstract IReadOnlyList<Turn> Runs(long ghost, int round);

    public virtual IReadOnlyList<Turn> Wakes(long ghost, int round) => [];
}

public enum TurnKind : byte
{
    /// <summary>Finished; the connections from <see cref="Turn.Outcomes"/> are followed.</summary>
    Leaves,

    /// <summary>Waits, for at most <see cref="Turn.Days"/> working days.</summary>
    Waits,

    /// <summary>The whole instance is finished.</summary>
    FinishesFlow,

    /// <summary>Becomes an incident: what follows is an operator's business and is not looked at.</summary>
    Breaks,
}

/// <summary>One way an activity can go.</summary>
public sealed record Turn(TurnKind Kind, long Ghost)
{
    /// <summary>Empty = the default outcome.</summary>
    public IReadOnlyList<string> Outcomes { get; init; } = [];

    /// <summary>Of a wait: working days until somebody must have acted; null = no bound is known.</summary>
    public int? Days { get; init; }

    /// <summary>What a person would tell of it; null = not worth telling.</summary>
    public string? Story { get; init; }

    /// <summary>The host's own signs on this turn, to find it again.</summary>
    public int Marks { get; init; }

    /// <summary>Taken because nobody acted in time.</summary>
    public bool IsLate { get; init; }

    /// <summary>
    /// Somebody can choose this turn. Turns that nobody chooses (data decides, a policy decides) are taken against us when it is asked
    /// whether an end can be reached whatever the data say.
    /// </summary>
    public bool IsChosen { get; init; }

    public static Turn Done(long ghost) => new(TurnKind.Leaves, ghost);

    public static Turn By(string outcome, long ghost, string? story = null) => new(TurnKind.Leaves, ghost) { Outcomes = [outcome], Story = story };
}
