using System.CommandLine;
using System.Globalization;
using BanBuCheng.Desk.Deadlines;

namespace BanBuCheng.Web.Commands;

/// <summary><c>calendar due</c> and <c>calendar import</c>: need no data folder.</summary>
internal static class CalendarCommands
{
    public static void AddTo(RootCommand root)
    {
        var calendar = new Command("calendar", "工作日历");
        calendar.Subcommands.Add(Due());
        calendar.Subcommands.Add(Import());
        root.Subcommands.Add(calendar);
    }

    private static Command Import()
    {
        var file = new Argument<string>("NOTICE") { Description = "国务院办公厅的放假通知，纯文本" };
        var dryRun = new Option<bool>("--dry-run") { Description = "只读，不存" };
        var json = CommandLine.JsonOption();
        var command = new Command("import", "读放假通知：哪些天放假，哪些天调休上班") { file, dryRun, json };
        command.SetAction((parsed, ct) => Output.RunAsync(parsed.GetValue(json), async () =>
        {
            var path = Path.GetFullPath(parsed.GetValue(file)!);
            if (!File.Exists(path)) throw new FileNotFoundException($"没有这个文件：{path}");
            if (!parsed.GetValue(dryRun)) throw new WrongUseException("还不能把通知存进数据库，请加 --dry-run 只读一遍。");
            var answer = HolidayNotice.Parse(await File.ReadAllTextAsync(path, ct)).ToAnswer();
            if (parsed.GetValue(json))
            {
                Output.Write(answer);
            }
            else
            {
                Console.WriteLine($"{answer.Year} 年");
                Console.WriteLine($"放假：{string.Join("、", answer.Holidays.Select(d => d.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)))}");
                Console.WriteLine($"调休上班：{string.Join("、", answer.MakeUpWorkdays.Select(d => d.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)))}");
                foreach (var warning in answer.Warnings) Console.WriteLine($"请核对：{warning}");
            }

            return ExitCodes.Good;
        }));
        return command;
    }

    private static Command Due()
    {
        var from = new Option<string>("--from") { Required = true, Description = "起始日，例如 2022-06-25" };
        var days = new Option<int>("--days") { Required = true, Description = "几个工作日" };
        var json = CommandLine.JsonOption();
        var command = new Command("due", "从某天起数几个工作日，说清楚每一天为什么数、为什么不数") { from, days, json };
        command.SetAction(parsed => Output.RunAsync(parsed.GetValue(json), () =>
        {
            if (!DateOnly.TryParseExact(parsed.GetValue(from), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var start))
                throw new WrongUseException("--from 要写成 2022-06-25 这样的日期。");
            if (start.Year is < 1990 or > 2100) throw new WrongUseException("--from 只能在 1990 年到 2100 年之间。");
            if (parsed.GetValue(days) is < 0 or > WorkingCalendar.LongestPeriod) throw new WrongUseException($"--days 只能是 0 到 {WorkingCalendar.LongestPeriod}。");
            var answer = CalendarDue.Answer(start, parsed.GetValue(days));
            if (parsed.GetValue(json))
            {
                Output.Write(answer);
            }
            else
            {
                Console.WriteLine($"{answer.Due:yyyy-MM-dd}{(answer.Provisional ? "（暂定：放假通知还没出）" : "")}");
                foreach (var line in answer.Derivation) Console.WriteLine($"  {line.Date:yyyy-MM-dd} {(line.Counts ? "数　" : "不数")} {line.Reason}");
            }

            return Task.FromResult(ExitCodes.Good);
        }));
        return command;
    }
}
