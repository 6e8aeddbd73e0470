using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Xunit;

namespace BanBuCheng.Stories.Pages;

/// <summary>When something fails, a page says what is safe and keeps what was written.</summary>
public sealed class TroubleStories(PagesHall hall) : IClassFixture<PagesHall>
{
    [Fact]
    public async Task A_failed_form_keeps_its_words_and_offers_them_again()
    {
        using var visitor = hall.Visitor();
        var ct = TestContext.Current.CancellationToken;
        using var asked = await visitor.GetAsync(new Uri("/parts/form", UriKind.Relative), ct);
        var form = await PagesHall.ReadAsync(asked);
        var token = form.QuerySelector<IHtmlInputElement>("form.stack input[name=__RequestVerificationToken]")!.Value;
        using var post = new HttpRequestMessage(HttpMethod.Post, "/parts/form?from=inbox")
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["__RequestVerificationToken"] = token, ["form[riskHandling]"] = "市场监管局出具说明，卫健局备案。", ["Form.Password"] = "秘密",
            }),
        };
        post.Headers.Add("Cookie", asked.Headers.GetValues("Set-Cookie").Select(c => c.Split(';')[0]));

        using var answer = await visitor.SendAsync(post, ct);
        var page = await PagesHall.ReadAsync(answer);

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Equal("这一步没存上，您写的字都还在", page.QuerySelector("h1")!.TextContent);
        Assert.Equal("市场监管局出具说明，卫健局备案。", page.QuerySelector(".kept")!.TextContent);
        var retry = page.QuerySelector<IHtmlFormElement>("form")!;
        Assert.Equal("/parts/form?from=inbox", retry.GetAttribute("action"));
        Assert.Equal("市场监管局出具说明，卫健局备案。", retry.QuerySelector<IHtmlInputElement>("[name='form[riskHandling]']")!.Value);
        Assert.Equal(token, retry.QuerySelector<IHtmlInputElement>("[name=__RequestVerificationToken]")!.Value);
        Assert.DoesNotContain("秘密", page.DocumentElement.OuterHtml, StringComparison.Ordinal);
        var reference = answer.Headers.GetValues("BBC-Reference").Single();
        Assert.Matches("^[2-9A-HJKMNP-TWXYZ]{3} [2-9A-HJKMNP-TWXYZ]{3}$", reference);
        Assert.Contains(reference, page.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_fails_does_not_speak_of_words_nobody_wrote()
    {
        using var visitor = hall.Visitor();
        using var answer = await visitor.GetAsync(new Uri("/parts/fail", UriKind.Relative), TestContext.Current.CancellationToken);
        var page = await PagesHall.ReadAsync(answer);
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Equal("这一页暂时没打开", page.QuerySelector("h1")!.TextContent);
        Assert.DoesNotContain("InvalidOperationException", page.DocumentElement.OuterHtml, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/parts?q=%00")]
    [InlineData("/no-such-page?q=户%01口")]
    public async Task An_address_with_characters_that_nobody_types_is_refused(string path)
    {
        using var visitor = hall.Visitor();
        using var answer = await visitor.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        var page = await PagesHall.ReadAsync(answer);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("这一步没走通", page.QuerySelector("h1")!.TextContent);
    }

    [Theory]
    [InlineData("/no-such-page")]
    [InlineData("/error")]
    [InlineData("/error?code=500")]
    public async Task An_unknown_address_is_not_found_and_says_where_to_look(string path)
    {
        using var visitor = hall.Visitor();
        using var answer = await visitor.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("没有这一页", (await PagesHall.ReadAsync(answer)).QuerySelector("h1")!.TextContent);
    }

    [Theory]
    [InlineData("/look?theme=dark&back=/parts", "/parts")]
    [InlineData("/look?theme=dark&back=https://elsewhere.example/", "/")]
    [InlineData("/look?theme=dark&back=//elsewhere.example/", "/")]
    public async Task The_switch_for_dark_pages_keeps_the_wish_and_never_leads_away(string path, string to)
    {
        using var visitor = hall.Visitor();
        using var answer = await visitor.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(to, answer.Headers.Location!.OriginalString);
        Assert.StartsWith(PagesHall.Dark, answer.Headers.GetValues("Set-Cookie").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dark_is_drawn_by_the_server()
    {
        using var visitor = hall.Visitor();
        visitor.DefaultRequestHeaders.Add("Cookie", PagesHall.Dark);
        var page = await PagesHall.ReadAsync(await visitor.GetAsync(new Uri("/help/keys", UriKind.Relative), TestContext.Current.CancellationToken));
        Assert.Equal("dark", page.DocumentElement.GetAttribute("data-bs-theme"));
    }
}
