using Microsoft.Playwright;

namespace BanBuCheng.Browser.Given;

/// <summary>Pictures of pages for people to look at, into the folder that BANBUCHENG_PICTURES names; without it none are taken.</summary>
public static class Pictures
{
    public static async Task TakeAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("BANBUCHENG_PICTURES") is not { Length: > 0 } folder) return;
        Directory.CreateDirectory(folder);
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"{name}.png"), FullPage = true });
    }
}
