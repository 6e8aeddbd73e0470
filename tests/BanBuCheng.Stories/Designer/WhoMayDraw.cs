using System.Net;
using System.Text;
using BanBuCheng.Web.Designer;
using BanBuCheng.Web.Pages;
using Xunit;

namespace BanBuCheng.Stories.Designer;

/// <summary>谁能看，谁能改：链接里说的，服务端真的管；别的网站借不了人的手。</summary>
[Collection(nameof(StudioHall))]
public sealed class WhoMayDraw(StudioHall hall)
{
    [Fact(DisplayName = "没登录：接口答 401，不转到登录页；实时线也不接")]
    public async Task Nobody_is_told_so()
    {
        using var nobody = await hall.AsAsync(null);
        await nobody.GetAsync("workflow-definitions");
        Assert.Equal(HttpStatusCode.Unauthorized, nobody.Status);
        Assert.Equal("application/problem+json", nobody.Last.Content.Headers.ContentType!.MediaType);
        await nobody.RawAsync(HttpMethod.Post, "/elsa/hubs/workflow-instance/negotiate?negotiateVersion=1", null);
        Assert.Equal(HttpStatusCode.Unauthorized, nobody.Status);
        await nobody.RawAsync(HttpMethod.Get, "/designer", null);
        Assert.Equal(HttpStatusCode.Redirect, nobody.Status);
    }

    [Theory(DisplayName = "领导只看不改：没有发布的链接，真去改也不行")]
    [InlineData("moqing")]
    [InlineData("wenjingzhi")]
    public async Task Leaders_look(string login)
    {
        using var leader = await hall.AsAsync(login);
        var flow = await leader.FlowAsync("case-handling");
        Assert.Equal(HttpStatusCode.OK, leader.Status);
        Assert.DoesNotContain("\"publish\"", flow["links"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain("bulk-publish", (await leader.GetAsync("workflow-definitions?versionOptions=Latest"))["links"]!.ToJsonString(), StringComparison.Ordinal);
        var refused = await leader.SaveAsync(flow);
        Assert.Equal(HttpStatusCode.Forbidden, leader.Status);
        Assert.Empty(Shape.Differences(Shape.Refused, refused));
        await leader.PostAsync("workflow-definitions/case-handling/publish");
        Assert.Equal(HttpStatusCode.Forbidden, leader.Status);
        await leader.DeleteAsync("workflow-definitions/pause");
        Assert.Equal(HttpStatusCode.Forbidden, leader.Status);
    }

    [Fact(DisplayName = "窗口人员看不到设计器")]
    public async Task Windows_do_not()
    {
        using var window = await hall.AsAsync("hewenjing");
        await window.GetAsync("workflow-definitions");
        Assert.Equal(HttpStatusCode.Forbidden, window.Status);
        await window.RawAsync(HttpMethod.Get, "/designer", null);
        Assert.Equal(HttpStatusCode.Forbidden, window.Status);
        await window.RawAsync(HttpMethod.Post, "/elsa/hubs/workflow-instance/negotiate?negotiateVersion=1", null);
        Assert.Equal(HttpStatusCode.Forbidden, window.Status);
    }

    [Theory(DisplayName = "别的网站让浏览器发来的，不办")]
    [InlineData("Sec-Fetch-Site", "cross-site", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "same-site", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "https://elsewhere.example", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "same-origin", HttpStatusCode.OK)]
    [InlineData("Origin", "http://localhost", HttpStatusCode.OK)]
    public async Task Other_sites_get_nothing_done(string header, string value, HttpStatusCode expected)
    {
        using var studio = await hall.AdministratorAsync();
        studio.Says[header] = value;
        await studio.PostAsync("workflow-definitions/supervision/publish");
        Assert.Equal(expected, studio.Status);
    }

    [Fact(DisplayName = "表单发来的，不办")]
    public async Task Forms_get_nothing_done()
    {
        using var studio = await hall.AdministratorAsync();
        foreach (var content in (HttpContent[])[new FormUrlEncodedContent([new("a", "b")]), new StringContent("{}", Encoding.UTF8, "text/plain")])
        {
            await studio.RawAsync(HttpMethod.Post, "/elsa/api/workflow-definitions/supervision/publish", content);
            Assert.Equal(HttpStatusCode.Forbidden, studio.Status);
        }
    }

    [Fact(DisplayName = "设计器有自己的内容策略，别的页一个字没放宽")]
    public async Task Only_the_designer_has_its_own_policy()
    {
        using var studio = await hall.AdministratorAsync();
        await studio.RawAsync(HttpMethod.Get, "/designer/workflows/definitions/case-handling/edit", null);
        Assert.Equal(DesignerPolicy.ContentSecurityPolicy, Assert.Single(studio.Last.Headers.GetValues("Content-Security-Policy")));
        Assert.DoesNotContain("http", DesignerPolicy.ContentSecurityPolicy, StringComparison.Ordinal);
        foreach (var path in (string[])["/", "/inbox", "/flows", "/designer/no-such-place", "/me"])
        {
            await studio.RawAsync(HttpMethod.Get, path, null);
            Assert.Equal(PagePolicy.ContentSecurityPolicy, Assert.Single(studio.Last.Headers.GetValues("Content-Security-Policy")));
        }
    }
}
