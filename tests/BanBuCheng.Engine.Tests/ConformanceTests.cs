using BanBuCheng.Engine.Expectations;
using Xunit;

namespace BanBuCheng.Engine.Tests;

/// <summary>The engine means what the documents mean: recorded behaviour of the reference, case by case.</summary>
public sealed class ConformanceTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Conformance");

    public static TheoryData<string> Cases => [.. Directory.EnumerateDirectories(Folder).Select(d => Path.GetFileName(d)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_document_behaves_as_recorded(string name)
    {
        var result = await CaseRunner.RunAsync(Path.Combine(Folder, name), TestContext.Current.CancellationToken);
        Assert.True(result.Ok, result.Reason);
    }

    [Fact]
    public async Task A_further_set_of_cases_behaves_as_recorded()
    {
        var folder = Environment.GetEnvironmentVariable("BANBUCHENG_CONFORMANCE");
        if (string.IsNullOrEmpty(folder)) Assert.Skip("No further set of cases: name its folder in BANBUCHENG_CONFORMANCE.");
        var report = await CaseRunner.RunAllAsync(folder!, TestContext.Current.CancellationToken);
        Assert.True(report.Passed > 0, $"No case below {folder}.");
        Assert.True(report.Failed == 0, string.Join('\n', report.Cases.Where(c => !c.Ok).Select(c => $"{c.Name}: {c.Reason}")));
    }

    [Theory]
    [InlineData("""{"do":"start","definitionId":"wf","expect":{"lines":["nothing like it"]}}""", "lines")]
    [InlineData("""{"do":"start","definitionId":"wf","expect":{"lines":[],"subStatus":"Faulted"}}""", "lines")]
    [InlineData("""{"do":"start","definitionId":"wf","expect":{"linse":[]}}""", "unknown expectation")]
    [InlineData("""{"do":"start","definitionId":"wf","corelationId":"x"}""", "unknown key")]
    [InlineData("""{"do":"stand on your head"}""", "unknown step")]
    public async Task A_wrong_or_misspelt_expectation_fails_its_case(string step, string why)
    {
        var folder = Directory.CreateTempSubdirectory("case-");
        try
        {
            File.Copy(Path.Combine(Folder, "correlate", "workflow.json"), Path.Combine(folder.FullName, "workflow.json"));
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "expect.json"),
                $$"""{"definitions":[{"file":"workflow.json","load":"publish"}],"steps":[{{step}}]}""", TestContext.Current.CancellationToken);

            var result = await CaseRunner.RunAsync(folder.FullName, TestContext.Current.CancellationToken);

            Assert.False(result.Ok);
            Assert.Contains(why, result.Reason, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(true);
        }
    }
}
