using BanBuCheng.Engine.Running;

namespace BanBuCheng.Engine.Checking;

/// <summary>What a passage from one state to the next was, in bits.</summary>
[Flags]
public enum PassageKinds
{
    None = 0,

    /// <summary>Somebody or something from outside woke a wait; without it the passage happens by itself.</summary>
    Wake = 1,

    /// <summary>A connection that leads back was followed.</summary>
    Back = 2,

    /// <summary>A further round of a While.</summary>
    WhileRound = 4,

    /// <summary>A further round of a loop over something finite.</summary>
    ListRound = 8,

    /// <summary>Nobody acted in time.</summary>
    Late = 16,

    /// <summary>A WaitAll join was passed over although somebody had arrived.</summary>
    Swallowed = 32,

    /// <summary>A flowchart ended by itself while a followed connection stood before a join for ever.</summary>
    Blocked = 64,

    /// <summary>A sub-flow ended by an outcome that is not connected or not declared.</summary>
    Unconnected = 128,

    /// <summary>An end took away work that somebody had begun.</summary>
    WorkLost = 256,

    /// <summary>The wait that was woken had no bound in days.</summary>
    Unbounded = 512,

    /// <summary>The activity became an incident.</summary>
    Broke = 1024,
}

/// <summary>Something that happened in a passage, for a story; collected only when a passage is looked at again.</summary>
/// <param name="Kind">None for an ordinary turn.</param>
/// <param name="Text">Null when it is not worth telling.</param>
/// <param name="Outcome">Of a sub-flow's end or a turn: by which outcome; null for the default one.</param>
internal sealed record Happening(PassageKinds Kind, Node Node, string? Text, string? Outcome = null, IReadOnlyList<Node>? Others = null);
