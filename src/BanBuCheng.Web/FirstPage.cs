namespace BanBuCheng.Web;

/// <summary>
/// 第一眼 — a program that has just opened its doors owes its two cores to whoever is waiting in front of them. What can come a moment later
/// (the demo's past, the flows made ready, the sweep's first round) waits until a page was seen, and no longer than <see cref="Longest"/>.
/// </summary>
internal sealed class FirstPage
{
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    private readonly TaskCompletionSource _seen = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isAwaited;

    /// <summary>Said before the doors open, by a host somebody looks at; other hosts wait for nobody.</summary>
    public void Await() => _isAwaited = true;

    public void Seen() => _seen.TrySetResult();

    public async Task PassedAsync(CancellationToken ct)
    {
        if (!_isAwaited || _seen.Task.IsCompleted) return;
        // The machine's own time: a demo whose clock stands still opens all the same.
        await Task.WhenAny(_seen.Task, Task.Delay(Longest, TimeProvider.System, ct));
        ct.ThrowIfCancellationRequested();
    }

    /// <summary>Beside the page itself: when its last byte is out, the others may begin.</summary>
    internal sealed class Middleware(RequestDelegate next, FirstPage first)
    {
        public async Task InvokeAsync(HttpContext http)
        {
            if (!first._seen.Task.IsCompleted) http.Response.OnCompleted(Told, (first, http.Response));
            await next(http);
        }

        private static Task Told(object state)
        {
            var (first, response) = ((FirstPage, HttpResponse))state;
            // A probe's answer is no page.
            if (response.ContentType?.StartsWith("text/html", StringComparison.OrdinalIgnoreCase) == true) first.Seen();
            return Task.CompletedTask;
        }
    }
}
