using AngleSharp.Html.Parser;
using AngleSharp.Html.Dom;
using BanBuCheng.Web.Pages;
using BanBuCheng.Web.Pages.Shared.Frame;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Razor;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace BanBuCheng.Stories.Pages;

/// <summary>Only the pages, in memory, without the domain behind them: what a page says can be read, and one part drawn by itself.</summary>
public sealed class PagesHall : IAsyncLifetime
{
    private readonly WebApplication app;

    public PagesHall()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = "banbucheng", EnvironmentName = "Development" });
        builder.Services.AddRazorPages();
        builder.Services.AddOptions<Desk.Offices.HallOptions>();
        builder.Services.AddSingleton<IPageFrames, NobodyHere>();
        builder.AddPages();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        app = builder.Build();
        app.UsePages();
        app.MapPages();
    }

    private sealed class NobodyHere : IPageFrames
    {
        public ValueTask<PageFrame> ForAsync(HttpContext http) => ValueTask.FromResult(new PageFrame { District = "青屏区", HelpPhone = "8800-1345" });
    }

    public async ValueTask InitializeAsync() => await app.StartAsync();

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    public HttpClient Visitor() => app.GetTestClient();

    public static async Task<IHtmlDocument> ReadAsync(HttpResponseMessage answer) =>
        new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

    /// <summary>Draws one noun with the view of its name.</summary>
    internal async Task<IHtmlDocument> DrawAsync(object part)
    {
        using var scope = app.Services.CreateScope();
        var http = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        var action = new ActionContext(http, new RouteData(), new ActionDescriptor());
        var found = scope.ServiceProvider.GetRequiredService<IRazorViewEngine>().GetView(null, $"/Pages/Shared/Parts/{part.GetType().Name}.cshtml", isMainPage: false);
        found.EnsureSuccessful(null);
        await using var text = new StringWriter();
        var data = new ViewDataDictionary(new EmptyModelMetadataProvider(), new ModelStateDictionary()) { Model = part };
        var temp = new TempDataDictionary(http, scope.ServiceProvider.GetRequiredService<ITempDataProvider>());
        await found.View!.RenderAsync(new ViewContext(action, found.View, data, temp, text, new HtmlHelperOptions()));
        return new HtmlParser().ParseDocument(text.ToString());
    }

    /// <summary>The name of the cookie that asks for dark pages.</summary>
    internal static string Dark => $"{Look.ThemeCookie}=dark";
}
