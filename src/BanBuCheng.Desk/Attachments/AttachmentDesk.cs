using System.Security.Cryptography;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Steps;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Desk.Attachments;

/// <summary>附件的门 — reads, checks, strips and scans a file, then keeps it in a step of its own. What is not kept is said, by name.</summary>
public sealed class AttachmentDesk(StepDoor door, IAttachmentScanner scanner)
{
    public const int LargestFile = 8 * 1024 * 1024;
    public const int MostFiles = 10;

    /// <returns>Null when it was kept; else the sentence that stands beside the field.</returns>
    public async Task<string?> TakeInAsync(Guid key, string fileName, Stream content, Actor actor, CancellationToken ct)
    {
        var name = CleanName(fileName);
        if (await ReadAsync(content, ct) is not { } bytes) return $"“{name}”太大了，一个文件最多{LargestFile / 1024 / 1024}MB。";
        if (bytes.Length == 0) return $"“{name}”是空的。";
        if (FileKind.Of(bytes) is not { } kind) return $"“{name}”不是照片、图片、PDF或OFD，没有收。";
        var stripped = kind == FileKind.Pdf ? PdfMetadata.Strip(bytes) : kind == FileKind.Ofd ? OfdMetadata.Strip(bytes) : ImageMetadata.Strip(kind, bytes);
        if (stripped is not { } clean) return $"“{name}”打不开，可能没传完，请再传一次。";
        var scan = await scanner.ScanAsync(clean, kind, ct);
        if (!scan.Clean) return $"“{name}”查出有病毒，没有收。请群众换一个干净的文件。";
        try
        {
            await door.SendAsync(new KeepAttachment(key, name, kind, clean, scan.Says), actor, ct);
            return null;
        }
        catch (RefusedException refused) when (refused.Code == "case.closed")
        {
            return $"这一件刚办结，“{name}”没有收。群众说没解决，先走“没解决”再补。";
        }
        catch (RefusedException refused) when (refused.Code == "attachment.too-many")
        {
            return $"一件最多收{MostFiles}个文件，“{name}”没有收。请把几张合成一个PDF再传。";
        }
    }

    /// <summary>Lists what was handed in with a key or belongs to a case; names are opened, contents are not.</summary>
    public static async Task<IReadOnlyList<AttachmentLine>> ListAsync(DeskDb db, FieldCipher cipher, Guid key, CancellationToken ct) =>
        [.. (await db.Attachments.AsNoTracking().Where(a => a.Key == key || a.CaseId == new CaseId(key)).OrderBy(a => a.KeptAt).ThenBy(a => a.Id).ToListAsync(ct))
            .Select(a => new AttachmentLine(a.Id, cipher.Open(a.FileName), a.MediaType, a.Size, a.Scan == NoScanner.Says, a.KeptBy, a.KeptAt))];

    private static async Task<byte[]?> ReadAsync(Stream content, CancellationToken ct)
    {
        var all = new MemoryStream();
        var buffer = new byte[64 * 1024];
        for (int read; (read = await content.ReadAsync(buffer, ct)) > 0;)
        {
            if (all.Length + read > LargestFile) return null;
            all.Write(buffer, 0, read);
        }

        return all.ToArray();
    }

    /// <summary>The last part of what the browser calls the file, without characters that a header, a shell or a reader would stumble over.</summary>
    private static string CleanName(string fileName)
    {
        var last = fileName.Split('/', '\\')[^1].Trim();
        var kept = string.Concat(last.Where(c => !char.IsControl(c) && !char.IsSurrogate(c) && !"\"<>|:*?;%".Contains(c, StringComparison.Ordinal) && char.GetUnicodeCategory(c) is not System.Globalization.UnicodeCategory.Format));
        if (kept.Length > 80) kept = kept[..40] + "…" + kept[^39..];
        return kept.Trim('.', ' ') is { Length: > 0 } name ? name : "文件";
    }
}

/// <summary>One attachment in a list.</summary>
public sealed record AttachmentLine(Guid Id, string FileName, string MediaType, int Size, bool NotScanned, string KeptBy, DateTimeOffset KeptAt);

/// <summary>SHA-256 over the kept bytes: two of the same are one.</summary>
internal static class AttachmentDigest
{
    public static byte[] Of(byte[] bytes) => SHA256.HashData(bytes);
}
