using System.Buffers.Binary;
using System.IO.Compression;

namespace BanBuCheng.Browser.Given;

/// <summary>
/// A screenshot with at most 256 colours, a third of the size. Chromium writes 8 bits per channel, RGB or RGBA, not interlaced; anything
/// else is refused. The most frequent colours stay exactly as they are, the others become the nearest of them.
/// </summary>
public static class PalettePng
{
    private const int Colours = 256;
    private static readonly byte[] Signature = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];
    private static readonly uint[] CrcTable = [.. Enumerable.Range(0, 256).Select(n => Enumerable.Range(0, 8).Aggregate((uint)n, (c, _) => (c & 1) != 0 ? 0xEDB88320 ^ (c >> 1) : c >> 1))];

    public static byte[] Of(byte[] png)
    {
        var (width, height, pixels) = Read(png);
        var counts = new Dictionary<int, int>();
        foreach (var colour in pixels) counts[colour] = counts.GetValueOrDefault(colour) + 1;
        var palette = Palette(counts);
        var places = counts.Keys.ToDictionary(colour => colour, colour => Nearest(palette, colour));

        var rows = new byte[height * (width + 1)];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++) rows[y * (width + 1) + 1 + x] = places[pixels[y * width + x]];
        }

        using var file = new MemoryStream();
        file.Write(Signature);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, 3);
        Chunk(file, "IHDR"u8, header);
        Chunk(file, "PLTE"u8, [.. palette.SelectMany(c => new[] { (byte)(c >> 16), (byte)(c >> 8), (byte)c })]);
        using var packed = new MemoryStream();
        using (var zip = new ZLibStream(packed, CompressionLevel.SmallestSize, leaveOpen: true)) zip.Write(rows);
        Chunk(file, "IDAT"u8, packed.ToArray());
        Chunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    /// <summary>Frequent colours first, but none that is all but the same as one already taken: antialiased text would fill the palette with greys.</summary>
    private static List<int> Palette(Dictionary<int, int> counts)
    {
        var byUse = counts.OrderByDescending(c => c.Value).ThenBy(c => c.Key).Select(c => c.Key).ToList();
        if (byUse.Count <= Colours) return byUse;
        var palette = new List<int>();
        for (var apart = 300; palette.Count < Colours; apart /= 2)
        {
            foreach (var colour in byUse)
            {
                if (palette.Count == Colours) break;
                if (palette.TrueForAll(taken => Distance(taken, colour) > apart)) palette.Add(colour);
            }

            if (apart == 0) break;
        }

        return palette;
    }

    private static byte Nearest(List<int> palette, int colour)
    {
        var (best, least) = (0, int.MaxValue);
        for (var i = 0; i < palette.Count && least > 0; i++)
        {
            if (Distance(palette[i], colour) is var distance && distance < least) (best, least) = (i, distance);
        }

        return (byte)best;
    }

    private static int Distance(int a, int b)
    {
        var (red, green, blue) = ((a >> 16) - (b >> 16), ((a >> 8) & 255) - ((b >> 8) & 255), (a & 255) - (b & 255));
        return red * red + green * green + blue * blue;
    }

    private static (int Width, int Height, int[] Pixels) Read(byte[] png)
    {
        var (width, height, samples) = (0, 0, 0);
        using var packed = new MemoryStream();
        for (var at = Signature.Length; at < png.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            var kind = png.AsSpan(at + 4, 4);
            var data = png.AsSpan(at + 8, length);
            if (kind.SequenceEqual("IHDR"u8))
            {
                (width, height) = (BinaryPrimitives.ReadInt32BigEndian(data), BinaryPrimitives.ReadInt32BigEndian(data[4..]));
                samples = (data[8], data[9], data[12]) switch { (8, 2, 0) => 3, (8, 6, 0) => 4, _ => throw new NotSupportedException("Expected 8-bit RGB or RGBA without interlacing, but the picture is something else.") };
            }
            else if (kind.SequenceEqual("IDAT"u8))
            {
                packed.Write(data);
            }

            at += 12 + length;
        }

        packed.Position = 0;
        using var zip = new ZLibStream(packed, CompressionMode.Decompress);
        var (line, above) = (new byte[width * samples], new byte[width * samples]);
        var pixels = new int[width * height];
        for (var y = 0; y < height; y++)
        {
            var filter = zip.ReadByte();
            zip.ReadExactly(line);
            Undo(filter, line, above, samples);
            for (var x = 0; x < width; x++) pixels[y * width + x] = line[x * samples] << 16 | line[x * samples + 1] << 8 | line[x * samples + 2];
            (line, above) = (above, line);
        }

        return (width, height, pixels);
    }

    private static void Undo(int filter, byte[] line, byte[] above, int samples)
    {
        for (var i = 0; i < line.Length; i++)
        {
            int left = i < samples ? 0 : line[i - samples], up = above[i], corner = i < samples ? 0 : above[i - samples];
            line[i] += (byte)(filter switch { 0 => 0, 1 => left, 2 => up, 3 => (left + up) / 2, _ => Paeth(left, up, corner) });
        }
    }

    private static int Paeth(int left, int up, int corner)
    {
        var guess = left + up - corner;
        var (toLeft, toUp, toCorner) = (Math.Abs(guess - left), Math.Abs(guess - up), Math.Abs(guess - corner));
        return toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner;
    }

    private static void Chunk(Stream file, ReadOnlySpan<byte> kind, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        file.Write(kind);
        file.Write(data);
        var crc = Crc(Crc(0xFFFFFFFF, kind), data) ^ 0xFFFFFFFF;
        BinaryPrimitives.WriteUInt32BigEndian(number, crc);
        file.Write(number);
    }

    private static uint Crc(uint crc, ReadOnlySpan<byte> data)
    {
        foreach (var one in data) crc = CrcTable[(crc ^ one) & 255] ^ (crc >> 8);
        return crc;
    }
}
