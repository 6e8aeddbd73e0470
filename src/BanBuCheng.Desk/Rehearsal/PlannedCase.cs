using System.Text.Json.Nodes;
using BanBuCheng.Desk.Deadlines;

namespace BanBuCheng.Desk.Rehearsal;

/// <summary>One case to be walked: when it came, what it began with, and what is recorded of it.</summary>
/// <param name="Name">How a report names it: a case number, or 第12件.</param>
public sealed record PlannedCase(int Number, string Name, DateTimeOffset AcceptedAt, CaseSeed Seed)
{
    /// <summary>What people did, by activity id (a department's by <c>id/UNIT</c>), in order. Empty for a generated case.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<RecordedStep>> Recorded { get; init; } = new Dictionary<string, IReadOnlyList<RecordedStep>>();

    /// <summary>How the citizen came to know of each notice, in the order in which they were issued. Empty for a generated case.</summary>
    public IReadOnlyList<RecordedDelivery> Deliveries { get; init; } = [];

    /// <summary>How it really went; null for a generated case.</summary>
    public CaseRun? Real { get; init; }
}

/// <param name="ByReport">A delivery report; else somebody told them.</param>
/// <param name="After">From issuing to knowing.</param>
public sealed record RecordedDelivery(bool ByReport, TimeSpan After);

/// <param name="Took">Working time from opening to finishing.</param>
public sealed record RecordedStep(string Outcome, JsonObject? Answer, TimeSpan Took);

/// <summary>Cases that nobody had: arrivals over the working days of a year, hall hours only, with a mix of difficulties.</summary>
public static class GeneratedCases
{
    public static IReadOnlyList<PlannedCase> Of(RehearsalWorld world, RehearsalProfile profile, long seed, int count, DateOnly from, int calendarDays = 365)
    {
        var draws = new Draws(seed);
        var days = Enumerable.Range(0, calendarDays).Select(i => from.AddDays(i)).Where(world.Calendar.Counts).ToList();
        if (days.Count == 0) days.Add(world.Calendar.NextWorkingDay(from));
        var hours = world.Policy.Hours;
        return
        [
            .. Enumerable.Range(1, count)
                .Select(i => (Day: days[(int)(draws.Of(i, "day") * days.Count)], Minute: (int)(draws.Of(i, "minute") * world.MinutesOfADay), Kind: draws.Of(i, "difficulty")))
                .OrderBy(a => a.Day).ThenBy(a => a.Minute)
                .Select((a, i) => new PlannedCase(i + 1, $"第{i + 1}件", hours.After(hours.OpeningOf(a.Day), TimeSpan.FromMinutes(a.Minute), world.Calendar), new CaseSeed
                {
                    Difficulty = a.Kind < profile.Simple ? Difficulty.Simple : a.Kind < profile.Simple + profile.Complex ? Difficulty.Complex : Difficulty.Special,
                })),
        ];
    }
}
