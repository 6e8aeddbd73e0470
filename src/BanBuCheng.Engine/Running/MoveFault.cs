namespace BanBuCheng.Engine.Running;

/// <summary>Why an instance cannot move to another version: a place of it, and what is wrong there.</summary>
/// <param name="NodePath">In the version it runs in now; of a join that starves, in the new one.</param>
/// <param name="Caption">What is drawn on the box.</param>
/// <param name="Detail">The port, the other box: what the sentence needs beside the place.</param>
public sealed record MoveFault(MoveFaultKind Kind, string NodePath, string Caption, string? Detail = null);

public enum MoveFaultKind
{
    /// <summary>The box it stands at is not there any more.</summary>
    Missing,

    /// <summary>The box is there, but it is of another type or another sub-flow now.</summary>
    OtherType,

    /// <summary>The box is there, but inside another container.</summary>
    Elsewhere,

    /// <summary>The box is there, but nothing leads to it, or it cannot run (unknown type).</summary>
    Unreachable,

    /// <summary>An outcome that may still be chosen leads nowhere. Detail: the port.</summary>
    OutcomeGone,

    /// <summary>It waits for an event that the new version does not wait for.</summary>
    EventChanged,

    /// <summary>A join at which something has arrived already was drawn anew, so that what arrived would be lost.</summary>
    JoinChanged,

    /// <summary>A join ahead would wait for a path that was passed already. Detail: where that path comes from.</summary>
    JoinStarves,

    /// <summary>Parallel branches are under way, and the new version has one more that would never run. Detail: the branch.</summary>
    BranchNew,

    /// <summary>What it has done already would follow again. Detail: the box.</summary>
    OrderChanged,

    /// <summary>It could go on, but what is owed would not be kept from there. Detail: what the gate says.</summary>
    PromiseBroken,

    /// <summary>It is not running in that version (any more).</summary>
    NotThere,
}
