using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace BanBuCheng.Web.Designer;

/// <summary>An answer that is asked for again and again and seldom changes: packed once, and not sent at all to a browser that says it has it.</summary>
internal sealed class ReadyAnswer
{
    private readonly byte[] _plain;
    private readonly byte[] _brotli;
    private readonly EntityTagHeaderValue _tag;

    public ReadyAnswer(byte[] json)
    {
        _plain = json;
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Optimal, leaveOpen: true)) brotli.Write(json);
        _brotli = packed.ToArray();
        _tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(json))[..16]}\"");
    }

    public ReadOnlySpan<byte> Json => _plain;

    /// <summary>The browser may keep it for this person and asks each time whether it still holds.</summary>
    public IResult To(HttpContext http)
    {
        var headers = http.Response.Headers;
        (headers.CacheControl, headers.Vary) = ("private, no-cache", HeaderNames.AcceptEncoding);
        var isPacked = http.Request.Headers.AcceptEncoding.ToString().Contains("br", StringComparison.Ordinal);
        // Bytes that say how they are packed pass the site's own packing by.
        if (isPacked) headers.ContentEncoding = "br";
        return Results.Bytes(isPacked ? _brotli : _plain, "application/json; charset=utf-8", entityTag: _tag);
    }
}
