using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Offices;

namespace BanBuCheng.Desk.Rehearsal;

/// <summary>What a rehearsal says. Figures of the version that was asked about; beside it, where there is one, the version it is held against.</summary>
public sealed record RehearsalReport
{
    public required long Seed { get; init; }
    public required DateOnly From { get; init; }
    public required int Cases { get; init; }

    /// <summary><c>generated</c> or <c>closed</c>.</summary>
    public required string Source { get; init; }
    public required string Flow { get; init; }
    public required RehearsalFigures Figures { get; init; }

    /// <summary>Null when nothing is compared.</summary>
    public RehearsalFigures? Before { get; init; }
    public required IReadOnlyList<CaseDifference> Differences { get; init; }

    /// <summary>How many went another way, ended otherwise, are late now, are late no more; a case may count in several.</summary>
    public DifferenceCounts Counts => DifferenceCounts.Of(Differences);

    /// <param name="before">The other version's runs, or how the closed cases really went; null for none.</param>
    public static RehearsalReport Of(RehearsalWorld world, long seed, DateOnly from, string source, string flow, IReadOnlyList<CaseRun> runs, IReadOnlyList<CaseRun?>? before) => new()
    {
        Seed = seed,
        From = from,
        Cases = runs.Count,
        Source = source,
        Flow = flow,
        Figures = RehearsalFigures.Of(world, runs),
        Before = before?.OfType<CaseRun>().ToList() is { Count: > 0 } others ? RehearsalFigures.Of(world, others) : null,
        Differences = before is null ? [] : [.. runs.Zip(before).Where(p => p.Second is not null).Select(p => CaseDifference.Between(p.Second!, p.First)).OfType<CaseDifference>()],
    };
}

/// <summary>Sums over the cases of one version.</summary>
public sealed record RehearsalFigures
{
    public required int Closed { get; init; }
    public required int Unfinished { get; init; }

    /// <summary>Outcome → cases; <c>None</c> for those that got no reply.</summary>
    public required IReadOnlyDictionary<string, int> Endings { get; init; }
    public required LateFigures Late { get; init; }
    public required double WorkingDaysToReply { get; init; }
    public required IReadOnlyList<RoleLoad> PerRoleLoad { get; init; }
    public required int Assumed { get; init; }

    /// <summary>假设, step by step: where nothing was recorded, or what was recorded does not do any more.</summary>
    public required IReadOnlyList<AssumedActivity> AssumedByActivity { get; init; }
    public required int Tasks { get; init; }
    public required int Messages { get; init; }
    public required IReadOnlyList<CaseTrouble> Troubles { get; init; }

    public static RehearsalFigures Of(RehearsalWorld world, IReadOnlyList<CaseRun> runs) => new()
    {
        Closed = runs.Count(r => r.Closed),
        Unfinished = runs.Count(r => !r.Closed),
        Endings = runs.GroupBy(r => r.Outcome?.ToString() ?? "None").OrderBy(g => g.Key, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Count()),
        Late = LateFigures.Of(runs),
        WorkingDaysToReply = runs.Any(r => r.RepliedAt is not null) ? Math.Round(runs.Where(r => r.RepliedAt is not null).Average(r => r.WorkingDaysToReply), 2) : 0,
        PerRoleLoad = RoleLoad.Of(world, runs),
        Assumed = runs.Sum(r => r.Assumed),
        AssumedByActivity =
        [
            .. runs.SelectMany(r => r.Tasks).GroupBy(t => t.ActivityId).Where(g => g.Any(t => t.Assumed))
                .Select(g => new AssumedActivity(g.Key, g.First().Title, g.Count(t => t.Assumed), g.Count())).OrderByDescending(a => a.Assumed).ThenBy(a => a.ActivityId, StringComparer.Ordinal),
        ],
        Tasks = runs.Sum(r => r.Tasks.Count),
        Messages = runs.Sum(r => r.Messages),
        Troubles = [.. runs.SelectMany(r => r.Troubles.Select(t => new CaseTrouble(r.Name, t.ActivityId, t.Message))).Take(100)],
    };
}

public sealed record CaseTrouble(string Case, string ActivityId, string Message);

/// <summary>Who missed a limit: replies after the due day, tasks after their own.</summary>
public sealed record LateFigures(int Replies, int Tasks, IReadOnlyList<LateActivity> ByActivity)
{
    public static LateFigures Of(IReadOnlyList<CaseRun> runs) => new(runs.Count(r => r.LateReply), runs.Sum(r => r.LateTasks),
    [
        .. runs.SelectMany(r => r.Tasks).GroupBy(t => t.ActivityId).Where(g => g.Any(t => t.Late))
            .Select(g => new LateActivity(g.Key, g.First().Title, g.Count(t => t.Late), g.Count())).OrderByDescending(a => a.Late).ThenBy(a => a.ActivityId, StringComparer.Ordinal),
    ]);
}

public sealed record AssumedActivity(string ActivityId, string Title, int Assumed, int Of);

public sealed record LateActivity(string ActivityId, string Title, int Late, int Of);

