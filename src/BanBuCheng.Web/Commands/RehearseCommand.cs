using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Offices;
using BanBuCheng.Desk.Rehearsal;
using BanBuCheng.Web.Demo;
using Microsoft.Extensions.Options;

namespace BanBuCheng.Web.Commands;

/// <summary><c>rehearse</c>: drives cases through the real engine on a virtual clock.</summary>
internal static class RehearseCommand
{
    public static void AddTo(RootCommand root)
    {
        var files = new Argument<string[]>("FLOW.json") { Arity = ArgumentArity.OneOrMore, Description = "要推演的流程文件；用到而没给的环节、从旁边启动的流程，用随产品的" };
        var cases = new Option<int>("--cases") { DefaultValueFactory = _ => 200, Description = "走多少件（生成的），或最多多少件（办结的）" };
        var from = new Option<string?>("--from") { Description = "从哪天起受理，年-月-日；不写从今天起，一年" };
        var seed = new Option<long>("--seed") { DefaultValueFactory = _ => 1, Description = "种子：同一个种子，同样的结果" };
        var against = new Option<string[]>("--against") { AllowMultipleArgumentsPerToken = true, Description = "跟哪一版比：另一版的流程文件" };
        var closed = new Option<bool>("--closed") { Description = "用数据库里办结的办件（遮盖个人信息），不用生成的" };
        var alone = new Option<bool>("--alone") { Description = "只走给出的流程和它用到的环节，不加从旁边启动的（督办、延时、停表……）" };
        var data = CommandLine.DataOption();
        var json = CommandLine.JsonOption();
        var command = new Command("rehearse", "推演：拿许多件事把流程走一遍，看谁走了别的路、谁超期、谁忙不过来") { files, cases, from, seed, against, closed, alone, data, json };
        command.SetAction((parsed, ct) => Output.RunAsync(parsed.GetValue(json), async () =>
        {
            var count = parsed.GetValue(cases);
            if (count is < 1 or > 100_000) throw new WrongUseException("--cases 要写 1 到 100000。");
            var start = FromOf(parsed.GetValue(from));
            var after = await WithPartsAsync(parsed.GetValue(files)!, parsed.GetValue(alone), ct);
            var before = parsed.GetValue(against) is { Length: > 0 } others ? await WithPartsAsync(others, parsed.GetValue(alone), ct) : null;
            var watch = Stopwatch.StartNew();
            var (world, profile, plans) = parsed.GetValue(closed) ? await ClosedAsync(parsed.GetValue(data), count, ct)
                : Generated(parsed.GetValue(seed), count, start);
            if (plans.Count == 0) throw new WrongUseException("数据库里还没有办结的办件。");
            var report = await Rehearsals.RunAsync(world, profile, parsed.GetValue(seed), plans, after, before, new ProgressLine().Say, ct);
            if (parsed.GetValue(json)) Output.Write(Document(report, report.Source == "closed" ? report.From : start, watch.Elapsed));
            else Write(report, watch.Elapsed);

            // What must never be: a case that ends, or stays, without a reply, or a step that breaks.
            return report.Figures.Troubles.Count == 0 && report.Figures.Unfinished == 0 && !report.Figures.Endings.ContainsKey("None") ? ExitCodes.Good : ExitCodes.Findings;
        }));
        root.Subcommands.Add(command);
    }

    private static (RehearsalWorld, RehearsalProfile, IReadOnlyList<PlannedCase>) Generated(long seed, int count, DateOnly from)
    {
        var profile = new RehearsalProfile { LateShare = 0.03 };
        return (DemoWorld.World, profile, GeneratedCases.Of(DemoWorld.World, profile, seed, count, from));
    }

    private static async Task<(RehearsalWorld, RehearsalProfile, IReadOnlyList<PlannedCase>)> ClosedAsync(string? data, int count, CancellationToken ct)
    {
        await using var app = HostBuilder.Build([], HostMode.Existing(data));
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DeskDb>();
        var world = await ClosedCases.WorldAsync(db, scope.ServiceProvider.GetRequiredService<DeadlineBook>(), scope.ServiceProvider.GetRequiredService<IOptions<HallOptions>>().Value, ct);
        var (plans, profile) = await ClosedCases.ReadAsync(db, world, count, ct);
        return (world, profile, plans);
    }

