using System.Text;

namespace BanBuCheng.Web.Commands;

/// <summary>通知文件 — plain text as people save it: UTF-8 with or without a mark, else GB18030, which older Windows editors write.</summary>
internal static class NoticeFile
{
    public static string Decode(byte[] bytes)
    {
        try
        {
            using var reader = new StreamReader(new MemoryStream(bytes), new UTF8Encoding(false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: true);
            return reader.ReadToEnd();
        }
        catch (DecoderFallbackException)
        {
            return CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!.GetString(bytes);
        }
    }
}
