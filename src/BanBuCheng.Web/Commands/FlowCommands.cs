using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Flows;
using BanBuCheng.Engine.Documents;
using BanBuCheng.Engine.Durable;
using BanBuCheng.Engine.Expectations;
using BanBuCheng.Web.Demo;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Web.Commands;

/// <summary><c>flow test</c>, <c>flow run</c>, <c>flow check</c> (<see cref="CheckCommand"/>), <c>flow export</c>, <c>flow import</c>.</summary>
internal static class FlowCommands
{
    public static void AddTo(RootCommand root)
    {
        var flow = new Command("flow", "流程文件");
        flow.Subcommands.Add(Test());
        flow.Subcommands.Add(Run());
        flow.Subcommands.Add(CheckCommand.Make());
        flow.Subcommands.Add(Import());
        flow.Subcommands.Add(Export());
        root.Subcommands.Add(flow);
    }

    private static Command Test()
    {
        var folder = new Argument<string>("DIR") { Description = "用例目录，每个用例一个文件夹，里面有 expect.json" };
        var json = CommandLine.JsonOption();
        var command = new Command("test", "按期望文件跑流程，逐条核对") { folder, json };
        command.SetAction((parsed, ct) => Output.RunAsync(parsed.GetValue(json), async () =>
        {
            var directory = Path.GetFullPath(parsed.GetValue(folder)!);
            if (!Directory.Exists(directory)) throw new WrongUseException($"没有这个目录：{directory}");
            var report = await CaseRunner.RunAllAsync(directory, ct, DemoWorld.Vocabulary);
            if (report.Cases.Count == 0) throw new WrongUseException($"{directory} 下面没有用例（找不到 expect.json）。");
            if (parsed.GetValue(json))
            {
                Output.Write(report);
            }
            else
            {
                foreach (var failed in report.Cases.Where(c => !c.Ok)) Console.WriteLine($"没通过 {failed.Name}：{failed.Reason}");
                Console.WriteLine($"通过 {report.Passed}，没通过 {report.Failed}");
            }

            return report.Failed == 0 ? ExitCodes.Good : ExitCodes.Findings;
        }));
        return command;
    }

    private static Command Run()
    {
        var files = new Argument<string[]>("FILE") { Arity = ArgumentArity.OneOrMore, Description = "流程文件，第一个是要跑的" };
        var input = new Option<string?>("--input") { Description = "输入，一个 JSON 对象" };
        var json = CommandLine.JsonOption();
        var command = new Command("run", "在内存里把一个流程跑到停下来") { files, input, json };
        command.SetAction((parsed, ct) => Output.RunAsync(parsed.GetValue(json), async () =>
        {
            var report = await SingleRun.RunAsync(await ReadAsync(parsed.GetValue(files)!, ct), ReadInput(parsed.GetValue(input)), ct, DemoWorld.Vocabulary);
            if (parsed.GetValue(json))
            {
                Output.Write(report);
            }
            else
            {
                foreach (var line in report.Lines) Console.WriteLine(line);
                Console.WriteLine($"{report.Status} · {report.SubStatus}");
                foreach (var wait in report.Waits) Console.WriteLine($"在等：{wait.ActivityId}（{wait.Name}）");
                foreach (var incident in report.Incidents) Console.WriteLine($"出错：{incident.ActivityId} {incident.Message}");
            }

            return report.Incidents.Count == 0 ? ExitCodes.Good : ExitCodes.Findings;
        }));
        return command;
    }

    private static Command Import()
    {
        var files = new Argument<string[]>("FILE") { Arity = ArgumentArity.OneOrMore };
        var data = CommandLine.DataOption();
        var json = CommandLine.JsonOption();
        var command = new Command("import", "把流程文件导进数据库，通过检查的就发布") { files, data, json };
        command.SetAction((parsed, ct) => Output.RunAsync(parsed.GetValue(json), async () =>
        {
            var documents = new List<FlowFile>();
            foreach (var path in parsed.GetValue(files)!) documents.Add(new FlowFile(Path.GetFileName(path), await ReadOneAsync(path, ct)));
            await using var app = HostBuilder.Build([], HostMode.Offline(parsed.GetValue(data)));
            var results = await app.Services.GetRequiredService<Desk.Steps.StepDoor>().SendAsync(new ImportFlowFiles(documents), Desk.Steps.Actor.Clock, ct);
            if (parsed.GetValue(json)) Output.Write(new { files = results });
            else foreach (var result in results) Console.WriteLine($"{result.FileName}：{result.Outcome} {string.Join("；", result.Findings.Select(f => f.Message))}");
            return results.Any(r => r.Outcome is FileOutcome.Damaged or FileOutcome.Refused) ? ExitCodes.Findings : ExitCodes.Good;
        }));
        return command;
    }

    private static Command Export()
    {
        var folder = new Argument<string>("DIR") { Description = "写到哪个目录，没有就建一个" };
        var data = CommandLine.DataOption();
        var json = CommandLine.JsonOption();
        var command = new Command("export", "把生效的流程（没有生效的就写最新的草稿）写成文件") { folder, data, json };
        command.SetAction((parsed, ct) => Output.RunAsync(parsed.GetValue(json), async () =>
        {
            await using var app = HostBuilder.Build([], HostMode.Offline(parsed.GetValue(data)));
            var target = Directory.CreateDirectory(Path.GetFullPath(parsed.GetValue(folder)!)).FullName;
            await using var scope = app.Services.CreateAsyncScope();
            var rows = await scope.ServiceProvider.GetRequiredService<DeskDb>().Set<FlowDefinitionRow>().AsNoTracking()
                .Where(row => row.IsPublished || row.IsLatest).ToListAsync(ct);
            var written = new List<string>();
            foreach (var row in rows.GroupBy(r => r.DefinitionId).Select(g => g.OrderByDescending(r => r.IsPublished).First()).OrderBy(r => r.DefinitionId, StringComparer.Ordinal))
            {
                // A definition id is the administrator's text: it names a file only where it is a plain name.
                var name = string.Concat(row.DefinitionId.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '_')) + ".json";
                await File.WriteAllTextAsync(Path.Combine(target, name), FlowReader.Read(row.Document).Document is { } document ? FlowWriter.Write(document) : row.Document, ct);
                written.Add(name);
            }

            if (parsed.GetValue(json)) Output.Write(new { files = written });
            else Console.WriteLine($"写了 {written.Count} 个流程到 {target}");
            return ExitCodes.Good;
        }));
        return command;
    }

    private static async Task<List<string>> ReadAsync(IEnumerable<string> paths, CancellationToken ct)
    {
        var texts = new List<string>();
        foreach (var path in paths) texts.Add(await ReadOneAsync(path, ct));
        return texts;
    }

    private static async Task<string> ReadOneAsync(string path, CancellationToken ct) =>
        File.Exists(path) ? await File.ReadAllTextAsync(path, ct) : throw new FileNotFoundException($"没有这个文件：{Path.GetFullPath(path)}");

    private static JsonObject? ReadInput(string? text)
    {
        if (text is null) return null;
        try
        {
            return JsonNode.Parse(text) as JsonObject ?? throw new WrongUseException("--input 要写一个 JSON 对象，例如 {\"amount\": 3}。");
        }
        catch (JsonException)
        {
            throw new WrongUseException("--input 不是合法的 JSON。");
        }
    }
}
