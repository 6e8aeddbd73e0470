using System.Security.Cryptography;
using System.Text;

namespace BanBuCheng.Desk.Steps;

/// <summary>
/// Seals personal fields (AES-256-GCM, a fresh nonce each time) and makes keyed blind indexes for look-up (HMAC-SHA256).
/// Both keys come from one 32-byte master key by HKDF, so a database without its key file tells nothing.
/// </summary>
public sealed class FieldCipher
{
    private const byte Format = 1;
    private const int NonceSize = 12, TagSize = 16;
    private readonly byte[] _fieldKey;
    private readonly byte[] _indexKey;

    public FieldCipher(byte[] masterKey)
    {
        if (masterKey.Length != 32) throw new ArgumentException($"Expected a key of 32 bytes, but it has {masterKey.Length}.", nameof(masterKey));
        _fieldKey = HKDF.DeriveKey(HashAlgorithmName.SHA256, masterKey, 32, info: "field"u8.ToArray());
        _indexKey = HKDF.DeriveKey(HashAlgorithmName.SHA256, masterKey, 32, info: "index"u8.ToArray());
    }

    /// <summary>Layout: format (1) · nonce (12) · tag (16) · ciphertext.</summary>
    public SealedText Seal(string plain)
    {
        var text = Encoding.UTF8.GetBytes(plain);
        var bytes = new byte[1 + NonceSize + TagSize + text.Length];
        bytes[0] = Format;
        var nonce = bytes.AsSpan(1, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(_fieldKey, TagSize); // one per call: it is not for several threads
        aes.Encrypt(nonce, text, bytes.AsSpan(1 + NonceSize + TagSize), bytes.AsSpan(1 + NonceSize, TagSize));
        return new SealedText(bytes);
    }

    /// <exception cref="CryptographicException">Sealed with another key, or altered.</exception>
    public string Open(SealedText sealedText)
    {
        var bytes = sealedText.Bytes;
        if (bytes.Length < 1 + NonceSize + TagSize || bytes[0] != Format)
            throw new CryptographicException($"Expected sealed text of format {Format}, but found {bytes.Length} bytes of another shape.");
        var plain = new byte[bytes.Length - 1 - NonceSize - TagSize];
        using var aes = new AesGcm(_fieldKey, TagSize);
        aes.Decrypt(bytes.AsSpan(1, NonceSize), bytes.AsSpan(1 + NonceSize + TagSize), bytes.AsSpan(1 + NonceSize, TagSize), plain);
        return Encoding.UTF8.GetString(plain);
    }

    /// <summary>Keyed digest for equality look-up; <paramref name="purpose"/> keeps columns from being joined (phone, id-number, query-code).</summary>
    public byte[] BlindIndex(string purpose, string value) =>
        HMACSHA256.HashData(_indexKey, Encoding.UTF8.GetBytes($"{purpose}\n{value}"))[..16];

    /// <summary>Which key this is, told without telling the key.</summary>
    public string Mark => Convert.ToHexStringLower(BlindIndex("key", "mark"));
}
