using System.Diagnostics;
using BanBuCheng.Desk.Database;

namespace BanBuCheng.Bench;

/// <summary>From the start of a process on an empty folder to the first finished flow: schema, publication, one step.</summary>
internal static class ColdStart
{
    private const int Runs = 5;
    private const string Said = "first flow finished";

    public static async Task RunAsync()
    {
        SqliteSteps.Heading("Cold start: an empty folder, process start to the first finished flow");
        var ms = new List<double>();
        for (var i = 0; i < Runs; i++)
        {
            using var folder = new DataFolder();
            var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, UseShellExecute = false };
            foreach (var word in new[] { typeof(ColdStart).Assembly.Location, "cold-child", folder.Path }) start.ArgumentList.Add(word);
            var started = Stopwatch.GetTimestamp();
            using var child = Process.Start(start)!;
            var line = await child.StandardOutput.ReadLineAsync();
            ms.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            await child.WaitForExitAsync();
            if (line != Said) throw new InvalidOperationException($"Expected '{Said}', but the child said '{line}'.");
        }

        EngineTable.Add("cold start to the first finished flow, empty database (JIT)", FormattableString.Invariant($"{ms.Median():0} ms ({ms.Min():0}–{ms.Max():0})"), "–", ms.Median() / 1000, 3.1, "s", "under 1 s", ms.Median() < 1000, lessIsBetter: true);
    }

    public static async Task ChildAsync(string folder)
    {
        // As the program's own start does: a script's first run beside the schema.
        _ = Task.Run(() => Web.WarmUp.ScriptAsync(default));
        await using var desk = await BenchDesk.OpenAsync(DatabaseProvider.Sqlite, DatabaseSetup.SqliteFile(folder), documents: [Workloads.B1(Workloads.Straight, true)]);
        await desk.StartAsync(Workloads.Straight);
        Console.WriteLine(Said);
    }
}
