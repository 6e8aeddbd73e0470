using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using BanBuCheng.Browser.Given;
using Microsoft.Playwright;
using Xunit;

namespace BanBuCheng.Browser.Designer;

/// <summary>
/// Somebody at the genuine Elsa Studio: does with the mouse and the keyboard what a person does, and waits for what is then stored, never for time.
/// Every request that leaves the host, and every English word that was seen, is kept.
/// </summary>
internal sealed partial class Studio : IAsyncDisposable
{
    private const float Patience = 60_000;

    /// <summary>What the shipped documents call their flows, boxes and variables.</summary>
    private static readonly Lazy<HashSet<string>> Names = new(() =>
        [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "workflows"), "*.json").SelectMany(file => Named().Matches(File.ReadAllText(file))).Select(m => m.Groups[1].Value)]);

    private readonly List<string> _outside = [];
    private readonly SortedSet<string> _english = new(StringComparer.Ordinal);

    private Studio(Visitor visitor)
    {
        Visitor = visitor;
        visitor.Page.SetDefaultTimeout(Patience);
        visitor.Page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(visitor.Site.Address.ToString(), StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal) && !request.Url.StartsWith("blob:", StringComparison.Ordinal))
                _outside.Add(request.Url);
        };
    }

    public Visitor Visitor { get; }
    public IPage Page => Visitor.Page;

    public static async Task<Studio> EnterAsync(Site site, string name) => new(await Visitor.EnterAsync(site, name, new Screen(1720, 1040)));

    // ── ways ───────────────────────────────────────────────────────────────

    /// <summary>The list of flows, shown.</summary>
    public async Task ListAsync()
    {
        await GoAsync("designer");
        await Row("办件主流程").WaitForAsync();
    }

    /// <summary>Opens a flow of the list's first page by its name.</summary>
    public async Task OpenAsync(string name)
    {
        await Row(name).ClickAsync();
        await DrawnAsync();
    }

    public async Task EditAsync(string definitionId)
    {
        await GoAsync($"designer/workflows/definitions/{definitionId}/edit");
        await DrawnAsync();
    }

    /// <summary>All boxes are there, and the whole drawing was brought into view.</summary>
    public async Task DrawnAsync()
    {
        await Page.Locator("#studio[data-fits]").WaitForAsync();
        await Page.Locator(".x6-node").Nth(3).WaitForAsync();
    }

    /// <summary>In the page: ids of the boxes that are not wholly within the canvas.</summary>
    public const string OutOfView = """
        () => {
          const frame = document.querySelector('.x6-graph').getBoundingClientRect();
          return [...document.querySelectorAll('.x6-node')].filter(n => { const r = n.getBoundingClientRect(); return r.left < frame.left - 4 || r.top < frame.top - 4 || r.right > frame.right + 4 || r.bottom > frame.bottom + 4; }).map(n => n.dataset.cellId).join(' ');
        }
        """;

    /// <summary>All of the drawing can be seen, by itself or at the latest when the button for it is pressed: Studio may move it later than anybody expects.</summary>
    public async Task AllInViewAsync()
    {
        var ct = TestContext.Current.CancellationToken;
        for (var looks = 1; await Page.EvaluateAsync<string>(OutOfView) is not ""; looks++)
        {
            if (looks > 300) throw new TimeoutException("Expected all boxes to be in view, but they are not.");
            if (looks % 80 == 0) await Page.GetByTitle("看整张图").ClickAsync();
            await Task.Delay(100, ct);
        }
    }

    public async Task GoAsync(string path) => await Page.GotoAsync(new Uri(Visitor.Site.Address, path).ToString());

    public Task TabAsync(string name) => Page.Locator(".mud-tab").Filter(new() { HasTextRegex = new Regex($"^\\s*{name}\\s*$") }).Last.DispatchEventAsync("click");

    // ── drawing ────────────────────────────────────────────────────────────

    /// <summary>Drags a kind of activity from the palette; its id.</summary>
    public async Task<string> DropAsync(string category, string caption, float x, float y)
    {
        var before = await IdsAsync();
        var kind = Page.Locator("[draggable=true]").Filter(new() { HasTextRegex = new Regex($"^\\s*{caption}\\s*$") }).First;
        if (!await kind.IsVisibleAsync()) await Page.Locator(".mud-expand-panel-header").Filter(new() { HasTextRegex = new Regex($"^\\s*{category}\\s*$") }).First.ClickAsync();
        await kind.WaitForAsync();
        await StoredAsync(() => kind.DragToAsync(Page.Locator(".x6-graph").First, new() { TargetPosition = new() { X = x, Y = y } }));
        await Page.Locator(".x6-node").Nth(before.Count).WaitForAsync();
        return Assert.Single((await IdsAsync()).Except(before));
    }

    /// <summary>From an outcome of one box to another box. The target is clicked first: a chosen box lies under a frame that hides its own dots.</summary>
    public async Task ConnectAsync(string source, string port, string target)
    {
        await SelectAsync(target);
        var from = await CentreAsync($".x6-node[data-cell-id='{source}'] [port='{port}']");
        var to = await CentreAsync($".x6-node[data-cell-id='{target}'] [port='In']");
        // A line that is there already begins at the same dot: beside it, the dot itself is met.
        await Page.Mouse.MoveAsync(from.X, from.Y - 3);
        await Page.Mouse.DownAsync();
        await Page.Mouse.MoveAsync(from.X + 12, from.Y - 12, new() { Steps = 4 });
        await Page.Mouse.MoveAsync(to.X - 10, to.Y + 8, new() { Steps = 12 });
        await Page.Mouse.MoveAsync(to.X, to.Y, new() { Steps = 4 });
        await StoredAsync(() => Page.Mouse.UpAsync());
    }

    /// <summary>Takes a line away by the red cross that it shows under the mouse.</summary>
    public async Task CutAsync(string source, string port, string target)
    {
        var middle = await Page.EvaluateAsync<float[]?>("""
            ([source, port, target]) => {
              const centre = e => { const r = e.getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2]; };
              const from = centre(document.querySelector(`.x6-node[data-cell-id="${source}"] [port="${port}"]`)), to = centre(document.querySelector(`.x6-node[data-cell-id="${target}"] [port="In"]`));
              for (const path of document.querySelectorAll('.x6-edge path')) {
                const length = path.getTotalLength(), at = l => { const p = path.getPointAtLength(l).matrixTransform(path.getScreenCTM()); return [p.x, p.y]; };
                const near = (a, b) => Math.hypot(a[0] - b[0], a[1] - b[1]) < 14;
                if (near(at(0), from) && near(at(length), to)) return at(length / 2);
              }
              return null;
            }
            """, new[] { source, port, target });
        Assert.True(middle is not null, $"Expected a line from {source} ({port}) to {target}, but there is none.");
        await Page.Mouse.MoveAsync(middle[0] - 40, middle[1] - 40);
        await Page.Mouse.MoveAsync(middle[0], middle[1], new() { Steps = 6 });
        var (x, y) = await CentreAsync(".x6-cell-tool-button");
        await StoredAsync(() => Page.Mouse.ClickAsync(x, y));
    }

    public async Task SelectAsync(string node)
    {
        var (x, y) = await CentreAsync($".x6-node[data-cell-id='{node}']");
        await Page.Mouse.ClickAsync(x, y);
        await Page.Locator($".x6-widget-selection-box[data-cell-id='{node}']").WaitForAsync();
    }

    // ── the property panel ─────────────────────────────────────────────────

    public async Task WriteAsync(string field, string text)
    {
        var input = Field(field).Locator("input:visible,textarea:visible").First;
        await input.FillAsync(text);
        await StoredAsync(() => input.PressAsync("Tab"));
    }

    /// <summary>Opens the drop-down, looks for it, takes it.</summary>
    public async Task ChooseAsync(string field, string search, string option)
    {
        await Field(field).Locator(".mud-input-adornment-end-extended").First.ClickAsync();
        await Page.Locator(".mud-popover-open input").FillAsync(search);
        await StoredAsync(() => Page.Locator(".mud-popover-open").GetByText(option, new() { Exact = true }).First.ClickAsync());
    }

    public async Task AddAsync(string field, string item)
    {
        var input = Field(field).Locator("input:visible").First;
        await input.ClickAsync();
        await Page.Keyboard.InsertTextAsync(item);
        await StoredAsync(() => input.PressAsync("Enter"));
    }

    /// <summary>Presses 发布 and reads what our panel says; the gate said no.</summary>
    public async Task<IReadOnlyList<string>> PublishInVainAsync()
    {
        Visitor.Expects(400, "/elsa/api/workflow-definitions");
        await Page.Locator("button[title=发布]").First.ClickAsync();
        await Assertions.Expect(Page.Locator("#bbc-told")).ToContainTextAsync("没有发布，改动已存成草稿", new() { Timeout = Patience });
        return await Page.Locator("#bbc-told li").AllInnerTextsAsync();
    }

    public async Task PublishAsync()
    {
        var answer = await Page.RunAndWaitForResponseAsync(() => Page.Locator("button[title=发布]").First.ClickAsync(), r => IsSave(r) && r.Request.PostData?.Contains("\"publish\":true", StringComparison.Ordinal) == true);
        Assert.True(answer.Ok, await answer.TextAsync());
        // What the gate only asks to keep in mind is told beside; it has been read.
        await Page.Locator(".mud-snackbar").GetByText("已发布").First.WaitForAsync();
        if (await Page.Locator("#bbc-told").IsVisibleAsync()) await Page.Locator("#bbc-told button").ClickAsync();
    }

    /// <summary>Does it, and waits until Studio has stored the change by itself and read the palette anew, as it does after each save.</summary>
    public async Task StoredAsync(Func<Task> change)
    {
        var answer = await Page.RunAndWaitForResponseAsync(change, IsSave);
        Assert.True(answer.Ok, await answer.TextAsync());
    }

    // ── what is stored, what is seen ───────────────────────────────────────

    public async Task<JsonObject> FlowAsync(string definitionId, string versions = "Latest") =>
        JsonNode.Parse(await GetAsync($"elsa/api/workflow-definitions/by-definition-id/{definitionId}?versionOptions={versions}"))!.AsObject();

    /// <summary>The file, to the byte.</summary>
    public Task<string> FileAsync(string definitionId) => GetAsync($"elsa/api/workflow-definitions/{definitionId}/export?versionOptions=Latest&includeConsumingWorkflows=False");

    public async Task<string> GetAsync(string path) => await (await Page.APIRequest.GetAsync(new Uri(Visitor.Site.Address, path).ToString())).TextAsync();

    /// <summary>Keeps every visible text that nobody translated.</summary>
    public async Task ReadAsync(string where)
    {
        foreach (var text in await Page.EvaluateAsync<string[]>("""
            () => {
              const found = new Set();
              const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
              for (let n = walker.nextNode(); n; n = walker.nextNode()) {
                const e = n.parentElement;
                if (e && !e.closest('script,style,.monaco-editor') && n.nodeValue.trim() && e.getClientRects().length) found.add(n.nodeValue.trim());
              }
              for (const e of document.querySelectorAll('[placeholder],[title],[aria-label]')) for (const a of ['placeholder', 'title', 'aria-label'])
                if (e.getAttribute(a) && !e.closest('.monaco-editor') && e.getClientRects().length) found.add(e.getAttribute(a).trim());
              for (const e of document.querySelectorAll('.mud-dialog input')) if (e.value) found.add(e.value);
              return [...found];
            }
            """))
            if (Words().IsMatch(text) && !Chinese().IsMatch(text) && !NotAWord().IsMatch(text) && !Names.Value.Contains(text)) _english.Add($"{where}: {text}");
    }

    public Task PictureAsync(string name) => Pictures.TakeAsync(Page, name);

    /// <summary>Nothing was asked of anybody else, nothing was said in English, nothing broke.</summary>
    public async Task WasWellAsync()
    {
        Assert.Empty(_outside);
        Assert.Empty(_english);
        Assert.False(await Page.Locator("#blazor-error-ui").IsVisibleAsync());
        Visitor.HadNoTrouble();
    }

    public ValueTask DisposeAsync() => Visitor.DisposeAsync();

    private ILocator Row(string name) => Page.Locator("elsa-workflow-definition-list tbody td").GetByText(name, new() { Exact = true });

    private ILocator Field(string label) => Page.Locator($".mud-input-control:has(legend:text-is('{label}'))").Last;

    private async Task<List<string>> IdsAsync() => [.. await Page.EvaluateAsync<string[]>("[...document.querySelectorAll('.x6-node')].map(n => n.dataset.cellId)")];

    private async Task<(float X, float Y)> CentreAsync(string selector)
    {
        var box = (await Page.Locator(selector).First.BoundingBoxAsync())!;
        return (box.X + box.Width / 2, box.Y + box.Height / 2);
    }

    private static bool IsSave(IResponse answer) => answer.Request.Method == "POST" && answer.Url.EndsWith("/elsa/api/workflow-definitions", StringComparison.Ordinal);

    [GeneratedRegex("[A-Za-z]{2}")]
    private static partial Regex Words();

    [GeneratedRegex(@"[\u4e00-\u9fff]")]
    private static partial Regex Chinese();

    [GeneratedRegex("\"(?:id|definitionId|name)\": \"([^\"]+)\"")]
    private static partial Regex Named();

    /// <summary>Numbers of versions, boxes and instances, positions, types of activities, numbers of cases, the viewer's copy of an instance's state; and the names JavaScript, Liquid and JSON.</summary>
    [GeneratedRegex(@"^(?:[a-z]+(-[a-z]+)*-v\d+|[0-9a-f]{8,}|[0-9a-f-]{36}|[0-9a-f]{32}-\d+|Workflow1(:[\w-]+)*|(Elsa|BanBuCheng)\.\w+|B\d{10}[0-9A-Z]|\{""DefinitionId"".*\}|JavaScript|Liquid|JSON)$", RegexOptions.Singleline)]
    private static partial Regex NotAWord();
}
