namespace BanBuCheng.Desk.Rehearsal;

/// <summary>
/// Chance that depends on the seed and on what it is for, never on what was drawn before: two versions of a flow draw the same for the same
/// step of the same case, however differently they get there.
/// </summary>
public readonly record struct Draws(long Seed)
{
    /// <summary>In [0, 1).</summary>
    public double Of(int caseNumber, string what, int round = 0)
    {
        var state = Mixed(unchecked((ulong)Seed * 0x9E3779B97F4A7C15UL + (ulong)caseNumber));
        foreach (var letter in what) state = Mixed(state ^ letter);
        return (Mixed(state + (ulong)round) >> 11) * (1.0 / (1UL << 53));
    }

    private static ulong Mixed(ulong value)
    {
        unchecked
        {
            value += 0x9E3779B97F4A7C15UL;
            value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL;
            value = (value ^ (value >> 27)) * 0x94D049BB133111EBUL;
            return value ^ (value >> 31);
        }
    }
}
