using System.IO.Compression;
using System.Xml;
using System.Xml.Linq;

namespace BanBuCheng.Desk.Attachments;

/// <summary>Takes out of an OFD who wrote it, with which program and when (<c>DocInfo</c>, GB/T 33190). A signed one is left as it is, for its seal's sake.</summary>
internal static class OfdMetadata
{
    private const long LargestHead = 1024 * 1024;

    /// <summary>What may stay: which document it is, not whose.</summary>
    private static readonly string[] Kept = ["DocID", "DocUsage", "Cover"];

    /// <returns>Null when the file is not in order.</returns>
    public static byte[]? Strip(byte[] bytes)
    {
        try
        {
            using var content = new MemoryStream();
            content.Write(bytes);
            using (var zip = new ZipArchive(content, ZipArchiveMode.Update, leaveOpen: true))
            {
                if (zip.GetEntry("OFD.xml") is not { Length: < LargestHead } head) return null;
                XDocument told;
                using (var read = head.Open())
                using (var xml = XmlReader.Create(read, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = LargestHead }))
                    told = XDocument.Load(xml);
                if (told.Descendants().Any(e => e.Name.LocalName == "Signatures")) return bytes;
                var personal = told.Descendants().Where(e => e.Name.LocalName == "DocInfo").SelectMany(info => info.Elements()).Where(e => !Kept.Contains(e.Name.LocalName)).ToList();
                if (personal.Count == 0) return bytes;
                foreach (var element in personal) element.Remove();
                head.Delete();
                using var write = zip.CreateEntry("OFD.xml").Open();
                told.Save(write, SaveOptions.DisableFormatting);
            }

            return content.ToArray();
        }
        catch (Exception broken) when (broken is InvalidDataException or XmlException or IOException or ArgumentOutOfRangeException)
        {
            return null;
        }
    }
}
