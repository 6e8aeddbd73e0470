using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Steps;

namespace BanBuCheng.Web.Designer;

/// <summary>Answers as Studio reads them: exact names, and refusals as problem details whose every sentence it shows by itself.</summary>
internal static class Answers
{
    private const string Title = "One or more validation errors occurred.";
    private const int MostCharacters = 10 * 1024 * 1024;
    private static readonly JsonSerializerOptions Layout = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IResult Json(JsonNode? node) => Results.Text(node?.ToJsonString(Layout) ?? "null", "application/json");

    /// <summary>A refusal, RFC 9457. Studio shows one red line for each of the sentences and nothing else of it.</summary>
    public static IResult Problem(int status, string code, params IReadOnlyList<string> sentences) => Problem(status, code, sentences, null);

    public static IResult Problem(int status, string code, IReadOnlyList<string> sentences, Action<JsonObject>? more)
    {
        var problem = new JsonObject
        {
            ["type"] = "https://tools.ietf.org/html/rfc9110#section-15.5", ["title"] = Title, ["status"] = status, ["detail"] = string.Join('\n', sentences), ["code"] = code,
            ["errors"] = new JsonObject { ["generalErrors"] = new JsonArray([.. sentences.Select(s => JsonValue.Create(s))]) },
        };
        more?.Invoke(problem);
        return Results.Text(problem.ToJsonString(Layout), "application/problem+json", statusCode: status);
    }

    /// <summary><c>{items, count}</c>, as all the lists of the palette.</summary>
    public static JsonObject List(IEnumerable<JsonNode> items)
    {
        var array = new JsonArray([.. items]);
        return new JsonObject { ["items"] = array, ["count"] = array.Count };
    }

    /// <exception cref="RefusedException"><c>designer.body</c>: no JSON object, or too large.</exception>
    public static async Task<JsonObject> BodyAsync(HttpContext http)
    {
        if (http.Request.ContentLength > MostCharacters) throw new RefusedException("designer.body");
        try
        {
            return await JsonNode.ParseAsync(http.Request.Body, documentOptions: new JsonDocumentOptions { MaxDepth = 200 }, cancellationToken: http.RequestAborted) as JsonObject ?? throw new RefusedException("designer.body");
        }
        catch (JsonException)
        {
            throw new RefusedException("designer.body");
        }
    }

    public static string? Text(this JsonObject json, string name) => json[name] is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0 ? text : null;

    public static IReadOnlyList<string> Texts(this JsonObject json, string name) =>
        json[name] is JsonArray list ? [.. list.OfType<JsonValue>().Select(v => v.TryGetValue<string>(out var text) ? text : null).OfType<string>()] : [];

    public static bool? Flag(this JsonObject json, string name) => json[name] is JsonValue value && value.TryGetValue<bool>(out var flag) ? flag : null;

    public static int? Number(this JsonObject json, string name) => json[name] is JsonValue value && value.TryGetValue<int>(out var number) ? number : null;

    /// <summary>An instant in the hall's own time.</summary>
    public static string HereAt(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, ShanghaiTime.Zone).ToString("yyyy-MM-dd'T'HH:mm:ss.fffffffzzz", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>As Elsa writes an instant.</summary>
    public static string At(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'+00:00'", System.Globalization.CultureInfo.InvariantCulture);
}
