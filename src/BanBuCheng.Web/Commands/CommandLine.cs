using System.CommandLine;

namespace BanBuCheng.Web.Commands;

/// <summary>The verbs of <c>banbucheng</c>; none = <c>serve</c>.</summary>
internal static class CommandLine
{
    public static async Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand("办不成事：事事有着落，件件有回音。不写动词就是 serve。");
        ServeCommand.AddTo(root);
        FlowCommands.AddTo(root);
        RehearseCommand.AddTo(root);
        CalendarCommands.AddTo(root);
        DatabaseCommands.AddTo(root);
        BackupCommands.AddTo(root);
        AuditCommands.AddTo(root);

        if (args.Length == 0 || (args[0].StartsWith('-') && args[0] is not ("--help" or "-h" or "-?" or "--version"))) args = ["serve", .. args];
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            var message = string.Join(" ", parsed.Errors.Select(e => e.Message));
            if (args.Contains("--json")) Output.Write(new { error = new { code = "wrong-use", message } });
            else await Console.Error.WriteLineAsync(message);
            return ExitCodes.WrongUse;
        }

        return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    }

    public static Option<bool> JsonOption() => new("--json") { Description = "标准输出只写一个 JSON 文档" };
    public static Option<string?> DataOption() => new("--data") { Description = "数据目录，默认是当前目录下的 data" };
}
