using System.Net;
using BanBuCheng.Desk.Coordination;
using BanBuCheng.Web.Pages.Coordination;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace BanBuCheng.Stories.Pages;

/// <summary>派单目录的页：谁都能查，站长能写；写错了字都在。</summary>
public sealed class DispatchStories(SiteHall site) : IClassFixture<SiteHall>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact(DisplayName = "站长记一条、改归别家、拿掉；窗口查得到，改不了；写错的就地说，字不丢")]
    public async Task The_list_is_kept_on_its_page()
    {
        using var head = await site.ComesInAsync("wenjingzhi");
        await head.OpenAsync("/dispatch");
        Assert.Contains("目录是空的", head.Text, StringComparison.Ordinal);
        await head.PostAsync("/dispatch?handler=Set", ("Item", "占道施工审批"), ("Unit", "URBAN"), ("Basis", ""));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, head.Status);
        Assert.Contains("还没写依据", head.Text, StringComparison.Ordinal);
        Assert.Equal("占道施工审批", head.Page.QuerySelector("input[name=Item]")!.GetAttribute("value"));

        await head.PostAsync("/dispatch?handler=Set", ("Item", "占道施工审批"), ("Unit", "URBAN"), ("Basis", "职责清单第九项"));
        await head.OpenAsync(head.SentTo!);
        Assert.Contains("归区城管局办", head.Text, StringComparison.Ordinal);
        Assert.Contains("改归别家", head.Text, StringComparison.Ordinal);
        var rule = await site.ReadAsync(db => db.DispatchRules.Where(r => r.EndedAt == null).Select(r => r.Id).SingleAsync(Ct));

        // 别人看的是旧的那一页，不知道已经有了
        await head.PostAsync("/dispatch?handler=Set", ("Item", "占道施工审批"), ("Unit", "POLICE"), ("Basis", "第七项"));
        Assert.Equal(HttpStatusCode.Conflict, head.Status);
        Assert.Contains("有人改过了", head.Text, StringComparison.Ordinal);
        await head.PostAsync("/dispatch?handler=Set", ("Item", "占道施工审批"), ("Unit", "POLICE"), ("Basis", "第七项"), ("Instead", rule.ToString()));

        using var window = await site.ComesInAsync("hewenjing");
        await window.OpenAsync("/dispatch?q=占道&item=占道施工审批");
        Assert.Contains("归公安分局办", window.Text, StringComparison.Ordinal);
        Assert.Contains("以前归谁", window.Text, StringComparison.Ordinal);
        Assert.Empty(window.Page.QuerySelectorAll("form[method=post] select"));
        await window.OpenAsync("/dispatch?q=飞碟");
        Assert.Contains("没有这样的事项", window.Text, StringComparison.Ordinal);

        var now = await site.ReadAsync(db => db.DispatchRules.Where(r => r.EndedAt == null).Select(r => r.Id).SingleAsync(Ct));
        await head.PostAsync("/dispatch?handler=End", ("Instead", now.ToString()), ("Item", "占道施工审批"), ("Why", "等新清单"));
        // 一刻里写了许多，翻到后面一条不少、一条不重
        for (var n = 0; n < DispatchModel.PageSize + 3; n++) await site.DoAsync(new SetDispatchRule($"事项{n:00}", "URBAN", "职责清单", null), await site.PersonAsync("wenjingzhi"));
        await window.OpenAsync("/dispatch?q=事项");
        var first = window.Page.QuerySelectorAll("tbody tr").Select(row => row.TextContent).ToList();
        await window.OpenAsync(window.Page.QuerySelectorAll("a.btn").Single(link => link.TextContent == "后面的").GetAttribute("href")!);
        var second = window.Page.QuerySelectorAll("tbody tr").Select(row => row.TextContent).ToList();
        Assert.Equal((DispatchModel.PageSize, 3, DispatchModel.PageSize + 3), (first.Count, second.Count, first.Concat(second).Distinct().Count()));

        Assert.Equal("等新清单", await site.ReadAsync(db => db.DispatchRules.Where(r => r.Id == now).Select(r => r.EndedWhy).SingleAsync(Ct)));
    }
}
