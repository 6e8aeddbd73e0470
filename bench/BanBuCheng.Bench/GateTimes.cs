using System.Diagnostics;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Gate;
using BanBuCheng.Engine.Checking;
using BanBuCheng.Engine.Documents;
using BanBuCheng.Web.Demo;

namespace BanBuCheng.Bench;

/// <summary>What the publish gate takes: the shipped flows, a drawing of 200 activities, and the drawings that grow fastest.</summary>
internal static class GateTimes
{
    private const int Times = 5;
    private static readonly HallDirectory Hall = new(DemoPeople.Units.Select(u => u.Code).ToHashSet(StringComparer.Ordinal),
        DemoPeople.People.ToDictionary(p => p.Login, p => (p.Unit, (IReadOnlyList<string>)p.Roles), StringComparer.Ordinal));

    public static Task RunAsync()
    {
        var table = new Table($"The publish gate, one core, median of {Times} after the first", "flows", "drawn", "states", "first, ms", "ms", "budget", "found");
        Measure(table, "shipped", [.. Directory.EnumerateFiles(Repository.Path("workflows"), "*.json").Order(StringComparer.Ordinal).Select(File.ReadAllText)], 1_000);
        Measure(table, "200 drawn, parts on top", LargeFlow.Of(200), 5_000);
        Measure(table, "400 drawn, parts on top", LargeFlow.Of(400), null);
        foreach (var (lanes, tasks) in new[] { (2, 15), (3, 8), (4, 8), (4, 4), (6, 2), (8, 1) }) Measure(table, $"{lanes} lanes of {tasks}", LargeFlow.Lanes(lanes, tasks), null);
        Measure(table, "3 lanes of 8, of 1 to 3 days", LargeFlow.Lanes(3, 8, task => 1 + task % 3), null);
        Measure(table, "3 lanes of 8, back twice", LargeFlow.Lanes(3, 8, returns: 2), null);
        table.Print();
        return Task.CompletedTask;
    }

    private static void Measure(Table table, string name, IReadOnlyList<string> texts, double? budget)
    {
        double first = 0;
        var others = new List<double>();
        Inspection inspection = null!;
        List<FlowDocument> flows = [];
        for (var i = 0; i <= Times; i++)
        {
            var watch = Stopwatch.StartNew();
            flows = [.. texts.Select(t => FlowReader.Read(t).Document!)];
            inspection = new FlowInspection(GateWithoutHall.Host).Inspect(flows, (id, _) => flows.Find(f => f.DefinitionId == id), Hall, DeadlinePolicy.Default, new CheckLimits(Milliseconds: 60_000));
            if (i == 0) first = watch.Elapsed.TotalMilliseconds;
            else others.Add(watch.Elapsed.TotalMilliseconds);
        }
        var median = others.Order().ElementAt(Times / 2);
        var found = string.Join(' ', inspection.Findings.Select(f => f.IsError ? f.Code : f.Code.ToLowerInvariant()).Distinct().Order(StringComparer.OrdinalIgnoreCase));
        table.Add(name, Table.Number(flows.Sum(f => f.Root.WithDescendants().Count() - 1), "0"), Table.Number(inspection.States, "0"), Table.Number(first, "0"), Table.Number(median, "0"),
            budget is { } most ? Table.OfBudget(median, most) : "", found);
    }
}
