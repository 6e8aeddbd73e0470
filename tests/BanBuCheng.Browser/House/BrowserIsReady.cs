using BanBuCheng.Browser.Given;
using BanBuCheng.Stories.Given.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.Playwright;
using Xunit;

namespace BanBuCheng.Browser.House;

/// <summary>The tools of the browser tests themselves: a check that cannot find anything would prove nothing.</summary>
public sealed class BrowserIsReady
{
    [Fact]
    public async Task What_is_wrong_on_a_page_is_found_and_a_good_page_passes()
    {
        await using var pages = await LoopbackListener.StartAsync(context =>
        {
            context.Response.ContentType = "text/html; charset=utf-8";
            context.Response.Headers.ContentSecurityPolicy = "default-src 'self'";
            var image = context.Request.Path == "/bad" ? "<img src='x.png'>" : "";
            return context.Response.WriteAsync($"<!doctype html><html lang='zh-CN'><title>办不成事</title><main><h1>事事有着落</h1>{image}</main></html>");
        });
        var page = await (await Chromium.SharedAsync()).NewPageAsync(Screen.Phone);

        await page.GotoAsync(new Uri(pages.Address, "/bad").ToString());
        Assert.Contains(await Accessibility.ViolationsAsync(page), violation => violation.StartsWith("image-alt", StringComparison.Ordinal));

        await page.GotoAsync(new Uri(pages.Address, "/good").ToString());
        await Assertions.Expect(page.GetByRole(AriaRole.Heading)).ToHaveTextAsync("事事有着落");
        await Accessibility.HoldsAsync(page);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_killed_process_is_gone_at_once()
    {
        var log = Path.GetTempFileName();
        await using var process = await LoopbackProcess.StartAsync(log, ["sleep", "1000"]);
        await process.KillAsync();
        Assert.True(process.HasExited);
        Assert.Throws<ArgumentException>(() => System.Diagnostics.Process.GetProcessById(process.Id));
        File.Delete(log);
    }
}
