using System.Text.Json;
using BanBuCheng.Browser.Given;
using BanBuCheng.Browser.Hall;
using Microsoft.Playwright;
using Xunit;

namespace BanBuCheng.Browser.Flows;

/// <summary>The main flow as its document draws it, in Chromium: nothing lies on anything else, a step inside leads to its own picture.</summary>
[Collection(nameof(OpenHall))]
public sealed class FlowPicture(OpenHall hall)
{
    [Fact(DisplayName = "主流程画得出来：方框不叠，字不出框，点进去是里面那张图")]
    public async Task The_main_flow_is_drawn_from_its_document()
    {
        var visitor = await hall.AsAsync("栗知行");
        await visitor.GoAsync("flows/case-handling/picture");
        var page = visitor.Page;
        using var document = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "workflows", "case-handling.json"), TestContext.Current.CancellationToken));
        var root = document.RootElement.GetProperty("root");
        Assert.Equal(root.GetProperty("activities").GetArrayLength(), await page.Locator(".chart-flow rect.box").CountAsync());
        Assert.Equal(root.GetProperty("connections").GetArrayLength(), await page.Locator(".chart-flow path.path").CountAsync());
        Assert.Empty(await page.EvaluateAsync<string[]>("""
            () => {
              const boxes = [...document.querySelectorAll('.chart-flow g')].filter(g => g.querySelector(':scope > rect')).map(g => ({ name: g.querySelector('title').textContent, at: g.querySelector('rect').getBoundingClientRect(), words: [...g.querySelectorAll('g > text')].map(t => t.getBoundingClientRect()) }));
              const wrong = [];
              for (const a of boxes) {
                for (const b of boxes) if (a !== b && a.at.left < b.at.right && b.at.left < a.at.right && a.at.top < b.at.bottom && b.at.top < a.at.bottom) wrong.push(a.name + ' on ' + b.name);
                for (const w of a.words) if (w.left < a.at.left || w.right > a.at.right) wrong.push(a.name + ' is longer than its box');
              }
              return wrong;
            }
            """));

        if (Pictures.Folder is { } folder)
            await File.WriteAllBytesAsync(Path.Combine(folder, "flow-case-handling.png"), PalettePng.Of(await WholeAsync(page)), TestContext.Current.CancellationToken);

        await page.Locator(".chart-flow a", new() { HasText = "服务站研判" }).ClickAsync();
        await visitor.SeesInAsync("h1", "服务站研判");
        visitor.HadNoTrouble();
    }

    /// <summary>The whole width, which a screen scrolls through.</summary>
    private static async Task<byte[]> WholeAsync(IPage page)
    {
        var width = await page.EvaluateAsync<int>("Math.ceil(document.querySelector('.chart-flow').getBoundingClientRect().width) + 40");
        await page.SetViewportSizeAsync(width + 1400, 900);
        await page.EvaluateAsync("document.querySelector('main').classList.remove('page')");
        var picture = await page.Locator(".chart-flow").ScreenshotAsync(new() { Caret = ScreenshotCaret.Initial });
        await page.SetViewportSizeAsync(Screen.Desk.Width, Screen.Desk.Height);
        return picture;
    }
}
