using BanBuCheng.Browser.Hall;
using Xunit;

namespace BanBuCheng.Browser.Designer;

/// <summary>A flow inside others: what is changed in it holds for the next case; what was is one click away; a file in and out changes nothing; neither does a restart.</summary>
[Collection(nameof(StudioSite))]
public sealed class APartIsChanged(StudioSite hall, ITestOutputHelper output)
{
    private const string Flow = "second-instance", Before = "查：群众对窗口有意见", After = "查：群众对窗口有意见，先打个电话";

    [Fact(DisplayName = "在 Studio 里改一个环节，下一件就照它走；退回、导出再导入、重新启动，都不多不少")]
    public async Task Changed_rolled_back_exported_imported_restarted()
    {
        var running = await hall.AcceptAsync("窗口让我来回跑了三趟", "复杂", aboutWindow: true);
        await using var studio = await Studio.EnterAsync(hall.Site, "栗知行");
        await studio.EditAsync(Flow);
        await studio.SelectAsync("look-into");
        await studio.WriteAsync("做什么", After);
        await studio.PublishAsync();

        var next = await hall.AcceptAsync("窗口的电话一直没有人接", "复杂", aboutWindow: true);
        Assert.Contains(After, await hall.TaskOfAsync("莫清", next), StringComparison.Ordinal);
        Assert.DoesNotContain(After, await hall.TaskOfAsync("莫清", running), StringComparison.Ordinal);

        // Back to the first version, in Studio's own list of versions.
        await studio.TabAsync("版本");
        var versions = studio.Page.Locator("elsa-workflow-definition-editor tbody tr");
        await versions.Nth(1).WaitForAsync();
        await versions.Last.Locator("button").Last.ClickAsync();
        await studio.Page.Locator(".mud-popover-open").GetByText("退回到这一版").WaitForAsync();
        await studio.ReadAsync("versions");
        await studio.PictureAsync("designer-versions");
        await studio.Page.RunAndWaitForResponseAsync(() => studio.Page.Locator(".mud-popover-open").GetByText("退回到这一版").ClickAsync(), r => r.Url.EndsWith($"/{Flow}/revert/1", StringComparison.Ordinal) && r.Ok);
        await studio.EditAsync(Flow);
        await studio.PublishAsync();
        Assert.Equal(3, (int)(await studio.FlowAsync(Flow, "Published"))["version"]!);
        var third = await hall.AcceptAsync("窗口说系统坏了，让我明天来", "复杂", aboutWindow: true);
        Assert.DoesNotContain(After, await hall.TaskOfAsync("莫清", third), StringComparison.Ordinal);
        Assert.Contains(Before, await hall.TaskOfAsync("莫清", third), StringComparison.Ordinal);

        // Out as a file and in again, by Studio's own menu: to the byte the same, and no new version.
        await studio.Page.Locator("button[title=更多]").First.ClickAsync();
        await studio.Page.Locator(".mud-popover-open").GetByText("导出").ClickAsync();
        var download = await studio.Page.RunAndWaitForDownloadAsync(() => studio.Page.Locator(".mud-dialog button").Filter(new() { HasText = "导出" }).ClickAsync());
        var file = await download.PathAsync();
        var exported = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        Assert.Equal(await studio.FileAsync(Flow), exported);
        await studio.Page.Locator("button[title=更多]").First.ClickAsync();
        var chooser = await studio.Page.RunAndWaitForFileChooserAsync(() => studio.Page.Locator(".mud-popover-open").GetByText("导入").ClickAsync());
        var named = Path.Combine(Path.GetDirectoryName(file)!, $"{Guid.CreateVersion7():N}.json");
        File.Move(file, named);
        await studio.Page.RunAndWaitForResponseAsync(() => chooser.SetFilesAsync(named), r => r.Url.EndsWith("/workflow-definitions/import", StringComparison.Ordinal) && r.Ok);
        Assert.Equal(exported, await studio.FileAsync(Flow));
        await studio.ReadAsync("imported");

        // The host stops and starts again on the same data: every flow is to the byte what it was.
        var before = await AllAsync(studio);
        Assert.True(before.Count >= 20, $"Expected all the shipped flows, but there are {before.Count}.");
        await studio.GoAsync("flows");
        await studio.WasWellAsync();
        await hall.Site.StopAsync();
        await hall.Site.StartAgainAtAsync(OpenHall.Now);
        await using var again = await Studio.EnterAsync(hall.Site, "栗知行");
        Assert.Equal(before, await AllAsync(again));
        await again.EditAsync(Flow);
        await again.WasWellAsync();
        output.WriteLine($"{before.Count} flows the same after a restart");
    }

    private static async Task<SortedDictionary<string, string>> AllAsync(Studio studio)
    {
        var all = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var list = System.Text.Json.Nodes.JsonNode.Parse(await studio.GetAsync("elsa/api/workflow-definitions?versionOptions=AllVersions&Page=0&PageSize=100"))!;
        foreach (var item in list["items"]!.AsArray())
            all[(string)item!["id"]!] = await studio.GetAsync($"elsa/api/workflow-definitions/by-id/{(string)item["id"]!}");
        return all;
    }
}
