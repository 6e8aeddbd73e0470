namespace BanBuCheng.Desk.Steps;

/// <summary>
/// Personal data as it is stored: encrypted, with the key outside the database. Opaque by design; only a <see cref="FieldCipher"/>
/// opens it, so that it cannot slip into a log, a list or a page by being printed.
/// </summary>
public sealed record SealedText(byte[] Bytes)
{
    public override string ToString() => "⟨sealed⟩";
    public bool Equals(SealedText? other) => other is not null && Bytes.AsSpan().SequenceEqual(other.Bytes);
    public override int GetHashCode() => Bytes.Length == 0 ? 0 : HashCode.Combine(Bytes.Length, Bytes[^1]);
}
