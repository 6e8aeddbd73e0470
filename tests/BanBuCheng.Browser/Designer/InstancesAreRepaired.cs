using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using BanBuCheng.Browser.Given;
using Microsoft.Playwright;
using Xunit;

namespace BanBuCheng.Browser.Designer;

/// <summary>From the viewer's head an administrator does what a flow needs: tries again, skips, cancels, moves one case after a dry run; each is one click away, asks why, and holds.</summary>
[Collection(nameof(StudioSite))]
public sealed class InstancesAreRepaired(StudioSite hall)
{
    /// <summary>A pause that breaks as long as its number is small.</summary>
    private const string Broken =
        """
        { "id": "pause-broken", "definitionId": "pause", "name": "中止计时", "version": 1, "isLatest": true, "isPublished": false,
          "variables": [ { "id": "n", "name": "n", "typeName": "Int32", "value": "1", "storageDriverTypeName": "Elsa.Workflows.WorkflowInstanceStorageDriver, Elsa.Workflows.Core" } ],
          "inputs": [], "outputs": [], "outcomes": [], "customProperties": { "BanBuCheng.Kind": "Side" }, "options": {},
          "root": { "id": "chart", "type": "Elsa.Flowchart", "version": 1, "customProperties": {}, "metadata": {}, "variables": [],
            "activities": [
              { "id": "asked", "type": "Elsa.Event", "version": 1, "customProperties": { "canStartWorkflow": true }, "metadata": { "displayText": "有人申请", "designer": { "position": { "x": 40, "y": 60 } } }, "eventName": { "typeName": "String", "expression": { "type": "Literal", "value": "case.pause-requested" } } },
              { "id": "count", "type": "Elsa.FlowDecision", "version": 1, "customProperties": {}, "metadata": { "displayText": "数一数", "designer": { "position": { "x": 300, "y": 60 } } },
                "condition": { "typeName": "Boolean", "expression": { "type": "JavaScript", "value": "if (getN() < 5) throw 'too small'; return true" } } },
              { "id": "yes", "type": "Elsa.WriteLine", "version": 1, "customProperties": {}, "metadata": { "displayText": "够了", "designer": { "position": { "x": 560, "y": 20 } } }, "text": { "typeName": "String", "expression": { "type": "Literal", "value": "yes" } } },
              { "id": "no", "type": "Elsa.WriteLine", "version": 1, "customProperties": {}, "metadata": { "displayText": "不够", "designer": { "position": { "x": 560, "y": 140 } } }, "text": { "typeName": "String", "expression": { "type": "Literal", "value": "no" } } } ],
            "connections": [
              { "source": { "activity": "asked", "port": "Done" }, "target": { "activity": "count", "port": "In" } },
              { "source": { "activity": "count", "port": "True" }, "target": { "activity": "yes", "port": "In" } },
              { "source": { "activity": "count", "port": "False" }, "target": { "activity": "no", "port": "In" } } ] } }
        """;

