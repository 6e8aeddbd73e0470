using System.Text.Json.Nodes;
using BanBuCheng.Engine.Expectations;
using BanBuCheng.Stories.House;
using BanBuCheng.Web.Demo;
using Xunit;

namespace BanBuCheng.Stories.Rehearsal;

/// <summary>The expectation files of the shipped flows, in workflows/tests: every outcome, every 逾期, each way from the side.</summary>
public sealed class FlowsAsExpected
{
    private static readonly string Folder = Repository.Path("workflows/tests");

    public static TheoryData<string> Flows { get; } = [.. Directory.EnumerateDirectories(Folder).Select(d => Path.GetFileName(d)!).Order()];

    [Theory(DisplayName = "随产品的流程照期望文件走")]
    [MemberData(nameof(Flows))]
    public async Task A_shipped_flow_does_what_its_expectation_files_say(string flow)
    {
        var report = await CaseRunner.RunAllAsync(Path.Combine(Folder, flow), TestContext.Current.CancellationToken, DemoWorld.Vocabulary);
        Assert.NotEmpty(report.Cases);
        Assert.All(report.Cases, c => Assert.True(c.Ok, $"{c.Name}: {c.Reason}"));
    }

    [Fact(DisplayName = "每个流程都有期望文件，人的每个结果至少走过一次")]
    public void Every_flow_has_cases_and_every_outcome_of_a_person_is_taken()
    {
        var taken = Directory.EnumerateFiles(Folder, "expect.json", SearchOption.AllDirectories).SelectMany(f => JsonNode.Parse(File.ReadAllText(f))!["steps"]!.AsArray())
            .Where(s => s!["do"]!.GetValue<string>() == "complete").Select(s => (Task: s!["task"]!.GetValue<string>(), Outcome: s["outcome"]!.GetValue<string>())).ToHashSet();
        var missing = new List<string>();
        foreach (var file in Directory.EnumerateFiles(Repository.Path("workflows"), "*.json"))
        {
            var id = Path.GetFileNameWithoutExtension(file);
            if (!Directory.Exists(Path.Combine(Folder, id))) missing.Add($"{id} has no cases");
            foreach (var activity in JsonNode.Parse(File.ReadAllText(file))!["root"]!["activities"]!.AsArray().Where(a => a!["type"]!.GetValue<string>() == "BanBuCheng.HumanTask"))
            {
                var task = activity!["id"]!.GetValue<string>();
                foreach (var outcome in JsonNode.Parse(activity["outcomes"]!["expression"]!["value"]!.GetValue<string>())!.AsArray().Select(o => o!.GetValue<string>()))
                    if (!taken.Contains((task, outcome))) missing.Add($"{id}: {task} is never left by {outcome}");
            }
        }

        Assert.Empty(missing);
    }

    [Theory(DisplayName = "看不懂的步骤、看不懂的键、被拒绝的办法，都不算通过")]
    [InlineData("""{"do":"start","definitionId":"case-handling"},{"do":"complete","task":"judge","outcome":"部门协同","speed":"fast"}""", "unknown key 'speed'")]
    [InlineData("""{"do":"start","definitionId":"case-handling","case":{"difficulty":"Easy"}}""", "expected one of Simple, Complex, Special")]
    [InlineData("""{"do":"start","definitionId":"case-handling","case":{"colour":"red"}}""", "unknown key 'case.colour'")]
    [InlineData("""{"do":"start","definitionId":"case-handling","expect":{"mood":"good"}}""", "unknown expectation 'mood'")]
    [InlineData("""{"do":"start","definitionId":"case-handling"},{"do":"dance"}""", "unknown step 'dance'")]
    [InlineData("""{"do":"start","definitionId":"case-handling"},{"do":"complete","task":"judge","outcome":"差不多","answer":{"lawful":"YES","difficulty":"Complex","policyAttribute":"NO_BARRIER","causeCodes":["PROCESS"],"lead":"HEALTH"}}""", "task.outcome-unknown")]
    [InlineData("""{"do":"start","definitionId":"case-handling"},{"do":"complete","task":"judge","outcome":"部门协同","answer":{}}""", "还没写")]
    [InlineData("""{"do":"start","definitionId":"case-handling"},{"do":"tell"}""", "notice.nothing-to-tell")]
    [InlineData("""{"do":"start","definitionId":"case-handling"},{"do":"ask","name":"case.holiday"}""", "flow.nobody-listens")]
    [InlineData("""{"do":"start","definitionId":"case-handling","expect":{"openTasks":[]}}""", "openTasks: expected []")]
    public async Task What_is_not_understood_or_refused_fails_the_case(string steps, string why)
    {
        var folder = Directory.CreateTempSubdirectory("flow-test-");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "expect.json"), $$"""{"hall":{"flows":"{{Repository.Path("workflows")}}"},"clock":"2026-10-12T01:00:00Z","steps":[{{steps}}]}""", TestContext.Current.CancellationToken);
        var result = await CaseRunner.RunAsync(folder.FullName, TestContext.Current.CancellationToken, DemoWorld.Vocabulary);
        Assert.False(result.Ok);
        Assert.Contains(why, result.Reason, StringComparison.Ordinal);
    }
}
