using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using BanBuCheng.Desk.Cases;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace BanBuCheng.Stories.Pages;

/// <summary>案卷和收件箱 — what people see of a case, and the recorded act of telling the citizen.</summary>
public sealed class CasePageStories(SiteHall hall) : IClassFixture<SiteHall>
{
    [Fact]
    public async Task A_case_says_whose_turn_it_is_by_which_day_and_why_that_day()
    {
        var number = await hall.CaseAsync(SiteHall.Ordinary with { NeededBy = new(2026, 10, 14), NeededByReason = "开业" });
        using var head = await hall.ComesInAsync("wenjingzhi");
        var page = await head.OpenAsync($"/cases/{number}");

        Assert.Equal("10月15日（周四）前，还有3个工作日。为什么是这一天", page.QuerySelector("a.due")!.TextContent.Trim());
        Assert.Contains("现在轮到 服务站站长", page.QuerySelector(".ball")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("群众10月14日（周三）要用，早于期限1天", head.Text, StringComparison.Ordinal);
        Assert.Equal("下一步：研判难易，派给部门。", page.QuerySelector(".callout b")!.TextContent);
        Assert.Equal(["10月13日，周二，第1天", "10月14日，周三，第2天", "10月15日，周四，第3天，最后一天"],
            page.QuerySelectorAll("#why .day .visually-hidden").Skip(1).Select(d => d.TextContent));
        await head.OpenAsync($"/cases/{number}/why");
        Assert.Equal("为什么是10月15日（周四）", head.Page.QuerySelector("h1")!.TextContent);
    }

    [Fact]
    public async Task Odd_characters_stand_as_they_were_typed()
    {
        var number = await hall.CaseAsync(SiteHall.Ordinary with { Subject = "㼆𠮷<b>粗</b>&amp;👨‍👩‍👧", Story = "<script>alert(1)</script>\n第二行", ApplicantName = "𠮷㼆" });
        using var head = await hall.ComesInAsync("wenjingzhi");
        var page = await head.OpenAsync($"/cases/{number}");
        Assert.Equal("㼆𠮷<b>粗</b>&amp;👨‍👩‍👧", page.QuerySelector("h1")!.TextContent);
        Assert.Contains("<script>alert(1)</script>\n第二行", head.Text, StringComparison.Ordinal);
        Assert.Contains("群众 𠮷*", head.Text, StringComparison.Ordinal);
        Assert.Empty(page.QuerySelectorAll("script:not([src]), [style], [onclick]"));
    }

    [Fact]
    public async Task The_telephone_number_is_shown_on_request_only_and_the_look_is_written_down()
    {
        var number = await hall.CaseAsync();
        using var head = await hall.ComesInAsync("wenjingzhi");
        await head.OpenAsync($"/cases/{number}");
        Assert.DoesNotContain("10012345678", head.Page.DocumentElement.OuterHtml, StringComparison.Ordinal);
        await head.PostAsync($"/cases/{number}/phone");
        Assert.Contains("10012345678", head.Text, StringComparison.Ordinal);
        await head.OpenAsync($"/cases/{number}");
        Assert.Contains("看了一眼电话号码", head.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("10012345678", head.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Telling_the_citizen_by_telephone_is_written_down_and_counts_as_delivery()
    {
        var number = await hall.CaseAsync();
        using var head = await hall.ComesInAsync("wenjingzhi");
        var judge = await hall.TaskOfAsync(number);
        await head.OpenAsync($"/tasks/{judge}");
        await head.PostAsync($"/tasks/{judge}", ("form[outcome]", "交部门办"), ("form[difficulty]", "Simple"), ("form[lead]", "HEALTH"));
        using (var health = await hall.ComesInAsync("qiumingyuan"))
        {
            var solve = await hall.TaskOfAsync(number);
            await health.OpenAsync($"/tasks/{solve}");
            await health.PostAsync($"/tasks/{solve}", ("Outcome", "办得成"), ("form[solution]", "保留原名，做备案"), ("form[documentTitle]", "字号使用情况说明"));
            Assert.Equal(HttpStatusCode.Redirect, health.Status);
        }

        var page = await head.OpenAsync($"/cases/{number}");
        Assert.Contains("您的事办成了，带身份证到大厅3号窗口领取。", page.QuerySelector("#told .out")!.TextContent, StringComparison.Ordinal);
        page = await head.PostAsync($"/cases/{number}/told", ("Way", "Phone"), ("Note", ""));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, head.Status);
        Assert.Equal("还没写跟谁说的、他怎么说。", page.QuerySelector("#Note-error")!.TextContent.Trim());
        await head.PostAsync($"/cases/{number}/told", ("Way", "Phone"), ("Note", "跟安女士本人说的，她明天来拿。"));
        page = await head.FollowAsync();
        Assert.Null(page.QuerySelector("#told"));
        Assert.Contains("答复已经告诉群众：办成（打电话）", head.Text, StringComparison.Ordinal);
        Assert.Equal(CaseState.Closed, await hall.ReadAsync(db => db.Cases.Where(c => c.Number == number).Select(c => c.State).SingleAsync(TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task The_inbox_refreshes_only_when_something_changed_and_the_most_pressing_is_on_top()
    {
        var number = await hall.CaseAsync();
        using var head = await hall.ComesInAsync("wenjingzhi");
        var page = await head.OpenAsync("/inbox?queue=group");
        var refresh = page.QuerySelector("#first")!.GetAttribute("hx-get")!;
        await head.OpenAsync(refresh, asFragment: true);
        Assert.Equal(HttpStatusCode.NoContent, head.Status);
        var task = await hall.TaskOfAsync(number);
        await head.OpenAsync($"/tasks/{task}");
        await head.PostAsync($"/tasks/{task}/claim");
        await head.OpenAsync(refresh, asFragment: true);
        Assert.Equal(HttpStatusCode.OK, head.Status);
        Assert.DoesNotContain(number, head.Text, StringComparison.Ordinal);
        Assert.NotNull(head.Page.QuerySelector("#queues[hx-swap-oob]"));
        await head.OpenAsync("/inbox");
        Assert.Contains(number, head.Page.QuerySelector(".item")!.TextContent, StringComparison.Ordinal);
        await head.PostAsync($"/tasks/{task}/putback");
        Assert.Equal("/inbox", head.SentTo);
    }

    [Fact]
    public async Task An_empty_inbox_is_good_news()
    {
        using var civil = await hall.ComesInAsync("gumin");
        await civil.OpenAsync("/inbox");
        Assert.Contains("今天还没有人来说办不成。这正是大家盼着的。", civil.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_department_finds_and_opens_only_the_cases_it_was_asked_about()
    {
        var number = await hall.CaseAsync();
        using var civil = await hall.ComesInAsync("gumin");
        await civil.OpenAsync($"/cases/{number}");
        Assert.Equal(HttpStatusCode.NotFound, civil.Status);
        await civil.OpenAsync($"/inbox?q={number}");
        Assert.Contains("没有找到", civil.Text, StringComparison.Ordinal);
        await civil.OpenAsync("/cases");
        Assert.DoesNotContain(number, civil.Text, StringComparison.Ordinal);
        using var head = await hall.ComesInAsync("wenjingzhi");
        await head.OpenAsync($"/inbox?q={number.ToLowerInvariant()}");
        Assert.Equal($"/cases/{number}", head.SentTo);
    }

    [Fact]
    public async Task What_the_policy_forbids_is_not_offered_and_what_is_asked_for_must_fit_it()
    {
        var simple = await hall.CaseAsync();
        var complex = await hall.CaseAsync(SiteHall.Ordinary with { Difficulty = Desk.Deadlines.Difficulty.Complex });
        using var head = await hall.ComesInAsync("wenjingzhi");
        await head.OpenAsync($"/cases/{simple}");
        Assert.Contains("简单的不能延期。确实难，先改难易。", head.Text, StringComparison.Ordinal);
        var page = await head.OpenAsync($"/cases/{complex}");
        Assert.NotNull(page.QuerySelector<IHtmlFormElement>($"form[action='/cases/{complex}/extend']"));
        page = await head.PostAsync($"/cases/{complex}/extend", ("Ask.Days", "6"), ("Ask.Reason", "EXPERT_REVIEW"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, head.Status);
        Assert.Equal("要在1到5个工作日之间。", page.QuerySelector("#extend-days-error")!.TextContent.Trim());

        // Nobody listens in this small flow: the refusal is a sentence on the same page, and nothing was changed.
        page = await head.PostAsync($"/cases/{complex}/extend", ("Ask.Days", "５"), ("Ask.Reason", "EXPERT_REVIEW"), ("Ask.Explanation", "专家评审还没出结果。"));
        Assert.Equal(HttpStatusCode.Conflict, head.Status);
        Assert.Contains("这个旁支流程还没有发布", page.QuerySelector("#errors")!.TextContent, StringComparison.Ordinal);
    }
}
