using System.CommandLine;
using System.Globalization;
using BanBuCheng.Desk.Backup;
using BanBuCheng.Desk.Database;

namespace BanBuCheng.Web.Commands;

/// <summary><c>backup</c> and <c>restore</c>: one archive with the database and its key.</summary>
internal static class BackupCommands
{
    public static void AddTo(RootCommand root)
    {
        root.Subcommands.Add(Backup());
        root.Subcommands.Add(Restore());
    }

    private static Command Backup()
    {
        var file = new Argument<string>("FILE") { Description = "写成哪个文件（zip）" };
        var data = CommandLine.DataOption();
        var json = CommandLine.JsonOption();
        var command = new Command("backup", "备份：数据库和密钥写进一个文件，网站开着也能做") { file, data, json };
        command.SetAction((parsed, ct) => Output.RunAsync(parsed.GetValue(json), async () =>
        {
            var path = Path.GetFullPath(parsed.GetValue(file)!);
            if (Directory.Exists(path)) throw new WrongUseException($"{path} 是一个目录，要写文件名。");
            if (!Directory.Exists(Path.GetDirectoryName(path))) throw new DirectoryNotFoundException($"没有这个目录：{Path.GetDirectoryName(path)}");
            await using var app = HostBuilder.Build([], HostMode.Existing(parsed.GetValue(data)));
            await using var scope = app.Services.CreateAsyncScope();
            var place = app.Services.GetRequiredService<HostSettings>().Place;
            var manifest = await HallBackup.TakeAsync(scope.ServiceProvider.GetRequiredService<DeskDb>(), place, path, TimeProvider.System, ct);
            var bytes = new FileInfo(path).Length;
            if (parsed.GetValue(json))
            {
                Output.Write(new
                {
                    file = path, bytes, provider = manifest.Provider, schema = manifest.Schema, takenAt = manifest.TakenAt,
                    cases = manifest.Cases, openCases = manifest.OpenCases, journalRows = manifest.JournalRows, checkpoint = manifest.Checkpoint,
                });
            }
            else
            {
                Console.WriteLine($"备份好了：{path}（{Size(bytes)}，{manifest.Cases} 件，在办 {manifest.OpenCases} 件）");
                Console.WriteLine("里面有密钥，请当密钥一样保管。");
                if (manifest.Checkpoint is { } checkpoint) Console.WriteLine($"最近的检查点：第 {checkpoint.Id} 个 {checkpoint.Hash}");
            }

            return ExitCodes.Good;
        }));
        return command;
    }

    private static Command Restore()
    {
        var file = new Argument<string>("FILE") { Description = "backup 写的文件" };
        var data = CommandLine.DataOption();
        var force = new Option<bool>("--force") { Description = "已经有数据：另放一处，换成备份里的" };
        var json = CommandLine.JsonOption();
        var command = new Command("restore", "恢复：先核对备份完整，再放回去，最后核对流水") { file, data, force, json };
        command.SetAction((parsed, ct) => Output.RunAsync(parsed.GetValue(json), async () =>
        {
            var path = Path.GetFullPath(parsed.GetValue(file)!);
            var settings = HostSettings.Read(parsed.GetValue(data));
            var stamp = TimeProvider.System.GetUtcNow().ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);
            var restored = await HallRestore.RunAsync(path, settings.Place, parsed.GetValue(force), stamp, ct);

            await using var app = HostBuilder.Build([], HostMode.Existing(parsed.GetValue(data)));
            var migrated = await DatabaseUpgrade.RunAsync(app.Services, ct);
            var audit = await AuditCommands.VerifyAsync(app.Services, ct);
            if (parsed.GetValue(json))
            {
                Output.Write(new { file = path, takenAt = restored.Manifest.TakenAt, cases = restored.Manifest.Cases, kept = restored.Kept, migrated, audit });
            }
            else
            {
                Console.WriteLine($"恢复好了：{restored.Manifest.TakenAt.ToOffset(TimeSpan.FromHours(8)):yyyy-MM-dd HH:mm:ss} 的备份，{restored.Manifest.Cases} 件。");
                if (restored.Kept is { } kept) Console.WriteLine($"原来的数据另放在：{kept}");
                if (migrated.Count > 0) Console.WriteLine($"数据库升了 {migrated.Count} 步。");
                AuditCommands.Say(audit);
            }

            return audit.Ok ? ExitCodes.Good : ExitCodes.Findings;
        }));
        return command;
    }

    private static string Size(long bytes) => bytes < 1 << 20
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0.#} KB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576.0:0.#} MB");
}
