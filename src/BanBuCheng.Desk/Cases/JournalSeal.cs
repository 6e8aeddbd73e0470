using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;

namespace BanBuCheng.Desk.Cases;

/// <summary>
/// Seals the checkpoints with a key that is derived from the key file: who can rewrite the whole database but does not hold that file
/// cannot make a checkpoint that fits. The newest seal is also kept beside the key, so that cutting the newest checkpoints off is seen.
/// </summary>
public sealed class JournalSeal(byte[] masterKey, string? dataFolder)
{
    /// <summary>The file beside the key that names the newest checkpoint this node has seen.</summary>
    public const string AnchorFile = "journal.anchor";

    private readonly byte[] _key = HKDF.DeriveKey(HashAlgorithmName.SHA256, masterKey, 32, info: "checkpoint"u8.ToArray());

    /// <summary>HMAC-SHA256 over the previous seal, the instant in whole milliseconds, the number of cases and their heads.</summary>
    internal byte[] Of(byte[] previous, DateTimeOffset at, int cases, byte[] heads)
    {
        Span<byte> numbers = stackalloc byte[12];
        BinaryPrimitives.WriteInt64BigEndian(numbers, at.ToUnixTimeMilliseconds());
        BinaryPrimitives.WriteInt32BigEndian(numbers[8..], cases);
        return HMACSHA256.HashData(_key, (byte[])[.. previous, .. numbers, .. heads]);
    }

    /// <summary>The newest checkpoint that was ever written down outside the database; null when none was.</summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public JournalAnchor? Anchor() => dataFolder is not null && File.Exists(Path.Combine(dataFolder, AnchorFile))
        ? JournalAnchor.Read(File.ReadAllText(Path.Combine(dataFolder, AnchorFile)))
        : null;

    /// <summary>Writes the anchor down; an older one never replaces a newer one. After the commit, so a kill in between leaves the one before.</summary>
    public void WriteDown(JournalAnchor anchor)
    {
        if (dataFolder is null || Anchor() is { } known && known.Id >= anchor.Id) return;
        var path = Path.Combine(dataFolder, AnchorFile);
        var fresh = $"{path}.{Environment.ProcessId}";
        using (var file = new FileStream(fresh, FileMode.Create, FileAccess.Write))
        {
            file.Write(anchor.Text());
            file.Flush(flushToDisk: true);
        }

        File.Move(fresh, path, overwrite: true);
    }
}

/// <summary>One checkpoint, named outside the database.</summary>
/// <param name="Hash">Its seal, in hexadecimal.</param>
public sealed record JournalAnchor(long Id, DateTimeOffset At, string Hash)
{
    internal byte[] Text() => JsonSerializer.SerializeToUtf8Bytes(this);

    /// <exception cref="InvalidDataException">It is no anchor.</exception>
    public static JournalAnchor Read(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<JournalAnchor>(text) is { Hash.Length: > 0 } anchor ? anchor : throw new JsonException();
        }
        catch (JsonException damaged)
        {
            throw new InvalidDataException($"Expected the newest checkpoint in {JournalSeal.AnchorFile}, but it is damaged.", damaged);
        }
    }
}
