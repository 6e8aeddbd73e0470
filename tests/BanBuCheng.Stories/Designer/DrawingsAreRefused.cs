using System.Text.Json.Nodes;
using BanBuCheng.Desk.Flows;
using BanBuCheng.Engine.Durable;
using BanBuCheng.Stories.Given;
using BanBuCheng.Stories.House;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace BanBuCheng.Stories.Designer;

/// <summary>存流程、删版本、停实例，哪些不行：缺的、读不懂的、在用的、走过的、别的流程用着的，两个人同时改的。什么也没丢。</summary>
public sealed class DrawingsAreRefused
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact(DisplayName = "存和导入：没有名称、重名、不是流程图、读不懂、画布空了、没有这一版，一样一样说")]
    public async Task What_is_not_kept()
    {
        await using var hall = await Hall.OpenAsync(Database.Sqlite, "2026-03-02 09:00");
        var before = await hall.RowsAsync("flow_definitions");
        Assert.Equal("flow.name-missing", await SavesAsync(null, New(" ")));
        Assert.Equal("flow.name-taken", await SavesAsync(null, New("延时")));
        Assert.Equal("flow.only-flowcharts", await SavesAsync(null, New("一步接一步", "Elsa.Sequence")));
        Assert.Equal("flow.unreadable", await AtOnce.CodeAsync(() => hall.DoAsync("栗知行", new ImportFlow(new JsonObject { ["name"] = "只有名字" }))));
        var empty = Shipped("extension");
        (empty["root"]!["activities"], empty["root"]!["connections"]) = (new JsonArray(), new JsonArray());
        Assert.Equal("flow.would-empty", await SavesAsync("extension", empty));
        Assert.Equal("flow.unknown", await AtOnce.CodeAsync(() => hall.DoAsync("栗知行", new PublishFlow("no-such"))));
        Assert.Equal("flow.unknown", await AtOnce.CodeAsync(() => hall.DoAsync("栗知行", new DeleteFlow("no-such", null))));
        Assert.Equal("flow.unknown", await AtOnce.CodeAsync(() => hall.DoAsync("栗知行", new RetractFlow("no-such"))));
        Assert.Equal("flow.version-unknown", await AtOnce.CodeAsync(() => hall.DoAsync("栗知行", new DeleteFlow("extension", "no-such"))));
        Assert.Equal("flow.version-unknown", await AtOnce.CodeAsync(() => hall.DoAsync("栗知行", new RevertFlow("extension", 99))));
        Assert.Equal("who.role-needed", await AtOnce.CodeAsync(() => hall.DoAsync("温敬之", new PublishFlow("extension"))));
        Assert.Equal(before, await hall.RowsAsync("flow_definitions"));

        Task<string?> SavesAsync(string? id, JsonObject document) => AtOnce.CodeAsync(() => hall.DoAsync("栗知行", new SaveFlow(id, document, null, null, false)));
    }

    [Theory(DisplayName = "两位管理员看着同一版，同时存不一样的：一个存下，另一个知道别人改过，不盖掉")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task Two_save_one_drawing(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        await hall.Door.SendAsync(new Desk.Offices.OpenOffices([], [("huaming", "画明", "BUREAU", "8800-1411", [Desk.Offices.Roles.ProcessAdmin])]), Desk.Steps.Actor.Clock, Ct);
        AtOnce.OneCounts("flow.changed-elsewhere", await AtOnce.DoAsync(() => SavesAsync("栗知行", "第一个人写的"), () => SavesAsync("画明", "第二个人写的")));
        Assert.Equal(2, await hall.ReadAsync(db => db.Set<FlowDefinitionRow>().CountAsync(d => d.DefinitionId == "extension", Ct)));

        Task SavesAsync(string name, string caption)
        {
            var flow = Shipped("extension");
            flow["root"]!["activities"]![0]!["metadata"]!["displayText"] = caption;
            return hall.DoAsync(name, new SaveFlow("extension", flow, "extension-v1", null, false));
        }
    }

    [Theory(DisplayName = "删不掉的：在用的、办件走过的、别的流程用着的；停不掉的：没办结的办件在走的，没有的实例")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task What_is_still_needed_stays(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        Assert.Equal("flow.still-published", await DeletesAsync("consolidation", "consolidation-v1"));

        var accepted = await hall.AcceptsAsync();
        var main = await hall.ReadAsync(db => db.Set<FlowInstanceRow>().AsNoTracking().SingleAsync(i => i.DefinitionId == "case-handling", Ct));
        var handling = JsonNode.Parse((await hall.ReadAsync(db => db.Set<FlowDefinitionRow>().AsNoTracking().SingleAsync(d => d.VersionId == main.DefinitionVersionId, Ct))).Document)!.AsObject();
        handling["root"]!["activities"]![0]!["metadata"]!["displayText"] = "从受理起";
        Assert.Empty((await hall.DoAsync("栗知行", new SaveFlow("case-handling", handling, null, null, true))).Findings.Where(f => f.IsError));
        Assert.Equal("flow.has-instances", await DeletesAsync("case-handling", main.DefinitionVersionId));

        Assert.Equal("flow.belongs-to-case", await AtOnce.CodeAsync(() => hall.DoAsync("栗知行", new StopInstance(main.Id))));
        Assert.Equal("flow.instance-unknown", await AtOnce.CodeAsync(() => hall.DoAsync("栗知行", new StopInstance(HallWork.Unknown))));
        await hall.JudgesAsync(accepted.Number);
        Assert.True(await hall.HasTaskAsync("石立群", accepted.Number, "部门协同"));
        Assert.True(await hall.DoAsync("栗知行", new RetractFlow("remainder-watch")));
        Assert.Equal("flow.used-by-others", await AtOnce.CodeAsync(() => hall.DoAsync("栗知行", new DeleteFlow("remainder-watch", null))));

        Task<string?> DeletesAsync(string id, string version) => AtOnce.CodeAsync(() => hall.DoAsync("栗知行", new DeleteFlow(id, version)));
    }

    private static JsonObject Shipped(string flow) => JsonNode.Parse(File.ReadAllText(Repository.Path($"workflows/{flow}.json")))!.AsObject();

    private static JsonObject New(string name, string root = "Elsa.Flowchart") => new()
    {
        ["name"] = name,
        ["root"] = new JsonObject { ["id"] = "root", ["type"] = root, ["version"] = 1, ["activities"] = new JsonArray() },
    };
}
