using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace BanBuCheng.Desk.Backup;

/// <summary>Opens an archive and believes nothing in it before every hash was counted anew.</summary>
internal sealed class ArchiveReader : IDisposable
{
    internal const string ManifestName = "manifest.json", ManifestHashName = "manifest.sha256";
    private const int LongestManifest = 1 << 20;
    private readonly ZipArchive _zip;

    private ArchiveReader(ZipArchive zip, BackupManifest manifest) => (_zip, Manifest) = (zip, manifest);

    public BackupManifest Manifest { get; }

    /// <summary>Whether a file is one of ours, whole or not.</summary>
    public static bool IsArchive(string path)
    {
        try
        {
            using var zip = ZipFile.OpenRead(path);
            return zip.GetEntry(ManifestName) is not null;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    /// <exception cref="FileNotFoundException">No such file.</exception>
    /// <exception cref="BackupRefusedException">Damaged, or of a newer program.</exception>
    public static async Task<ArchiveReader> OpenAsync(string path, CancellationToken ct)
    {
        if (!File.Exists(path)) throw new FileNotFoundException($"没有这个文件：{path}");
        ZipArchive? zip = null;
        try
        {
            zip = await ZipFile.OpenReadAsync(path, ct);
            var manifest = await ManifestAsync(zip, ct);
            if (manifest.Format > BackupManifest.CurrentFormat)
                throw new BackupRefusedException(BackupRefusal.NewerSchema, $"这个备份是更新的程序（{manifest.Program}）做的，这个版本读不了。");
            foreach (var entry in manifest.Entries) await VerifyAsync(zip, entry, ct);
            return new ArchiveReader(zip, manifest);
        }
        catch (Exception failed)
        {
            zip?.Dispose();
            if (failed is InvalidDataException or JsonException or EndOfStreamException or NotSupportedException) throw Damaged("读不完整", failed);
            throw;
        }
    }

    /// <summary>A file's bytes, hashed on the way once more.</summary>
    public async Task ReadAsync(BackupEntry entry, Func<Stream, Task> read, CancellationToken ct)
    {
        await using var source = await _zip.GetEntry(entry.Name)!.OpenAsync(ct);
        await read(source);
    }

    public async Task UnpackAsync(BackupEntry entry, string path, CancellationToken ct)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using var file = new FileStream(path, options);
        await ReadAsync(entry, source => source.CopyToAsync(file, ct), ct);
        file.Flush(flushToDisk: true);
    }

    public void Dispose() => _zip.Dispose();

    private static async Task<BackupManifest> ManifestAsync(ZipArchive zip, CancellationToken ct)
    {
        var text = await SmallAsync(zip, ManifestName, ct);
        var hash = Encoding.ASCII.GetString(await SmallAsync(zip, ManifestHashName, ct));
        if (!string.Equals(hash, Convert.ToHexString(SHA256.HashData(text)), StringComparison.OrdinalIgnoreCase)) throw Damaged("清单和它的校验和对不上");
        return BackupManifest.Read(text);
    }

    private static async Task<byte[]> SmallAsync(ZipArchive zip, string name, CancellationToken ct)
    {
        var entry = zip.GetEntry(name) ?? throw Damaged($"里面没有 {name}");
        if (entry.Length > LongestManifest) throw Damaged($"{name} 太大");
        await using var source = await entry.OpenAsync(ct);
        using var text = new MemoryStream();
        await source.CopyToAsync(text, ct);
        return text.ToArray();
    }

    private static async Task VerifyAsync(ZipArchive zip, BackupEntry entry, CancellationToken ct)
    {
        var found = zip.GetEntry(entry.Name) ?? throw Damaged($"里面没有 {entry.Name}");
        if (found.Length != entry.Bytes) throw Damaged($"{entry.Name} 应有 {entry.Bytes} 字节，实有 {found.Length}");
        await using var source = await found.OpenAsync(ct);
        await using var hashed = new HashedStream(source);
        await hashed.CopyToAsync(Stream.Null, ct);
        if (!string.Equals(hashed.Sha256(), entry.Sha256, StringComparison.OrdinalIgnoreCase)) throw Damaged($"{entry.Name} 和校验和对不上");
    }

    private static BackupRefusedException Damaged(string what, Exception? inner = null) =>
        new(BackupRefusal.DamagedArchive, $"备份坏了：{what}。什么都没有动。", inner);
}
