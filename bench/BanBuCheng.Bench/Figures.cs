namespace BanBuCheng.Bench;

/// <summary>Middle and tail of a row of measurements.</summary>
internal static class Figures
{
    public static double Median(this IReadOnlyCollection<double> values) => values.Percentile(0.5);

    public static double Percentile(this IReadOnlyCollection<double> values, double share)
    {
        var sorted = values.Order().ToList();
        return sorted[(int)Math.Round(share * (sorted.Count - 1))];
    }
}
