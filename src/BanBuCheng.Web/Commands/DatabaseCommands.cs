using System.CommandLine;
using BanBuCheng.Desk.Database;

namespace BanBuCheng.Web.Commands;

/// <summary><c>migrate</c>: brings the database to the program's schema without serving.</summary>
internal static class DatabaseCommands
{
    public static void AddTo(RootCommand root)
    {
        var data = CommandLine.DataOption();
        var json = CommandLine.JsonOption();
        var migrate = new Command("migrate", "把数据库升到这个版本") { data, json };
        migrate.SetAction((parsed, ct) => Output.RunAsync(parsed.GetValue(json), async () =>
        {
            await using var app = HostBuilder.Build([], HostMode.Offline(parsed.GetValue(data)));
            var applied = await DatabaseUpgrade.RunAsync(app.Services, ct);
            if (parsed.GetValue(json)) Output.Write(new { applied });
            else Console.WriteLine(applied.Count == 0 ? "数据库已经是最新的。" : $"升级了 {applied.Count} 步：{string.Join("、", applied)}");
            return ExitCodes.Good;
        }));
        root.Subcommands.Add(migrate);
    }
}
