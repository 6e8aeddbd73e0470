using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace BanBuCheng.Stories.Pages;

/// <summary>办一步 — a task's page, its form and what becomes of words that could not be taken.</summary>
public sealed class TaskPageStories(SiteHall hall) : IClassFixture<SiteHall>
{
    private static readonly (string, string)[] Judged = [("form[outcome]", "交部门办"), ("form[difficulty]", "Complex"), ("form[lead]", "HEALTH")];

    [Fact]
    public async Task A_task_asks_by_the_flows_form_and_offers_the_halls_departments()
    {
        var number = await hall.CaseAsync();
        using var head = await hall.ComesInAsync("wenjingzhi");
        var page = await head.OpenAsync($"/tasks/{await hall.TaskOfAsync(number)}");

        Assert.Equal("研判难易，派给部门", page.QuerySelector("h1")!.TextContent);
        Assert.Equal(["交部门办", "直接答复"], page.QuerySelectorAll<IHtmlInputElement>("[name='form[outcome]']").Select(i => i.Value));
        Assert.Empty(page.QuerySelectorAll("[name=outcome]"));
        Assert.Contains("区卫健局", page.QuerySelector("select[name='form[lead]']")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(8, page.QuerySelectorAll("input[type=checkbox][name='form[assisting]']").Length);
        Assert.Contains("跑了三趟", head.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_wrong_stands_beside_its_field_and_everything_typed_is_kept_as_a_draft_too()
    {
        var task = await hall.TaskOfAsync(await hall.CaseAsync());
        using var head = await hall.ComesInAsync("wenjingzhi");
        await head.OpenAsync($"/tasks/{task}");
        var page = await head.PostAsync($"/tasks/{task}", ("form[outcome]", "交部门办"), ("form[difficulty]", "Complex"), ("form[assisting]", "WATER"),
            ("form[assisting]", "MARKET"), ("form[visitOn]", "2月30日"), ("form[note]", "㼆𠮷<b>"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, head.Status);
        Assert.Equal("还没写“谁牵头”。", page.QuerySelector("#form_lead_-error")!.TextContent.Trim());
        Assert.Equal("没有2月30日。", page.QuerySelector("#form_visitOn_-error")!.TextContent.Trim());
        Words(page);
        Words(await head.OpenAsync($"/tasks/{task}"));

        static void Words(IHtmlDocument page)
        {
            Assert.Equal(["MARKET", "WATER"], page.QuerySelectorAll<IHtmlInputElement>("[name='form[assisting]']").Where(i => i.IsChecked).Select(i => i.Value).Order());
            Assert.Equal("2月30日", page.QuerySelector<IHtmlInputElement>("[name='form[visitOn]']")!.Value);
            Assert.Equal("㼆𠮷<b>", page.QuerySelector<IHtmlTextAreaElement>("[name='form[note]']")!.Value);
        }
    }

    [Theory]
    [InlineData("form[lead]", "MARS")]
    [InlineData("form[assisting]", "MARS")]
    [InlineData("form[difficulty]", "VeryHard")]
    public async Task A_choice_that_was_not_offered_is_refused(string field, string value)
    {
        var task = await hall.TaskOfAsync(await hall.CaseAsync());
        using var head = await hall.ComesInAsync("wenjingzhi");
        await head.OpenAsync($"/tasks/{task}");
        await head.PostAsync($"/tasks/{task}", [.. Judged.Where(f => f.Item1 != field), (field, value)]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, head.Status);
    }

    [Fact]
    public async Task What_only_one_outcome_needs_is_asked_for_with_that_outcome()
    {
        var task = await hall.TaskOfAsync(await hall.CaseAsync());
        using var head = await hall.ComesInAsync("wenjingzhi");
        var page = await head.OpenAsync($"/tasks/{task}");
        Assert.Equal("写给同事的话（选“直接答复”时要写）", page.QuerySelector("label[for='form_note_']")!.TextContent);
        page = await head.PostAsync($"/tasks/{task}", ("form[outcome]", "直接答复"), ("form[difficulty]", "Complex"), ("form[lead]", "HEALTH"));
        Assert.Equal("选“直接答复”，要写“写给同事的话”。", page.QuerySelector("#form_note_-error")!.TextContent.Trim());
        await head.PostAsync($"/tasks/{task}", ("form[outcome]", "直接答复"), ("form[difficulty]", "Complex"), ("form[lead]", "HEALTH"), ("form[note]", "站里自己写。"));
        Assert.Equal(HttpStatusCode.Redirect, head.Status);
    }

    [Fact]
    public async Task Finishing_a_step_opens_the_next_one_that_is_mine()
    {
        var (first, second) = (await hall.TaskOfAsync(await hall.CaseAsync()), await hall.TaskOfAsync(await hall.CaseAsync()));
        using var head = await hall.ComesInAsync("wenjingzhi");
        await head.OpenAsync($"/tasks/{second}");
        await head.PostAsync($"/tasks/{second}/claim");
        await head.OpenAsync($"/tasks/{first}");
        await head.PostAsync($"/tasks/{first}", Judged);
        Assert.Equal($"/tasks/{second}", head.SentTo);
        var page = await head.FollowAsync();
        Assert.Equal("“研判难易，派给部门”办完了，接着是下一件。", page.QuerySelector(".toast-x")!.TextContent.Trim());
        await head.PostAsync($"/tasks/{second}/putback");
    }

    [Fact]
    public async Task Who_was_slower_learns_who_was_faster_and_keeps_the_words_as_a_note()
    {
        var number = await hall.CaseAsync();
        using (var head = await hall.ComesInAsync("wenjingzhi"))
        {
            var judge = await hall.TaskOfAsync(number);
            await head.OpenAsync($"/tasks/{judge}");
            await head.PostAsync($"/tasks/{judge}", Judged);
        }

        var task = await hall.TaskOfAsync(number);
        using var slow = await hall.ComesInAsync("qiumingyuan");
        using var fast = await hall.ComesInAsync("qiumingyuan");
        await slow.OpenAsync($"/tasks/{task}");
        await fast.OpenAsync($"/tasks/{task}");
        await fast.PostAsync($"/tasks/{task}", ("Outcome", "办得成"), ("form[solution]", "保留原名，做备案"));
        Assert.Equal("/inbox", fast.SentTo);

        var page = await slow.PostAsync($"/tasks/{task}", ("Outcome", "办不成"), ("form[solution]", "换一个名字"));
        Assert.Equal(HttpStatusCode.Conflict, slow.Status);
        Assert.Contains("已由他人办理。邱明远 09:41 办了这一步。", page.QuerySelector("#errors")!.TextContent, StringComparison.Ordinal);
        var kept = page.QuerySelector<IHtmlInputElement>("[name=Text]")!.Value;
        Assert.Equal("结果：办不成\n打算怎么办：换一个名字", kept);
        await slow.PostAsync($"/tasks/{task}/note", ("Text", kept));
        var file = await slow.FollowAsync();
        Assert.Contains("换一个名字", file.QuerySelector("#notes")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_script_a_draft_is_kept_by_a_button()
    {
        var task = await hall.TaskOfAsync(await hall.CaseAsync());
        using var head = await hall.ComesInAsync("wenjingzhi");
        await head.OpenAsync($"/tasks/{task}");
        await head.PostAsync($"/tasks/{task}/draft", ("form[note]", "写到一半"));
        var page = await head.FollowAsync();
        Assert.Equal("写到一半", page.QuerySelector<IHtmlTextAreaElement>("[name='form[note]']")!.Value);
        Assert.Contains("草稿 09:41:00 已存", page.QuerySelector("#draft")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_else_reads_a_task_and_is_told_who_may_do_it()
    {
        var task = await hall.TaskOfAsync(await hall.CaseAsync());
        using var window = await hall.ComesInAsync("duanxiaohe");
        var page = await window.OpenAsync($"/tasks/{task}");
        Assert.Contains("这一步交给了服务站站长", window.Text, StringComparison.Ordinal);
        Assert.Null(page.QuerySelector("#task-form"));
        using var other = await hall.ComesInAsync("tangheqing");
        await other.OpenAsync($"/tasks/{task}");
        Assert.Equal(HttpStatusCode.NotFound, other.Status);
    }
}
