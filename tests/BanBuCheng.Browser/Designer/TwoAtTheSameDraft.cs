using Microsoft.Playwright;
using Xunit;

namespace BanBuCheng.Browser.Designer;

/// <summary>Whoever comes second is told and overwrites nothing; whoever may only look has nothing to press.</summary>
[Collection(nameof(StudioSite))]
public sealed class TwoAtTheSameDraft(StudioSite hall)
{
    private const string Flow = "extension", First = "批：要不要延时（第一个人）", Second = "批：要不要延时（第二个人）";

    [Fact(DisplayName = "两个人在 Studio 里改同一份草稿：后存的被告知，先存的一个字不丢；刷新以后接着改")]
    public async Task The_second_is_told()
    {
        await using var first = await Studio.EnterAsync(hall.Site, "栗知行");
        await using var second = await Studio.EnterAsync(hall.Site, "栗知行");
        await first.EditAsync(Flow);
        await second.EditAsync(Flow);
        await first.SelectAsync("approve");
        await first.WriteAsync("做什么", First);

        second.Visitor.Expects(400, "/elsa/api/workflow-definitions");
        await second.SelectAsync("approve");
        var title = second.Page.Locator(".mud-input-control:has(legend:text-is('做什么')) input:visible").First;
        await title.FillAsync(Second);
        await title.PressAsync("Tab");
        await second.Page.GetByText("他人已修改，请刷新").First.WaitForAsync();
        Assert.Equal(First, await TitleAsync(second));
        await second.WasWellAsync();

        await second.Page.ReloadAsync();
        await second.DrawnAsync();
        await second.SelectAsync("approve");
        await Assertions.Expect(title).ToHaveValueAsync(First);
        await second.WriteAsync("做什么", Second);
        Assert.Equal(Second, await TitleAsync(first));
        await second.WasWellAsync();
        await first.WasWellAsync();
    }

    [Fact(DisplayName = "只能看的岗位：看得到图，没有发布，也没有保存；直接发请求也不行")]
    public async Task A_looker_cannot_publish()
    {
        await using var head = await Studio.EnterAsync(hall.Site, "温敬之");
        await head.EditAsync("withdrawal");
        await Assertions.Expect(head.Page.GetByText("您的岗位只看不改").First).ToBeVisibleAsync();
        await head.ReadAsync("read-only");
        Assert.Equal(0, await head.Page.Locator("button[title=发布]").CountAsync());
        Assert.Equal(0, await head.Page.Locator("button[title=保存]").CountAsync());
        var answer = await head.Page.APIRequest.PostAsync(new Uri(hall.Site.Address, "elsa/api/workflow-definitions/withdrawal/publish").ToString(), new() { DataObject = new { } });
        Assert.Equal(403, answer.Status);
        Assert.Contains("改和发布要找流程管理员", await answer.TextAsync(), StringComparison.Ordinal);
        await head.WasWellAsync();
    }

    private static async Task<string> TitleAsync(Studio studio) =>
        (string)(await studio.FlowAsync(Flow))["root"]!["activities"]!.AsArray().Single(a => (string)a!["id"]! == "approve")!["title"]!["expression"]!["value"]!;
}
