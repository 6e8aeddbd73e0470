using System.Net;
using System.Text.RegularExpressions;

namespace BanBuCheng.Bench;

/// <summary>Somebody at a browser: keeps cookies, carries the form token of the page they are on.</summary>
internal sealed partial class Visitor(HttpClient http) : IDisposable
{
    private string _token = "";

    public HttpStatusCode Status { get; private set; }

    public static Visitor At(Uri address) =>
        new(new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = false }) { BaseAddress = address });

    /// <summary>Through the demo's door.</summary>
    public async Task EnterAsync(string login)
    {
        await OpenAsync("/");
        await PostAsync("/demo/enter", ("login", login));
        if (Status is not HttpStatusCode.Redirect) throw new InvalidOperationException($"{login} was not let in: {Status}");
    }

    public async Task<string> OpenAsync(string path)
    {
        using var answer = await http.GetAsync(new Uri(path, UriKind.Relative));
        return await ReadAsync(answer);
    }

    public async Task<string> PostAsync(string path, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent([.. fields.Select(f => KeyValuePair.Create(f.Name, f.Value)), KeyValuePair.Create("__RequestVerificationToken", _token)]);
        using var answer = await http.PostAsync(new Uri(path, UriKind.Relative), form);
        return await ReadAsync(answer);
    }

    public void Dispose() => http.Dispose();

    private async Task<string> ReadAsync(HttpResponseMessage answer)
    {
        Status = answer.StatusCode;
        var text = await answer.Content.ReadAsStringAsync();
        if (TokenField().Match(text) is { Success: true } match) _token = match.Groups[1].Value;
        return text;
    }

    [GeneratedRegex("""name="__RequestVerificationToken"[^>]*value="([^"]+)""")]
    private static partial Regex TokenField();
}
