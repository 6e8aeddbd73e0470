using System.Text.Json.Nodes;
using BanBuCheng.Desk.Flows;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Engine.Durable;
using BanBuCheng.Stories.Given;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace BanBuCheng.Stories.Designer;

/// <summary>两个人在同一瞬间存同一份草稿：一个算数，另一个被告知，两种数据库都一样。</summary>
public sealed class TwoAtOneDraft
{
    [Theory(DisplayName = "同一瞬间存同一份草稿：一个算数，另一个被告知；重启以后一个字没变")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task One_is_kept(Database database)
    {
        var ct = TestContext.Current.CancellationToken;
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var stored = await hall.ReadAsync(db => db.Set<FlowDefinitionRow>().AsNoTracking().SingleAsync(d => d.DefinitionId == "pause", ct));
        var outcomes = await Task.WhenAll(((string[])["甲", "乙"]).Select(name => Task.Run(async () =>
        {
            var document = JsonNode.Parse(stored.Document)!.AsObject();
            document["description"] = name;
            try
            {
                await hall.DoAsync("栗知行", new SaveFlow("pause", document, stored.VersionId, stored.Hash[..16], Publish: false));
                return name;
            }
            catch (RefusedException refused)
            {
                Assert.Equal("flow.changed-elsewhere", refused.Code);
                return null;
            }
        })));
        var winner = Assert.Single(outcomes.OfType<string>());
        var before = await AllAsync(hall);
        Assert.Equal(2, before.Count(d => d.DefinitionId == "pause"));
        Assert.Contains($"\"description\": \"{winner}\"", before.Single(d => d is { DefinitionId: "pause", IsLatest: true }).Document, StringComparison.Ordinal);

        await hall.RestartAsync();
        Assert.Equal(before.Select(d => (d.VersionId, d.Hash, d.IsLatest, d.IsPublished)), (await AllAsync(hall)).Select(d => (d.VersionId, d.Hash, d.IsLatest, d.IsPublished)));
    }

    private static Task<List<FlowDefinitionRow>> AllAsync(Hall hall) =>
        hall.ReadAsync(db => db.Set<FlowDefinitionRow>().AsNoTracking().OrderBy(d => d.VersionId).ToListAsync(TestContext.Current.CancellationToken));
}
