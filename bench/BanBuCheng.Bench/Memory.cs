namespace BanBuCheng.Bench;

/// <summary>Resident memory of the served hall.</summary>
internal static class Memory
{
    private const double Budget = 200;

    public static async Task RunAsync()
    {
        using var folder = new DataFolder();
        var table = new Table("Resident memory, MB", "when", "MB", "budget");
        await using (var first = Product.Start(folder.Path))
        {
            await first.FirstPageAsync();
            await first.SeededAsync();
            table.Add("after telling the demo's four weeks", Table.Number(first.Memory(), "0"), "");
        }

        await using (var second = Product.Start(folder.Path))
        {
            await second.FirstPageAsync();
            table.Add("first page of an existing hall", Table.Number(second.Memory(), "0"), "");
            await Task.Delay(TimeSpan.FromSeconds(10));
            table.Add("the same, idle for 10 s", Table.Number(second.Memory(), "0"), Table.OfBudget(second.Memory(), Budget));
            await PageTimes.VisitAsync(second);
            table.Add("the same, after a round of all pages", Table.Number(second.Memory(), "0"), "");
        }

        table.Print();
    }
}
