using System.IO.Compression;
using System.Security.Cryptography;

namespace BanBuCheng.Desk.Backup;

/// <summary>
/// Writes an archive under another name beside its own; only a whole one, safely on the disk, gets its name. Readable by its owner only:
/// the key lies in it.
/// </summary>
internal sealed class ArchiveWriter : IAsyncDisposable
{
    private readonly string _path;
    private readonly string _unfinished;
    private readonly FileStream _file;
    private readonly ZipArchive _zip;
    private readonly List<BackupEntry> _entries = [];

    /// <exception cref="BackupRefusedException">There is a file of that name which is no backup.</exception>
    public ArchiveWriter(string path)
    {
        if (File.Exists(path) && !ArchiveReader.IsArchive(path))
            throw new BackupRefusedException(BackupRefusal.FileExists, $"已经有这个文件，它不是备份，没有覆盖：{path}");
        _path = path;
        _unfinished = $"{path}.{Environment.ProcessId}.unfinished";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        _file = new FileStream(_unfinished, options);
        _zip = new ZipArchive(_file, ZipArchiveMode.Create, leaveOpen: true);
    }

    public IReadOnlyList<BackupEntry> Entries => _entries;

    public async Task AddFileAsync(string name, string path, CancellationToken ct)
    {
        await using var source = File.OpenRead(path);
        await AddAsync(name, target => source.CopyToAsync(target, ct), (bytes, hash) => new BackupEntry(name, bytes, hash));
    }

    /// <param name="write">Writes the rows and returns how many they were, or null where only the reader can tell.</param>
    public async Task AddTableAsync(string table, IReadOnlyList<string> columns, long rows, Func<Stream, Task> write)
    {
        var name = $"tables/{table}";
        await AddAsync(name, write, (bytes, hash) => new BackupEntry(name, bytes, hash, table, columns, rows));
    }

    /// <summary>Seals the archive with its manifest and gives it its name.</summary>
    public async Task FinishAsync(BackupManifest manifest, CancellationToken ct)
    {
        var text = manifest.Write();
        await WriteAsync(ArchiveReader.ManifestName, target => target.WriteAsync(text, ct).AsTask());
        await WriteAsync(ArchiveReader.ManifestHashName, target => target.WriteAsync(Convert.ToHexString(SHA256.HashData(text)).Select(c => (byte)c).ToArray(), ct).AsTask());
        await _zip.DisposeAsync(); // writes the archive's directory
        _file.Flush(flushToDisk: true);
        await _file.DisposeAsync();
        File.Move(_unfinished, _path, overwrite: true);
    }

    public async ValueTask DisposeAsync()
    {
        await _file.DisposeAsync();
        File.Delete(_unfinished);
    }

    private async Task AddAsync(string name, Func<Stream, Task> write, Func<long, string, BackupEntry> entry)
    {
        var (bytes, hash) = await WriteAsync(name, write);
        _entries.Add(entry(bytes, hash));
    }

    private async Task<(long Bytes, string Sha256)> WriteAsync(string name, Func<Stream, Task> write)
    {
        await using var target = await _zip.CreateEntry(name, CompressionLevel.Fastest).OpenAsync();
        await using var counted = new HashedStream(target);
        await write(counted);
        return (counted.Bytes, counted.Sha256());
    }
}
