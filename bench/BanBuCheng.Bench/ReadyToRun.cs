using System.Diagnostics;

namespace BanBuCheng.Bench;

/// <summary>Publishes the program compiled ahead of time (ReadyToRun), then measures from the start of the process to the first page.</summary>
internal static class ReadyToRun
{
    private const int Runs = 5;
    private const double Budget = 1500;

    public static async Task RunAsync()
    {
        using var published = new DataFolder();
        var rid = OperatingSystem.IsWindows() ? "win-x64" : OperatingSystem.IsMacOS() ? "osx-arm64" : System.Runtime.InteropServices.RuntimeInformation.RuntimeIdentifier.StartsWith("linux-arm64", StringComparison.Ordinal) ? "linux-arm64" : "linux-x64";
        Console.WriteLine($"publishing for {rid} with ReadyToRun (a minute or two; downloads the compiler once)");
        // Folders of its own: what the other words start must stay as it was built.
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var word in new[] { "publish", Repository.Path("src/BanBuCheng.Web"), "-c", "Release", "-r", rid, "--self-contained", "false", "-p:PublishReadyToRun=true", "-o", Path.Combine(published.Path, "app"), "-v", "q", "--nologo" })
            start.ArgumentList.Add(word);
        using (var publish = Process.Start(start)!)
        {
            var said = await publish.StandardOutput.ReadToEndAsync();
            await publish.WaitForExitAsync();
            if (publish.ExitCode != 0) throw new InvalidOperationException($"Publishing with ReadyToRun failed: {said}");
        }

        var dll = Path.Combine(published.Path, "app", "banbucheng.dll");
        var megabytes = new DirectoryInfo(Path.GetDirectoryName(dll)!).EnumerateFiles("*", SearchOption.AllDirectories).Sum(f => f.Length) / 1048576.0;
        List<double> empty = [], existing = [];
        for (var run = 0; run < Runs; run++)
        {
            using var folder = new DataFolder();
            await using (var first = Product.Start(folder.Path, dll))
            {
                empty.Add((await first.FirstPageAsync()).TotalMilliseconds);
                await first.SeededAsync();
            }

            await using var second = Product.Start(folder.Path, dll);
            existing.Add((await second.FirstPageAsync()).TotalMilliseconds);
        }

        var table = new Table($"ReadyToRun: process start to first page, ms, {Runs} runs ({megabytes:0} MB published)", "database", "median", "best", "worst", "budget");
        foreach (var (name, ms) in new[] { ("empty", empty), ("existing, with the demo's cases", existing) })
            table.Add(name, Table.Number(ms.Median(), "0"), Table.Number(ms.Min(), "0"), Table.Number(ms.Max(), "0"), Table.OfBudget(ms.Median(), Budget));
        table.Print();
        EngineTable.Add("first page of the site, empty database (ReadyToRun)", FormattableString.Invariant($"{empty.Median():0} ms"), "–", empty.Median() / 1000, null, "", "under 1.5 s", empty.Median() < Budget, lessIsBetter: true);
    }
}
