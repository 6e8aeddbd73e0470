using System.Globalization;

namespace BanBuCheng.Bench;

/// <summary>A Markdown table on the console, its columns as wide as their widest cell.</summary>
internal sealed class Table(string title, params string[] columns)
{
    private readonly List<string[]> _rows = [];

    public void Add(params string[] cells) => _rows.Add(cells);

    public void Print()
    {
        Console.WriteLine();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"### {title}"));
        Console.WriteLine();
        var widths = columns.Select((c, i) => _rows.Select(r => r[i].Length).Append(c.Length).Max()).ToArray();
        Line(columns);
        Line([.. widths.Select(w => new string('-', w))]);
        foreach (var row in _rows) Line(row);

        void Line(string[] cells) => Console.WriteLine("| " + string.Join(" | ", cells.Select((c, i) => c.PadRight(widths[i]))) + " |");
    }

    /// <summary>A measured figure beside the most it may be, as a share of it.</summary>
    public static string OfBudget(double value, double budget) => string.Create(CultureInfo.InvariantCulture, $"{value / budget:0.00} of {budget:0.##}{(value > budget ? "  OVER" : "")}");

    public static string Number(double value, string format = "0.0") => value.ToString(format, CultureInfo.InvariantCulture);
}
