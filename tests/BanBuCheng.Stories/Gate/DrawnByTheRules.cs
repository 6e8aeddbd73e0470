using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Gate;
using CsCheck;
using Xunit;

namespace BanBuCheng.Stories.Gate;

/// <summary>Who keeps to the drawing rules is never stopped, and the days the gate counts are the days there are.</summary>
public sealed class DrawnByTheRules
{
    private static readonly long Flows = long.TryParse(Environment.GetEnvironmentVariable("BANBUCHENG_GATE_FLOWS"), out var many) ? many : 40;
    private static readonly DeadlinePolicy Patient = DeadlinePolicy.Default with { Complex = new(60, "测试"), Ceiling = new(90, "测试") };

    [Fact(DisplayName = "照规矩画的流程，没有一条错误；余量正好是最慢的一条路剩下的")]
    public void There_is_no_error_and_the_slack_is_what_the_slowest_way_leaves() => Block.Any(3).Sample(block =>
    {
        var (flow, parts) = block.Draw();
        var flows = parts.Append(flow).Select(s => s.Document).ToList();
        var inspection = new FlowInspection(GateWithoutHall.Host).Inspect(flows, (id, _) => flows.Find(f => f.DefinitionId == id), HandMadeFlows.Hall, Patient);
        if (inspection.Findings.Any(f => f.Code == "G017")) return;
        Assert.Empty(inspection.Findings.Where(f => f.IsError).Select(f => $"{f.Code} {f.Message}"));
        Assert.Equal(60 - block.Slowest, inspection.Slack);
    }, iter: Flows, threads: 2, print: b => b.ToString());

    [Fact(DisplayName = "多一格没有关系的自动步骤，或者全改个名字，结论不变")]
    public void An_isolated_step_or_other_names_change_nothing()
    {
        foreach (var made in HandMade.All.Where(m => m.Name != "no-entry"))
        {
            var flows = made.Parts.Append(made.Flow).Select(s => s.Json).ToList();
            var root = flows[^1]["root"]!;
            var first = root["connections"]!.AsArray().First(c => c!["source"]!["activity"]!.GetValue<string>() == "start")!;
            root["activities"]!.AsArray().Add(new System.Text.Json.Nodes.JsonObject { ["id"] = "多的一步", ["type"] = "Elsa.SetName", ["version"] = 1 });
            root["connections"]!.AsArray().Add(new System.Text.Json.Nodes.JsonObject
            {
                ["source"] = new System.Text.Json.Nodes.JsonObject { ["activity"] = "多的一步", ["port"] = "Done" }, ["target"] = first["target"]!.DeepClone(),
            });
            first["target"] = new System.Text.Json.Nodes.JsonObject { ["activity"] = "多的一步" };
            foreach (var activity in root["activities"]!.AsArray()) activity!["metadata"] = new System.Text.Json.Nodes.JsonObject { ["displayText"] = $"改名{activity["id"]}" };
            var read = flows.ConvertAll(f => Engine.Documents.FlowReader.Read(f.ToJsonString()).Document!);
            var inspection = new FlowInspection(GateWithoutHall.Host).Inspect(read, (id, _) => read.Find(f => f.DefinitionId == id), HandMadeFlows.Hall, DeadlinePolicy.Default);
            Assert.True(made.Codes == HandMadeFlows.Codes(inspection), $"{made.Name}: {HandMadeFlows.Codes(inspection)}");
            Assert.Equal(made.Slack, inspection.Slack);
        }
    }
}
