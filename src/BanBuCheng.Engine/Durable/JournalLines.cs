using System.Buffers;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using BanBuCheng.Engine.Running;

namespace BanBuCheng.Engine.Durable;

/// <summary>
/// The text of a journal pack: one JSON object per line with <c>k</c> kind, <c>n</c> node path, <c>t</c> activity type, <c>e</c> execution,
/// <c>x</c> text; <c>a</c> the activity's id where it is not the path's end, <c>at</c> the time where it is not the pack's. What is empty is left out.
/// </summary>
/// <remarks>
/// The packs of a long instance that has ended are one, sealed: <c>br:</c> and the Base64 of a Brotli stream in which each pack's lines stand
/// below a line with <c>@</c> and its time. <c>sed s/^br:// | base64 -d | brotli -d</c> shows it.
/// </remarks>
public static class JournalLines
{
    private static readonly JsonWriterOptions Layout = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };
    private static readonly string[] Kinds = Enum.GetNames<JournalKind>();

    private const string SealMark = "br:";

    [ThreadStatic] private static ArrayBufferWriter<byte>? _buffer;
    [ThreadStatic] private static Utf8JsonWriter? _writer;

    public static string Write(IReadOnlyList<JournalEntry> entries, DateTimeOffset at)
    {
        var buffer = _buffer ??= new ArrayBufferWriter<byte>(4096);
        buffer.ResetWrittenCount();
        var writer = _writer ??= new Utf8JsonWriter(buffer, Layout);
        for (var i = 0; i < entries.Count; i++)
        {
            var entry = entries[i];
            if (i > 0) buffer.Write("\n"u8);
            writer.Reset(buffer);
            writer.WriteStartObject();
            writer.WriteString("k"u8, Kinds[(int)entry.Kind]);
            if (!string.IsNullOrEmpty(entry.NodePath)) writer.WriteString("n"u8, entry.NodePath);
            if (!IsEndOf(entry.NodePath, entry.ActivityId)) writer.WriteString("a"u8, entry.ActivityId);
            if (!string.IsNullOrEmpty(entry.ActivityType)) writer.WriteString("t"u8, entry.ActivityType);
            if (entry.Execution != 0) writer.WriteNumber("e"u8, entry.Execution);
            if (entry.Text is not null) writer.WriteString("x"u8, entry.Text);
            if (entry.At != at) writer.WriteString("at"u8, entry.At.UtcDateTime);
            writer.WriteEndObject();
            writer.Flush();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Many packs as one text of a tenth of their size.</summary>
    internal static string Seal(IEnumerable<(string Data, DateTimeOffset At)> packs)
    {
        var plain = new StringBuilder();
        foreach (var (data, at) in packs) plain.Append('@').Append(at.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)).Append('\n').Append(data).Append('\n');
        var bytes = Encoding.UTF8.GetBytes(plain.ToString(0, plain.Length - 1));
        var packed = new byte[BrotliEncoder.GetMaxCompressedLength(bytes.Length)];
        return BrotliEncoder.TryCompress(bytes, packed, out var length, quality: 5, window: 18)
            ? SealMark + Convert.ToBase64String(packed, 0, length)
            : throw new InvalidOperationException("Expected a journal to be compressed into its own upper limit.");
    }

    private static string Unseal(string data)
    {
        using var packed = new BrotliStream(new MemoryStream(Convert.FromBase64String(data[SealMark.Length..])), CompressionMode.Decompress);
        using var reader = new StreamReader(packed, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    public static IReadOnlyList<JournalEntry> Read(string data, DateTimeOffset at)
    {
        var entries = new List<JournalEntry>();
        foreach (var line in (data.StartsWith(SealMark, StringComparison.Ordinal) ? Unseal(data) : data).Split('\n'))
        {
            if (line.StartsWith('@'))
            {
                at = DateTimeOffset.Parse(line.AsSpan(1), CultureInfo.InvariantCulture);
                continue;
            }

            using var json = JsonDocument.Parse(line);
            var path = Text("n") ?? "";
            entries.Add(new JournalEntry(
                Enum.Parse<JournalKind>(Text("k")!), Text("a") ?? path[(path.LastIndexOf('/') + 1)..], path, Text("t") ?? "",
                json.RootElement.TryGetProperty("e", out var execution) ? execution.GetInt32() : 0, Text("x"),
                Text("at") is { } other ? DateTimeOffset.Parse(other, CultureInfo.InvariantCulture) : at));

            string? Text(string name) => json.RootElement.TryGetProperty(name, out var value) ? value.GetString() : null;
        }
        return entries;
    }

    private static bool IsEndOf(string? path, string? activityId) =>
        string.IsNullOrEmpty(activityId) || path is not null
        && path.EndsWith(activityId, StringComparison.Ordinal) && !activityId.Contains('/', StringComparison.Ordinal)
        && (path.Length == activityId.Length || path[^(activityId.Length + 1)] == '/');
}