    private static DateOnly FromOf(string? text)
    {
        if (text is null) return ShanghaiTime.DayOf(TimeProvider.System.GetUtcNow());
        return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : throw new WrongUseException($"--from 要写成 年-月-日，例如 2026-03-01，现在是“{text}”。");
    }

    /// <summary>The files, what they use and did not bring, and what starts from the side by itself, from the flows that travel with the program.</summary>
    private static async Task<IReadOnlyList<string>> WithPartsAsync(IEnumerable<string> paths, bool alone, CancellationToken ct)
    {
        var texts = new List<string>();
        foreach (var path in paths) texts.Add(File.Exists(path) ? await File.ReadAllTextAsync(path, ct) : throw new FileNotFoundException($"没有这个文件：{Path.GetFullPath(path)}"));
        var shelf = Path.Combine(AppContext.BaseDirectory, "workflows");
        return alone ? FlowParts.Complete(texts, shelf) : FlowParts.WithSides(texts, shelf);
    }

    private static object Document(RehearsalReport report, DateOnly from, TimeSpan took) => new
    {
        report.Seed,
        from,
        report.Cases,
        report.Source,
        report.Flow,
        report.Figures.Closed,
        report.Figures.Unfinished,
        report.Figures.Endings,
        report.Figures.Late,
        report.Figures.WorkingDaysToReply,
        report.Figures.PerRoleLoad,
        report.Figures.Tasks,
        report.Figures.Assumed,
        report.Figures.AssumedByActivity,
        report.Figures.Messages,
        report.Figures.Troubles,
        report.Before,
        report.Counts,
        report.Differences,
        seconds = Math.Round(took.TotalSeconds, 2),
    };

    private static void Write(RehearsalReport report, TimeSpan took)
    {
        var figures = report.Figures;
        Console.WriteLine($"{report.Flow}：{report.Cases} 件（{(report.Source == "closed" ? "办结的，已遮盖" : "生成的")}），种子 {report.Seed}，用了 {took.TotalSeconds:0.0} 秒");
        Console.WriteLine($"结果：{string.Join("，", figures.Endings.Select(e => $"{(Enum.TryParse<CaseOutcome>(e.Key, out var outcome) ? outcome.Caption() : "没有答复")} {e.Value}"))}；没办完 {figures.Unfinished}");
        Console.WriteLine($"平均 {figures.WorkingDaysToReply} 个工作日答复；答复超期 {figures.Late.Replies} 件，待办超期 {figures.Late.Tasks} 个；待办共 {figures.Tasks} 个，其中假设的 {figures.Assumed} 个");
        foreach (var load in figures.PerRoleLoad) Console.WriteLine($"  {load.Name}：{load.Tasks} 个，平均每个工作日 {load.PerDay}，最忙 {load.BusiestDay:yyyy-MM-dd} {load.Busiest} 个");
        if (figures.Assumed < figures.Tasks)
            foreach (var assumed in figures.AssumedByActivity.Take(10)) Console.WriteLine($"  假设：{assumed.Title} {assumed.Assumed}/{assumed.Of}");
        foreach (var late in figures.Late.ByActivity.Take(10)) Console.WriteLine($"  超期：{late.Title} {late.Late}/{late.Of}");
        foreach (var trouble in figures.Troubles.Take(10)) Console.WriteLine($"  差错：{trouble.Case} {trouble.ActivityId} {trouble.Message}");
        if (report.Before is null) return;
        var counts = report.Counts;
        Console.WriteLine($"跟{(report.Source == "closed" && figures.Assumed < figures.Tasks ? "当时" : "另一版")}比：{report.Differences.Count} 件不一样（换了走法 {counts.Way}，结果不同 {counts.Ending}，新超期 {counts.NewlyLate}，不再超期 {counts.LateNoMore}）");
        foreach (var difference in report.Differences.Take(20)) Console.WriteLine($"  {difference.Case}：{difference.Sentence}");
    }

    /// <summary>One line on standard error, written over.</summary>
    private sealed class ProgressLine
    {
        private readonly Lock gate = new();
        private int last = -1;

        public void Say(int done, int all)
        {
            var percent = all == 0 ? 100 : done * 100 / all;
            lock (gate)
            {
                if (percent <= last) return;
                last = percent;
                Console.Error.Write(Console.IsErrorRedirected ? percent % 10 == 0 ? $"推演 {percent}%\n" : "" : $"\r推演 {percent}%{(percent == 100 ? "\n" : "")}");
            }
        }
    }
}
