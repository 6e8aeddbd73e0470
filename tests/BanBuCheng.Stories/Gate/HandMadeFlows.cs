using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Gate;
using BanBuCheng.Engine.Checking;
using BanBuCheng.Web.Demo;
using Xunit;

namespace BanBuCheng.Stories.Gate;

/// <summary>The gate says of each small flow what is wrong with it, and nothing else.</summary>
public sealed class HandMadeFlows
{
    public static TheoryData<string> Names { get; } = [.. HandMade.All.Select(f => f.Name)];

    [Theory(DisplayName = "手画的流程：该说的说，不该说的不说")]
    [MemberData(nameof(Names))]
    public void Each_gets_its_codes_and_its_slack(string name)
    {
        var made = HandMade.All.Single(f => f.Name == name);
        var inspection = Inspect(made);
        Assert.True(made.Codes == Codes(inspection), Told(made, inspection));
        Assert.Equal(made.Slack, inspection.Slack);
        // Every story comes about in the interpreter as told; what a container's data decide, nobody can force.
        Assert.All(inspection.Findings.Where(f => f.Story is not null), f => Assert.True(f.Replayed != false, $"{f.Code} {f.ActivityId} does not replay: {f.Story}"));
    }

    [Theory(DisplayName = "手画的流程：计数器在 2、3、5 处封顶，结论一样")]
    [MemberData(nameof(Names))]
    public void The_verdict_does_not_depend_on_where_the_counters_are_cut_off(string name)
    {
        var made = HandMade.All.Single(f => f.Name == name);
        Assert.Equal(Codes(Inspect(made, new CheckLimits(K: 2))), Codes(Inspect(made, new CheckLimits(K: 5))));
    }

    internal static HallDirectory Hall { get; } = new(DemoPeople.Units.Select(u => u.Code).ToHashSet(),
        DemoPeople.People.ToDictionary(p => p.Login, p => (p.Unit, (IReadOnlyList<string>)p.Roles)));

    internal static Inspection Inspect(HandMade made, CheckLimits? limits = null)
    {
        var flows = made.Parts.Append(made.Flow).Select(s => s.Document).ToList();
        return new FlowInspection(GateWithoutHall.Host).Inspect(flows, (id, _) => flows.Find(f => f.DefinitionId == id), Hall, DeadlinePolicy.Default, limits);
    }

    internal static string Codes(Inspection inspection) =>
        string.Join(' ', inspection.Findings.Select(f => f.IsError ? f.Code : f.Code.ToLowerInvariant()).Distinct().OrderBy(c => c, StringComparer.OrdinalIgnoreCase).ThenBy(c => c));

    private static string Told(HandMade made, Inspection inspection)
    {
        var told = inspection.Findings.Select(f => $"{f.Code} {f.ActivityId} {f.Message} [{f.Because}]");
        return $"{made.Name}: expected '{made.Codes}', but found '{Codes(inspection)}', slack {inspection.Slack}\n{string.Join('\n', told)}";
    }
}
