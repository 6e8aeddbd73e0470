using BanBuCheng.Desk.CaseFile;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Stories.Given;
using CsCheck;
using Xunit;

namespace BanBuCheng.Stories.CaseFile;

/// <summary>时间在谁手里：每一分钟只归一家，不漏、不重，加起来就是过去的办公时间。</summary>
public sealed class EveryMinuteHasAHolder
{
    private static readonly DateTimeOffset Start = Hall.Local("2026-04-29 16:00");
    private static readonly HallHours Hours = HallHours.Default;

    private static readonly string[] Departments = ["WATER", "MARKET", "HEALTH"];
    private static readonly TimeHolder[] Offices = [TimeHolder.Window, TimeHolder.Station, TimeHolder.Committee];
    private static readonly Gen<string> AnyUnit = Gen.Int[0, 2].Select(i => Departments[i]);
    private static readonly Gen<TimeHolder> AnyOffice = Gen.Int[0, 2].Select(i => Offices[i]);

    private static readonly Gen<TimeClaim> AnyClaim = Gen.Select(Gen.Enum<TimeHolder>(), AnyUnit, Gen.Int[0, 8000], Gen.Int[0, 6000], Gen.Bool)
        .Select((holder, unit, from, length, open) => new TimeClaim(holder, holder is TimeHolder.Unit ? unit : null, Start.AddMinutes(from), open ? null : Start.AddMinutes(from + length)));

    private static readonly Gen<(DateTimeOffset, TimeHolder)[]> AnyStages = Gen.Select(Gen.Int[0, 8000], AnyOffice)
        .Select((at, holder) => (Start.AddMinutes(at), holder)).Array[0, 4].Select(stages => stages.OrderBy(s => s.Item1).ToArray());

    [Fact(DisplayName = "任意几家同时办：一段接一段，办公时间和分钟数加起来都不多不少")]
    public void No_gap_no_overlap_and_the_sum_is_the_whole() => Gen.Select(AnyClaim.Array[0, 8], AnyStages, Gen.Int[0, 12000]).Sample((claims, stages, length) =>
    {
        var end = Start.AddMinutes(length);
        var ledger = TimeLedger.Of(Start, end, claims, stages, "WATER", Hours, WorkingCalendar.BuiltIn);
        var spells = ledger.Spells;
        if (length == 0) return spells.Count == 0;
        return spells[0].From == Start && spells[^1].To == end
            && spells.Zip(spells.Skip(1)).All(pair => pair.First.To == pair.Second.From && (pair.First.Holder, pair.First.Unit) != (pair.Second.Holder, pair.Second.Unit))
            && spells.Aggregate(TimeSpan.Zero, (sum, spell) => sum + spell.Working) == ledger.Total
            && ledger.Total == Hours.WorkingTime(Start, end, WorkingCalendar.BuiltIn)
            && ledger.Shares.Sum(share => share.Minutes) == (int)ledger.Total.TotalMinutes;
    }, iter: 3000);

    [Fact(DisplayName = "随便指一分钟，归谁和照规矩一条一条想的一样")]
    public void Any_minute_belongs_to_whom_the_rule_says() => Gen.Select(AnyClaim.Array[0, 8], AnyStages, Gen.Int[0, 7999]).Sample((claims, stages, minute) =>
    {
        var at = Start.AddMinutes(minute);
        var spell = TimeLedger.Of(Start, Start.AddMinutes(8000), claims, stages, "WATER", Hours, WorkingCalendar.BuiltIn).Spells.Single(s => s.From <= at && at < s.To);
        return (spell.Holder, spell.Unit) == ByTheRule(at, claims, stages);
    }, iter: 3000);

    /// <summary>The rule said once more, one question after the other.</summary>
    private static (TimeHolder, string?) ByTheRule(DateTimeOffset at, TimeClaim[] claims, (DateTimeOffset At, TimeHolder Holder)[] stages)
    {
        var open = claims.Where(c => c.From <= at && !(c.To <= at)).OrderBy(c => c.From).ThenBy(c => c.Unit, StringComparer.Ordinal).ToList();
        if (open.FirstOrDefault(c => c.Holder is TimeHolder.Citizen or TimeHolder.Procedure) is { From.Year: > 1 } pause) return (pause.Holder, null);
        if (open.Exists(c => c.Unit == "WATER")) return (TimeHolder.Unit, "WATER");
        if (open.FirstOrDefault(c => c.Holder is TimeHolder.Unit) is { From.Year: > 1 } unit) return (TimeHolder.Unit, unit.Unit);
        foreach (var holder in (TimeHolder[])[TimeHolder.Committee, TimeHolder.Window, TimeHolder.Station])
        {
            if (open.Exists(c => c.Holder == holder)) return (holder, null);
        }

        return (stages.LastOrDefault(s => s.At <= at) is { At.Year: > 1 } stage ? stage.Holder : stages.Length > 0 ? stages[0].Holder : TimeHolder.Window, null);
    }
}
