using System.CommandLine;
using BanBuCheng.Desk.Gate;
using BanBuCheng.Engine.Durable;
using BanBuCheng.Web.Demo;

namespace BanBuCheng.Web.Commands;

/// <summary><c>flow check</c>: the publish gate over files together. Needs no data folder; offices and templates are the built-in ones.</summary>
internal static class CheckCommand
{
    private static readonly HallDirectory BuiltIn = new(
        DemoPeople.Units.Select(u => u.Code).ToHashSet(StringComparer.Ordinal),
        DemoPeople.People.ToDictionary(p => p.Login, p => (p.Unit, (IReadOnlyList<string>)p.Roles), StringComparer.Ordinal));

    public static Command Make()
    {
        var files = new Argument<string[]>("FILE") { Arity = ArgumentArity.OneOrMore, Description = "流程文件，子流程也要写上" };
        var json = CommandLine.JsonOption();
        var command = new Command("check", "发布前的闸门：把每条路走一遍，看会不会没有答复、没有人办、超过时限") { files, json };
        command.SetAction((parsed, ct) => Output.RunAsync(parsed.GetValue(json), async () =>
        {
            var documents = new List<FlowFile>();
            foreach (var path in parsed.GetValue(files)!)
                documents.Add(new FlowFile(path, File.Exists(path) ? await File.ReadAllTextAsync(path, ct) : throw new FileNotFoundException($"没有这个文件：{Path.GetFullPath(path)}")));
            var verdict = GateWithoutHall.Inspect(documents, BuiltIn);
            if (parsed.GetValue(json))
                Output.Write(new
                {
                    findings = verdict.Findings.Select(f => new
                    {
                        file = f.File, code = f.Code, severity = f.IsError ? "error" : "warning", activityId = f.ActivityId, message = f.Message, story = f.Story, path = f.Path, because = f.Because, replayed = f.Replayed,
                    }),
                    slack = verdict.Slack,
                });
            else Tell(verdict);
            return verdict.Findings.Any(f => f.IsError) ? ExitCodes.Findings : ExitCodes.Good;
        }));
        return command;
    }

    private static void Tell(FileVerdict verdict)
    {
        // What only follows from another finding is in that one's story already.
        var told = verdict.Findings.Where(f => f.Because is null).ToList();
        foreach (var file in told.GroupBy(f => f.File))
        {
            Console.WriteLine(file.Key);
            foreach (var finding in file) Console.WriteLine($"  {(finding.IsError ? "必须改" : "提醒　")} {finding.Code} {finding.Message}");
        }
        var (errors, warnings) = (told.Count(f => f.IsError), told.Count(f => !f.IsError));
        Console.WriteLine($"看了 {verdict.Flows} 个流程：{(errors == 0 ? "没有必须改的" : $"{errors} 处必须改")}{(warnings == 0 ? "" : $"，{warnings} 处提醒")}。"
            + (verdict.Slack is { } slack ? $"最慢的一条路，余量 {slack} 个工作日。" : ""));
    }
}
