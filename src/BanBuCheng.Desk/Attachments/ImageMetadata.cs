using System.Buffers.Binary;

namespace BanBuCheng.Desk.Attachments;

/// <summary>
/// Takes out of a photograph what the camera wrote beside the picture: place, time, telephone, thumbnails, comments. The picture's own
/// bytes are not touched; which side is up is kept, or half of the telephones' photographs would lie on their side.
/// </summary>
public static class ImageMetadata
{
    /// <returns>The same picture without its metadata; null when the file is not in order.</returns>
    public static byte[]? Strip(FileKind kind, byte[] bytes) =>
        kind == FileKind.Jpeg ? StripJpeg(bytes) : kind == FileKind.Png ? StripPng(bytes) : bytes;

    private static byte[]? StripJpeg(byte[] bytes)
    {
        var kept = new MemoryStream(bytes.Length);
        kept.Write([0xFF, 0xD8]);
        var at = 2;
        var orientation = 1;
        var rest = new MemoryStream(bytes.Length);
        while (true)
        {
            if (at + 4 > bytes.Length || bytes[at] != 0xFF) return null;
            var marker = bytes[at + 1];
            if (marker == 0xFF) // fill byte
            {
                at++;
                continue;
            }

            var length = BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(at + 2));
            if (length < 2 || at + 2 + length > bytes.Length) return null;
            var body = bytes.AsSpan(at + 4, length - 2);
            if (marker == 0xE1 && body.StartsWith("Exif\0\0"u8)) orientation = OrientationOf(body[6..]);

            // Kept: what a decoder needs. APP0 (JFIF), APP2 (colour profile), APP14 (Adobe's colour transform) among it.
            var metadata = marker is 0xFE or >= 0xE1 and <= 0xEF && marker is not (0xE2 or 0xEE);
            if (!metadata) rest.Write(bytes, at, length + 2);
            at += length + 2;
            if (marker == 0xDA) break;
        }

        if (orientation is > 1 and <= 8) kept.Write(Exif(orientation));
        rest.Position = 0;
        rest.CopyTo(kept);
        kept.Write(bytes, at, EndOfPicture(bytes, at) - at);
        return kept.ToArray();
    }

    /// <summary>Behind the end marker some cameras hide a film or a second picture.</summary>
    private static int EndOfPicture(byte[] bytes, int from)
    {
        for (var i = from; i + 1 < bytes.Length; i++)
        {
            if (bytes[i] == 0xFF && bytes[i + 1] == 0xD9) return i + 2;
        }

        return bytes.Length;
    }

    private static int OrientationOf(ReadOnlySpan<byte> tiff)
    {
        if (tiff.Length < 14) return 1;
        var little = tiff[0] == (byte)'I';
        var directory = Word32(tiff, 4);
        if (directory < 8 || directory + 2 > tiff.Length) return 1;
        var entries = Word16(tiff, (int)directory);
        for (var i = 0; i < entries; i++)
        {
            var entry = (int)directory + 2 + i * 12;
            if (entry + 12 > tiff.Length) return 1;
            if (Word16(tiff, entry) == 0x0112) return Word16(tiff, entry + 8);
        }

        return 1;

        ushort Word16(ReadOnlySpan<byte> all, int at) => little ? BinaryPrimitives.ReadUInt16LittleEndian(all[at..]) : BinaryPrimitives.ReadUInt16BigEndian(all[at..]);
        uint Word32(ReadOnlySpan<byte> all, int at) => little ? BinaryPrimitives.ReadUInt32LittleEndian(all[at..]) : BinaryPrimitives.ReadUInt32BigEndian(all[at..]);
    }

    /// <summary>An APP1 segment that says nothing but which side is up.</summary>
    private static byte[] Exif(int orientation) =>
    [
        0xFF, 0xE1, 0x00, 0x22, .. "Exif\0\0"u8, .. "MM\0*"u8, 0, 0, 0, 8, 0, 1,
        0x01, 0x12, 0x00, 0x03, 0, 0, 0, 1, 0, (byte)orientation, 0, 0, 0, 0, 0, 0,
    ];

    private static byte[]? StripPng(byte[] bytes)
    {
        var kept = new MemoryStream(bytes.Length);
        kept.Write(bytes, 0, 8);
        for (var at = 8; ;)
        {
            if (at + 12 > bytes.Length) return null;
            var length = BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(at));
            if (length > int.MaxValue || at + 12 + (long)length > bytes.Length) return null;
            var type = bytes.AsSpan(at + 4, 4);
            // Text, time, Exif and whatever is private to some program goes; critical chunks and those that change the picture stay.
            var picture = (type[0] & 0x20) == 0 || type.SequenceEqual("tRNS"u8) || type.SequenceEqual("gAMA"u8) || type.SequenceEqual("cHRM"u8)
                || type.SequenceEqual("sRGB"u8) || type.SequenceEqual("iCCP"u8) || type.SequenceEqual("pHYs"u8) || type.SequenceEqual("sBIT"u8) || type.SequenceEqual("bKGD"u8);
            if (picture) kept.Write(bytes, at, (int)length + 12);
            var end = type.SequenceEqual("IEND"u8);
            at += (int)length + 12;
            if (end) return kept.ToArray();
        }
    }
}
