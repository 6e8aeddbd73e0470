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
    [InlineData("""{"do":"start","definitionId":"wf","expect":null}""", "step 1 (start): expect is no object")]
    [InlineData("""{"do":"start","definitionId":"other"}""", "step 1 (start): No published version")]
    [InlineData("""{"do":"start","definitionId":"wf","version":"new"}""", "step 1 (start): 'version' is no whole number")]
    [InlineData("""{"do":"start","definitionId":"wf","input":"x"}""", "step 1 (start): 'input' is no object")]
    [InlineData("""{"do":"start","definitionId":"wf","correlationId":{}}""", "step 1 (start): 'correlationId' is no text")]
    [InlineData("""{"do":"start","definitionId":"wf"},{"do":"resume","bookmark":"E"}""", "step 2 (resume): 'bookmark' is no object")]
    [InlineData("""{"do":"start","definitionId":"wf"},{"do":"advance","by":"-01:00:00"}""", "step 2 (advance): by:")]
    [InlineData("""{"do":"retract","definitionId":"other"}""", "step 1 (retract): No published version")]
    [InlineData("""{"do":"load","file":"nowhere.json","load":"publish"}""", "step 1 (load): there is no file 'nowhere.json'")]
    [InlineData("""{"do":"start","definitionId":"wf","expect":{"lines":["a"],"lines":[]}}""", "expect.json is not readable: Duplicate property 'lines'")]
    public async Task A_wrong_or_misspelt_expectation_fails_its_case(string step, string why)
    {
        await FailsAsync($$"""{"definitions":[{"file":"workflow.json","load":"publish"}],"steps":[{{step}}]}""", why);
    }

    [Theory]
    [InlineData("", "expect.json is not readable")]
    [InlineData("[]", "expect.json is no object")]
    [InlineData("""{"steps":[]}""", "no steps")]
    [InlineData("""{"clock":"yesterday","steps":[{"do":"check"}]}""", "clock: 'yesterday' is no instant")]
    [InlineData("""{"definitions":{"file":"workflow.json"},"steps":[{"do":"check"}]}""", "definitions is no list")]
    [InlineData("""{"definitions":[{"file":"expect.json","load":"publish"}],"steps":[{"do":"check"}]}""", "expect.json: ")]
    public async Task A_file_that_is_no_case_fails_with_its_reason(string expect, string why) => await FailsAsync(expect, why);

    private static async Task FailsAsync(string expect, string why)
    {
        var folder = Directory.CreateTempSubdirectory("case-");
        try
        {
            File.Copy(Path.Combine(Folder, "correlate", "workflow.json"), Path.Combine(folder.FullName, "workflow.json"));
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "expect.json"), expect, TestContext.Current.CancellationToken);

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
