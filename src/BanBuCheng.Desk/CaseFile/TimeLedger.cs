using BanBuCheng.Desk.Deadlines;

namespace BanBuCheng.Desk.CaseFile;

/// <summary>时间在谁手里 — the parties that working time is put down to.</summary>
public enum TimeHolder
{
    /// <summary>群众: the clock stands still because they bring something.</summary>
    Citizen,

    /// <summary>法定程序: hearing, test, appraisal, expert review; the clock stands still.</summary>
    Procedure,
    Window,
    Station,

    /// <summary>A department, named beside it.</summary>
    Unit,
    Committee,
}

/// <summary>A task of somebody, as far as the ledger of time is concerned.</summary>
/// <param name="Unit">Set for <see cref="TimeHolder.Unit"/>.</param>
/// <param name="To">Null while it is open.</param>
public readonly record struct TimeClaim(TimeHolder Holder, string? Unit, DateTimeOffset From, DateTimeOffset? To);

/// <summary>A stretch that belongs to one party alone.</summary>
/// <param name="Working">How much of it the hall was open.</param>
public sealed record TimeSpell(TimeHolder Holder, string? Unit, DateTimeOffset From, DateTimeOffset To, TimeSpan Working);

/// <summary>
/// 时间账 — every working minute of a case in exactly one party's hands, adding up to the working time that went by. When several hold
/// something at once it belongs to the one the others wait for: a pause before everything, the lead department before the assisting ones,
/// departments before the committee, the window, the station; among equals the one who has had it longest. With nobody's task open it
/// belongs to the stage the case is in.
/// </summary>
public sealed record TimeLedger(IReadOnlyList<TimeSpell> Spells, TimeSpan Total)
{
    /// <param name="stages">Who answers for the case while no task is open, from that instant on; the first from the beginning.</param>
    /// <param name="lead">The lead department's code.</param>
    public static TimeLedger Of(DateTimeOffset from, DateTimeOffset to, IReadOnlyList<TimeClaim> claims, IReadOnlyList<(DateTimeOffset At, TimeHolder Holder)> stages,
        string? lead, HallHours hours, WorkingCalendar calendar)
    {
        if (to < from) to = from;
        var cuts = claims.Select(c => c.From).Concat(claims.Select(c => c.To ?? to)).Concat(stages.Select(s => s.At))
            .Where(at => at > from && at < to).Append(from).Append(to).Distinct().Order().ToList();
        var spells = new List<TimeSpell>();
        for (var i = 0; i + 1 < cuts.Count; i++)
        {
            var (start, end) = (cuts[i], cuts[i + 1]);
            var (holder, unit) = HolderAt(start, claims, stages, lead);
            var working = hours.WorkingTime(start, end, calendar);
            if (spells.Count > 0 && spells[^1] is var last && last.Holder == holder && last.Unit == unit)
                spells[^1] = last with { To = end, Working = last.Working + working };
            else spells.Add(new TimeSpell(holder, unit, start, end, working));
        }

        return new TimeLedger(spells, hours.WorkingTime(from, to, calendar));
    }

    /// <summary>What each party had in whole minutes, the longest first. Rounded along the way, so that the minutes add up to the whole too.</summary>
    public IReadOnlyList<(TimeHolder Holder, string? Unit, int Minutes)> Shares
    {
        get
        {
            var shares = new Dictionary<(TimeHolder, string?), int>();
            var gone = TimeSpan.Zero;
            foreach (var spell in Spells)
            {
                var minutes = (int)(gone + spell.Working).TotalMinutes - (int)gone.TotalMinutes;
                gone += spell.Working;
                shares[(spell.Holder, spell.Unit)] = shares.GetValueOrDefault((spell.Holder, spell.Unit)) + minutes;
            }

            return [.. shares.Where(s => s.Value > 0).Select(s => (s.Key.Item1, s.Key.Item2, s.Value)).OrderByDescending(s => s.Value).ThenBy(s => s.Item1).ThenBy(s => s.Item2, StringComparer.Ordinal)];
        }
    }

    private static (TimeHolder, string?) HolderAt(DateTimeOffset at, IReadOnlyList<TimeClaim> claims, IReadOnlyList<(DateTimeOffset At, TimeHolder Holder)> stages, string? lead)
    {
        TimeClaim? first = null;
        foreach (var claim in claims)
        {
            if (claim.From <= at && (claim.To is null || claim.To > at) && (first is not { } best || Before(claim, best, lead))) first = claim;
        }

        if (first is { } holding) return (holding.Holder, holding.Unit);
        var holder = stages.Count == 0 ? TimeHolder.Window : stages[0].Holder;
        foreach (var stage in stages)
        {
            if (stage.At <= at) holder = stage.Holder;
        }

        return (holder, null);
    }

    private static bool Before(TimeClaim one, TimeClaim other, string? lead)
    {
        var rank = Rank(one, lead).CompareTo(Rank(other, lead));
        if (rank != 0) return rank < 0;
        return one.From != other.From ? one.From < other.From : string.CompareOrdinal(one.Unit, other.Unit) < 0;
    }

    private static int Rank(TimeClaim claim, string? lead) => claim.Holder switch
    {
        TimeHolder.Citizen or TimeHolder.Procedure => 0,
        TimeHolder.Unit => claim.Unit == lead ? 1 : 2,
        TimeHolder.Committee => 3,
        TimeHolder.Window => 4,
        _ => 5,
    };
}
