using System.Diagnostics;
using BanBuCheng.Engine;
using BanBuCheng.Engine.Activities;
using BanBuCheng.Engine.Running;

namespace BanBuCheng.Bench;

/// <summary>B5: the interpreter over a store in memory; every instance has a script engine of its own.</summary>
internal static class MemorySteps
{
    /// <summary>What the peer counts as steps of B1: its five activities.</summary>
    private const int StepsEach = 5;

    public static async Task RunAsync(double seconds)
    {
        SqliteSteps.Heading("B5: B1 in memory, one thread");
        await MeasureAsync("B5, in memory, a script engine per instance", Workloads.B1(Workloads.Straight, true), Workloads.Straight, seconds, 200_000);
        await MeasureAsync("B5, in memory, without scripts", Workloads.B1(Workloads.Plain, false), Workloads.Plain, seconds, 1_000_000);
    }

    /// <summary>Runs a flow that many times.</summary>
    public static async Task<Func<int, Task>> ManyAsync(string document, string definition)
    {
        var host = new FlowHost(new ActivityCatalogue(BuiltIn.Descriptors), new TickingClock(), new FlowOptions());
        var store = new MemoryFlowStore { KeepsJournal = false };
        var engine = new FlowEngine(host, store, NoServices.Instance);
        await engine.ImportDraftAsync(document, default);
        await engine.PublishAsync(definition, default);
        var request = new StartRequest(definition);
        return async times =>
        {
            for (var i = 0; i < times; i++)
            {
                await engine.StartAsync(request, default);
                if (i % 100 == 0) store.ForgetEnded();
            }
        };
    }

    private static async Task MeasureAsync(string title, string document, string definition, double seconds, double target)
    {
        var work = await ManyAsync(document, definition);
        await work(5_000);
        var (perSecond, perCpuSecond, kb) = (0.0, 0.0, 0.0);
        // The best of four: what other work takes from the processor is not the engine's.
        for (var i = 0; i < 4; i++)
        {
            var (count, bytes, cpu, started) = (0, GC.GetTotalAllocatedBytes(), Process.GetCurrentProcess().TotalProcessorTime, Stopwatch.GetTimestamp());
            var until = started + (long)(seconds / 3 * Stopwatch.Frequency);
            for (; Stopwatch.GetTimestamp() < until; count += 500) await work(500);
            perSecond = Math.Max(perSecond, count / Stopwatch.GetElapsedTime(started).TotalSeconds);
            perCpuSecond = Math.Max(perCpuSecond, count / (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalSeconds);
            kb = (GC.GetTotalAllocatedBytes() - bytes) / 1024.0 / count;
        }

        // Judged by the processor's time: on a machine of its own that is the clock's.
        EngineTable.Add(title, FormattableString.Invariant($"{perCpuSecond * StepsEach:#,0} steps per CPU second ({perSecond * StepsEach:#,0}/s), {kb / StepsEach:0.00} KB each"), "–", perCpuSecond * StepsEach, 3150, "steps/s",
            FormattableString.Invariant($"{target:#,0} steps/s"), perCpuSecond * StepsEach >= target);
    }
}
