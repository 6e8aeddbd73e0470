using BanBuCheng.Browser.Given;
using BanBuCheng.Browser.Hall;
using Microsoft.Playwright;
using Xunit;

namespace BanBuCheng.Browser.Flows;

/// <summary>推演 as the administrator sees it: it says how far it is, then shows its figures, its charts and what is assumed.</summary>
[Collection(nameof(OpenHall))]
public sealed class RehearsalInChromium(OpenHall hall)
{
    private const float Long = 120_000;

    [Fact(DisplayName = "推演：看得到走了多少，走完有图有表；办结的再走一遍，写明哪些是假设")]
    public async Task It_tells_how_far_it_is_and_shows_what_came_of_it()
    {
        await using var visitor = await Visitor.EnterAsync(hall.Site, "栗知行");
        await visitor.GoAsync("flows/rehearse");
        await visitor.WriteAsync("多少件", "500");
        await visitor.WriteAsync("从哪天起", "2026-01-04");
        await visitor.PressAsync("开始推演");
        await Assertions.Expect(visitor.Page.Locator("#running progress")).ToBeVisibleAsync();
        await visitor.Page.Locator("#endings").WaitForAsync(new() { Timeout = Long });
        await visitor.SeesAsync("跟在用的不一样");
        await visitor.SeesAsync("都没有记录，是按各岗位平时的比例假设的");
        // The draft is what is in force: nothing may differ.
        await visitor.SeesAsync("一件也没有：走法、结果、期限都一样。");
        foreach (var chart in new[] { "endings", "load", "days" }) await Assertions.Expect(visitor.Page.Locator($"[data-chart={chart}] svg")).ToBeVisibleAsync();
        var rows = await visitor.Page.Locator("#endings tbody tr").AllInnerTextsAsync();
        Assert.Equal(500, rows.Sum(r => int.Parse(r.Split('\t', StringSplitOptions.TrimEntries)[1], System.Globalization.CultureInfo.InvariantCulture)));
        await BothSizes.AreGoodAsync(visitor, "flow-rehearse-results");

        await visitor.GoAsync("flows/rehearse");
        await visitor.PickAsync("走哪一版", "只走在用的");
        await visitor.Page.GetByText("办结的：照当时选的走").ClickAsync();
        await visitor.PressAsync("开始推演");
        await visitor.Page.GetByText("办结的，已遮盖").WaitForAsync(new() { Timeout = Long });
        await BothSizes.AreGoodAsync(visitor, "flow-rehearse-closed");
    }
}
