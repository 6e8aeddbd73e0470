using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using BanBuCheng.Web.Pages.Demo;
using BanBuCheng.Web.Pages.Shared.Forms;
using BanBuCheng.Web.Pages.Shared.Parts;
using Xunit;

namespace BanBuCheng.Stories.Pages;

/// <summary>A flow's JSON Schema becomes the questions of a task.</summary>
public sealed class TaskFormStories(PagesHall hall) : IClassFixture<PagesHall>
{
    [Fact]
    public async Task Few_choices_become_cards_whose_hint_says_what_follows()
    {
        var page = await hall.DrawAsync(FormSchema.Read(PartsSamples.Schema));

        var group = page.QuerySelector("fieldset[role=radiogroup]")!;
        Assert.Equal("办得怎么样", group.QuerySelector("legend")!.TextContent);
        var cards = group.QuerySelectorAll("label.pick");
        Assert.Equal(4, cards.Length);
        var radios = group.QuerySelectorAll<IHtmlInputElement>("input[type=radio]").ToList();
        Assert.Equal(["Resolved", "PartiallyResolved", "TryAgain", "CannotBeDone"], radios.Select(r => r.Value));
        Assert.All(radios, r => Assert.Equal("form[outcome]", r.Name));
        Assert.Contains("要两个人签，写条款和出路", cards[3].TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(radios, r => r.IsChecked);
    }

    [Fact]
    public async Task More_than_five_choices_become_a_list()
    {
        var page = await hall.DrawAsync(FormSchema.Read("""{"properties":{"unit":{"title":"哪个部门","enum":["一","二","三","四","五","六"]}}}""",
            new Dictionary<string, string?> { ["unit"] = "四" }));

        var list = Assert.IsType<IHtmlSelectElement>(page.QuerySelector("select"), exactMatch: false);
        Assert.Equal(7, list.Options.Length);
        Assert.Equal("四", list.Value);
        Assert.Empty(page.QuerySelectorAll("input[type=radio]"));
    }

    [Theory]
    [InlineData("""{"type":"string"}""", FieldKind.Text)]
    [InlineData("""{"type":"string","maxLength":80}""", FieldKind.Text)]
    [InlineData("""{"type":"string","maxLength":81}""", FieldKind.LongText)]
    [InlineData("""{"type":"string","x-rows":2}""", FieldKind.LongText)]
    [InlineData("""{"type":["string","null"],"x-rows":2}""", FieldKind.LongText)]
    [InlineData("""{"type":"string","format":"date"}""", FieldKind.Date)]
    [InlineData("""{"type":"boolean"}""", FieldKind.Tick)]
    [InlineData("""{"type":"integer"}""", FieldKind.Number)]
    [InlineData("""{"type":"string","x-mask":"phone"}""", FieldKind.Mask)]
    [InlineData("""{"type":"object"}""", FieldKind.Text)]
    [InlineData("""{"$ref":"#/definitions/x"}""", FieldKind.Text)]
    [InlineData("true", FieldKind.Text)]
    [InlineData("""{"enum":[1,2]}""", FieldKind.Pick)]
    public void Each_kind_of_property_is_asked_in_its_way(string property, FieldKind expected)
    {
        var form = FormSchema.Read("{\"properties\":{\"x\":" + property + "}}");
        Assert.Equal(expected, Assert.Single(form.Fields).Kind);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("true")]
    [InlineData("""{"properties":[]}""")]
    [InlineData("""{"properties":{},"required":"x"}""")]
    public void A_schema_without_questions_is_an_empty_form(string schema) => Assert.Empty(FormSchema.Read(schema).Fields);

    [Fact]
    public async Task What_goes_to_the_citizen_and_what_stays_inside_never_share_a_frame()
    {
        var page = await hall.DrawAsync(FormSchema.Read(PartsSamples.Schema) with { Recipient = "138****2046 安*" });

        var letter = page.QuerySelector(".out")!;
        var memo = page.QuerySelector(".memo")!;
        Assert.NotNull(letter.QuerySelector("textarea[name='form[sms]']"));
        Assert.NotNull(memo.QuerySelector("textarea[name='form[note]']"));
        Assert.Null(letter.QuerySelector("[name='form[note]']"));
        Assert.Null(memo.QuerySelector("[name='form[sms]']"));
        Assert.Contains("138****2046", letter.TextContent, StringComparison.Ordinal);
        Assert.Equal(2, page.QuerySelectorAll("textarea[name='form[sms]'],textarea[name='form[note]']").Length);
    }

    [Fact]
    public async Task A_form_that_comes_back_keeps_every_word_and_names_every_mistake_beside_its_field()
    {
        var written = new Dictionary<string, string?>
        {
            ["outcome"] = "TryAgain",
            ["filingNumber"] = "青卫备〔2026〕",
            ["filingDate"] = "2月30日",
            ["riskHandling"] = "\n先空一行，<b>再写</b>",
            ["mail"] = "true",
        };
        var form = FormSchema.Read(PartsSamples.Schema, written, new Dictionary<string, string> { ["filingNumber"] = "", ["filingDate"] = "没有2月30日。", ["outcome"] = "现在不能再试。" });
        var page = await hall.DrawAsync(form);

        Assert.True(page.QuerySelector<IHtmlInputElement>("input[value=TryAgain]")!.IsChecked);
        Assert.Equal("青卫备〔2026〕", page.QuerySelector<IHtmlInputElement>("[name='form[filingNumber]']")!.Value);
        Assert.Equal("2月30日", page.QuerySelector<IHtmlInputElement>("[name='form[filingDate]']")!.Value);
        Assert.Equal("\n先空一行，<b>再写</b>", page.QuerySelector<IHtmlTextAreaElement>("[name='form[riskHandling]']")!.Value);
        Assert.True(page.QuerySelector<IHtmlInputElement>("[name='form[mail]']")!.IsChecked);

        Assert.Equal("还差序号。回执右上角“第__号”就是。", ErrorOf(page, "form[filingNumber]"));
        Assert.Equal("没有2月30日。", ErrorOf(page, "form[filingDate]"));
        var summary = await hall.DrawAsync(form.Errors()!);
        var links = summary.QuerySelectorAll("a").Select(a => a.GetAttribute("href")![1..]).ToList();
        Assert.Equal(3, links.Count);
        Assert.All(links, id => Assert.NotNull(page.GetElementById(id)));
        Assert.Contains("有3处要改", summary.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void An_emptied_field_stays_empty_although_the_schema_has_a_default()
    {
        const string schema = """{"properties":{"a":{"type":"string","default":"原来的话"}}}""";
        Assert.Equal("原来的话", FormSchema.Read(schema).Fields[0].Value);
        Assert.Equal("", FormSchema.Read(schema, new Dictionary<string, string?> { ["a"] = "" }).Fields[0].Value);
    }

    [Fact]
    public async Task A_known_phone_number_is_shown_masked_and_opened_only_by_a_post()
    {
        var form = FormSchema.Read("""{"properties":{"phone":{"title":"电话","type":"string","x-mask":"phone"}}}""")
            .WithKnown(new Dictionary<string, MaskField> { ["phone"] = new("138****2046", "/cases/7/reveal/phone") });
        var page = await hall.DrawAsync(form);

        Assert.Equal("138****2046", page.QuerySelector(".mask code")!.TextContent);
        var button = page.QuerySelector(".mask button")!;
        Assert.Equal("/cases/7/reveal/phone", button.GetAttribute("hx-post"));
        Assert.Equal("/cases/7/reveal/phone", button.GetAttribute("formaction"));
        Assert.Empty(page.QuerySelectorAll("input"));
    }

    [Fact]
    public async Task Words_of_the_flow_author_are_text_and_never_markup()
    {
        var page = await hall.DrawAsync(FormSchema.Read("""{"properties":{"a\"><script>x</script>":{"title":"<img src=x>","description":"<b>粗</b>","enum":["<i>"]}}}"""));
        Assert.Empty(page.QuerySelectorAll("script,img,i,p > b"));
    }

    private static string ErrorOf(IHtmlDocument page, string name)
    {
        var field = page.QuerySelector($"[name='{name}']")!;
        Assert.Equal("true", field.GetAttribute("aria-invalid"));
        var id = field.GetAttribute("aria-describedby")!.Split(' ').Single(i => i.EndsWith("-error", StringComparison.Ordinal));
        return page.GetElementById(id)!.TextContent.Trim();
    }
}
