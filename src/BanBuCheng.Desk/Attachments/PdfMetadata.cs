using System.Buffers.Text;

namespace BanBuCheng.Desk.Attachments;

/// <summary>
/// Takes out of a PDF who wrote it, with which program and when: the strings of its Info dictionaries and the body of its XMP packets are
/// written over with blanks of the same length, so that no offset of the file moves and nothing of what one sees is touched.
/// </summary>
/// <remarks>
/// A signed file is left as it is: one byte changed and its seal no longer holds, and a certificate without its seal is no certificate.
/// So is an encrypted one, whose strings cannot be told from others. What a file keeps in compressed objects stays as well.
/// </remarks>
internal static class PdfMetadata
{
    public static byte[] Strip(byte[] bytes)
    {
        if (bytes.AsSpan().IndexOf("/ByteRange"u8) >= 0 || bytes.AsSpan().IndexOf("/Encrypt"u8) >= 0) return bytes;
        var clean = (byte[])bytes.Clone();
        BlankPackets(clean);
        foreach (var number in References(clean, 0, clean.Length, "/Info"u8)) BlankObject(clean, number, follow: true);
        return clean;
    }

    /// <summary>XMP, of the document and of anything in it.</summary>
    private static void BlankPackets(byte[] bytes)
    {
        for (var at = 0; Next(bytes, at, "<?xpacket begin"u8) is var begin and >= 0;)
        {
            var (body, end) = (Next(bytes, begin, "?>"u8), Next(bytes, begin, "<?xpacket end"u8));
            if (body < 0 || end < body) return;
            bytes.AsSpan(body + 2, end - body - 2).Fill((byte)' ');
            at = end + 1;
        }
    }

    /// <summary>Every revision of the object: the strings of its dictionary, or itself when it is a string.</summary>
    private static void BlankObject(byte[] bytes, int number, bool follow)
    {
        var head = System.Text.Encoding.ASCII.GetBytes($"{number} ");
        for (var at = 0; Next(bytes, at, head) is var found and >= 0; at = found + 1)
        {
            if (found > 0 && char.IsAsciiDigit((char)bytes[found - 1])) continue;
            var start = SkipNumber(bytes, found + head.Length);
            if (start < 0 || !bytes.AsSpan(start).StartsWith("obj"u8)) continue;
            var end = Next(bytes, start, "endobj"u8) is var close and >= 0 ? close : bytes.Length;
            if (bytes.AsSpan(start, end - start).IndexOf("stream"u8) is var stream and >= 0) end = start + stream;
            BlankStrings(bytes, start + 3, end);
            // A value may be an object of its own; one step is all that anybody writes.
            if (!follow) continue;
            foreach (var other in References(bytes, start + 3, end, default)) BlankObject(bytes, other, follow: false);
        }
    }

    private static void BlankStrings(byte[] bytes, int from, int to)
    {
        for (var at = from; at < to; at++)
        {
            if (bytes[at] == '(') at = BlankLiteral(bytes, at + 1, to);
            else if (bytes[at] == '<' && at + 1 < to && bytes[at + 1] == '<') at++;
            else if (bytes[at] == '<') at = BlankHex(bytes, at + 1, to);
        }
    }

    private static int BlankLiteral(byte[] bytes, int at, int to)
    {
        for (var depth = 1; at < to; at++)
        {
            if (bytes[at] == '\\' && at + 1 < to) bytes[at++] = (byte)' ';
            else if (bytes[at] == '(') depth++;
            else if (bytes[at] == ')' && --depth == 0) return at;
            bytes[at] = (byte)' ';
        }

        return at;
    }

    private static int BlankHex(byte[] bytes, int at, int to)
    {
        for (var second = false; at < to && bytes[at] != '>'; at++)
        {
            if (!char.IsAsciiHexDigit((char)bytes[at])) continue;
            bytes[at] = (byte)(second ? '0' : '2');
            second = !second;
        }

        return at;
    }

    /// <summary>Numbers of the objects that are referred to (<c>12 0 R</c>), behind a name or, without one, anywhere.</summary>
    private static HashSet<int> References(byte[] bytes, int from, int to, ReadOnlySpan<byte> name)
    {
        var found = new HashSet<int>();
        for (var at = from; at < to; at++)
        {
            if (name.Length > 0)
            {
                if (Next(bytes, at, name) is not (>= 0 and var named) || named >= to) break;
                at = named + name.Length;
                while (at < to && IsBlank(bytes[at])) at++;
            }
            else if (!char.IsAsciiDigit((char)bytes[at]) || char.IsAsciiDigit((char)bytes[at - 1])) continue;

            if (at >= to || !Utf8Parser.TryParse(bytes.AsSpan(at, Math.Min(10, to - at)), out int number, out var digits)) continue;
            var after = at + digits;
            while (after < to && IsBlank(bytes[after])) after++;
            if (SkipNumber(bytes, after) is >= 0 and var rest && rest < to && bytes[rest] == 'R') found.Add(number);
        }

        return found;
    }

    /// <summary>Behind a number and the blanks after it; -1 when there is none.</summary>
    private static int SkipNumber(byte[] bytes, int at)
    {
        var begun = at;
        while (at < bytes.Length && char.IsAsciiDigit((char)bytes[at])) at++;
        if (at == begun) return -1;
        while (at < bytes.Length && IsBlank(bytes[at])) at++;
        return at < bytes.Length ? at : -1;
    }

    private static bool IsBlank(byte letter) => letter is (byte)' ' or (byte)'\r' or (byte)'\n' or (byte)'\t' or 0x0C or 0;

    private static int Next(byte[] bytes, int at, ReadOnlySpan<byte> wanted) => bytes.AsSpan(at).IndexOf(wanted) is >= 0 and var found ? at + found : -1;
}
