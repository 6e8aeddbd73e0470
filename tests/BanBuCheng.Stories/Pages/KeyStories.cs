using System.Xml.Linq;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Web.SignIn;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace BanBuCheng.Stories.Pages;

/// <summary>The keys that make a sign-in cookie, as they lie in the database.</summary>
public sealed class KeyStories(SiteHall hall) : IClassFixture<SiteHall>
{
    [Fact(DisplayName = "登录用的密钥在数据库里是封着的：拿走数据库，签不出谁的登录")]
    public async Task Keys_lie_sealed_in_the_database()
    {
        using (var visitor = await hall.ComesInAsync("hewenjing")) Assert.Equal(System.Net.HttpStatusCode.Found, visitor.Status);

        var stored = await hall.ReadAsync(db => db.DataProtectionKeys.Select(k => k.Xml!).ToListAsync(TestContext.Current.CancellationToken));
        var key = XElement.Parse(Assert.Single(stored));
        Assert.Single(key.Descendants("sealed"));
        Assert.Empty(key.Descendants("masterKey"));
    }

    [Fact(DisplayName = "封上的打得开；换了大厅的密钥，打不开")]
    public void What_was_sealed_opens_with_the_same_key_only()
    {
        var (ours, theirs) = (new FieldCipher([.. Enumerable.Repeat((byte)1, 32)]), new FieldCipher([.. Enumerable.Repeat((byte)2, 32)]));
        var told = new XElement("masterKey", new XElement("value", "a/b+c="));
        var sealedKey = new KeySeal(ours).Encrypt(told);

        Assert.Equal(typeof(KeyOpener), sealedKey.DecryptorType);
        Assert.DoesNotContain("a/b+c=", sealedKey.EncryptedElement.ToString(), StringComparison.Ordinal);
        Assert.True(XNode.DeepEquals(told, Opener(ours).Decrypt(sealedKey.EncryptedElement)));
        Assert.ThrowsAny<System.Security.Cryptography.CryptographicException>(() => Opener(theirs).Decrypt(sealedKey.EncryptedElement));

        static KeyOpener Opener(FieldCipher cipher) => new(new ServiceCollection().AddSingleton(cipher).BuildServiceProvider());
    }
}
