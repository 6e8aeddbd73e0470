using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace BanBuCheng.Bench;

/// <summary>
/// The genuine Studio in the system's Chromium against the program just started: until the editor of the main flow can be worked with, by a browser
/// that never was here and by the same one opened again. Then the server's time for what Studio asks for after every change.
/// </summary>
internal static class StudioTimes
{
    private const string Program = "/usr/bin/chromium", Editor = "designer/workflows/definitions/case-handling/edit", Box = "window-task";
    private const int Runs = 3, Untold = 20, Times = 60;
    private const double ColdBudget = 12_000, WarmBudget = 9_000, PaletteBudget = 20, SaveBudget = 100;

    public static async Task RunAsync()
    {
        using var folder = new DataFolder();
        await using (var seeding = Product.Start(folder.Path))
        {
            await seeding.FirstPageAsync();
            await seeding.SeededAsync();
        }

        if (File.Exists(Program)) await OpenAsync(folder.Path);
        else Console.WriteLine("Chromium is not installed; install with: apt-get install chromium fonts-noto-cjk");
        await ServeAsync(folder.Path);
    }

    // ── the browser ────────────────────────────────────────────────────────

    private static async Task OpenAsync(string data)
    {
        using var playwright = await Playwright.CreateAsync();
        List<Opening> cold = [], warm = [];
        for (var run = 0; run < Runs; run++)
        {
            await using var product = Product.Start(data);
            await product.FirstPageAsync();
            using var profile = new DataFolder();
            cold.Add(await OpenAsync(playwright, product, profile.Path));
            warm.Add(await OpenAsync(playwright, product, profile.Path));
        }

        var table = new Table($"Until the editor of the main flow can be worked with, ms, median of {Runs}; each run starts the program and a browser anew",
            "browser", "page read", "Studio asks", "drawn", "usable", "best", "worst", "requests", "MB", "budget");
        Row("never was here", cold, ColdBudget);
        Row("opened again", warm, WarmBudget);
        table.Print();
        Console.WriteLine($"Asked of other hosts: {(cold.Concat(warm).SelectMany(o => o.Outside).Distinct().ToList() is { Count: > 0 } outside ? string.Join(", ", outside) : "nothing")}");

        void Row(string name, List<Opening> all, double budget)
        {
            var usable = all.ConvertAll(o => o.Usable);
            table.Add(name, Median(all, o => o.Read), Median(all, o => o.Asked), Median(all, o => o.Drawn), Table.Number(usable.Median(), "0"), Table.Number(usable.Min(), "0"), Table.Number(usable.Max(), "0"),
                Median(all, o => o.Requests), Table.Number(all.ConvertAll(o => o.Bytes / 1048576.0).Median()), Table.OfBudget(usable.Median(), budget));
        }

        static string Median(List<Opening> all, Func<Opening, double> of) => Table.Number(all.ConvertAll(o => of(o)).Median(), "0");
    }

    /// <summary>A browser of its own on that profile, signed in as the administrator; then straight to the editor's address.</summary>
    private static async Task<Opening> OpenAsync(IPlaywright playwright, Product product, string profile)
    {
        await using var browser = await playwright.Chromium.LaunchPersistentContextAsync(profile, new BrowserTypeLaunchPersistentContextOptions
        {
            ExecutablePath = Program,
            ViewportSize = new ViewportSize { Width = 1720, Height = 1040 },
            Locale = "zh-CN",
            TimezoneId = "Asia/Shanghai",
            Args =
            [
                // Chromium refuses its sandbox to root.
                .. Environment.IsPrivilegedProcess ? ["--no-sandbox"] : Array.Empty<string>(),
                "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
            ],
        });
        browser.SetDefaultTimeout(90_000);
        var page = browser.Pages.Count > 0 ? browser.Pages[0] : await browser.NewPageAsync();
        var outside = new List<string>();
        page.Request += (_, request) =>
        {
            if (new Uri(request.Url) is { Scheme: "http" or "https" or "ws" or "wss" } asked && asked.Authority != product.Address.Authority) outside.Add(request.Url);
        };
        await page.AddInitScriptAsync("performance.setResourceTimingBufferSize(3000)");
        await page.GotoAsync(product.Address.ToString());
        await page.Locator("button.role").Filter(new() { HasText = "栗知行" }).First.ClickAsync();
        await page.WaitForURLAsync(url => new Uri(url).AbsolutePath.Length > 1);
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);

