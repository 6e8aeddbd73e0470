using System.Text.Json.Nodes;
using BanBuCheng.Desk.Flows;
using BanBuCheng.Desk.Gate;
using BanBuCheng.Engine.Durable;
using BanBuCheng.Stories.Given;
using BanBuCheng.Stories.House;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace BanBuCheng.Stories.Gate;

/// <summary>闸门在门口：坏了的流程进不来，在用的照用，什么也不丢。</summary>
public sealed class GateAtTheDoor : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gate-").FullName;

    public GateAtTheDoor()
    {
        foreach (var file in Directory.EnumerateFiles(Repository.Path("workflows"), "*.json")) File.Copy(file, Path.Combine(_folder, Path.GetFileName(file)));
    }

    [Theory(DisplayName = "启动时收到一份会让群众没下文的流程：不换上，存成草稿，日志和检查页都讲明白")]
    [InlineData(Given.Database.Sqlite)]
    [InlineData(Given.Database.PostgreSql)]
    public async Task A_file_that_breaks_the_promise_stays_a_draft(Given.Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00", _folder);
        await CutAsync("sign", "办成一部分");
        await hall.RestartAsync();

        var rows = await hall.ReadAsync(async db => await db.Set<FlowDefinitionRow>().AsNoTracking().Where(d => d.DefinitionId == "reply-and-explain").OrderBy(d => d.Version)
            .Select(d => new { d.Version, d.IsPublished, d.IsLatest }).ToListAsync(TestContext.Current.CancellationToken));
        Assert.Equal([(1, true, false), (2, false, true)], rows.Select(r => (r.Version, r.IsPublished, r.IsLatest)));
        Assert.Contains(hall.Log.Lines, line => line.Contains("reply-and-explain.json", StringComparison.Ordinal) && line.Contains("G003", StringComparison.Ordinal));

        await using (var scope = hall.Services.CreateAsyncScope())
        {
            var found = await scope.ServiceProvider.GetRequiredService<FlowCheckup>().OfAsync("reply-and-explain", TestContext.Current.CancellationToken);
            Assert.True(found!.IsRefused);
            Assert.Contains(found.Inspection.Findings, f => f is { Code: "G003", ActivityId: "sign" });
            // The main flow is looked at with the new inside, and tells where it leads.
            Assert.Contains(found.Inspection.Findings, f => f is { Code: "G001", Story: { } story } && story.Contains("没有答复", StringComparison.Ordinal));
        }

        // 照样受理，照老的走；修好了再导，就换上
        await hall.AcceptsAsync();
        File.Copy(Repository.Path("workflows/reply-and-explain.json"), Path.Combine(_folder, "reply-and-explain.json"), overwrite: true);
        var taken = await hall.Services.GetRequiredService<FlowShelf>().ImportAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["reply-and-explain.json"], taken.Where(f => f.Outcome is FileOutcome.Published).Select(f => f.FileName));
    }

    private async Task CutAsync(string source, string port)
    {
        var path = Path.Combine(_folder, "reply-and-explain.json");
        var flow = JsonNode.Parse(await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken))!;
        var connections = flow["root"]!["connections"]!.AsArray();
        connections.Remove(connections.First(c => c!["source"]!["activity"]!.GetValue<string>() == source && c["source"]!["port"]!.GetValue<string>() == port));
        await File.WriteAllTextAsync(path, flow.ToJsonString(), TestContext.Current.CancellationToken);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
