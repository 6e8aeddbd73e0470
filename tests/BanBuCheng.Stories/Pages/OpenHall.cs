using AngleSharp.Html.Dom;
using BanBuCheng.Web;
using BanBuCheng.Web.Commands;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace BanBuCheng.Stories.Pages;

/// <summary>The whole site in memory, a demo hall without its invented past, on the Saturday on which the clinic's owner came.</summary>
public sealed class OpenHall : IAsyncLifetime
{
    private readonly string data = Directory.CreateTempSubdirectory("open-hall-").FullName;
    private WebApplication app = null!;

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2022, 6, 25, 9, 30, 0, TimeSpan.FromHours(8)));

    public async ValueTask InitializeAsync()
    {
        var mode = new HostMode { Data = data, Urls = "http://127.0.0.1:0", Serves = true, Alarm = false, Clock = Clock };
        app = HostBuilder.Build([], mode, builder =>
        {
            // Pages and assets are those of the site, not of the test program that hosts it.
            builder.Environment.ApplicationName = "banbucheng";
            builder.WebHost.UseTestServer();
            builder.Logging.ClearProviders();
        });
        await Opening.PrepareAsync(app, mode, TestContext.Current.CancellationToken);
        await app.StartAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        Directory.Delete(data, recursive: true);
    }

    internal HallVisitor Visitor() => new(app.GetTestClient());

    internal async Task<HallVisitor> EnterAsync(string login)
    {
        var visitor = Visitor();
        var door = await visitor.GetAsync("/");
        await visitor.PostAsync("/demo/enter", door, ("login", login));
        return visitor;
    }
}

/// <summary>One browser: keeps its cookies, follows redirects, posts what a form holds.</summary>
internal sealed class HallVisitor(HttpClient client)
{
    private readonly Dictionary<string, string> cookies = [];

    public HttpResponseMessage Last { get; private set; } = null!;
    public string At { get; private set; } = "";

    public Task<IHtmlDocument> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null);

    /// <summary>Posts fields with the token of the page they were typed on.</summary>
    public Task<IHtmlDocument> PostAsync(string path, IHtmlDocument page, params (string Name, string Value)[] fields)
    {
        var token = ((IHtmlInputElement)page.QuerySelector("input[name=__RequestVerificationToken]")!).Value;
        return SendAsync(HttpMethod.Post, path, [("__RequestVerificationToken", token), .. fields]);
    }

    private async Task<IHtmlDocument> SendAsync(HttpMethod method, string path, (string Name, string Value)[]? fields)
    {
        for (var hops = 0; hops < 8; hops++)
        {
            using var request = new HttpRequestMessage(method, new Uri(path, UriKind.RelativeOrAbsolute));
            if (cookies.Count > 0) request.Headers.Add("Cookie", string.Join("; ", cookies.Select(c => $"{c.Key}={c.Value}")));
            if (fields is not null) request.Content = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
            Last = await client.SendAsync(request, TestContext.Current.CancellationToken);
            At = path;
            if (Last.Headers.TryGetValues("Set-Cookie", out var set))
            {
                foreach (var cookie in set.Select(c => c.Split(';')[0].Split('=', 2))) cookies[cookie[0]] = cookie[1];
            }

            if (Last.Headers.Location is not { } to) break;
            (method, path, fields) = (HttpMethod.Get, to.OriginalString, null);
        }

        return await PagesHall.ReadAsync(Last);
    }
}
