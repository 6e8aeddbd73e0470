namespace BanBuCheng.Desk.Rehearsal;

/// <summary>推演 — walks cases through one version of the flows, or through two side by side, and says what is another.</summary>
public static class Rehearsals
{
    /// <param name="documents">The version asked about.</param>
    /// <param name="before">The version it is held against; null: against how the cases really went, where that is known.</param>
    /// <param name="progress">Cases walked so far, of how many.</param>
    /// <exception cref="FormatException">A text is no document, or none is a main flow.</exception>
    public static async Task<RehearsalReport> RunAsync(
        RehearsalWorld world, RehearsalProfile profile, long seed, IReadOnlyList<PlannedCase> plans, IReadOnlyList<string> documents, IReadOnlyList<string>? before, Action<int, int>? progress, CancellationToken ct)
    {
        var after = await RehearsalFlows.OfAsync(documents, ct);
        var other = before is null ? null : await RehearsalFlows.OfAsync(before, ct);
        var rules = new RehearsalRules(world, profile, seed) { LimitOf = (other ?? after).LimitOf };
        var all = plans.Count * (other is null ? 1 : 2);
        var runs = await RehearsalRun.AllAsync(rules, after, plans, done => progress?.Invoke(done, all), ct);
        var real = plans.Any(p => p.Real is not null);
        IReadOnlyList<CaseRun?>? others = null;
        if (other is not null) others = await RehearsalRun.AllAsync(rules, other, plans, done => progress?.Invoke(plans.Count + done, all), ct);
        else if (real) others = [.. plans.Select(p => p.Real)];
        var from = plans.Count > 0 ? Deadlines.ShanghaiTime.DayOf(plans.Min(p => p.AcceptedAt)) : default;
        return RehearsalReport.Of(world, seed, from, real ? "closed" : "generated", after.Main.Name ?? after.Main.DefinitionId, runs, others);
    }
}
