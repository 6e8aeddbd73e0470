using System.Net;
using BanBuCheng.Desk.Committee;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace BanBuCheng.Stories.Pages;

/// <summary>会商的页：两个人写同一份研究结论，谁的字都不丢。</summary>
public sealed class CommitteeStories(SiteHall site) : IClassFixture<SiteHall>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact(DisplayName = "两个人都打开了研究结论：后存的那一个看得到现在写着的，自己打的还在，再存一次才盖过去")]
    public async Task Two_people_write_one_study()
    {
        var (a, b) = (await site.CaseAsync(), await site.CaseAsync());
        var cluster = await site.DoAsync(new BeginCluster("证明", [a, b]), await site.PersonAsync("jianyining"));
        var page = $"/committee/clusters/{cluster}";
        using var secretary = await site.ComesInAsync("jianyining");
        using var head = await site.ComesInAsync("wenjingzhi");
        await secretary.OpenAsync(page);
        await head.OpenAsync(page);
        await secretary.PostAsync($"{page}?handler=Study", ("Study", "甲乙两种。"), ("Seen", SeenBy(secretary)));
        Assert.Equal(page, secretary.SentTo);

        await head.PostAsync($"{page}?handler=Study", ("Study", "只有一种。"), ("Seen", SeenBy(head)));
        Assert.Equal(HttpStatusCode.Conflict, head.Status);
        Assert.Contains("现在写着的", head.Text, StringComparison.Ordinal);
        Assert.Contains("甲乙两种。", head.Text, StringComparison.Ordinal);
        Assert.Equal("只有一种。", head.Page.QuerySelector("textarea[name=Study]")!.TextContent.Trim());
        await head.PostAsync($"{page}?handler=Study", ("Study", "甲乙两种，乙的不到门槛。"), ("Seen", SeenBy(head)));
        Assert.Equal(page, head.SentTo);
        Assert.Equal("甲乙两种，乙的不到门槛。", await site.ReadAsync(db => db.CaseClusters.Where(c => c.Id == cluster).Select(c => c.Study).SingleAsync(Ct)));
    }

    private static string SeenBy(Visitor visitor) => visitor.Page.QuerySelector("input[name=Seen]")!.GetAttribute("value")!;
}
