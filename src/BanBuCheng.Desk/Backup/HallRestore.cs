using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Steps;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Desk.Backup;

/// <summary>恢复 — puts a backup where a hall's data belong. Everything is checked before anything is moved; what was there is kept aside.</summary>
public static class HallRestore
{
    /// <param name="place">Where to; its folder is made when there is none.</param>
    /// <param name="force">Put data that are there aside instead of refusing.</param>
    /// <param name="stamp">Names what is put aside.</param>
    /// <exception cref="BackupRefusedException">Nothing was changed.</exception>
    public static async Task<RestoredHall> RunAsync(string file, HallPlace place, bool force, string stamp, CancellationToken ct)
    {
        using var archive = await ArchiveReader.OpenAsync(file, ct);
        await using var db = DatabaseSetup.Open(place.Provider, place.Connection);
        Fits(archive.Manifest, place, db);
        using var turn = DataLock.Take(place.DataFolder, shared: false)
            ?? throw new BackupRefusedException(BackupRefusal.ServerRunning, "有一个程序正开着这个数据目录，先停了它再恢复。");

        // Unpacked beside the data and looked over, so that from here on only names change.
        var fresh = Directory.CreateDirectory(Path.Combine(place.DataFolder, $".restoring-{stamp}")).FullName;
        try
        {
            foreach (var name in (string[])[KeyFile.Name, .. place.Provider is DatabaseProvider.Sqlite ? [HallPlace.DatabaseFile] : Array.Empty<string>()])
                await archive.UnpackAsync(Entry(archive.Manifest, name), Path.Combine(fresh, name), ct);
            if (new FileInfo(Path.Combine(fresh, KeyFile.Name)).Length != 32)
                throw new BackupRefusedException(BackupRefusal.DamagedArchive, "备份里的密钥不是 32 个字节。");
            if (place.Provider is DatabaseProvider.Sqlite) await SqliteCopy.ReadAsync(Path.Combine(fresh, HallPlace.DatabaseFile), ct);
            var kept = place.Provider is DatabaseProvider.Sqlite ? SwapFiles(place, fresh, force, stamp) : await SwapTablesAsync(db, place, archive, fresh, force, stamp, ct);
            if (archive.Manifest.Checkpoint is { } newest) new JournalSeal(await File.ReadAllBytesAsync(place.Key, ct), place.DataFolder).WriteDown(newest);
            return new RestoredHall(archive.Manifest, kept);
        }
        finally
        {
            Directory.Delete(fresh, recursive: true);
        }
    }

    private static void Fits(BackupManifest manifest, HallPlace place, DeskDb db)
    {
        if (manifest.Provider != place.Provider)
            throw new BackupRefusedException(BackupRefusal.OtherProvider, $"这个备份来自 {manifest.Provider}，现在配置的是 {place.Provider}。");
        if (!db.Database.GetMigrations().Contains(manifest.Schema))
            throw new BackupRefusedException(BackupRefusal.NewerSchema, $"这个备份的数据库（{manifest.Schema}）比这个程序新。请用做备份的那个版本（{manifest.Program}）或更新的来恢复。");
    }

    /// <returns>The folder with what was there; null when nothing was.</returns>
    private static string? SwapFiles(HallPlace place, string fresh, bool force, string stamp)
    {
        var kept = PutFilesAside(place, force, stamp);
        foreach (var name in (string[])[KeyFile.Name, HallPlace.DatabaseFile]) File.Move(Path.Combine(fresh, name), Path.Combine(place.DataFolder, name));
        return kept;
    }

    private static async Task<string?> SwapTablesAsync(DeskDb db, HallPlace place, ArchiveReader archive, string fresh, bool force, string stamp, CancellationToken ct)
    {
        IReadOnlyList<string> present = [];
        if (await db.Database.CanConnectAsync(ct))
        {
            present = await PostgresCopy.PresentAsync(db, place, ct);
            if (present.Count > 0 && !force) throw NotEmpty("数据库里已经有表");
            await db.Database.CloseConnectionAsync();
            if (await PostgresCopy.OthersAsync(place, ct) is var others and > 0)
                throw new BackupRefusedException(BackupRefusal.ServerRunning, $"还有 {others} 个连接在用这个数据库，先停了所有程序再恢复。");
        }

        // The same key may lie there already, for instance on a second node.
        var key = await File.ReadAllBytesAsync(Path.Combine(fresh, KeyFile.Name), ct);
        var sameKey = File.Exists(place.Key) && (await File.ReadAllBytesAsync(place.Key, ct)).AsSpan().SequenceEqual(key);
        if (!sameKey && File.Exists(place.Key) && !force) throw NotEmpty("数据目录里有另一把密钥");

        // The database at once or not at all, then the key. A power cut between the two leaves a database that refuses the old key at the
        // start; the same restore once more, by force, sets it right.
        var aside = $"before_restore_{stamp}";
        await PostgresCopy.SwapAsync(db, place, present, aside, archive, ct);
        var kept = present.Count > 0 ? aside : null;
        kept = PutFilesAside(place, force: true, stamp) is { } folder ? kept is null ? folder : $"{kept} · {folder}" : kept;
        File.Move(Path.Combine(fresh, KeyFile.Name), place.Key);
        return kept;
    }

    private static string? PutFilesAside(HallPlace place, bool force, string stamp)
    {
        var there = place.Files();
        if (there.Count == 0) return null;
        if (!force) throw NotEmpty("数据目录里已经有数据");
        var kept = Directory.CreateDirectory(Path.Combine(place.DataFolder, $"before-restore-{stamp}")).FullName;
        foreach (var path in there) File.Move(path, Path.Combine(kept, Path.GetFileName(path)));
        return kept;
    }

    private static BackupEntry Entry(BackupManifest manifest, string name) => manifest.Entries.FirstOrDefault(e => e.Name == name && e.Table is null)
        ?? throw new BackupRefusedException(BackupRefusal.DamagedArchive, $"备份里没有 {name}。什么都没有动。");

    private static BackupRefusedException NotEmpty(string what) =>
        new(BackupRefusal.TargetNotEmpty, $"{what}，没有动。确实要换成备份里的，加 --force：原来的会另放一处，不会删。");
}

/// <param name="Kept">Where what was there before lies now; null when nothing was there.</param>
public sealed record RestoredHall(BackupManifest Manifest, string? Kept);
