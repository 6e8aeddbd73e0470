namespace BanBuCheng.Desk.Attachments;

/// <summary>
/// 查毒 — the hall's own scanner, asked before anything is kept and outside every step: it may take its time. A hall connects one by
/// registering its own; without one nothing is scanned, and the attachment says so.
/// </summary>
public interface IAttachmentScanner
{
    ValueTask<ScanAnswer> ScanAsync(ReadOnlyMemory<byte> bytes, FileKind kind, CancellationToken ct);
}

/// <param name="Clean">False: the file is refused.</param>
/// <param name="Says">Kept with the attachment: the scanner's name and version, or why nothing was scanned.</param>
public readonly record struct ScanAnswer(bool Clean, string Says);

/// <summary>No scanner is connected. It lets everything pass and says that nobody looked.</summary>
public sealed class NoScanner : IAttachmentScanner
{
    public const string Says = "not-scanned";

    public ValueTask<ScanAnswer> ScanAsync(ReadOnlyMemory<byte> bytes, FileKind kind, CancellationToken ct) => new(new ScanAnswer(true, Says));
}
