using System.Diagnostics.Tracing;

namespace BanBuCheng.Bench;

/// <summary>Where the memory of a workload goes, by type: the runtime tells of every hundred kilobytes what they were spent on.</summary>
internal static class Allocations
{
    public static async Task RunAsync()
    {
        foreach (var (title, document, definition) in new[] { ("with scripts", Workloads.B1(Workloads.Straight, true), Workloads.Straight), ("without scripts", Workloads.B1(Workloads.Plain, false), Workloads.Plain) })
            await ShowAsync($"B1 in memory, {title}, per instance", 20_000, await MemorySteps.ManyAsync(document, definition));

        using var folder = new DataFolder();
        await using var desk = await SqliteSteps.OpenAsync(folder);
        await SqliteSteps.WarmAsync(desk);
        foreach (var rows in new[] { 0, 4 })
            await ShowAsync($"B1 through the door with {rows} desk rows", 2_000, async times =>
            {
                for (var i = 0; i < times; i++) await desk.StartAsync(Workloads.Straight, rows);
            });
    }

    private static async Task ShowAsync(string title, int times, Func<int, Task> work)
    {
        await work(times / 10);
        using var listener = new Listener();
        var before = GC.GetTotalAllocatedBytes(true);
        await work(times);
        var kb = (GC.GetTotalAllocatedBytes(true) - before) / 1024.0 / times;
        Console.WriteLine(FormattableString.Invariant($"{title}: {kb:0.0} KB"));
        var total = (double)listener.ByType.Values.Sum();
        foreach (var (type, bytes) in listener.ByType.OrderByDescending(t => t.Value).Take(22)) Console.WriteLine(FormattableString.Invariant($"  {bytes / total * kb,6:0.00} KB  {type}"));
    }

    private sealed class Listener : EventListener
    {
        public Dictionary<string, long> ByType { get; } = [];

        protected override void OnEventSourceCreated(EventSource eventSource)
        {
            if (eventSource.Name == "Microsoft-Windows-DotNETRuntime") EnableEvents(eventSource, EventLevel.Verbose, (EventKeywords)1);
        }

        protected override void OnEventWritten(EventWrittenEventArgs eventData)
        {
            if (eventData.EventName is not { } name || !name.StartsWith("GCAllocationTick", StringComparison.Ordinal)) return;
            var type = (string)eventData.Payload![5]!;
            lock (ByType) ByType[type] = ByType.GetValueOrDefault(type) + Convert.ToInt64(eventData.Payload[3], System.Globalization.CultureInfo.InvariantCulture);
        }
    }
}
