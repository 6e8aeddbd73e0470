using Microsoft.Playwright;

namespace BanBuCheng.Browser.Given;

/// <summary>Pictures of pages for people to look at, into the folder that BANBUCHENG_PICTURES names; without it none are taken.</summary>
public static class Pictures
{
    private const int Highest = 2000;

    public static string? Folder { get; } = Environment.GetEnvironmentVariable("BANBUCHENG_PICTURES") is { Length: > 0 } folder ? Directory.CreateDirectory(folder).FullName : null;

    public static async Task TakeAsync(IPage page, string name)
    {
        if (Folder is null) return;
        var height = await page.EvaluateAsync<int>("document.documentElement.scrollHeight");
        var taken = await page.ScreenshotAsync(new PageScreenshotOptions
        {
            FullPage = true,
            Clip = new Clip { X = 0, Y = 0, Width = page.ViewportSize!.Width, Height = Math.Min(height, Highest) },
        });
        await File.WriteAllBytesAsync(Path.Combine(Folder, $"{name}.png"), PalettePng.Of(taken));
    }
}
