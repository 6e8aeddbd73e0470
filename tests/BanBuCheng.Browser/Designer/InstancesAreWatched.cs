using System.Text.RegularExpressions;
using BanBuCheng.Browser.Given;
using Microsoft.Playwright;
using Xunit;

namespace BanBuCheng.Browser.Designer;

/// <summary>A running case on its diagram, and into the flow inside; what happens meanwhile is seen without asking; from there the administrator gets to where cases are repaired.</summary>
[Collection(nameof(StudioSite))]
public sealed class InstancesAreWatched(StudioSite hall)
{
    [Fact(DisplayName = "在 Studio 里看一件走到哪里：点进服务站研判，那边一办完这边就变；从这里去处理它的页面")]
    public async Task The_viewer_opens_parts_and_hears()
    {
        var number = await hall.AcceptAsync("老房子没有证，水电过不了户", "复杂");
        await using var studio = await Studio.EnterAsync(hall.Site, "栗知行");
        var heard = new List<string>();
        studio.Page.WebSocket += (_, line) => line.FrameReceived += (_, frame) => heard.Add(frame.Text ?? "");
        await studio.GoAsync("designer/workflows/instances");
        var row = studio.Page.Locator("elsa-workflow-instance-list tbody tr").Filter(new() { HasText = number });
        await row.WaitForAsync();
        await studio.ReadAsync("instances");
        await studio.PictureAsync("designer-instances");
        await row.Locator("td").Nth(3).ClickAsync();
        await studio.DrawnAsync();
        await Badge(studio, "to-triage").WaitForAsync();
        await studio.ReadAsync("viewer");
        await studio.PictureAsync("designer-viewer");

        // Into the box 服务站研判, by a double click as anybody would: the task that waits there is marked.
        var box = studio.Page.Locator(".x6-node[data-cell-id=triage]");
        var place = (await box.BoundingBoxAsync())!;
        await studio.Page.Mouse.DblClickAsync(place.X + place.Width / 2, place.Y + place.Height / 2);
        await studio.Page.Locator(".x6-node[data-cell-id=judge]").WaitForAsync();
        await studio.DrawnAsync();
        await Badge(studio, "judge").WaitForAsync();
        Assert.Equal(2, await studio.Page.Locator(".mud-breadcrumb-item").CountAsync());
        // The path names it as people do, and all of what is inside is in view.
        Assert.Equal("服务站研判", (await studio.Page.Locator(".mud-breadcrumb-item").Last.InnerTextAsync()).Trim());
        await studio.AllInViewAsync();
        await studio.ReadAsync("inside");
        await studio.PictureAsync("designer-viewer-inside");
        Assert.Equal(0, await Badge(studio, "go-on").CountAsync());

        // The head judges at their own desk; nobody touches this page.
        await using (var head = await Visitor.EnterAsync(hall.Site, "温敬之"))
        {
            await head.OpenTaskAsync(number);
            await head.PickAsync("这件事合不合法规政策", "合规，只是卡住了");
            await head.PickAsync("难易", "复杂");
            await head.PickAsync("政策属性", "无政策障碍");
            await head.PickAsync("堵点原因", "系统问题");
            await head.SelectAsync("牵头单位", "区住建局");
            await head.PickAsync("结果", "部门协同");
            await head.FinishAsync();
            head.HadNoTrouble();
        }

        await Badge(studio, "go-on").WaitForAsync();
        foreach (var message in (string[])["WorkflowInstanceUpdatedAsync", "WorkflowExecutionLogUpdatedAsync", "ActivityExecutionLogUpdatedAsync"])
            Assert.Contains(heard, frame => frame.Contains($"\"target\":\"{message}\"", StringComparison.Ordinal));
        await studio.Page.Locator(".mud-breadcrumb-item").GetByText("整张图").ClickAsync();
        await Badge(studio, "coordination").WaitForAsync();
        await studio.DrawnAsync();
        await studio.AllInViewAsync();

        await studio.Page.Locator("#bbc-ways").GetByRole(AriaRole.Link, new() { Name = "它的处理页" }).ClickAsync();
        await studio.Page.WaitForURLAsync(new Regex("/operations/instances/"));
        await studio.Visitor.SeesAsync(number);
        await studio.Visitor.SeesAsync("取消这个流程");
        await Accessibility.HoldsAsync(studio.Page);
        // Nobody is left without a reply: ended it is not.
        studio.Visitor.Expects(409, "/operations/instances/");
        await studio.Visitor.WriteAsync("为什么取消", "试试看");
        await studio.Visitor.PressAsync("取消这个流程");
        await studio.Visitor.SeesAsync("还没有把答复告诉群众，这个流程不能取消");
        await studio.Visitor.SeesAsync("试试看");
        studio.Visitor.HadNoTrouble();
    }

    /// <summary>What Studio hangs on a box that something happened to.</summary>
    private static ILocator Badge(Studio studio, string node) => studio.Page.Locator($".x6-node[data-cell-id='{node}'] .mud-badge").First;
}
