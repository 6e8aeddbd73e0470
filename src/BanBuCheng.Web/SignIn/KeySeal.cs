using System.Xml.Linq;
using BanBuCheng.Desk.Steps;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace BanBuCheng.Web.SignIn;

/// <summary>
/// Seals the cookies' keys with the hall's master key before they go into the database: whoever carries a copy of the database away cannot
/// sign anybody in with it. Keys written before this are read as they are, until they are replaced after their three months.
/// </summary>
internal sealed class KeySeal(FieldCipher cipher) : IXmlEncryptor
{
    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        var sealedText = cipher.Seal(plaintextElement.ToString(SaveOptions.DisableFormatting));
        return new(new XElement("sealed", Convert.ToBase64String(sealedText.Bytes)), typeof(KeyOpener));
    }
}

/// <summary>The other half. The framework makes it by name, as the key's record says, and hands it the services.</summary>
internal sealed class KeyOpener(IServiceProvider services) : IXmlDecryptor
{
    /// <exception cref="System.Security.Cryptography.CryptographicException">Sealed with another master key, or altered.</exception>
    public XElement Decrypt(XElement encryptedElement) =>
        XElement.Parse(services.GetRequiredService<FieldCipher>().Open(new SealedText(Convert.FromBase64String(encryptedElement.Value))));
}
