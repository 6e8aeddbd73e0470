using System.Diagnostics;
using System.Net;

namespace BanBuCheng.Bench;

/// <summary>
/// Each page of the served demo hall, asked for again and again on one kept connection: the time is the server's plus the way over
/// loopback (some tenths of a millisecond), so it never flatters.
/// </summary>
internal static class PageTimes
{
    private const int Warm = 60, Times = 200;
    private const double Budget = 30;

    public static async Task RunAsync()
    {
        using var folder = new DataFolder();
        await using var product = Product.Start(folder.Path);
        await product.FirstPageAsync();
        await product.SeededAsync();
        var table = new Table($"Server time of a page, ms, {Times} times, 24 demo cases", "page", "first", "p50", "p95", "KB", "p95 and budget");
        var number = product.Ask(PageList.LongCase).Single();
        foreach (var page in PageList.Of(number))
        {
            using var visitor = Visitor.At(product.Address);
            var path = await PageList.FindAsync(page, visitor, number);
            var first = Stopwatch.GetTimestamp();
            var text = path is null ? "" : await visitor.OpenAsync(path);
            var firstMs = Stopwatch.GetElapsedTime(first).TotalMilliseconds;
            if (path is null || visitor.Status is not HttpStatusCode.OK)
            {
                table.Add(page.Name, path is null || visitor.Status is HttpStatusCode.NotFound ? "not there yet" : visitor.Status.ToString(), "", "", "", "");
                continue;
            }

            var ms = new List<double>(Times);
            for (var i = -Warm; i < Times; i++)
            {
                var started = Stopwatch.GetTimestamp();
                await visitor.OpenAsync(path);
                if (visitor.Status is not HttpStatusCode.OK) throw new InvalidOperationException($"{path} answered {visitor.Status} in the middle of the row.");
                if (i >= 0) ms.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }

            table.Add(page.Name, Table.Number(firstMs), Table.Number(ms.Median()), Table.Number(ms.Percentile(0.95)), Table.Number(text.Length / 1024.0), Table.OfBudget(ms.Percentile(0.95), Budget));
        }

        table.Print();
    }

    /// <summary>Every page once.</summary>
    public static async Task VisitAsync(Product product)
    {
        var number = product.Ask(PageList.LongCase).Single();
        foreach (var page in PageList.Of(number))
        {
            using var visitor = Visitor.At(product.Address);
            if (await PageList.FindAsync(page, visitor, number) is { } path) await visitor.OpenAsync(path);
        }
    }
}
