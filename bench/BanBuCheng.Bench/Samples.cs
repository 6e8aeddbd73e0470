using System.Diagnostics;

namespace BanBuCheng.Bench;

/// <summary>What was seen of one kind of work: how long each commit took, and what all of them cost together.</summary>
internal sealed class Samples
{
    private readonly Lock _lock = new();
    private readonly List<double> _ms = [];
    private long _bytes;
    private TimeSpan _cpu;
    private double _seconds;

    public int Count => _ms.Count;
    public double PerSecond => Count / _seconds;
    public double P50 => _ms.Percentile(0.5);
    public double P99 => _ms.Percentile(0.99);
    public double Max => _ms.Max();
    public double KbEach => _bytes / 1024.0 / Count;
    public double CpuMsEach => _cpu.TotalMilliseconds / Count;

    public void Add(double ms)
    {
        lock (_lock) _ms.Add(ms);
    }

    public async Task<T> TimeAsync<T>(Func<Task<T>> step)
    {
        var started = Stopwatch.GetTimestamp();
        var result = await step();
        Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        return result;
    }

    public void Time(Action step)
    {
        var started = Stopwatch.GetTimestamp();
        step();
        Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
    }

    /// <summary>A block of such work; its whole time, memory and CPU are put to this account.</summary>
    public async Task BlockAsync(Func<Task> work)
    {
        var (bytes, cpu, started) = (GC.GetTotalAllocatedBytes(), Process.GetCurrentProcess().TotalProcessorTime, Stopwatch.GetTimestamp());
        await work();
        _seconds += Stopwatch.GetElapsedTime(started).TotalSeconds;
        _bytes += GC.GetTotalAllocatedBytes() - bytes;
        _cpu += Process.GetCurrentProcess().TotalProcessorTime - cpu;
    }

    public override string ToString() => FormattableString.Invariant($"{PerSecond,6:0}/s  p50 {P50:0.000}  p99 {P99:0.00}  max {Max:0.0} ms");
}

/// <summary>The engine's work and the raw limit in turns, so that both meet the same disk.</summary>
/// <param name="Steps">Every commit of the engine's.</param>
/// <param name="Resumes">Those of them that woke something.</param>
/// <param name="Raw">The same rows by native commands.</param>
internal sealed record Interleaved(Samples Steps, Samples Resumes, Samples Raw)
{
    /// <summary>Another guest of the disk was louder than we: the figures say little.</summary>
    public bool IsDisturbed => Raw.P99 > 5 * Raw.P50;

    public double OfRaw => Steps.PerSecond / Raw.PerSecond;

    /// <summary>Measures in blocks; a disturbed run is done once more, and the quieter of both counts.</summary>
    public static async Task<Interleaved> RunAsync(double seconds, Func<Interleaved, Task> engineBlock, Action<Samples> rawBlock)
    {
        var first = await OnceAsync();
        if (!first.IsDisturbed) return first;
        var second = await OnceAsync();
        return second.Raw.P99 / second.Raw.P50 < first.Raw.P99 / first.Raw.P50 ? second : first;

        async Task<Interleaved> OnceAsync()
        {
            var warm = new Interleaved(new(), new(), new());
            for (var i = 0; i < 3; i++)
            {
                await engineBlock(warm);
                rawBlock(warm.Raw);
            }

            var run = new Interleaved(new(), new(), new());
            var until = Stopwatch.GetTimestamp() + (long)(2 * seconds * Stopwatch.Frequency);
            while (Stopwatch.GetTimestamp() < until)
            {
                await run.Steps.BlockAsync(() => engineBlock(run));
                await run.Raw.BlockAsync(() =>
                {
                    rawBlock(run.Raw);
                    return Task.CompletedTask;
                });
            }

            return run;
        }
    }
}
