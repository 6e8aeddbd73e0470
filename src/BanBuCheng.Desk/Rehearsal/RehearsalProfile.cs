namespace BanBuCheng.Desk.Rehearsal;

/// <summary>What people do when nothing is recorded: how often each outcome, by role; how long, as a part of the limit. Assumptions, and called so.</summary>
public sealed record RehearsalProfile
{
    /// <summary>Shares by outcome, for every role; outcomes that are not named share what is left.</summary>
    public IReadOnlyDictionary<string, double> Shares { get; init; } = new Dictionary<string, double>
    {
        ["转服务站研判"] = 0.2, ["先补材料"] = 0.2, ["依法不能办"] = 0.06, ["不归我们管"] = 0.05, ["有异议"] = 0.15, ["方案被推翻，再想办法"] = 0.15, ["提请联合党委"] = 0.12,
        ["办成一部分"] = 0.08, ["退回重拟"] = 0.1, ["群众不补了"] = 0.1, ["没解决"] = 0.06, ["没解决，但听明白了"] = 0.4, ["联系不上"] = 0.08,
    };

    /// <summary>Learned: how often each outcome was chosen by a role or a unit. Used before <see cref="Shares"/> where there is anything.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>> Counted { get; init; } = new Dictionary<string, IReadOnlyDictionary<string, int>>();

    /// <summary>Shares of Simple and Complex; the rest is Special.</summary>
    public double Simple { get; init; } = 0.45;
    public double Complex { get; init; } = 0.45;

    /// <summary>How often somebody who is asked to sign chooses what was drafted before them, where it is offered.</summary>
    public double Agrees { get; init; } = 0.85;

    /// <summary>Part of the tasks that take longer than their limit (up to twice); 0 = everybody is in time by themselves.</summary>
    public double LateShare { get; init; }

    /// <summary>Part of the messages that get their delivery report; the rest are told by telephone.</summary>
    public double SmsDelivered { get; init; } = 0.96;

    /// <summary>The outcome that a number in [0, 1) falls on.</summary>
    public string Choose(string who, IReadOnlyList<string> offered, double drawn)
    {
        var weights = WeightsOf(who, offered);
        var (all, sum) = (weights.Sum(), 0.0);
        for (var i = 0; i < offered.Count; i++)
        {
            sum += weights[i];
            if (drawn * all < sum) return offered[i];
        }

        return offered[^1];
    }

    private double[] WeightsOf(string who, IReadOnlyList<string> offered)
    {
        if (Counted.TryGetValue(who, out var counts) && offered.Sum(o => counts.GetValueOrDefault(o)) > 0) return [.. offered.Select(o => (double)counts.GetValueOrDefault(o))];
        var named = offered.Where(Shares.ContainsKey).Sum(o => Shares[o]);
        var others = offered.Count(o => !Shares.ContainsKey(o));
        var rest = others == 0 ? 0 : Math.Max(0.05, 1 - named) / others;
        return [.. offered.Select(o => Shares.TryGetValue(o, out var share) ? share : rest)];
    }
}
