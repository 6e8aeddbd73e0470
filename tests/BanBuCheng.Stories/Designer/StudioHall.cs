using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using AngleSharp.Html.Dom;
using BanBuCheng.Desk.Intake;
using BanBuCheng.Desk.Offices;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Desk.Database;
using BanBuCheng.Stories.Given;
using BanBuCheng.Stories.Pages;
using BanBuCheng.Web;
using BanBuCheng.Web.Commands;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace BanBuCheng.Stories.Designer;

/// <summary>The whole site in memory with the shipped flows, asked the way Studio asks: JSON over HTTP with the cookie of whoever is signed in.</summary>
public sealed class StudioHall : IAsyncLifetime
{
    private readonly string data = Directory.CreateTempSubdirectory("studio-hall-").FullName;
    private WebApplication app = null!;

    public FakeTimeProvider Clock { get; } = new(Hall.Local("2026-03-02 09:00"));

    internal IServiceProvider Services => app.Services;

    public async ValueTask InitializeAsync()
    {
        var mode = new HostMode { Data = data, Urls = "http://127.0.0.1:0", Serves = true, Alarm = false, Clock = Clock };
        app = HostBuilder.Build([], mode, builder =>
        {
            builder.Environment.ApplicationName = "banbucheng";
            builder.WebHost.UseTestServer();
            builder.Logging.ClearProviders();
        });
        await Opening.PrepareAsync(app, mode, Ct);
        await app.StartAsync(Ct);
    }

    public async ValueTask DisposeAsync()
    {
        await Hall.CloseFileAsync(app);
        Directory.Delete(data, recursive: true);
    }

    /// <summary>Somebody at a Studio; null: nobody is signed in.</summary>
    internal async Task<StudioUser> AsAsync(string? login)
    {
        var user = new StudioUser(app.GetTestClient());
        if (login is not null) await user.EnterAsync(login);
        return user;
    }

    /// <summary>The process administrator.</summary>
    internal Task<StudioUser> AdministratorAsync() => AsAsync("lizhixing");

    /// <summary>A case that 贺文静 took on; its number.</summary>
    internal async Task<string> CaseAsync()
    {
        await using var scope = app.Services.CreateAsyncScope();
        var person = StaffActors.Of(await scope.ServiceProvider.GetRequiredService<DeskDb>().Staff.SingleAsync(s => s.Login == "hewenjing", Ct));
        var form = new IntakeForm { Subject = "核名不过", Story = "跑了三趟，系统都拦。", ApplicantName = "安素", Phone = "10012345678" };
        return (await app.Services.GetRequiredService<StepDoor>().SendAsync(new AcceptCase(Guid.CreateVersion7(Clock.GetUtcNow()), form), person, Ct)).Number;
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;
}

/// <summary>One site for all stories of the designer: each keeps to flows of its own.</summary>
[CollectionDefinition(nameof(StudioHall))]
public sealed class OneStudioHall : ICollectionFixture<StudioHall>;

/// <summary>What Studio does: asks for JSON and sends JSON. <see cref="Status"/> is of the last answer.</summary>
internal sealed class StudioUser(HttpClient client) : IDisposable
{
    private readonly Dictionary<string, string> cookies = [];

    public HttpStatusCode Status { get; private set; }
    public HttpResponseMessage Last { get; private set; } = null!;

    /// <summary>Headers that a browser would add.</summary>
    public Dictionary<string, string> Says { get; } = [];

    public async Task EnterAsync(string login)
    {
        await RawAsync(HttpMethod.Get, "/", null);
        var page = await PagesHall.ReadAsync(Last);
        var token = ((IHtmlInputElement)page.QuerySelector("input[name=__RequestVerificationToken]")!).Value;
        await RawAsync(HttpMethod.Post, "/demo/enter", new FormUrlEncodedContent([new("login", login), new("__RequestVerificationToken", token)]));
    }

    public Task<JsonNode> GetAsync(string path) => AskAsync(HttpMethod.Get, path, null);

    public Task<JsonNode> PostAsync(string path, JsonNode? body = null) => AskAsync(HttpMethod.Post, path, body ?? new JsonObject());

    public Task<JsonNode> DeleteAsync(string path) => AskAsync(HttpMethod.Delete, path, null);

    /// <summary>The newest version, whole.</summary>
    public async Task<JsonObject> FlowAsync(string definitionId, string versions = "Latest") =>
        (await GetAsync($"workflow-definitions/by-definition-id/{definitionId}?versionOptions={versions}")).AsObject();

    /// <summary>As the editor saves by itself; with publish as its button does.</summary>
    public Task<JsonNode> SaveAsync(JsonObject model, bool publish = false) =>
        PostAsync("workflow-definitions", new JsonObject { ["model"] = model.DeepClone(), ["publish"] = publish });

    public async Task<HttpResponseMessage> RawAsync(HttpMethod method, string path, HttpContent? content)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = content };
        if (cookies.Count > 0) request.Headers.Add("Cookie", string.Join("; ", cookies.Select(c => $"{c.Key}={c.Value}")));
        foreach (var (name, value) in Says) request.Headers.TryAddWithoutValidation(name, value);
        Last = await client.SendAsync(request, TestContext.Current.CancellationToken);
        Status = Last.StatusCode;
        if (Last.Headers.TryGetValues("Set-Cookie", out var set))
        {
            foreach (var cookie in set.Select(c => c.Split(';')[0].Split('=', 2))) cookies[cookie[0]] = cookie[1];
        }

        return Last;
    }

    public void Dispose() => client.Dispose();

    /// <summary>Sentences of a refusal.</summary>
    public static IReadOnlyList<string> Said(JsonNode problem) => [.. problem["errors"]!["generalErrors"]!.AsArray().Select(e => e!.GetValue<string>())];

    private async Task<JsonNode> AskAsync(HttpMethod method, string path, JsonNode? body)
    {
        await RawAsync(method, "/elsa/api/" + path, body is null ? null : new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"));
        var text = await Last.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return text.Length > 0 && Last.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) == true ? JsonNode.Parse(text)! : JsonValue.Create(text);
    }
}
