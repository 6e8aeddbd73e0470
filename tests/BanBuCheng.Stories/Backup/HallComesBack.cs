using System.IO.Compression;
using System.Security.Cryptography;
using BanBuCheng.Desk.Backup;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Notices;
using BanBuCheng.Stories.Given;
using BanBuCheng.Stories.Given.Infrastructure;
using CsCheck;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using Database = BanBuCheng.Stories.Given.Database;

namespace BanBuCheng.Stories.Backup;

/// <summary>备份和恢复：办到一半的事，换一台机器接着办完。</summary>
public sealed class HallComesBack
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory(DisplayName = "一边办件一边备份；换个地方恢复，办到一半的接着办到办结，编号、密钥、流水都对")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task A_story_cut_in_the_middle_is_told_to_its_end_elsewhere(Database database)
    {
        await using var away = new Elsewhere();
        string number;
        BackupManifest manifest;
        var accepted = 0;
        await using (var hall = await Hall.OpenAsync(database, "2026-03-02 09:00"))
        {
            number = (await hall.AcceptsAsync()).Number;
            await hall.JudgesAsync(number);
            await hall.ItIsAsync("2026-03-02 10:10");

            // The counters stay open meanwhile.
            var stop = false;
            var counter = Task.Run(async () =>
            {
                while (!Volatile.Read(ref stop))
                {
                    await hall.AcceptsAsync();
                    Interlocked.Increment(ref accepted);
                }
            }, Ct);
            await Until.TrueAsync(() => Volatile.Read(ref accepted) > 3, "some cases", TimeSpan.FromSeconds(60), Ct);
            var acknowledged = Volatile.Read(ref accepted);
            manifest = await hall.ReadAsync(db => HallBackup.TakeAsync(db, hall.Place, away.Archive, hall.Clock, Ct));
            Volatile.Write(ref stop, true);
            await counter;
            Assert.InRange(manifest.Cases, acknowledged + 1, accepted + 1);
        }

        var restored = await HallRestore.RunAsync(away.Archive, await away.PlaceAsync(database), force: false, "1", Ct);
        Assert.Equal((manifest.Cases, (string?)null), (restored.Manifest.Cases, restored.Kept));

        await using var again = await Hall.OverAsync(await away.PlaceAsync(database), "2026-03-02 10:20");
        var report = await again.ReadAsync(db => JournalAudit.VerifyAsync(db, again.Services.GetRequiredService<JournalSeal>(), Ct));
        Assert.Empty(report.Findings);
        Assert.Equal((manifest.Cases, manifest.JournalRows), (report.Cases, report.Rows));
        var id = (await again.CaseAsync(number)).Case.Id;
        Assert.Equal(HallWork.Form.Phone, await again.DoAsync("段小禾", new RevealPhone(id)));

        await again.MarketAgreesAsync(number);
        await again.DoesAsync("温敬之", number, "站长看方案", "方案可行");
        await again.DraftsAsync(number);
        await again.DoAsync("段小禾", new RecordTelling(id, DeliveryWay.Phone, "本人接的。"));
        await again.DoesAsync("安素心", number, "回访", "解决了");
        Assert.Equal(CaseState.Closed, (await again.CaseAsync(number)).Case.State);

        // Whoever came after the backup is not there, so the next number is the first of theirs.
        Assert.Equal(CaseNumber.Make(new DateOnly(2026, 3, 2), manifest.Cases + 1), (await again.AcceptsAsync()).Number);
        await again.ItIsAsync("2026-03-02 12:10");
        Assert.Empty((await again.ReadAsync(db => JournalAudit.VerifyAsync(db, again.Services.GetRequiredService<JournalSeal>(), Ct))).Findings);
    }

    [Theory(DisplayName = "那边已经有数据：不动；说了一定要换，原来的另放一处")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task What_is_there_is_refused_or_kept_aside(Database database)
    {
        await using var away = new Elsewhere();
        await using (var hall = await Hall.OpenAsync(database, "2026-03-02 09:00"))
        {
            await hall.AcceptsAsync();
            await hall.ReadAsync(db => HallBackup.TakeAsync(db, hall.Place, away.Archive, hall.Clock, Ct));
            await hall.ReadAsync(db => HallBackup.TakeAsync(db, hall.Place, away.Archive, hall.Clock, Ct)); // once more over itself
        }

        var place = await away.PlaceAsync(database);
        await HallRestore.RunAsync(away.Archive, place, force: false, "1", Ct);
        Assert.Equal(BackupRefusal.TargetNotEmpty, await RefusedAsync(() => HallRestore.RunAsync(away.Archive, place, force: false, "2", Ct)));
        using (DataLock.Take(place.DataFolder, shared: database is Database.PostgreSql))
            Assert.Equal(BackupRefusal.ServerRunning, await RefusedAsync(() => HallRestore.RunAsync(away.Archive, place, force: true, "3", Ct)));

        var restored = await HallRestore.RunAsync(away.Archive, place, force: true, "4", Ct);
        Assert.Contains(database is Database.Sqlite ? "before-restore-4" : "before_restore_4", restored.Kept, StringComparison.Ordinal);
        Assert.Empty(Directory.GetDirectories(place.DataFolder, ".restoring*"));
        await using var again = await Hall.OverAsync(place, "2026-03-02 09:20");
        Assert.Equal(1, await again.RowsAsync("cases"));
        if (database is Database.PostgreSql) Assert.Equal(1, await again.RowsAsync("before_restore_4.cases"));
        else Assert.True(File.Exists(Path.Combine(place.DataFolder, "before-restore-4", "desk.db")));
    }

    [Fact(DisplayName = "PostgreSQL 恢复到一半出了错：原来的库、原来的密钥一点没动，接着就能开机")]
    public async Task A_restore_that_breaks_off_leaves_what_was_there()
    {
        await using var away = new Elsewhere();
        await using (var hall = await Hall.OpenAsync(Database.PostgreSql, "2026-03-02 09:00"))
        {
            await hall.AcceptsAsync();
            await hall.ReadAsync(db => HallBackup.TakeAsync(db, hall.Place, away.Archive, hall.Clock, Ct));
        }

        var place = await away.PlaceAsync(Database.PostgreSql);
        await HallRestore.RunAsync(away.Archive, place, force: false, "1", Ct);
        var key = await File.ReadAllBytesAsync(place.Key, Ct);

        // A table's rows are not as many as the manifest says: found out after all the tables before it were filled.
        Rewrite(away.Archive, away.Other, manifest => System.Text.RegularExpressions.Regex.Replace(manifest, "(\"table\": \"inbox_tasks\"[^}]*?\"rows\": )(\\d+)", "${1}9999", System.Text.RegularExpressions.RegexOptions.Singleline));
        Assert.Equal(BackupRefusal.DamagedArchive, await RefusedAsync(() => HallRestore.RunAsync(away.Other, place, force: true, "2", Ct)));

        Assert.Equal(key, await File.ReadAllBytesAsync(place.Key, Ct));
        await using var again = await Hall.OverAsync(place, "2026-03-02 09:40");
        Assert.Equal(1, await again.RowsAsync("cases"));
        Assert.Equal(0, await again.ReadAsync(db => db.Database.SqlQueryRaw<int>("SELECT count(*)::int AS \"Value\" FROM information_schema.schemata WHERE schema_name = 'before_restore_2'").SingleAsync(Ct)));
        Assert.Empty((await again.ReadAsync(db => JournalAudit.VerifyAsync(db, again.Services.GetRequiredService<JournalSeal>(), Ct))).Findings);
    }

    [Fact(DisplayName = "备份剪短了、坏了一个字节、是新版本做的、别的库的：都看得出，什么都不动")]
    public async Task A_damaged_archive_changes_nothing()
    {
        await using var away = new Elsewhere();
        await using var hall = await Hall.OpenAsync(Database.Sqlite, "2026-03-02 09:00");
        await hall.AcceptsAsync();
        await hall.ReadAsync(db => HallBackup.TakeAsync(db, hall.Place, away.Archive, hall.Clock, Ct));
        var whole = await File.ReadAllBytesAsync(away.Archive, Ct);
        var place = await away.PlaceAsync(Database.Sqlite);

        async Task<BackupRefusal?> TryAsync(byte[] bytes)
        {
            await File.WriteAllBytesAsync(away.Other, bytes, Ct);
            try
            {
                using var archive = await ArchiveReader.OpenAsync(away.Other, Ct);
                return null;
            }
            catch (BackupRefusedException refused)
            {
                return refused.Reason;
            }
        }

        await Gen.Int[0, whole.Length - 1].SampleAsync(async length => Assert.Equal(BackupRefusal.DamagedArchive, await TryAsync(whole[..length])), iter: 60, threads: 1);

        // A byte of the zip's own dates may turn unnoticed; whatever is let in has what was put in.
        var untouched = 0;
        await Gen.Int[0, whole.Length - 1].SampleAsync(async at =>
        {
            var changed = (byte[])whole.Clone();
            changed[at] ^= 0x41;
            if (await TryAsync(changed) is null) untouched++;
        }, iter: 200, threads: 1);
        Assert.InRange(untouched, 0, 10);

        Rewrite(away.Archive, away.Other, manifest => manifest.Replace("_", "_9_", StringComparison.Ordinal));
        Assert.Equal(BackupRefusal.NewerSchema, await RefusedAsync(() => HallRestore.RunAsync(away.Other, place, force: false, "1", Ct)));
        Rewrite(away.Archive, away.Other, manifest => manifest.Replace("\"format\": 1", "\"format\": 2", StringComparison.Ordinal));
        Assert.Equal(BackupRefusal.NewerSchema, await RefusedAsync(() => HallRestore.RunAsync(away.Other, place, force: false, "1", Ct)));
        Rewrite(away.Archive, away.Other, manifest => manifest.Replace("\"Sqlite\"", "\"Postgres\"", StringComparison.Ordinal));
        Assert.Equal(BackupRefusal.OtherProvider, await RefusedAsync(() => HallRestore.RunAsync(away.Other, place, force: false, "1", Ct)));
        Assert.Equal(BackupRefusal.DamagedArchive, await RefusedAsync(() => HallRestore.RunAsync(hall.Place.Database, place, force: false, "1", Ct)));
        Assert.False(File.Exists(place.Database));

        await File.WriteAllTextAsync(away.Other, "a letter", Ct);
        Assert.Equal(BackupRefusal.FileExists, await RefusedAsync(() => hall.ReadAsync(db => HallBackup.TakeAsync(db, hall.Place, away.Other, hall.Clock, Ct))));
        Assert.Equal("a letter", await File.ReadAllTextAsync(away.Other, Ct));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(away.Archive));
    }

    private static async Task<BackupRefusal> RefusedAsync(Func<Task> act) => (await Assert.ThrowsAsync<BackupRefusedException>(act)).Reason;

    /// <summary>The same archive with another manifest, honestly hashed.</summary>
    private static void Rewrite(string from, string to, Func<string, string> change)
    {
        File.Copy(from, to, overwrite: true);
        using var zip = ZipFile.Open(to, ZipArchiveMode.Update);
        string text;
        using (var reader = new StreamReader(zip.GetEntry(ArchiveReader.ManifestName)!.Open())) text = change(reader.ReadToEnd());
        zip.GetEntry(ArchiveReader.ManifestName)!.Delete();
        zip.GetEntry(ArchiveReader.ManifestHashName)!.Delete();
        using (var writer = new StreamWriter(zip.CreateEntry(ArchiveReader.ManifestName).Open())) writer.Write(text);
        using (var writer = new StreamWriter(zip.CreateEntry(ArchiveReader.ManifestHashName).Open())) writer.Write(Convert.ToHexString(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text))));
    }
}

/// <summary>Another machine: an empty folder, and on PostgreSQL an empty database.</summary>
internal sealed class Elsewhere : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("elsewhere-").FullName;
    private string? _connection;

    public string Archive => Path.Combine(_folder, "hall.zip");
    public string Other => Path.Combine(_folder, "other.zip");
    public string Log => Path.Combine(_folder, "site.log");
    private string Data => Path.Combine(_folder, "data");

    public async Task<HallPlace> PlaceAsync(Database database) => database is Database.Sqlite
        ? new HallPlace(DatabaseProvider.Sqlite, DatabaseSetup.SqliteFile(Data), Data)
        : new HallPlace(DatabaseProvider.Postgres, _connection ??= await (await PostgresServer.SharedAsync()).NewDatabaseAsync(), Data);

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
