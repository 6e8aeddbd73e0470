namespace BanBuCheng.Bench;

/// <summary>From the start of the process to the first page, on an empty folder and on one that was served before.</summary>
internal static class StartUp
{
    private const int Runs = 5;
    private const double EmptyBudget = 4000, ExistingBudget = 2500;

    public static async Task RunAsync()
    {
        List<double> empty = [], existing = [], cpu = [];
        for (var run = 0; run < Runs; run++)
        {
            using var folder = new DataFolder();
            await using (var first = Product.Start(folder.Path))
            {
                empty.Add((await first.FirstPageAsync()).TotalMilliseconds);
                await first.SeededAsync();
            }

            await using var second = Product.Start(folder.Path);
            existing.Add((await second.FirstPageAsync()).TotalMilliseconds);
            cpu.Add(second.Cpu().TotalMilliseconds);
        }

        var table = new Table($"Process start to first page, ms, {Runs} runs", "database", "median", "best", "worst", "budget");
        Row("empty", empty, EmptyBudget);
        Row("existing, with the demo's cases", existing, ExistingBudget);
        table.Add("existing: CPU until then", Table.Number(cpu.Median(), "0"), Table.Number(cpu.Min(), "0"), Table.Number(cpu.Max(), "0"), "");
        table.Print();
        EngineTable.Add("first page of the site, empty database (JIT)", FormattableString.Invariant($"{empty.Median():0} ms"), "–", empty.Median() / 1000, null, "", "under 2.5 s", empty.Median() < 2500, lessIsBetter: true);

        void Row(string name, List<double> ms, double budget) =>
            table.Add(name, Table.Number(ms.Median(), "0"), Table.Number(ms.Min(), "0"), Table.Number(ms.Max(), "0"), Table.OfBudget(ms.Median(), budget));
    }
}
