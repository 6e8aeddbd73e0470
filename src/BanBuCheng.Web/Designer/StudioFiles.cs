using System.Collections.Frozen;
using System.IO.Compression;
using System.Text.RegularExpressions;
using Microsoft.Net.Http.Headers;

namespace BanBuCheng.Web.Designer;

/// <summary>
/// The files of Elsa Studio, as npm brought them, in <c>studio/</c> beside the program. They lie there packed (brotli and gzip) and are sent as they lie;
/// whoever takes neither gets them unpacked. Studio checks their hashes: nothing on the way may touch them.
/// </summary>
internal sealed partial class StudioFiles
{
    public const string Version = "3.8.2";
    private static readonly Dictionary<string, string> Types = new(StringComparer.Ordinal)
    {
        [".wasm"] = "application/wasm", [".dat"] = "application/octet-stream", [".blat"] = "application/octet-stream", [".pdb"] = "application/octet-stream",
        [".js"] = "text/javascript", [".css"] = "text/css", [".json"] = "application/json", [".svg"] = "image/svg+xml", [".png"] = "image/png", [".ttf"] = "font/ttf",
        [".woff2"] = "font/woff2", [".woff"] = "font/woff", [".cur"] = "image/x-icon", [".ico"] = "image/x-icon", [".webmanifest"] = "application/manifest+json", [".txt"] = "text/plain",
    };

    private readonly Lazy<FrozenDictionary<string, StudioFile>> _files = new(() => Find(Path.Combine(AppContext.BaseDirectory, "studio")));

    /// <summary>False: the program was built without npm, or lies without its folder.</summary>
    public bool AreThere => _files.Value.Count > 0;

    /// <summary>Only what was found at the start is served: a path is a name here, never a way into the disk.</summary>
    public IResult Serve(HttpContext http, string path)
    {
        if (!_files.Value.TryGetValue(path, out var file)) return Results.NotFound();
        var headers = http.Response.Headers;
        var encodings = http.Request.Headers.AcceptEncoding.ToString();
        headers.Vary = HeaderNames.AcceptEncoding;
        headers.CacheControl = Fingerprint().IsMatch(path) || http.Request.Query.ContainsKey("v") ? "public, max-age=31536000, immutable" : "no-cache";
        headers.XContentTypeOptions = "nosniff";
        var (physical, encoding) = file switch
        {
            { Brotli: { } brotli } when encodings.Contains("br", StringComparison.Ordinal) => (brotli, "br"),
            { Gzip: { } gzip } when encodings.Contains("gzip", StringComparison.Ordinal) => (gzip, "gzip"),
            { Plain: { } plain } => (plain, null),
            _ => (null, null),
        };
        var tag = new EntityTagHeaderValue($"\"{Version}-{file.Size:x}{(encoding is null ? "" : "-" + encoding)}\"");
        if (physical is not null)
        {
            if (encoding is not null) headers.ContentEncoding = encoding;
            return Results.File(physical, file.Type, entityTag: tag);
        }

        return Results.Stream(new GZipStream(File.OpenRead(file.Gzip!), CompressionMode.Decompress), file.Type, entityTag: tag);
    }

    private static FrozenDictionary<string, StudioFile> Find(string folder)
    {
        var found = new Dictionary<string, StudioFile>(StringComparer.Ordinal);
        if (!Directory.Exists(folder)) return found.ToFrozenDictionary();
        foreach (var physical in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            var packed = Path.GetExtension(physical) is ".br" or ".gz" ? Path.GetExtension(physical) : "";
            var name = Path.GetRelativePath(folder, physical).Replace(Path.DirectorySeparatorChar, '/');
            name = name[..(name.Length - packed.Length)];
            if (!Types.TryGetValue(Path.GetExtension(name), out var type)) continue;
            var file = found.GetValueOrDefault(name) ?? new StudioFile(type);
            found[name] = packed switch
            {
                ".br" => file with { Brotli = physical },
                ".gz" => file with { Gzip = physical, Size = new FileInfo(physical).Length },
                _ => file with { Plain = physical, Size = new FileInfo(physical).Length },
            };
        }

        return found.Where(f => f.Value is { Gzip: not null } or { Plain: not null }).ToFrozenDictionary(StringComparer.Ordinal);
    }

    private sealed record StudioFile(string Type)
    {
        public string? Plain { get; init; }
        public string? Brotli { get; init; }
        public string? Gzip { get; init; }
        public long Size { get; init; }
    }

    [GeneratedRegex(@"\.[a-z0-9]{10}\.(wasm|js|dat|css)$")]
    private static partial Regex Fingerprint();
}
