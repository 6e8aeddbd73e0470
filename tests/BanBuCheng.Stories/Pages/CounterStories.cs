using System.Net;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Xunit;

namespace BanBuCheng.Stories.Pages;

/// <summary>At the counter, and afterwards at home with number and code.</summary>
public sealed partial class CounterStories(OpenHall hall) : IClassFixture<OpenHall>
{
    private static (string, string)[] Clinic(params (string Name, string Value)[] other) =>
    [
        .. new Dictionary<string, string>
        {
            ["Form.ApplicantKind"] = "SoleTrader", ["Form.ApplicantName"] = "𠮷野㼆", ["Form.Phone"] = "100 0000 2046", ["Form.Channel"] = "Window", ["Form.Difficulty"] = "Complex",
            ["Form.Subject"] = "诊所名字核不过😀", ["Form.Story"] = "两头都有规定。\n<script>alert(1)</script>", ["Form.NeededBy"] = "7月7日", ["Form.NeededByReason"] = "那天开业",
        }.Where(f => !other.Any(o => o.Name == f.Key)).Select(f => (f.Key, f.Value)), .. other,
    ];

    [Fact]
    public async Task The_same_form_posted_twice_is_one_case_and_its_receipt_says_so()
    {
        var clerk = await hall.EnterAsync("duanxiaohe");
        var blank = await clerk.GetAsync("/intake/new");
        var address = clerk.At;
        var receipt = await clerk.PostAsync(address, blank, Clinic());
        var first = clerk.At;
        await clerk.PostAsync(address, blank, Clinic(("Form.Subject", "改过的一句话")));
        Assert.StartsWith("/intake/receipt/B220625", first, StringComparison.Ordinal);
        Assert.Equal(first.Split('?')[0], clerk.At.Split('?')[0]);
        Assert.Contains("已经受理过了", (await clerk.GetAsync(clerk.At)).Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("他要的日子比期限早", receipt.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("2022年7月8日（周五）", receipt.Body!.TextContent, StringComparison.Ordinal);
        Assert.Empty(receipt.QuerySelectorAll("main script"));
        Assert.Contains("<script>alert(1)</script>", receipt.QuerySelector(".story")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_typed_is_kept_and_each_mistake_stands_beside_its_field()
    {
        var clerk = await hall.EnterAsync("hewenjing");
        var blank = await clerk.GetAsync("/intake/new");
        var answer = await clerk.PostAsync(clerk.At, blank, Clinic(("Form.Phone", "1000000204"), ("Form.NeededBy", "2月30日"), ("Form.Story", new string('长', 2001)), ("Form.VisitsBefore", "好多")));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, clerk.Last.StatusCode);
        Assert.Equal("1000000204", answer.QuerySelector<IHtmlInputElement>("#Form_Phone")!.Value);
        Assert.Contains("还差 1 位", answer.QuerySelector("#Form_Phone-error")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("没有2月30日", answer.QuerySelector("#Form_NeededBy-error")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(2001, answer.QuerySelector<IHtmlTextAreaElement>("#Form_Story")!.Value.Length);
        Assert.Equal("好多", answer.QuerySelector<IHtmlInputElement>("#Form_VisitsBefore")!.Value);
        Assert.All(answer.QuerySelectorAll("#errors a"), link => Assert.NotNull(answer.QuerySelector(link.GetAttribute("href")!)));
        Assert.Equal(4, answer.QuerySelectorAll("#errors li").Length);
    }

    [Fact]
    public async Task The_warning_comes_as_soon_as_date_and_difficulty_are_known_and_the_draft_is_found_again()
    {
        var clerk = await hall.EnterAsync("duanxiaohe");
        var blank = await clerk.GetAsync("/intake/new");
        var address = clerk.At;
        var promise = await clerk.PostAsync(address + "&handler=Promise", blank, Clinic());
        Assert.Contains("按“复杂”，期限是7月8日（周五）；他7月7日（周四）就要用", promise.Body!.TextContent, StringComparison.Ordinal);
        await clerk.PostAsync(address + "&handler=Draft", blank, [.. Clinic(), ("Revision", "0")]);
        var again = await clerk.GetAsync(address);
        Assert.Equal("𠮷野㼆", again.QuerySelector<IHtmlInputElement>("#Form_ApplicantName")!.Value);
        Assert.Contains("已存", again.QuerySelector("#draft")!.TextContent, StringComparison.Ordinal);
        await clerk.PostAsync(address + "&handler=Draft", blank, [.. Clinic(), ("Revision", "0")]);
        Assert.Equal(HttpStatusCode.Conflict, clerk.Last.StatusCode);
    }

    [Fact]
    public async Task The_paper_never_bears_the_query_code_and_with_it_the_citizen_sees_whose_turn_it_is()
    {
        var clerk = await hall.EnterAsync("duanxiaohe");
        var receipt = await AcceptAsync(clerk, Clinic(("Form.Subject", "查询的那一件")));
        var number = receipt.QuerySelector("b.num")!.TextContent;
        var code = Code().Match((await clerk.GetAsync("/messages")).QuerySelector($"section[aria-label={number}] .sms")!.TextContent).Groups[1].Value;
        Assert.DoesNotContain(code, receipt.DocumentElement.OuterHtml, StringComparison.Ordinal);

        var citizen = hall.Visitor();
        var ask = await citizen.GetAsync($"/query?no={number}");
        Assert.Equal(number, ask.QuerySelector<IHtmlInputElement>("#No")!.Value);
        var answer = await citizen.PostAsync("/q", ask, ("No", number.ToLowerInvariant()), ("Code", code));
        Assert.Equal("/q/case", citizen.At);
        Assert.True(citizen.Last.Headers.CacheControl!.NoStore);
        Assert.Contains("7月8日（周五）", answer.QuerySelector(".huge")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(answer.QuerySelector(".ball"));
        Assert.DoesNotContain("两头都有规定", answer.Body!.TextContent, StringComparison.Ordinal);
        Assert.Empty(answer.QuerySelectorAll("script"));
        Assert.Contains("第10天", (await citizen.GetAsync("/q/why")).Body!.TextContent, StringComparison.Ordinal);
        await citizen.PostAsync("/q/case?handler=Leave", answer);
        await citizen.GetAsync("/q/case");
        Assert.Equal("/q", citizen.At);
    }

    [Fact]
    public async Task A_wrong_code_and_an_unknown_number_get_the_same_answer_and_five_shut_the_number_for_a_quarter()
    {
        var clerk = await hall.EnterAsync("duanxiaohe");
        var number = (await AcceptAsync(clerk, Clinic(("Form.Subject", "被乱试的那一件")))).QuerySelector("b.num")!.TextContent;
        var code = Code().Match((await clerk.GetAsync("/messages")).QuerySelector($"section[aria-label={number}] .sms")!.TextContent).Groups[1].Value;
        var wrong = code == "000000" ? "000001" : "000000";
        var stranger = hall.Visitor();
        var ask = await stranger.GetAsync("/q");
        var known = await stranger.PostAsync("/q", ask, ("No", number), ("Code", wrong));
        var unknown = await stranger.PostAsync("/q", ask, ("No", "B9901010001A"), ("Code", wrong));
        Assert.Equal(known.QuerySelector("#problem")!.TextContent, unknown.QuerySelector("#problem")!.TextContent);

        for (var tries = 2; tries <= 5; tries++) await stranger.PostAsync("/q", ask, ("No", number), ("Code", wrong));
        Assert.Equal(HttpStatusCode.TooManyRequests, stranger.Last.StatusCode);
        var shut = await stranger.PostAsync("/q", ask, ("No", number), ("Code", code));
        Assert.Contains("先停一停", shut.QuerySelector("#problem")!.TextContent, StringComparison.Ordinal);

        hall.Clock.Advance(TimeSpan.FromMinutes(16));
        await stranger.PostAsync("/q", ask, ("No", number), ("Code", code));
        Assert.Equal("/q/case", stranger.At);
    }

    private static async Task<IHtmlDocument> AcceptAsync(HallVisitor clerk, (string, string)[] form)
    {
        var blank = await clerk.GetAsync("/intake/new");
        return await clerk.PostAsync(clerk.At, blank, form);
    }

    [GeneratedRegex(@"查询码(\d{6})")]
    private static partial Regex Code();
}
