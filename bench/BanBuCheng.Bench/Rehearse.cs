using System.Diagnostics;
using BanBuCheng.Desk.Rehearsal;
using BanBuCheng.Web.Demo;

namespace BanBuCheng.Bench;

/// <summary>A year of 5,000 generated cases through the shipped flows, on all cores.</summary>
internal static class Rehearse
{
    private const int Cases = 5_000;
    private const double Budget = 30;

    public static async Task RunAsync()
    {
        var documents = Directory.EnumerateFiles(Repository.Path("workflows"), "*.json").Order(StringComparer.Ordinal).Select(File.ReadAllText).ToList();
        var profile = new RehearsalProfile { LateShare = 0.03 };
        var plans = GeneratedCases.Of(DemoWorld.World, profile, 1, Cases, new DateOnly(2026, 1, 4));
        var watch = Stopwatch.StartNew();
        var report = await Rehearsals.RunAsync(DemoWorld.World, profile, 1, plans, documents, null, null, CancellationToken.None);
        var seconds = watch.Elapsed.TotalSeconds;

        var table = new Table($"A year of {Cases} cases rehearsed, {Environment.ProcessorCount} cores", "", "figure", "budget");
        table.Add("seconds", Table.Number(seconds), Table.OfBudget(seconds, Budget));
        table.Add("tasks", Table.Number(report.Figures.Tasks, "0"), "");
        table.Add("tasks per second", Table.Number(report.Figures.Tasks / seconds, "0"), "");
        table.Add("closed", Table.Number(report.Figures.Closed, "0"), $"{Cases}");
        table.Print();
    }
}
