using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace BanBuCheng.Engine.Documents;

/// <summary>
/// Text to a JSON tree without exceptions: damage becomes a finding, a property named twice keeps its last value (a plain
/// <see cref="JsonObject"/> would throw at some later look), depth and size are bounded.
/// </summary>
internal static class JsonTree
{
    public const int MaxDepth = 200;
    public const int MaxBytes = 16 * 1024 * 1024;

    public static JsonNode? Read(string text, List<DocumentFinding> findings)
    {
        var bytes = Encoding.UTF8.GetBytes(text.TrimStart('\uFEFF'));
        if (bytes.Length > MaxBytes)
        {
            findings.Add(new(true, "$", $"文件太大：{bytes.Length / 1024 / 1024} MB，上限 {MaxBytes / 1024 / 1024} MB。"));
            return null;
        }
        var at = "$";
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = MaxDepth, AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
        try
        {
            if (!reader.Read())
            {
                findings.Add(new(true, "$", "文件是空的。"));
                return null;
            }
            var node = Value(ref reader, "$", findings, ref at);
            if (reader.Read()) findings.Add(new(false, "$", "文档结束之后还有内容，已忽略。"));
            return node;
        }
        catch (JsonException damaged)
        {
            findings.Add(new(true, at,
                $"不是完整的 JSON（第 {(damaged.LineNumber ?? 0) + 1} 行第 {(damaged.BytePositionInLine ?? 0) + 1} 字节）：文件损坏、被截断，或嵌套超过 {MaxDepth} 层。"));
            return null;
        }
        catch (InvalidOperationException damaged)
        {
            // Text that is not valid UTF-16 (a lone surrogate) is found only when the string is read.
            findings.Add(new(true, at, $"文本编码损坏：{damaged.Message}"));
            return null;
        }
    }

    /// <param name="at">The place reached, for whoever reports what broke there.</param>
    private static JsonNode? Value(ref Utf8JsonReader reader, string path, List<DocumentFinding> findings, ref string at)
    {
        at = path;
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                var members = new JsonObject();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    var name = reader.GetString()!;
                    var inner = at = $"{path}.{name}";
                    reader.Read();
                    if (members.ContainsKey(name)) findings.Add(new(false, inner, $"属性“{name}”写了两次，以后一次为准。"));
                    members[name] = Value(ref reader, inner, findings, ref at);
                }
                return members;
            case JsonTokenType.StartArray:
                var items = new JsonArray();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) items.Add(Value(ref reader, $"{path}[{items.Count}]", findings, ref at));
                return items;
            case JsonTokenType.String: return JsonValue.Create(reader.GetString());
            case JsonTokenType.True: return JsonValue.Create(true);
            case JsonTokenType.False: return JsonValue.Create(false);
            case JsonTokenType.Null: return null;
            default:
                // Numbers keep their spelling, so that writing gives back what was read.
                using (var document = JsonDocument.ParseValue(ref reader)) return JsonValue.Create(document.RootElement.Clone());
        }
    }
}
