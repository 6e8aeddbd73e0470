using BanBuCheng.Browser.Given;
using Xunit;

namespace BanBuCheng.Browser.House;

/// <summary>The program as it is shipped: one command, one process, up again after a kill.</summary>
public sealed class SiteIsReady
{
    [Fact]
    public async Task The_front_page_is_there_accessible_and_there_again_after_a_kill()
    {
        await using var site = await Site.StartAsync();
        var page = await (await Chromium.SharedAsync()).NewPageAsync(Screen.Phone);
        await page.GotoAsync(site.Address.ToString());
        await Accessibility.HoldsAsync(page);

        var first = site.ProcessId;
        await site.KillAsync();
        await site.StartAgainAsync();

        Assert.NotEqual(first, site.ProcessId);
        Assert.Equal(200, (await page.ReloadAsync())?.Status);
        await page.Context.CloseAsync();
    }
}