        var started = Stopwatch.GetTimestamp();
        await page.GotoAsync(new Uri(product.Address, Editor).ToString(), new() { WaitUntil = WaitUntilState.Commit });
        await page.Locator("#studio[data-fits]").WaitForAsync();
        await page.Locator(".x6-node").Nth(3).WaitForAsync();
        var drawn = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        // Worked with: the palette is there, and a box that is clicked shows what can be filled in.
        await page.Locator(".mud-expand-panel-header").First.WaitForAsync();
        var place = (await page.Locator($".x6-node[data-cell-id='{Box}']").BoundingBoxAsync())!;
        await page.Mouse.ClickAsync(place.X + place.Width / 2, place.Y + place.Height / 2);
        await page.Locator(".mud-input-control:has(legend:text-is('做什么'))").First.WaitForAsync();
        var usable = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        var marks = await page.EvaluateAsync<double[]>("""
            () => {
              const page = performance.getEntriesByType('navigation')[0], all = performance.getEntriesByType('resource');
              return [page.domContentLoadedEventEnd, Math.min(...all.filter(r => r.name.includes('/elsa/api/')).map(r => r.startTime)), all.length + 1, all.reduce((sum, r) => sum + r.transferSize, page.transferSize)];
            }
            """);
        return new Opening(marks[0], marks[1], drawn, usable, (int)marks[2], (long)marks[3], outside);
    }

    /// <param name="Read">The page's own scripts have run.</param>
    /// <param name="Asked">Studio runs: its first request to the interface leaves.</param>
    /// <param name="Drawn">All boxes are there and in view.</param>
    /// <param name="Bytes">Over the line; nothing for what the browser had.</param>
    private sealed record Opening(double Read, double Asked, double Drawn, double Usable, int Requests, long Bytes, IReadOnlyList<string> Outside);

    // ── the server ─────────────────────────────────────────────────────────

    private static async Task ServeAsync(string data)
    {
        await using var product = Product.Start(data);
        await product.FirstPageAsync();
        using var http = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = false }) { BaseAddress = product.Address };
        using var visitor = new Visitor(http);
        await visitor.EnterAsync("lizhixing");
        var table = new Table($"Server time of what Studio asks for after every change, ms, {Times} times, the way over loopback included", "asked for", "first", "p50", "p95", "KB", "p95 and budget");
        var seen = await MeasureAsync("list of flows", null, () => GetAsync(http, "workflow-definitions?versionOptions=Latest&Page=0&PageSize=25"));
        seen = await MeasureAsync("main flow", null, () => GetAsync(http, "workflow-definitions/by-definition-id/case-handling?versionOptions=Latest"));
        var model = JsonNode.Parse(seen.Text)!.AsObject();
        await MeasureAsync("palette", PaletteBudget, () => GetAsync(http, "descriptors/activities?Refresh=True"));
        var tag = (await GetAsync(http, "descriptors/activities?Refresh=True")).Tag;
        await MeasureAsync("palette, known to the browser", PaletteBudget, () => GetAsync(http, "descriptors/activities?Refresh=True", tag));
        // As Studio does: each save carries the mark of the last, and the palette is read anew behind it.
        var (saves, palettes) = (new List<Answer>(), new List<Answer>());
        for (var i = -Untold; i < Times; i++)
        {
            model["description"] = $"第 {i} 次改说明。";
            var saved = await PostAsync(http, "workflow-definitions", new JsonObject { ["model"] = model.DeepClone(), ["publish"] = false });
            if (saved.Status is not HttpStatusCode.OK) throw new InvalidOperationException($"A save was answered {saved.Status}: {saved.Text}");
            model = JsonNode.Parse(saved.Text)!["workflowDefinition"]!.AsObject();
            saves.Add(saved);
            palettes.Add(await GetAsync(http, "descriptors/activities?Refresh=True", palettes.Count > 0 ? palettes[^1].Tag : null));
        }

        Add("save of the main flow, changed each time", SaveBudget, saves);
        Add("palette right behind a save", PaletteBudget, palettes);
        table.Print();

        async Task<Answer> MeasureAsync(string name, double? budget, Func<Task<Answer>> ask)
        {
            var answers = new List<Answer>();
            for (var i = -Untold; i < Times; i++) answers.Add(await ask());
            Add(name, budget, answers);
            return answers[^1];
        }

        void Add(string name, double? budget, List<Answer> answers)
        {
            if (answers.Find(a => a.Status is not (HttpStatusCode.OK or HttpStatusCode.NotModified)) is { } bad) throw new InvalidOperationException($"{name} was answered {bad.Status}.");
            var ms = answers.Skip(Untold).Select(a => a.Ms).ToList();
            table.Add(name, Table.Number(answers[0].Ms), Table.Number(ms.Median()), Table.Number(ms.Percentile(0.95)), Table.Number(answers[^1].Bytes / 1024.0), budget is { } most ? Table.OfBudget(ms.Percentile(0.95), most) : "");
        }
    }

    private static async Task<Answer> GetAsync(HttpClient http, string path, EntityTagHeaderValue? known = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"elsa/api/{path}", UriKind.Relative));
        if (known is not null) request.Headers.IfNoneMatch.Add(known);
        return await SendAsync(http, request);
    }

    private static async Task<Answer> PostAsync(HttpClient http, string path, JsonObject body)
    {
        using var content = new StringContent(body.ToJsonString(), System.Text.Encoding.UTF8, "application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"elsa/api/{path}", UriKind.Relative)) { Content = content };
        return await SendAsync(http, request);
    }

    private static async Task<Answer> SendAsync(HttpClient http, HttpRequestMessage request)
    {
        // As a browser asks; what comes packed is unpacked after the clock was stopped.
        request.Headers.TryAddWithoutValidation("Accept-Encoding", "gzip, deflate, br");
        var started = Stopwatch.GetTimestamp();
        using var answer = await http.SendAsync(request);
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        var ms = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        return new Answer(answer.StatusCode, ms, bytes.Length, answer.Headers.ETag, Unpack(bytes, answer.Content.Headers.ContentEncoding.FirstOrDefault()));
    }

    private static string Unpack(byte[] bytes, string? encoding)
    {
        using var packed = new MemoryStream(bytes);
        using Stream plain = encoding switch
        {
            "br" => new System.IO.Compression.BrotliStream(packed, System.IO.Compression.CompressionMode.Decompress),
            "gzip" => new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionMode.Decompress),
            _ => packed,
        };
        using var reader = new StreamReader(plain);
        return reader.ReadToEnd();
    }

    private sealed record Answer(HttpStatusCode Status, double Ms, int Bytes, EntityTagHeaderValue? Tag, string Text);
}
