using System.Security.Cryptography;
using BanBuCheng.Desk.Steps;
using CsCheck;
using Xunit;

namespace BanBuCheng.Stories.Steps;

/// <summary>封起来的字段：原样打得开，动一个比特就打不开，换一把钥匙也打不开。</summary>
public sealed class FieldCipherHolds
{
    private static readonly FieldCipher Cipher = new([.. Enumerable.Range(0, 32).Select(i => (byte)i)]);
    private static readonly Gen<string> Texts = Gen.OneOf(Gen.String, Gen.Const(""), Gen.Const("㼆㼇\n\""), Gen.Const("10012345678")).Select(t => new string([.. t.Where(c => !char.IsSurrogate(c))]));

    [Fact(DisplayName = "封上再打开，一字不差；两次封的不一样")]
    public void What_is_sealed_opens_unchanged() => Texts.Sample(text =>
    {
        var (one, two) = (Cipher.Seal(text), Cipher.Seal(text));
        return Cipher.Open(one) == text && !one.Bytes.AsSpan().SequenceEqual(two.Bytes);
    });

    [Fact(DisplayName = "动了任何一个比特，都打不开")]
    public void Every_flipped_bit_is_noticed() => Gen.Select(Texts, Gen.Int[0, int.MaxValue]).Sample((text, where) =>
    {
        var bytes = Cipher.Seal(text).Bytes.ToArray();
        var bit = where % (bytes.Length * 8);
        bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        return Refused(() => Cipher.Open(new SealedText(bytes)));
    });

    [Fact(DisplayName = "截短的、换了钥匙的，都打不开")]
    public void A_stump_or_another_key_is_noticed() => Gen.Select(Texts, Gen.Int[0, 28]).Sample((text, length) =>
    {
        var other = new FieldCipher([.. Enumerable.Range(1, 32).Select(i => (byte)i)]);
        var whole = Cipher.Seal(text);
        return Refused(() => other.Open(whole)) && Refused(() => Cipher.Open(new SealedText(whole.Bytes[..length])));
    });

    [Fact(DisplayName = "打印出来看不到内容")]
    public void Printing_tells_nothing() => Assert.Equal("⟨sealed⟩", $"{Cipher.Seal("10012345678")}");

    private static bool Refused(Action open)
    {
        try
        {
            open();
            return false;
        }
        catch (CryptographicException)
        {
            return true;
        }
    }
}
