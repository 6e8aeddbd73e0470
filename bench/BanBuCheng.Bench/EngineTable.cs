using System.Globalization;

namespace BanBuCheng.Bench;

/// <summary>
/// The lines of the engine's table: each figure beside the raw limit of the same run, the peer's figure on like hardware, and the target.
/// </summary>
internal static class EngineTable
{
    private static readonly Table Lines = new("The engine", "workload", "measured", "raw limit, same run", "peer", "ratio to the peer", "target", "");
    private static bool _any;

    /// <param name="peer">The peer's figure in the same unit; null where it has none.</param>
    public static void Add(string workload, string measured, string raw, double value, double? peer, string unit, string target, bool met, bool disturbed = false, bool lessIsBetter = false)
    {
        _any = true;
        var ratio = peer is { } p ? $"{Short(lessIsBetter ? p / value : value / p)}×" : "–";
        var verdict = (met ? "met" : "MISSED") + (disturbed ? ", disk disturbed" : "");
        Lines.Add(workload, measured, raw, peer is { } known ? $"{Short(known)} {unit}" : "–", ratio, target, verdict);
        Console.WriteLine($"  {workload}: {measured} · raw {raw} · target {target}: {verdict}");
    }

    public static void Print()
    {
        if (!_any) return;
        Lines.Print();
        Console.WriteLine();
        Console.WriteLine("Peer: measured on another day on like hardware, so an orientation. A line marked disturbed had a raw p99 above five times its p50 in both tries.");
    }

    public static string Short(double value) => value switch
    {
        >= 1000 => value.ToString("#,##0", CultureInfo.InvariantCulture),
        >= 100 => value.ToString("0", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("0.0", CultureInfo.InvariantCulture),
        _ => value.ToString("0.00", CultureInfo.InvariantCulture),
    };
}
