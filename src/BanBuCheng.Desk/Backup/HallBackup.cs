using System.Reflection;
using BanBuCheng.Desk.Database;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Desk.Backup;

/// <summary>备份 — one archive of everything a hall needs to go on elsewhere: the database and the key. Taken while the hall works.</summary>
public static class HallBackup
{
    /// <param name="file">Written under another name first: it is there whole or not at all.</param>
    /// <exception cref="BackupRefusedException">Nothing was written.</exception>
    public static async Task<BackupManifest> TakeAsync(DeskDb db, HallPlace place, string file, TimeProvider clock, CancellationToken ct)
    {
        if (place.Provider is DatabaseProvider.SqlServer)
            throw new BackupRefusedException(BackupRefusal.OtherProvider, "SQL Server 请用它自己的备份，再把数据目录里的密钥一起收好。");
        if ((await db.Database.GetPendingMigrationsAsync(ct)).Any())
            throw new BackupRefusedException(BackupRefusal.SchemaBehind, "数据库比程序旧。请用原来的程序备份，或者先运行 migrate。");

        var takenAt = clock.GetUtcNow();
        await using var archive = new ArchiveWriter(file);
        var work = Directory.CreateDirectory($"{file}.{Environment.ProcessId}.copying").FullName;
        try
        {
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(work, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            DatabaseFacts facts;
            if (place.Provider is DatabaseProvider.Sqlite)
            {
                var copy = Path.Combine(work, HallPlace.DatabaseFile);
                facts = await SqliteCopy.TakeAsync(place, copy, ct);
                await archive.AddFileAsync(HallPlace.DatabaseFile, copy, ct);
            }
            else
            {
                facts = await PostgresCopy.TakeAsync(db, place, archive, ct);
            }

            await archive.AddFileAsync(Path.GetFileName(place.Key), place.Key, ct);
            var manifest = new BackupManifest
            {
                Program = Program,
                Provider = place.Provider,
                Schema = facts.Schema,
                TakenAt = takenAt,
                Cases = facts.Cases,
                OpenCases = facts.OpenCases,
                JournalRows = facts.JournalRows,
                Checkpoint = facts.Checkpoint,
                Entries = archive.Entries,
            };
            await archive.FinishAsync(manifest, ct);
            return manifest;
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    private static string Program => typeof(HallBackup).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "?";
}
