using Xunit;

namespace BanBuCheng.Browser.Given;

/// <summary>
/// A page looked at at a desk and on a phone: nothing for axe to find, nothing to scroll sideways for, no error nobody sees. A table that
/// becomes cards says that it is one, and the links of an error summary arrive.
/// </summary>
public static class BothSizes
{
    private static readonly Screen[] Screens = [new(1440, 900), Screen.Phone];

    /// <param name="name">Of the pictures; null for none.</param>
    public static async Task AreGoodAsync(Visitor visitor, string? name)
    {
        var page = visitor.Page;
        Assert.Equal(0, await page.Locator("table.rows:not([role=table])").CountAsync());
        Assert.Equal("", await page.EvaluateAsync<string>("[...document.querySelectorAll('.errors a')].filter(a => !document.getElementById(a.hash.slice(1))).map(a => a.hash).join(' ')"));
        foreach (var screen in Screens)
        {
            await page.SetViewportSizeAsync(screen.Width, screen.Height);
            if (await page.Locator("#read [hx-trigger]").CountAsync() > 0 && screen.Width > 700) await page.Locator("#read h2").WaitForAsync();
            // The picture first: axe scrolls what it looks at, and a picture of a flow would not stand where it opens.
            if (name is not null) await Pictures.TakeAsync(page, $"{name}-{screen.Width}");
            await Accessibility.HoldsAsync(page);
            var wide = await page.EvaluateAsync<int>("document.documentElement.scrollWidth");
            Assert.True(wide <= screen.Width, $"{page.Url} is {wide} px wide on a screen of {screen.Width}.");
        }

        visitor.HadNoTrouble();
        await page.SetViewportSizeAsync(Screen.Desk.Width, Screen.Desk.Height);
    }
}
