using System.CommandLine;
using System.Globalization;
using BanBuCheng.Desk.CaseFile;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Web.Texts;

namespace BanBuCheng.Web.Commands;

/// <summary><c>calendar due</c> and <c>calendar import</c>: only an import that is kept needs the data folder.</summary>
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
        var data = CommandLine.DataOption();
        var json = CommandLine.JsonOption();
        var command = new Command("import", "读放假通知：哪些天放假，哪些天调休上班；存成建议，等另一个人在页面上同意") { file, dryRun, data, json };
        command.SetAction((parsed, ct) => Output.RunAsync(parsed.GetValue(json), async () =>
        {
            var path = Path.GetFullPath(parsed.GetValue(file)!);
            if (!File.Exists(path)) throw new FileNotFoundException($"没有这个文件：{path}");
            var text = NoticeFile.Decode(await File.ReadAllBytesAsync(path, ct));
            if (!parsed.GetValue(dryRun)) return await StoreAsync(text, parsed.GetValue(data), parsed.GetValue(json), ct);
            var answer = HolidayNotice.Parse(text).ToAnswer();
            if (parsed.GetValue(json)) Output.Write(answer);
            else Print(answer);
            return ExitCodes.Good;
        }));
        return command;
    }

    /// <summary>Proposes the notice. A command line is one pair of eyes, so nothing is in force before a person has agreed on the page.</summary>
    private static async Task<int> StoreAsync(string text, string? data, bool json, CancellationToken ct)
    {
        await using var app = HostBuilder.Build([], HostMode.Offline(data));
        await DatabaseUpgrade.RunAsync(app.Services, ct);
        Guid id;
        try
        {
            id = await app.Services.GetRequiredService<StepDoor>().SendAsync(new ProposeNotice(text), Actor.Console, ct);
        }
        catch (FormRejectedException unreadable)
        {
            throw new UnreadableNoticeException(string.Join(" ", unreadable.Faults.Values));
        }
        catch (RefusedException refused)
        {
            throw new UnreadableNoticeException(RefusalTexts.For(refused));
        }

        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DeskDb>();
        var calendar = scope.ServiceProvider.GetRequiredService<DeadlineBook>().Calendar;
        var change = await db.CalendarChanges.FindAsync([id], ct) ?? throw new InvalidOperationException($"Expected calendar change {id} to be stored.");
        var moved = await MovedDates.OfAsync(db, calendar, calendar.With(change.Notice), ct);
        var answer = change.Notice.ToAnswer();
        if (json)
        {
            Output.Write(new
            {
                answer.Kind,
                answer.Year,
                answer.Holidays,
                makeupWorkdays = answer.MakeUpWorkdays,
                cancelledMakeupWorkdays = answer.CancelledMakeUpWorkdays,
                answer.Warnings,
                state = "proposed",
                proposal = id,
                movedCases = moved.Moves.Count,
            });
        }
        else
        {
            Print(answer);
            Console.WriteLine($"存成建议了，还没有起用：{moved.Moves.Count} 件没办结的期限会变。请另一位管日历的人打开 /calendar/changes/{id} 看过再同意。");
        }

        return ExitCodes.Good;
    }

    private static void Print(NoticeAnswer answer)
    {
        Console.WriteLine($"{answer.Year} 年{(answer.Kind == "change" ? "，年中改动" : "")}");
        Console.WriteLine($"放假：{Days(answer.Holidays)}");
        Console.WriteLine($"调休上班：{Days(answer.MakeUpWorkdays)}");
        if (answer.CancelledMakeUpWorkdays.Count > 0) Console.WriteLine($"取消上班：{Days(answer.CancelledMakeUpWorkdays)}");
        foreach (var warning in answer.Warnings) Console.WriteLine($"请核对：{warning}");

        static string Days(IReadOnlyList<DateOnly> days) => string.Join("、", days.Select(d => d.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
    }

    private static Command Due()
    {
        var from = new Option<string>("--from") { Required = true, Description = "起始日，例如 2022-06-25" };
        var days = new Option<int>("--days") { Required = true, Description = "几个工作日" };
        var knownOn = new Option<string?>("--known-on") { Description = "只用这一天以前公布的放假通知，例如 2020-01-20" };
        var json = CommandLine.JsonOption();
        var command = new Command("due", "从某天起数几个工作日，说清楚每一天为什么数、为什么不数") { from, days, knownOn, json };
        command.SetAction(parsed => Output.RunAsync(parsed.GetValue(json), () =>
        {
            if (!DateOnly.TryParseExact(parsed.GetValue(from), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var start))
                throw new WrongUseException("--from 要写成 2022-06-25 这样的日期。");
            if (start.Year is < 1990 or > 2100) throw new WrongUseException("--from 只能在 1990 年到 2100 年之间。");
            if (parsed.GetValue(days) is < 0 or > WorkingCalendar.LongestPeriod) throw new WrongUseException($"--days 只能是 0 到 {WorkingCalendar.LongestPeriod}。");
            var calendar = WorkingCalendar.BuiltIn;
            if (parsed.GetValue(knownOn) is { } word)
            {
                calendar = DateOnly.TryParseExact(word, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
                    ? calendar.AsKnownOn(day)
                    : throw new WrongUseException("--known-on 要写成 2020-01-20 这样的日期。");
            }

            var answer = CalendarDue.Answer(start, parsed.GetValue(days), calendar);
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
