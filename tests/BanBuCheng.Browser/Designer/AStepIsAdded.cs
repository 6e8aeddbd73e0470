using System.Diagnostics;
using System.Text.Json.Nodes;
using Xunit;

namespace BanBuCheng.Browser.Designer;

/// <summary>The administrator's promise, with her own hands: she draws a step into the main flow, is kept from a mistake, and no running case notices.</summary>
[Collection(nameof(StudioSite))]
public sealed class AStepIsAdded(StudioSite hall, ITestOutputHelper output)
{
    [Fact(DisplayName = "在 Studio 里给主流程加一步：漏接一个结果就发布不了，接上就行；新来的件走新的一步，正在办的照老的走")]
    public async Task From_the_palette_to_the_next_case()
    {
        var running = await hall.AcceptAsync("公积金销户要原单位盖章，单位没了", "简单");
        await using var studio = await Studio.EnterAsync(hall.Site, "栗知行");
        var inForce = await InForceAsync(studio);
        var watch = Stopwatch.StartNew();
        await studio.ListAsync();
        output.WriteLine($"list usable after {watch.Elapsed.TotalSeconds:0.0} s, nothing cached");
        await studio.ReadAsync("list");
        await studio.PictureAsync("designer-list");

        watch.Restart();
        await studio.OpenAsync("办件主流程");
        output.WriteLine($"editor usable after {watch.Elapsed.TotalSeconds:0.0} s more");
        var step = await studio.DropAsync("办件", "人工办理", 174, 130);
        await studio.ConnectAsync("is-simple", "True", step);
        await studio.CutAsync("is-simple", "True", "window-task");
        await studio.SelectAsync(step);
        await studio.WriteAsync("做什么", "核对要交的材料");
        await studio.ChooseAsync("交给谁", "窗口", "岗位：“办不成事”窗口人员");
        await studio.AddAsync("结果", "核对好了");
        await studio.AddAsync("结果", "材料不全");
        await studio.ConnectAsync(step, "核对好了", "window-task");
        await studio.SelectAsync(step);
        await studio.ReadAsync("editor");
        await studio.PictureAsync("designer-editor");

        var said = await studio.PublishInVainAsync();
        output.WriteLine(string.Join('\n', said));
        var missing = Assert.Single(said, s => s.StartsWith("没有发布（G003）：“人工办理", StringComparison.Ordinal));
        Assert.Contains("的结果“材料不全”没有连线。", missing, StringComparison.Ordinal);
        // The counter-example, told once: from the acceptance to the citizen who waits for nothing.
        Assert.EndsWith("选择“材料不全” → 流程结束，但没有答复。", missing, StringComparison.Ordinal);
        Assert.Equal(1, missing.Split("选择“材料不全”").Length - 1);
        Assert.All(said, s => Assert.Contains("材料不全", s, StringComparison.Ordinal));
        await studio.ReadAsync("refused");
        await studio.PictureAsync("designer-refused");
        Assert.Equal(inForce, await InForceAsync(studio));
        await studio.Page.Locator("#bbc-told button").ClickAsync();

        await studio.ConnectAsync(step, "材料不全", "still-simple");
        await studio.PublishAsync();
        var published = await studio.FlowAsync("case-handling", "Published");
        Assert.Equal(inForce + 1, (int)published["version"]!);
        var drawn = published["root"]!["activities"]!.AsArray().Single(a => (string)a!["id"]! == step)!;
        Assert.Equal("role:HELP_WINDOW_STAFF", (string)drawn["assignTo"]!["expression"]!["value"]!);
        // A new box has a Chinese name at once.
        Assert.StartsWith("人工办理", (string)drawn["name"]!, StringComparison.Ordinal);
        await studio.WasWellAsync();

        var next = await hall.AcceptAsync("退休手续要补三十年前的工资表", "简单");
        Assert.Contains("核对要交的材料", await hall.TaskOfAsync("段小禾", next), StringComparison.Ordinal);
        Assert.Contains("窗口办理", await hall.TaskOfAsync("段小禾", running), StringComparison.Ordinal);
        Assert.Equal((inForce, inForce + 1), (await VersionOfAsync(studio, running), await VersionOfAsync(studio, next)));

        await using var window = await Given.Visitor.EnterAsync(hall.Site, "段小禾");
        await window.OpenTaskAsync(next);
        await window.PickAsync("结果", "核对好了");
        await window.FinishAsync();
        Assert.Contains("窗口办理", await hall.TaskOfAsync("段小禾", next), StringComparison.Ordinal);
        window.HadNoTrouble();
        await MeasureAsync(studio);
    }

    /// <summary>What Studio waits for after every change: the palette, and the save of the shipped main flow. Printed, not asserted: a busy machine is slow.</summary>
    private async Task MeasureAsync(Studio studio)
    {
        var api = new Uri(studio.Visitor.Site.Address, "elsa/api/");
        var (palettes, saves) = (new List<double>(), new List<double>());
        var model = await studio.FlowAsync("case-handling");
        for (var i = 0; i < 15; i++)
        {
            var watch = Stopwatch.StartNew();
            await studio.Page.APIRequest.GetAsync(new Uri(api, "descriptors/activities?Refresh=True").ToString());
            palettes.Add(watch.Elapsed.TotalMilliseconds);
            model["description"] = $"第 {i} 次改说明。";
            watch.Restart();
            var saved = await studio.Page.APIRequest.PostAsync(new Uri(api, "workflow-definitions").ToString(), new() { DataObject = new JsonObject { ["model"] = model.DeepClone(), ["publish"] = false } });
            saves.Add(watch.Elapsed.TotalMilliseconds);
            model = JsonNode.Parse(await saved.TextAsync())!["workflowDefinition"]!.AsObject();
        }

        output.WriteLine($"palette {Median(palettes):0} ms, save of the main flow {Median(saves):0} ms, the way there and back included");

        static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);
    }

    private static async Task<int> InForceAsync(Studio studio) => (int)(await studio.FlowAsync("case-handling", "Published"))["version"]!;

    /// <summary>Which version of the main flow the case runs on.</summary>
    private static async Task<int> VersionOfAsync(Studio studio, string caseNumber)
    {
        var found = await studio.Page.APIRequest.PostAsync(new Uri(studio.Visitor.Site.Address, "elsa/api/workflow-instances").ToString(), new()
        {
            DataObject = new { page = 0, pageSize = 10, searchTerm = caseNumber, definitionIds = new[] { "case-handling" } },
        });
        return (int)Assert.Single(JsonNode.Parse(await found.TextAsync())!["items"]!.AsArray())!["version"]!;
    }
}
