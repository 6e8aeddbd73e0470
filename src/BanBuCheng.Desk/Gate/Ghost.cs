using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Deadlines;

namespace BanBuCheng.Desk.Gate;

internal enum GhostClock : byte
{
    Off,
    Running,

    /// <summary>Paused, with a maximum.</summary>
    Paused,

    /// <summary>Paused for ever, if nobody resumes it.</summary>
    PausedForEver,
    Stopped,
}

/// <summary>What the gate remembers of a case while it goes every way of a flow: the little that the promise is about.</summary>
internal readonly record struct Ghost
{
    public GhostClock Clock { get; init; }

    /// <summary>A reply is owed.</summary>
    public bool Owed { get; init; }

    /// <summary>One was delivered for what is or was owed last.</summary>
    public bool Replied { get; init; }

    /// <summary>One was delivered at all, in this run.</summary>
    public bool EverReplied { get; init; }
    public bool Closed { get; init; }
    public bool Extended { get; init; }
    public int ExtendedBy { get; init; }

    /// <summary>A flow from the side: it owes nothing from its start.</summary>
    public bool IsSide { get; init; }

    /// <summary>Null before the clock was started.</summary>
    public Difficulty? Difficulty { get; init; }

    /// <summary>Of the last reply, one-based among the outcomes; 0 = none, or nobody asks.</summary>
    public int Outcome { get; init; }

    public bool IsPaused => Clock is GhostClock.Paused or GhostClock.PausedForEver;

    /// <summary>A real case as the gate remembers one.</summary>
    public static Ghost Of(ServiceCase serviceCase, bool isSide, bool tracksOutcome) => new()
    {
        Clock = serviceCase.Clock switch
        {
            ClockState.Running => GhostClock.Running,
            ClockState.Paused => serviceCase.PausedUntil is null ? GhostClock.PausedForEver : GhostClock.Paused,
            ClockState.Stopped => GhostClock.Stopped,
            _ => GhostClock.Off,
        },
        Owed = serviceCase.ReplyOwed && !isSide,
        Replied = serviceCase.RepliedAt is not null && !serviceCase.ReplyOwed,
        EverReplied = serviceCase.RepliedAt is not null,
        Closed = serviceCase.State is CaseState.Closed,
        Extended = serviceCase.ExtendedBy > 0,
        ExtendedBy = serviceCase.ExtendedBy,
        IsSide = isSide,
        Difficulty = serviceCase.Clock is ClockState.Off ? null : serviceCase.Difficulty,
        Outcome = tracksOutcome && !serviceCase.ReplyOwed && serviceCase.Outcome is { } outcome ? (int)outcome + 1 : 0,
    };

    /// <summary>回访没解决、退回前面的环节 — what was delivered no longer counts, and the clock goes on.</summary>
    public Ghost Reopened() =>
        this with { Owed = true, Replied = false, Outcome = 0, Clock = Clock is GhostClock.Stopped ? GhostClock.Running : Clock };

    public long Pack() =>
        (long)Clock | Bit(Owed, 3) | Bit(Replied, 4) | Bit(EverReplied, 5) | Bit(Closed, 6) | Bit(Extended, 7) | Bit(IsSide, 8)
        | (Difficulty is { } d ? (long)d + 1 : 0) << 9 | (long)Outcome << 12 | (long)Math.Clamp(ExtendedBy, 0, 255) << 18;

    public static Ghost Unpack(long packed) => new()
    {
        Clock = (GhostClock)(packed & 7),
        Owed = Has(packed, 3),
        Replied = Has(packed, 4),
        EverReplied = Has(packed, 5),
        Closed = Has(packed, 6),
        Extended = Has(packed, 7),
        IsSide = Has(packed, 8),
        Difficulty = (packed >> 9 & 7) is > 0 and var d ? (Difficulty)(d - 1) : null,
        Outcome = (int)(packed >> 12 & 63),
        ExtendedBy = (int)(packed >> 18 & 255),
    };

    private static long Bit(bool set, int at) => set ? 1L << at : 0;

    private static bool Has(long packed, int at) => (packed >> at & 1) == 1;
}

/// <summary>Signs on the turns of government activities, by which the promise's codes find them again.</summary>
[Flags]
internal enum Sign
{
    None = 0,
    ClosedOwing = 1,
    SecondReply = 2,
    Delivered = 4,
    Restarted = 8,
    MayRestart = 16,
    ExtendedTwice = 32,
    ExtendedBeyond = 64,
    ExtensionForbidden = 128,
    ExtensionComputed = 256,
    Paused = 512,
}
