using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;

namespace BanBuCheng.Browser.Given;

/// <summary>
/// Somebody at a browser of their own, who does what a person does: reads, clicks, writes. What they could not see but a developer would
/// — an error in the console, a refused script or style, an answer of 500 — is kept and fails the test at the end.
/// </summary>
public sealed class Visitor : IAsyncDisposable
{
    private readonly List<string> _troubles = [];
    private readonly List<(int Status, string Path)> _expected = [];

    private Visitor(IPage page, Site site)
    {
        (Page, Site) = (page, site);
        page.Console += (_, said) =>
        {
            // A refused form (409, 422) is told on the page, Chromium notes it too; htmx notes a request that a later click replaced.
            if (said.Type is "error" && !_expected.Exists(e => said.Text.Contains($"status of {e.Status} ", StringComparison.Ordinal) && said.Location.Contains(e.Path, StringComparison.Ordinal)) && !Regex.IsMatch(said.Text, "status of 4(04|09|22)|^htmx:(sendAbort|afterRequest),")) _troubles.Add($"{page.Url}: {said.Text}");
        };
        page.PageError += (_, error) => _troubles.Add($"{page.Url}: {error}");
        page.Response += (_, answer) =>
        {
            if (answer.Status >= 500) _troubles.Add($"{answer.Status} {answer.Url}");
        };
    }

    public IPage Page { get; }
    public Site Site { get; }

    public static async Task<Visitor> OpenAsync(Site site, Screen? screen = null) => new(await (await Chromium.SharedAsync()).NewPageAsync(screen), site);

    /// <summary>Through the role cards of the entrance.</summary>
    public static async Task<Visitor> EnterAsync(Site site, string name, Screen? screen = null)
    {
        var visitor = await OpenAsync(site, screen);
        await visitor.GoAsync("");
        await visitor.Page.Locator("button.role").Filter(new() { HasText = name }).First.ClickAsync();
        await visitor.SeesAsync(name);
        return visitor;
    }

    public async Task GoAsync(string path)
    {
        var answer = await Page.GotoAsync(new Uri(Site.Address, path).ToString());
        Assert.True(answer is { Status: < 400 }, $"Expected /{path} to be there, but it answered {answer?.Status}.");
    }

    /// <summary>The text stands somewhere on the page, visible.</summary>
    public Task SeesAsync(string text) => Assertions.Expect(Page.GetByText(text).Filter(new() { Visible = true }).First).ToBeVisibleAsync();

    public Task SeesInAsync(string selector, string text) => Assertions.Expect(Page.Locator(selector)).ToContainTextAsync(text);

    public async Task<string> TextAsync() => await Page.Locator("body").InnerTextAsync();

    /// <summary>Writes into the field whose label begins so; a label may go on with （可以不写）.</summary>
    public Task WriteAsync(string label, string text) => Field(label).FillAsync(text);

    /// <summary>Picks an option of a drop-down by its words.</summary>
    public Task SelectAsync(string label, string option) => Field(label).SelectOptionAsync(new SelectOptionValue { Label = option });

    /// <summary>Ticks the card with this title under this question.</summary>
    public Task PickAsync(string question, string title) => Page.Locator("fieldset")
        .Filter(new() { Has = Page.Locator("legend").Filter(new() { HasTextRegex = Begins(question) }) })
        .Locator("label").Filter(new() { Has = Page.GetByText(title, new() { Exact = true }) }).First.ClickAsync();

    public Task PressAsync(string button) => Page.GetByRole(AriaRole.Button).Filter(new() { HasText = button }).First.ClickAsync();

    /// <summary>Opens the case's task from the list of the group, as one does in the inbox.</summary>
    /// <param name="task">Its title, where the hall may have given the same person another task of the case.</param>
    public async Task OpenTaskAsync(string caseNumber, string? task = null)
    {
        await GoAsync("inbox?queue=group");
        await Page.Locator(".item").Filter(new() { HasText = caseNumber }).Filter(new() { HasText = task ?? "" }).ClickAsync();
        await Page.Locator("#read").GetByText(caseNumber).First.WaitForAsync();
        await Page.Locator("#read").GetByRole(AriaRole.Link, new() { NameRegex = new Regex("去办这一步") }).ClickAsync();
        await Page.Locator("#task-form").WaitForAsync();
    }

    /// <summary>How many tasks of this case wait in the group's list.</summary>
    public async Task<int> TasksOfAsync(string caseNumber)
    {
        await GoAsync("inbox?queue=group");
        return await Page.Locator(".item").Filter(new() { HasText = caseNumber }).CountAsync();
    }

    /// <summary>Presses 办完这一步 and reads that it was taken.</summary>
    public async Task FinishAsync()
    {
        await PressAsync("办完这一步");
        await Assertions.Expect(Page.Locator(".toast-x")).ToContainTextAsync("办完了");
    }

    /// <summary>A refusal that the story is about: Chromium's note of it is no trouble.</summary>
    public void Expects(int status, string path) => _expected.Add((status, path));

    public void HadNoTrouble() => Assert.True(_troubles.Count == 0, string.Join('\n', _troubles));

    public async ValueTask DisposeAsync() => await Page.Context.CloseAsync();

    private ILocator Field(string label) => Page.GetByLabel(Begins(label)).First;

    private static Regex Begins(string words) => new($"^\\s*{Regex.Escape(words)}\\s*(（|$)");
}
