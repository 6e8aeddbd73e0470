using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Intake;
using BanBuCheng.Desk.Offices;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Stories.Given;
using BanBuCheng.Web;
using BanBuCheng.Web.Commands;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace BanBuCheng.Stories.Pages;

/// <summary>The whole site of a demo hall in memory, with a small flow; people walk in by the demo's door and use it without script.</summary>
public class SiteHall : IAsyncLifetime
{
    private readonly string data = Directory.CreateTempSubdirectory("site-").FullName;
    private WebApplication app = null!;

    /// <summary>Whether the alarm clock runs too.</summary>
    protected virtual bool Alarm => false;

    public FakeTimeProvider Clock { get; } = new(Hall.Local("2026-10-12 09:41"));

    public async ValueTask InitializeAsync()
    {
        var flows = Directory.CreateDirectory(Path.Combine(data, "flows")).FullName;
        await File.WriteAllTextAsync(Path.Combine(flows, "case-handling.json"), PagesFlow.Document);
        var mode = new HostMode { Data = data, Clock = Clock, Alarm = Alarm, Serves = true };
        app = HostBuilder.Build(["--applicationName=banbucheng"], mode, builder =>
        {
            builder.WebHost.UseTestServer();
            builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Flows:Directory"] = flows });
        });
        await Opening.PrepareAsync(app, mode, CancellationToken.None);
        await app.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Hall.CloseFileAsync(app);
        Directory.Delete(data, recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Somebody who is nobody.</summary>
    internal Visitor Stranger() => new(new HttpClient(new Cookies(app.GetTestServer().CreateHandler())) { BaseAddress = new Uri("http://localhost") });

    /// <summary>A case that 贺文静 took on.</summary>
    internal async Task<string> CaseAsync(IntakeForm? form = null)
    {
        var accepted = await app.Services.GetRequiredService<StepDoor>().SendAsync(new AcceptCase(Guid.CreateVersion7(Clock.GetUtcNow()), form ?? Ordinary), await PersonAsync("hewenjing"), Ct);
        return accepted.Number;
    }

    internal static IntakeForm Ordinary => new()
    {
        Subject = "核名不过", Story = "跑了三趟，系统都拦。", ApplicantName = "安素", Phone = "10012345678",
    };

    internal async Task<Actor> PersonAsync(string login) =>
        await ReadAsync(async db => StaffActors.Of(await db.Staff.SingleAsync(s => s.Login == login, Ct)));

    internal Task<T> DoAsync<T>(IStep<T> step, Actor actor) => app.Services.GetRequiredService<StepDoor>().SendAsync(step, actor, Ct);

    internal async Task<T> ReadAsync<T>(Func<DeskDb, Task<T>> read)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await read(scope.ServiceProvider.GetRequiredService<DeskDb>());
    }

    /// <summary>Does what no step does.</summary>
    internal async Task<T> TamperAsync<T>(Func<DeskDb, Task<T>> write)
    {
        await using var scope = app.Services.CreateAsyncScope();
        await using var turn = await app.Services.GetRequiredService<WriterLane>().EnterAsync(Ct);
        scope.ServiceProvider.GetRequiredService<StepScope>().Turn = turn;
        return await write(scope.ServiceProvider.GetRequiredService<DeskDb>());
    }

    /// <summary>The open task of a case.</summary>
    internal async Task<string> TaskOfAsync(string number) => await ReadAsync(async db =>
        (await (from task in db.InboxTasks
                join one in db.Cases on task.CaseId equals one.Id
                where one.Number == number && task.State == Desk.Inbox.TaskState.Open
                select task.Id).SingleAsync(Ct)).ToString());

    /// <summary>Somebody at a browser.</summary>
    internal async Task<Visitor> ComesInAsync(string login)
    {
        var visitor = new Visitor(new HttpClient(new Cookies(app.GetTestServer().CreateHandler())) { BaseAddress = new Uri("http://localhost") });
        await visitor.OpenAsync("/");
        await visitor.PostAsync("/demo/enter", ("login", login));
        return visitor;
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Keeps cookies and follows no redirects, so that a story sees each answer.</summary>
    private sealed class Cookies(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        private readonly CookieContainer jar = new();

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (jar.GetCookieHeader(request.RequestUri!) is { Length: > 0 } cookies) request.Headers.TryAddWithoutValidation("Cookie", cookies);
            var answer = await base.SendAsync(request, cancellationToken);
            if (answer.Headers.TryGetValues("Set-Cookie", out var set))
            {
                foreach (var cookie in set) jar.SetCookies(request.RequestUri!, cookie);
            }

            return answer;
        }
    }
}

/// <summary>A person at a browser without script: opens pages, posts forms with the token of the page they are on.</summary>
internal sealed class Visitor(HttpClient http) : IDisposable
{
    private string token = "";

    public IHtmlDocument Page { get; private set; } = null!;
    public HttpStatusCode Status { get; private set; }
    public string? SentTo { get; private set; }
    public string Text => Page.Body!.TextContent;

    public async Task<IHtmlDocument> OpenAsync(string url, bool asFragment = false)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(url, UriKind.Relative));
        if (asFragment) request.Headers.Add("HX-Request", "true");
        return await SendAsync(request);
    }

    public async Task<IHtmlDocument> PostAsync(string url, params (string Name, string Value)[] fields)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(url, UriKind.Relative))
        {
            Content = new FormUrlEncodedContent([.. fields.Select(f => KeyValuePair.Create(f.Name, f.Value)), KeyValuePair.Create("__RequestVerificationToken", token)]),
        };
        return await SendAsync(request);
    }

    /// <summary>What is no page: the text as it came.</summary>
    public async Task<string> ReadAsync(string url, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(url, UriKind.Relative));
        foreach (var (name, value) in headers) request.Headers.Add(name, value);
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        Status = answer.StatusCode;
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Goes where the last answer sent.</summary>
    public Task<IHtmlDocument> FollowAsync() => OpenAsync(SentTo ?? throw new InvalidOperationException($"Expected to be sent on, but the answer was {Status}."));

    public void Dispose() => http.Dispose();

    private async Task<IHtmlDocument> SendAsync(HttpRequestMessage request)
    {
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        Status = answer.StatusCode;
        SentTo = answer.Headers.Location?.ToString();
        Page = await PagesHall.ReadAsync(answer);
        if (Page.QuerySelector<IHtmlInputElement>("input[name=__RequestVerificationToken]") is { } field) token = field.Value;
        return Page;
    }
}
