using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Engine.Checking;

namespace BanBuCheng.Desk.Gate;

/// <summary>G013 — does the slowest way keep the promise? Counted in working days from the start of the clock to the delivered reply.</summary>
internal sealed class DaysCodes(ExploredFlow flow, DeadlinePolicy policy)
{
    private const int MostReturns = 8;
    private readonly Exploration _states = flow.States;
    private readonly List<CheckFinding> _findings = [];

    /// <summary>Working days left on the slowest way without returns; null when no reply is on it.</summary>
    public int? Slack { get; private set; }

    public List<CheckFinding> Find()
    {
        Unbounded();
        if (_states.HitTheBound) return _findings;
        const PassageKinds Returns = PassageKinds.Back | PassageKinds.WhileRound | PassageKinds.ListRound;
        var onTime = Slowest(p => !p.Is(Returns | PassageKinds.Late));
        var late = Slowest(p => !p.Is(Returns));
        if (late is null) return _findings;
        if (late.Days != Longest.Endless) Slack = (int)(late.Limit - late.Days);
        if (onTime is { } slow && slow.Days > slow.Limit) Tell(true, slow, $"按时办理也要 {Days(slow.Days)} 个工作日，承诺 {slow.Limit} 个");
        else if (late.Days > late.Limit) Tell(true, late, $"有环节超时时最慢 {Days(late.Days)} 个工作日，承诺 {late.Limit} 个");
        else if (Slowest(_ => true) is { } returned && returned.Days > returned.Limit) Returned(late, returned);
        return _findings;
    }

    private void Returned(Way without, Way with)
    {
        if (with.Days != Longest.Endless)
        {
            Tell(false, with, $"不退回最慢 {without.Days} 个工作日，退回到头最慢 {with.Days} 个，承诺 {with.Limit} 个");
            return;
        }
        var (activity, passage, days) = HeaviestReturn();
        var message = days > 0
            ? $"不退回最慢 {without.Days} 个工作日，承诺 {without.Limit} 个；每退回一次多 {days} 个，最多可退回 {(without.Limit - without.Days) / days} 次"
            : $"不退回最慢 {without.Days} 个工作日，承诺 {without.Limit} 个；可以一再退回，没有尽头";
        if (passage < 0) Tell(false, with, message);
        else _findings.Add(flow.Teller.FindThrough("G013", false, activity, message, passage, null));
    }

    /// <summary>The way back that costs most: one round through it, without other returns.</summary>
    private (int Activity, int Passage, long Days) HeaviestReturn()
    {
        const PassageKinds Returns = PassageKinds.Back | PassageKinds.WhileRound | PassageKinds.ListRound;
        var part = flow.Graph.Rounds(_ => true);
        var seen = new HashSet<int>();
        var best = (Activity: 0, Passage: -1, Days: 0L);
        for (var p = 0; p < _states.Passages.Count && seen.Count < MostReturns; p++)
        {
            var back = _states.Passages[p];
            if (!back.Is(Returns) || part[back.From] < 0 || part[back.From] != part[back.To] || !seen.Add(back.Activity)) continue;
            var round = flow.Graph.LongestWays(q => q == back || !q.Is(Returns) && part[q.From] == part[back.From] && part[q.To] == part[back.From], q => q == back);
            var days = round.Days[back.From];
            if (days is Longest.Never or Longest.Endless || days + back.Days <= best.Days) continue;
            best = (back.Activity, p, days + back.Days);
        }
        return best;
    }

    private static string Days(long days) => days == Longest.Endless ? "没有尽头的" : $"{days}";

    private void Tell(bool isError, Way way, string message) =>
        _findings.Add(flow.Teller.FindAlong("G013", isError, _states.Passages[way.Delivery].Activity, message, way.Passages,
            way.Days == Longest.Endless ? "没有尽头" : $"已是第 {way.Days} 个工作日"));

    /// <summary>The delivered reply with the least left of its limit.</summary>
    private Way? Slowest(Func<Passage, bool> takes)
    {
        var ways = flow.Graph.LongestWays(takes, Begins);
        Way? worst = null;
        for (var p = 0; p < _states.Passages.Count; p++)
        {
            var passage = _states.Passages[p];
            if (!((Sign)passage.Marks).HasFlag(Sign.Delivered) || !takes(passage) || ways.Days[passage.From] == Longest.Never) continue;
            var ghost = Ghost.Unpack(_states.GhostOf(passage.From));
            if (!ghost.Owed || LimitOf(ghost) is not { } limit) continue;
            var days = ways.Days[passage.From] == Longest.Endless ? Longest.Endless : ways.Days[passage.From] + passage.Days;
            if (worst is not null && (worst.Days == Longest.Endless || days != Longest.Endless && limit - days >= worst.Limit - worst.Days)) continue;
            worst = new Way(days, limit, p, ways);
        }
        return worst is null ? null : worst with { Passages = Along(worst) };
    }

    private List<int> Along(Way way)
    {
        var along = new List<int> { way.Delivery };
        var seen = new HashSet<int>();
        var state = _states.Passages[way.Delivery].From;
        while (way.Ways.By[state] is >= 0 and var by && seen.Add(state))
        {
            along.Add(by);
            state = _states.Passages[by].From;
        }
        along.Reverse();
        return [.. _states.WayTo(state), .. along];
    }

    private bool Begins(Passage p) =>
        Ghost.Unpack(_states.GhostOf(p.From)).Clock is GhostClock.Off or GhostClock.Stopped && Ghost.Unpack(_states.GhostOf(p.To)).Clock is GhostClock.Running;

    private int? LimitOf(Ghost ghost) => ghost.Difficulty is { } difficulty
        ? Math.Min(policy.LimitOf(difficulty) + ghost.ExtendedBy, Math.Max(policy.CeilingOf(difficulty), policy.LimitOf(difficulty)))
        : null;

    /// <summary>A wait that nobody bounded, while the clock runs.</summary>
    private void Unbounded()
    {
        var told = new HashSet<int>();
        for (var p = 0; p < _states.Passages.Count; p++)
        {
            var passage = _states.Passages[p];
            if (!passage.Is(PassageKinds.Unbounded) || !Ghost.Unpack(_states.GhostOf(passage.From)).Owed || !told.Add(passage.Activity)) continue;
            _findings.Add(flow.Teller.FindThrough("G013", false, passage.Activity, $"没有时限的等待：“{_states.ActivityAt(passage.Activity).Caption}”没有写死几个工作日", p, null));
        }
    }

    private sealed record Way(long Days, int Limit, int Delivery, Longest Ways)
    {
        public IReadOnlyList<int> Passages { get; init; } = [];
    }
}
