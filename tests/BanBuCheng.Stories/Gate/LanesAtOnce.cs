using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Gate;
using BanBuCheng.Engine.Checking;
using Xunit;

namespace BanBuCheng.Stories.Gate;

/// <summary>三个单位同时办，各有八道手续：画得出来的，也证得出来；余量还是最慢的那一路剩下的。</summary>
public sealed class LanesAtOnce
{
    private static readonly DeadlinePolicy Patient = DeadlinePolicy.Default with { Complex = new(60, "测试"), Ceiling = new(90, "测试") };

    [Fact(DisplayName = "真的走不完的：说走不完，绝不当作通过")]
    public void What_was_not_seen_to_the_end_is_never_passed()
    {
        var flow = Lanes(8, 8, 1, out _);
        var inspection = new FlowInspection(GateWithoutHall.Host).Inspect([flow.Document], (_, _) => null, HandMadeFlows.Hall, Patient, new CheckLimits(States: 10_000));
        var unproven = Assert.Single(inspection.Findings, f => f.Code == "G017");
        Assert.True(unproven.IsError);
        Assert.Contains("不能证明必有答复", unproven.Message, StringComparison.Ordinal);
        Assert.Null(inspection.Slack);
    }

    [Theory(DisplayName = "几路并行的人工办理：闸门走得完，一条错误也没有")]
    [InlineData(3, 8, 1)]
    [InlineData(3, 8, 3)]
    [InlineData(4, 6, 1)]
    public void They_are_proven(int lanes, int tasks, int differentDays)
    {
        var flow = Lanes(lanes, tasks, differentDays, out var slowest);
        var inspection = new FlowInspection(GateWithoutHall.Host).Inspect([flow.Document], (_, _) => null, HandMadeFlows.Hall, Patient);
        Assert.Empty(inspection.Findings.Where(f => f.IsError).Select(f => $"{f.Code} {f.Message}"));
        Assert.Equal(60 - slowest, inspection.Slack);
        Assert.True(inspection.States < 60_000, $"{inspection.States} situations.");
    }

    private static Sketch Lanes(int lanes, int tasks, int differentDays, out int slowest)
    {
        var lane = (int l, int t) => $"第{l + 1}路{t + 1}";
        var flow = new Sketch("lanes").Clock().Fork("分", [.. Enumerable.Range(1, lanes).Select(l => $"第{l}路")]).Join("合", "WaitAll").Reply().Close().Wires("start>启动时限>分 合>答复>办结");
        slowest = 0;
        for (var l = 0; l < lanes; l++)
        {
            var days = 0;
            for (var t = 0; t < tasks; t++)
            {
                var within = 1 + (l * tasks + t) % differentDays;
                days += within;
                // Two answers that both go on: what was answered on the way no longer matters.
                flow.Task(lane(l, t), within, "好", "也行");
                if (t > 0) flow.Wires($"{lane(l, t - 1)}.好>{lane(l, t)} {lane(l, t - 1)}.也行>{lane(l, t)}");
            }

            slowest = Math.Max(slowest, days);
            // A join of all knows every line that comes to it: both answers meet before it.
            flow.Line($"第{l + 1}路完").Wires($"分.第{l + 1}路>{lane(l, 0)} {lane(l, tasks - 1)}.好>第{l + 1}路完>合 {lane(l, tasks - 1)}.也行>第{l + 1}路完");
        }

        return flow;
    }
}
