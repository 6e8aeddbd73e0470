using System.Text.RegularExpressions;
using BanBuCheng.Browser.Given;
using BanBuCheng.Browser.Hall;
using Xunit;

namespace BanBuCheng.Browser.Designer;

/// <summary>One demo hall for all who draw in it; each story keeps to flows of its own, so that none meets another's.</summary>
public sealed partial class StudioSite : IAsyncLifetime
{
    public Site Site { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await Chromium.SharedAsync();
        Site = await Site.OpenAsync(OpenHall.Now);
    }

    public async ValueTask DisposeAsync()
    {
        if (Site is not null) await Site.DisposeAsync();
    }

    /// <summary>段小禾 takes on a case at the window; what is said about the window itself 莫清 takes on. Its number.</summary>
    /// <param name="difficulty">简单 or 复杂.</param>
    public async Task<string> AcceptAsync(string subject, string difficulty, bool aboutWindow = false)
    {
        await using var window = await Visitor.EnterAsync(Site, aboutWindow ? "莫清" : "段小禾");
        await window.GoAsync("intake/new");
        await window.WriteAsync("姓名或单位名称", "文一舟");
        await window.WriteAsync("手机或座机", "10000002001");
        await window.WriteAsync("一句话概括", subject);
        await window.WriteAsync("怎么办不成的，用群众的原话写", "来了三趟，每趟说的都不一样。");
        await window.PickAsync("难易", difficulty);
        if (aboutWindow)
        {
            var rare = window.Page.Locator("details:has(input[name='Form.AboutWindow'])");
            if (await rare.GetAttributeAsync("open") is null) await rare.Locator("summary").ClickAsync();
            await window.Page.GetByLabel("他不满意的是").CheckAsync();
        }

        await window.PressAsync("受理，打印受理单");
        await window.Page.WaitForURLAsync(new Regex("/intake/receipt/"));
        window.HadNoTrouble();
        return CaseNumber().Match(await window.TextAsync()).Value;
    }

    /// <summary>What the group's list says of this case's task.</summary>
    public async Task<string> TaskOfAsync(string person, string caseNumber)
    {
        await using var visitor = await Visitor.EnterAsync(Site, person);
        await visitor.GoAsync("inbox?queue=group");
        return await visitor.Page.Locator(".item").Filter(new() { HasText = caseNumber }).InnerTextAsync();
    }

    [GeneratedRegex("B\\d{10}[A-Z34]")]
    private static partial Regex CaseNumber();
}

[CollectionDefinition(nameof(StudioSite))]
public sealed class StudioSiteCollection : ICollectionFixture<StudioSite>;
