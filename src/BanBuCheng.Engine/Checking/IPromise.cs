namespace BanBuCheng.Engine.Checking;

/// <summary>
/// What a host promises with its flows, as the checker sees it: a number of the host's own ("ghost") that its activities change while a
/// flow runs. The checker carries it along, never looks into it, and shows the host every ghost that can come about.
/// </summary>
public interface IPromise
{
    /// <summary>Ghosts that a run may begin with.</summary>
    IReadOnlyList<long> Beginnings { get; }

    /// <summary>What the activity does as seen from afar; null when it is not the host's.</summary>
    Nature? NatureOf(DrawnActivity activity);

    /// <summary>What is known of a condition by what the ghost remembers; null when nothing is, and it may go either way.</summary>
    Judgement? Judge(DrawnInput condition);

    /// <summary>Is something owed that the run must not end without?</summary>
    bool Owes(long ghost);

    /// <summary>How a story begins; null when it begins with the first thing that happens.</summary>
    string? Opening { get; }

    /// <summary>Do working days that pass now count towards the promise?</summary>
    bool CountsDays(long ghost);
}

/// <summary>The ways a condition can go with this ghost, and the ghost afterwards; never empty.</summary>
public delegate IReadOnlyList<(bool Holds, long Ghost)> Judgement(long ghost);