    [Fact(DisplayName = "看实例时页头就是去处：再试、跳过、取消，先试一遍再换版本；做了什么，页面上和库里都是真的")]
    public async Task From_the_head_of_the_viewer()
    {
        var (number, other) = (await hall.AcceptAsync("证上的名字多一点，社保卡换不了", "复杂"), await hall.AcceptAsync("门牌改过三次，地址证明没人开", "复杂"));
        await using var studio = await Studio.EnterAsync(hall.Site, "栗知行");
        await PostAsync(studio, "workflow-definitions/import", JsonNode.Parse(Broken)!);
        await PostAsync(studio, "workflow-definitions/pause/publish", new JsonObject());

        await AskForPauseAsync(number);
        var broken = Assert.Single(await InstancesAsync(studio, number, "pause"));
        await ViewAsync(studio, broken.Id);
        await Says(studio, "“数一数”出了差错");
        await studio.ReadAsync("broken");
        await studio.PictureAsync("designer-viewer-broken");

        // Tried again without a cure: another breakdown, told in the head again.
        await WayAsync(studio, "再试一次");
        await studio.Visitor.WriteAsync("为什么这样处理", "先碰碰运气");
        await studio.Visitor.PressAsync("就这样处理");
        await studio.Visitor.SeesAsync("已经让它再试了");
        Assert.Equal(("Running", 1), await StateAsync(studio, broken.Id));
        await studio.Page.GetByRole(AriaRole.Link, new() { Name = "看它走到哪里" }).ClickAsync();
        await Says(studio, "“数一数”出了差错");

        // Skipped by the other way out: it ends.
        await WayAsync(studio, "跳过这一步");
        Assert.True(await studio.Page.Locator("input[value=skip]").IsCheckedAsync());
        await studio.Page.Locator("#Form_Outcome").SelectOptionAsync("False");
        await studio.Visitor.WriteAsync("为什么这样处理", "这一步不用数");
        await studio.Visitor.PressAsync("就这样处理");
        await studio.Visitor.SeesAsync("跳过了，流程接着走");
        Assert.Equal(("Finished", 0), await StateAsync(studio, broken.Id));
        await ViewAsync(studio, broken.Id);
        await Says(studio, "这个流程走完了");

        // Asked for once more, and cancelled: the case itself stays open.
        await AskForPauseAsync(number);
        var second = Assert.Single(await InstancesAsync(studio, number, "pause"), i => i.Id != broken.Id);
        await ViewAsync(studio, second.Id);
        await WayAsync(studio, "取消这个流程");
        await studio.Visitor.WriteAsync("为什么取消", "不要停表了");
        await studio.Visitor.PressAsync("取消这个流程");
        await studio.Visitor.SeesAsync("这个流程取消了");
        Assert.Equal(("Finished", 0), await StateAsync(studio, second.Id));
        await ViewAsync(studio, second.Id);
        await Says(studio, "这个流程已经取消了");

        // The main flow owes a reply: to cancel it is not even offered. A newer version comes in force, and this one case moves to it.
        var (main, stays) = (Assert.Single(await InstancesAsync(studio, number, "case-handling")), Assert.Single(await InstancesAsync(studio, other, "case-handling")));
        var model = await studio.FlowAsync("case-handling", "Published");
        model["description"] = $"{model["description"]}（改过说明）";
        await PostAsync(studio, "workflow-definitions/import", model);
        await PostAsync(studio, "workflow-definitions/case-handling/publish", new JsonObject());
        var newest = (int)(await studio.FlowAsync("case-handling", "Published"))["version"]!;
        Assert.True(newest > main.Version);
        await ViewAsync(studio, main.Id);
        await Says(studio, "还欠着答复，不能取消");
        Assert.Equal(0, await studio.Page.Locator("#bbc-ways a").Filter(new() { HasText = "取消" }).CountAsync());
        await studio.PictureAsync("designer-viewer-newer");
        await WayAsync(studio, $"试着换到第{newest}版");
        await studio.Visitor.SeesAsync("把这一件换到新版本");
        await studio.Visitor.SeesAsync("能换");
        await BothSizes.AreGoodAsync(studio.Visitor, "operations-move-one");
        Assert.Equal(main.Version, Assert.Single(await InstancesAsync(studio, number, "case-handling")).Version);
        await studio.Visitor.WriteAsync("为什么换", "照新的说明办");
        await studio.Visitor.PressAsync("把这一件换过去");
        await studio.Visitor.SeesAsync("换好了1件");
        Assert.Equal(newest, Assert.Single(await InstancesAsync(studio, number, "case-handling")).Version);
        Assert.Equal(stays.Version, Assert.Single(await InstancesAsync(studio, other, "case-handling")).Version);
        await studio.Page.GetByRole(AriaRole.Link, new() { Name = "看它走到哪里" }).ClickAsync();
        await Says(studio, "走的就是在用的这一版");
        await studio.DrawnAsync();
        await studio.WasWellAsync();

        // The head of the station still has the case's task in hand, and the file tells who did what and why.
        Assert.Contains("研判", await hall.TaskOfAsync("温敬之", number), StringComparison.Ordinal);
        await using var head = await Visitor.EnterAsync(hall.Site, "温敬之");
        await head.GoAsync($"cases/{number}");
        var file = await head.TextAsync();
        Assert.Contains("照新的说明办", file, StringComparison.Ordinal);
        Assert.Contains("这一步不用数", file, StringComparison.Ordinal);
        head.HadNoTrouble();
    }

    private async Task AskForPauseAsync(string number)
    {
        await using var head = await Visitor.EnterAsync(hall.Site, "温敬之");
        await head.GoAsync($"cases/{number}");
        await head.Page.Locator("#aside summary").ClickAsync();
        await head.Page.Locator("#pause-why").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await head.Page.Locator("#pause-days").FillAsync("3");
        await head.PressAsync("申请暂停");
        await head.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        head.HadNoTrouble();
    }

    private static async Task ViewAsync(Studio studio, string instance)
    {
        await studio.GoAsync($"designer/workflows/instances/{instance}/view");
        await studio.DrawnAsync();
    }

    private static Task Says(Studio studio, string text) => Assertions.Expect(studio.Page.Locator("#bbc-ways")).ToContainTextAsync(text, new() { Timeout = 60_000 });

    /// <summary>One click in the head, and its page is there.</summary>
    private static async Task WayAsync(Studio studio, string way)
    {
        await studio.Page.Locator("#bbc-ways").GetByRole(AriaRole.Link, new() { Name = way }).ClickAsync();
        await studio.Page.WaitForURLAsync(new Regex("/operations/"));
    }

    private static async Task PostAsync(Studio studio, string path, JsonNode body)
    {
        var answer = await studio.Page.APIRequest.PostAsync(new Uri(studio.Visitor.Site.Address, $"elsa/api/{path}").ToString(), new() { DataObject = body });
        Assert.True(answer.Ok, await answer.TextAsync());
    }

    /// <summary>Flows of that kind that the database has for the case.</summary>
    private static async Task<List<(string Id, int Version)>> InstancesAsync(Studio studio, string number, string definition)
    {
        var found = await studio.Page.APIRequest.PostAsync(new Uri(studio.Visitor.Site.Address, "elsa/api/workflow-instances").ToString(), new()
        {
            DataObject = new { page = 0, pageSize = 20, searchTerm = number, definitionIds = new[] { definition } },
        });
        return [.. JsonNode.Parse(await found.TextAsync())!["items"]!.AsArray().Select(i => ((string)i!["id"]!, (int)i["version"]!))];
    }

    /// <summary>What the database says: its status, and how many breakdowns are open.</summary>
    private static async Task<(string Status, int Open)> StateAsync(Studio studio, string instance)
    {
        var whole = JsonNode.Parse(await studio.GetAsync($"elsa/api/workflow-instances/{instance}"))!;
        return ((string)whole["status"]!, (int)whole["incidentCount"]!);
    }
}