/// <summary>Work of a role or unit: how much was finished on each working day.</summary>
public sealed record RoleLoad(string Who, string Name, int Tasks, double PerDay, DateOnly? BusiestDay, int Busiest, IReadOnlyList<DayLoad> Days)
{
    public static IReadOnlyList<RoleLoad> Of(RehearsalWorld world, IReadOnlyList<CaseRun> runs)
    {
        var all = runs.SelectMany(r => r.Tasks).ToList();
        if (all.Count == 0) return [];
        var (first, last) = (all.Min(t => ShanghaiTime.DayOf(t.EndedAt)), all.Max(t => ShanghaiTime.DayOf(t.EndedAt)));
        var workingDays = Math.Max(1, world.Calendar.WorkingDaysBetween(first.AddDays(-1), last));
        return
        [
            .. all.GroupBy(t => t.Who).Select(g =>
            {
                List<DayLoad> days = [.. g.GroupBy(t => ShanghaiTime.DayOf(t.EndedAt)).OrderBy(d => d.Key).Select(d => new DayLoad(d.Key, d.Count()))];
                var busiest = days.MaxBy(d => d.Tasks)!;
                return new RoleLoad(g.Key, NameOf(world, g.Key), g.Count(), Math.Round((double)g.Count() / workingDays, 2), busiest.Date, busiest.Tasks, days);
            }).OrderByDescending(l => l.Tasks).ThenBy(l => l.Who, StringComparer.Ordinal),
        ];
    }

    private static string NameOf(RehearsalWorld world, string who) => who.Split(':', 2) switch
    {
        ["role", var role] => Roles.Captions.GetValueOrDefault(role, role),
        ["unit", var unit] => world.Units.FirstOrDefault(u => u.Code == unit)?.Name ?? unit,
        ["person", var login] => world.People.FirstOrDefault(p => p.Login == login)?.Name ?? login,
        _ => who,
    };
}

public sealed record DayLoad(DateOnly Date, int Tasks);

public sealed record DifferenceCounts(int Way, int Ending, int NewlyLate, int LateNoMore, int Days)
{
    public static DifferenceCounts Of(IReadOnlyList<CaseDifference> differences) => new(
        differences.Count(d => d.Kinds.Contains("way")), differences.Count(d => d.Kinds.Contains("ending")),
        differences.Count(d => d.After.LateReply && !d.Before.LateReply || d.After.LateTasks > d.Before.LateTasks),
        differences.Count(d => d.Before.LateReply && !d.After.LateReply || d.After.LateTasks < d.Before.LateTasks), differences.Count(d => d.Kinds.Contains("days")));
}

/// <summary>A case that went otherwise.</summary>
/// <param name="Kinds">Of <c>way</c> another way, <c>ending</c> ended otherwise, <c>late</c> late now or not any more, <c>days</c> another number of days.</param>
/// <param name="Sentence">The first thing that is another.</param>
public sealed record CaseDifference(int Number, string Case, IReadOnlyList<string> Kinds, string Sentence, RunInShort Before, RunInShort After)
{
    /// <returns>Null when both went alike.</returns>
    public static CaseDifference? Between(CaseRun before, CaseRun after)
    {
        var kinds = new List<string>();
        if (before.Way != after.Way) kinds.Add("way");
        if (before.Outcome != after.Outcome || before.Closed != after.Closed) kinds.Add("ending");
        if (before.LateReply != after.LateReply || before.LateTasks != after.LateTasks) kinds.Add("late");
        if (before.WorkingDaysToReply != after.WorkingDaysToReply) kinds.Add("days");
        return kinds.Count == 0 ? null : new CaseDifference(after.Number, after.Name, kinds, SentenceOf(before, after), RunInShort.Of(before), RunInShort.Of(after));
    }

    private static string SentenceOf(CaseRun before, CaseRun after)
    {
        for (var i = 0; i < Math.Max(before.Tasks.Count, after.Tasks.Count); i++)
        {
            var (was, now) = (before.Tasks.ElementAtOrDefault(i), after.Tasks.ElementAtOrDefault(i));
            if (was?.Title == now?.Title && was?.Outcome == now?.Outcome) continue;
            return $"{Said(before, was)}，改成{Said(after, now)}";
        }

        if (before.Outcome != after.Outcome) return $"结果由{before.Outcome?.Caption() ?? "没有答复"}改成{after.Outcome?.Caption() ?? "没有答复"}";
        if (before.LateReply != after.LateReply) return after.LateReply ? "答复由按期变成超期" : "答复由超期变成按期";
        if (before.LateTasks != after.LateTasks) return $"超期的待办由 {before.LateTasks} 个变成 {after.LateTasks} 个";
        return $"答复由 {before.WorkingDaysToReply} 个工作日变成 {after.WorkingDaysToReply} 个";
    }

    private static string Said(CaseRun run, RehearsedTask? task) => task is null ? "到这里就完了" : $"“{task.Title}”选“{task.Outcome}”{run.MarkOf(task)}";
}

/// <summary>A run for a list.</summary>
/// <param name="Way">Each task with what was chosen; 假设 stands where it was drawn.</param>
public sealed record RunInShort(string? Outcome, bool Closed, bool LateReply, int LateTasks, int WorkingDaysToReply, int Assumed, string Way)
{
    public static RunInShort Of(CaseRun run) => new(run.Outcome?.ToString(), run.Closed, run.LateReply, run.LateTasks, run.WorkingDaysToReply, run.Assumed, run.Told);
}
