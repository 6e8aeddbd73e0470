using System.IO.Compression;

namespace BanBuCheng.Desk.Attachments;

/// <summary>What a file is, told from its own bytes; the name and type a browser sends are only what somebody says.</summary>
public sealed record FileKind(string MediaType, string Caption, string Extension)
{
    public static FileKind Jpeg { get; } = new("image/jpeg", "照片", ".jpg");
    public static FileKind Png { get; } = new("image/png", "图片", ".png");
    public static FileKind Pdf { get; } = new("application/pdf", "PDF", ".pdf");
    public static FileKind Ofd { get; } = new("application/ofd", "OFD", ".ofd");

    public static IReadOnlyList<FileKind> All { get; } = [Jpeg, Png, Pdf, Ofd];

    /// <returns>Null for everything else: programs, archives, office files with macros, web pages.</returns>
    public static FileKind? Of(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF])) return Jpeg;
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])) return Png;
        if (bytes.StartsWith("%PDF-1."u8) || bytes.StartsWith("%PDF-2."u8)) return Pdf;
        return bytes.StartsWith("PK\x03\x04"u8) && IsOfd(bytes) ? Ofd : null;
    }

    /// <summary>An OFD is a ZIP with <c>OFD.xml</c> at its root (GB/T 33190).</summary>
    private static bool IsOfd(ReadOnlySpan<byte> bytes)
    {
        try
        {
            using var zip = new ZipArchive(new MemoryStream(bytes.ToArray()), ZipArchiveMode.Read);
            return zip.Entries.Count < 10_000 && zip.GetEntry("OFD.xml") is not null;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }
}
