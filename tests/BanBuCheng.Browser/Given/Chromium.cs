using BanBuCheng.Stories.Given.Infrastructure;
using Microsoft.Playwright;

namespace BanBuCheng.Browser.Given;

/// <summary>One Chromium for the run, the system's own; every page gets a context (cookies, viewport) of its own.</summary>
public sealed class Chromium : IAsyncDisposable
{
    private const string Program = "/usr/bin/chromium";
    private static readonly SemaphoreSlim Starting = new(1);
    private static Chromium? s_shared;
    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Chromium(IPlaywright playwright, IBrowser browser) => (_playwright, _browser) = (playwright, browser);

    /// <summary>Skips the running test where there is no Chromium (fails in CI).</summary>
    public static async Task<Chromium> SharedAsync()
    {
        await Starting.WaitAsync();
        try
        {
            return s_shared ??= await StartAsync();
        }
        finally
        {
            Starting.Release();
        }
    }

    public static async ValueTask StopSharedAsync()
    {
        if (Interlocked.Exchange(ref s_shared, null) is { } chromium) await chromium.DisposeAsync();
    }

    /// <summary>A page of somebody new, in Chinese. Closing its context signs them out.</summary>
    public async Task<IPage> NewPageAsync(Screen? screen = null, bool javaScript = true)
    {
        var context = await _browser.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = (screen ?? Screen.Desk).Width, Height = (screen ?? Screen.Desk).Height },
            Locale = "zh-CN",
            TimezoneId = "Asia/Shanghai",
            ReducedMotion = ReducedMotion.Reduce,
            JavaScriptEnabled = javaScript,
        });
        context.SetDefaultTimeout(20_000);
        return await context.NewPageAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }

    private static async Task<Chromium> StartAsync()
    {
        if (!File.Exists(Program)) Component.Missing("Chromium", "chromium fonts-noto-cjk");
        var playwright = await Playwright.CreateAsync();
        return new Chromium(playwright, await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Program,
            Args =
            [
                // Chromium refuses its sandbox to root.
                .. Environment.IsPrivilegedProcess ? ["--no-sandbox"] : Array.Empty<string>(),
                "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
                "--disable-dev-shm-usage",
            ],
        }));
    }
}

/// <summary>How large the screen is.</summary>
public sealed record Screen(int Width, int Height)
{
    public static readonly Screen Desk = new(1280, 800);
    public static readonly Screen Phone = new(390, 844);
}
