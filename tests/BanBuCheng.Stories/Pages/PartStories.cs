using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using BanBuCheng.Web.Pages.Demo;
using BanBuCheng.Web.Pages.Shared.Parts;
using BanBuCheng.Web.Texts;
using Xunit;

namespace BanBuCheng.Stories.Pages;

/// <summary>The nouns that every page shows.</summary>
public sealed partial class PartStories(PagesHall hall) : IClassFixture<PagesHall>
{
    [Fact]
    public async Task The_calendar_tells_each_day_in_words_and_fills_whole_weeks()
    {
        var page = await hall.DrawAsync(PartsSamples.Why);

        var cells = page.QuerySelectorAll("ol.why > li");
        Assert.Equal(35, cells.Length);
        var spoken = page.QuerySelectorAll("ol.why .visually-hidden").Select(s => s.TextContent).ToList();
        Assert.Equal(26, spoken.Count);
        Assert.Contains("9月20日，周日，调休上班，第1天", spoken);
        Assert.Contains("9月25日，周五，中秋，不数", spoken);
        Assert.Contains("9月28日，周一，暂停，不数", spoken);
        Assert.Contains("10月12日，周一，今天，第8天", spoken);
        Assert.Contains("10月14日，周三，第10天，最后一天", spoken);
        Assert.All(cells.Where(c => c.ClassList.Contains("day-out")), c => Assert.Equal("true", c.GetAttribute("aria-hidden")));
    }

    [Fact]
    public async Task The_picture_of_the_flow_says_itself_in_one_sentence_and_marks_one_box_as_now()
    {
        var page = await hall.DrawAsync(PartsSamples.Stage);

        Assert.Contains("现在在部门协同", page.QuerySelector("svg[role=img] title")!.TextContent, StringComparison.Ordinal);
        Assert.Single(page.QuerySelectorAll(".pic-desk g.now"));
        Assert.Equal("第3步，共6步：部门协同 · 方案2 · 今天", page.QuerySelector(".mini p")!.TextContent);
        Assert.All(page.QuerySelectorAll("rect"), r => Assert.Matches(@"^\d+(\.\d)?$", r.GetAttribute("width")));
    }

    [Theory]
    [InlineData(DueState.Far)]
    [InlineData(DueState.Soon)]
    [InlineData(DueState.Today)]
    [InlineData(DueState.Late)]
    [InlineData(DueState.Paused)]
    [InlineData(DueState.Maybe)]
    [InlineData(DueState.Done)]
    public async Task A_due_badge_has_words_and_a_drawing_of_its_own_in_every_state(DueState state)
    {
        var page = await hall.DrawAsync(new DueBadge(state, "10月14日（周三）前"));
        var badge = page.QuerySelector($".due-{state.ToString().ToLowerInvariant()}")!;
        Assert.Equal("10月14日（周三）前", badge.TextContent.Trim());
        Assert.Single(badge.QuerySelectorAll("svg"));
        Assert.Equal(7, Enum.GetValues<DueState>().Select(s => new DueBadge(s, "").Icon).Distinct().Count());
    }

    [Fact]
    public async Task No_more_is_offered_when_everything_is_listed()
    {
        Assert.Empty((await hall.DrawAsync(new MoreLink("/x", 20, 20))).QuerySelectorAll("a"));
        Assert.Contains("再看3件", (await hall.DrawAsync(new MoreLink("/x", 20, 23))).Body!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-10-14", "2026-10-12", "10月14日（周三）")]
    [InlineData("2027-01-05", "2026-10-12", "2027年1月5日（周二）")]
    public void Dates_are_said_with_their_weekday_and_the_year_only_when_it_is_another(string day, string today, string said) =>
        Assert.Equal(said, Say.Day(DateOnly.Parse(day, null), DateOnly.Parse(today, null)));

    [Fact]
    public void A_make_up_day_says_so() =>
        Assert.Equal("10月10日（周六，调休上班）", Say.Day(new(2026, 10, 10), new(2026, 10, 12), makeUp: true));

    [Theory]
    [InlineData("/")]
    [InlineData("/sign-in")]
    [InlineData("/help/keys")]
    [InlineData("/parts")]
    [InlineData("/parts/form")]
    [InlineData("/parts/citizen")]
    [InlineData("/parts/roles")]
    [InlineData("/no-such-page")]
    public async Task Every_page_keeps_the_strict_policy_and_the_basics_of_access(string path)
    {
        using var visitor = hall.Visitor();
        using var answer = await visitor.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        var page = await PagesHall.ReadAsync(answer);

        Assert.Contains("default-src 'self'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Empty(page.QuerySelectorAll("[style],style,script:not([src])"));
        Assert.DoesNotContain(page.All, e => e.Attributes.Any(a => a.Name.StartsWith("on", StringComparison.Ordinal)));
        Assert.Equal("zh-CN", page.DocumentElement.GetAttribute("lang"));
        Assert.Single(page.QuerySelectorAll("h1"));
        Assert.NotNull(page.QuerySelector("main#main"));
        Assert.Equal("#main", page.QuerySelector("a.skip")!.GetAttribute("href"));
        var ids = page.QuerySelectorAll("[id]").Select(e => e.Id).ToList();
        Assert.Equal(ids.Distinct(), ids);
        Assert.All(page.QuerySelectorAll<IHtmlInputElement>("input:not([type=hidden])"), i => Assert.True(
            i.Closest("label") is not null || i.HasAttribute("aria-label") || page.QuerySelector($"label[for='{i.Id}']") is not null, $"{i.Name} has no label"));
        Assert.All(page.QuerySelectorAll("form[method=post]"), f => Assert.NotNull(f.QuerySelector("input[name=__RequestVerificationToken]")));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/sign-in")]
    [InlineData("/help/keys")]
    [InlineData("/parts")]
    [InlineData("/parts/form")]
    [InlineData("/parts/citizen")]
    [InlineData("/parts/roles")]
    public async Task Chinese_text_has_full_width_punctuation(string path)
    {
        using var visitor = hall.Visitor();
        var page = await PagesHall.ReadAsync(await visitor.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken));
        var texts = page.Body!.Descendants<IText>().Select(t => t.Data).Where(t => HalfWidth().IsMatch(t));
        Assert.Empty(texts);
    }

    [Fact]
    public async Task Citizen_pages_load_one_small_style_sheet_and_no_script()
    {
        using var visitor = hall.Visitor();
        var page = await PagesHall.ReadAsync(await visitor.GetAsync(new Uri("/parts/citizen", UriKind.Relative), TestContext.Current.CancellationToken));
        var sheet = Assert.Single(page.QuerySelectorAll("link[rel=stylesheet]"));
        Assert.Contains("/css/citizen", sheet.GetAttribute("href"), StringComparison.Ordinal);
        Assert.Empty(page.QuerySelectorAll("script"));
    }

    [GeneratedRegex(@"[\u4e00-\u9fff][,:;?!(]|\)[\u4e00-\u9fff]")]
    private static partial Regex HalfWidth();
}
