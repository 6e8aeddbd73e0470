using System.Text.Json.Nodes;
using BanBuCheng.Desk;
using BanBuCheng.Desk.Flows;
using BanBuCheng.Engine.Activities;
using BanBuCheng.Engine.Documents;
using BanBuCheng.Engine.Durable;
using BanBuCheng.Stories.Given;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace BanBuCheng.Stories.House;

/// <summary>The flows that travel with the program: canonical, complete, readable in a designer, and taken without a finding.</summary>
public sealed class ShippedFlows
{
    public static TheoryData<string> Files { get; } =
        [.. Directory.EnumerateFiles(Repository.Path("workflows"), "*.json").Select(f => Path.GetFileName(f)!).Order()];

    [Theory(DisplayName = "流程文件读进来再写出去，一个字不差")]
    [MemberData(nameof(Files))]
    public void A_file_is_written_as_it_was_read(string file)
    {
        var text = File.ReadAllText(Repository.Path($"workflows/{file}"));
        Assert.Equal(text, FlowWriter.Write(FlowReader.Read(text).Document!));
    }

    [Theory(DisplayName = "每个流程的名字和每个方框的字都是中文")]
    [MemberData(nameof(Files))]
    public void Every_name_and_caption_is_Chinese(string file)
    {
        var document = JsonNode.Parse(File.ReadAllText(Repository.Path($"workflows/{file}")))!;
        Assert.Matches(@"\p{IsCJKUnifiedIdeographs}", document["name"]!.GetValue<string>());
        Assert.All(Activities(document), a => Assert.Matches(@"\p{IsCJKUnifiedIdeographs}", a["metadata"]!["displayText"]!.GetValue<string>()));
    }

    [Theory(DisplayName = "每个流程都从“开始”开始，方框不叠在一起")]
    [MemberData(nameof(Files))]
    public void Every_flow_has_a_clear_entry_and_no_box_on_another(string file)
    {
        var boxes = Activities(JsonNode.Parse(File.ReadAllText(Repository.Path($"workflows/{file}")))!).ToList();
        Assert.Single(boxes, a => a["type"]!.GetValue<string>() == "Elsa.Start" || a["customProperties"]?["canStartWorkflow"]?.GetValue<bool>() == true);
        var frames = boxes.Select(a => (Id: a["id"]!.GetValue<string>(), At: a["metadata"]!["designer"]!["position"]!, Size: a["metadata"]!["designer"]!["size"]!))
            .Select(b => (b.Id, X: b.At["x"]!.GetValue<double>(), Y: b.At["y"]!.GetValue<double>(), W: b.Size["width"]!.GetValue<double>(), H: b.Size["height"]!.GetValue<double>())).ToList();
        var overlapping = from one in frames
                          from other in frames
                          where string.CompareOrdinal(one.Id, other.Id) < 0 && one.X < other.X + other.W && other.X < one.X + one.W && one.Y < other.Y + other.H && other.Y < one.Y + one.H
                          select $"{one.Id} lies on {other.Id}";
        Assert.Empty(overlapping);
    }

    [Theory(DisplayName = "每个方框的种类系统都认识，每个结果都有连线")]
    [MemberData(nameof(Files))]
    public void Every_activity_is_known_and_every_outcome_connected(string file)
    {
        var document = JsonNode.Parse(File.ReadAllText(Repository.Path($"workflows/{file}")))!;
        var parts = Files.Select(f => JsonNode.Parse(File.ReadAllText(Repository.Path($"workflows/{(string)f.Data}")))!).ToDictionary(d => d["definitionId"]!.GetValue<string>());
        var known = BuiltIn.Descriptors.Concat(DeskServices.Palette).ToDictionary(d => d.Type);
        var connected = document["root"]!["connections"]!.AsArray().Select(c => (c!["source"]!["activity"]!.GetValue<string>(), c["source"]!["port"]!.GetValue<string>())).ToHashSet();
        foreach (var activity in Activities(document))
        {
            var (id, type) = (activity["id"]!.GetValue<string>(), activity["type"]!.GetValue<string>());
            if (activity["workflowDefinitionId"]?.GetValue<string>() is { } part)
            {
                Assert.True(parts.ContainsKey(part), $"{id} uses flow {part}, which does not travel with the program.");
                Assert.Equal(type, parts[part]["name"]!.GetValue<string>());
                Assert.All(parts[part]["outcomes"]!.AsArray(), o => Assert.Contains((id, o!.GetValue<string>()), connected));
                continue;
            }

            Assert.True(known.ContainsKey(type), $"{id} is of unknown type {type}.");
            if (type == "BanBuCheng.HumanTask")
                Assert.All(JsonNode.Parse(activity["outcomes"]!["expression"]!["value"]!.GetValue<string>())!.AsArray(), o => Assert.Contains((id, o!.GetValue<string>()), connected));
        }
    }

    [Fact(DisplayName = "随程序带的流程全部通过闸门发布；再导一次什么也不变")]
    public async Task All_pass_the_gate_and_a_second_import_changes_nothing()
    {
        await using var hall = await Hall.OpenAsync(Database.Sqlite, "2026-11-23 09:00", flows: Directory.CreateTempSubdirectory("no-flows-").FullName);
        var shelf = await FlowFile.ReadAllAsync(Repository.Path("workflows"), TestContext.Current.CancellationToken);
        var first = await hall.Door.SendAsync(new ImportFlowFiles(shelf), Desk.Steps.Actor.Clock, TestContext.Current.CancellationToken);
        Assert.All(first, file => Assert.True(file.Outcome is FileOutcome.Published && !file.Findings.Any(f => f.IsError), $"{file.FileName}: {file.Outcome} {string.Join("；", file.Findings.Select(f => f.Message))}"));
        var second = await hall.Door.SendAsync(new ImportFlowFiles(shelf), Desk.Steps.Actor.Clock, TestContext.Current.CancellationToken);
        Assert.All(second, file => Assert.Equal(FileOutcome.Unchanged, file.Outcome));
        Assert.NotNull(hall.Services.GetRequiredService<FlowShelf>());
    }

    private static IEnumerable<JsonNode> Activities(JsonNode document) => document["root"]!["activities"]!.AsArray().Select(a => a!);
}
