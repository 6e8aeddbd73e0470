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
        root.Subcommands.Add(calendar);
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
