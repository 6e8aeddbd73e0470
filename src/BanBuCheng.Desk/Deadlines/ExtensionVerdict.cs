namespace BanBuCheng.Desk.Deadlines;

/// <summary>能不能延时 — the policy's answer to a request for more days.</summary>
public enum ExtensionVerdict
{
    Allowed,

    /// <summary>Not a positive number of days.</summary>
    NothingAsked,

    /// <summary>简单的不能延时，要先重新定级.</summary>
    ReclassFirst,

    AlreadyExtended,

    /// <summary>The due day is over; an extension must be granted before it.</summary>
    TooLate,

    BeyondCeiling,
}
