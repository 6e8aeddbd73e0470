using System.Net;
using System.Text.Json;
using BanBuCheng.Desk.Database;
using BanBuCheng.Stories.Pages;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace BanBuCheng.Stories.Watch;

/// <summary>监控问一句，答得出好不好、哪里不好；给外人的只有一句话。</summary>
public sealed class ProbesAnswer(AlarmedHall hall) : IClassFixture<AlarmedHall>
{
    private static readonly (string, string) ThroughProxy = ("X-Forwarded-For", "203.0.113.9");
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact(DisplayName = "活着、能用、在干活：三个探针都答")]
    public async Task Three_probes()
    {
        await hall.CaseAsync();
        using var monitor = hall.Stranger();
        foreach (var (probe, checks) in new[] { ("live", 0), ("ready", 3), ("work", 8) })
        {
            using var answer = JsonDocument.Parse(await monitor.ReadAsync($"/health/{probe}"));
            Assert.Equal(HttpStatusCode.OK, monitor.Status);
            Assert.Equal("ok", answer.RootElement.GetProperty("status").GetString());
            Assert.Equal(checks, answer.RootElement.GetProperty("checks").GetArrayLength());
        }

        Assert.Equal("Healthy", await monitor.ReadAsync("/health"));
        Assert.Equal("""{"status":"ok"}""", await monitor.ReadAsync("/health/work", ThroughProxy));
        Assert.Equal("""{"status":"ok"}""", await monitor.ReadAsync("/health/ready", ThroughProxy));
    }

    [Fact(DisplayName = "密钥换了、数据库不认：能用的探针说不行")]
    public async Task Another_key_is_not_ready()
    {
        var mark = await hall.ReadAsync(db => db.Facts.Where(f => f.Name == DeskFacts.KeyMark).Select(f => f.Value).SingleAsync(Ct));
        using var monitor = hall.Stranger();
        try
        {
            await hall.TamperAsync(db => db.Facts.Where(f => f.Name == DeskFacts.KeyMark).ExecuteUpdateAsync(f => f.SetProperty(x => x.Value, "another"), Ct));
            Assert.Contains("\"name\":\"key\",\"ok\":false", await monitor.ReadAsync("/health/ready"), StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, monitor.Status);
        }
        finally
        {
            await hall.TamperAsync(db => db.Facts.Where(f => f.Name == DeskFacts.KeyMark).ExecuteUpdateAsync(f => f.SetProperty(x => x.Value, mark), Ct));
        }
    }

    [Fact(DisplayName = "指标页：本机和系统管理员看得到，外人和窗口人员看不到，里面没有谁的名字电话")]
    public async Task Metrics_are_for_the_administrator()
    {
        await hall.CaseAsync();
        using var monitor = hall.Stranger();
        await monitor.ReadAsync("/health/live");
        var page = await monitor.ReadAsync("/metrics");
        Assert.Equal(HttpStatusCode.OK, monitor.Status);
        foreach (var series in new[] { "banbucheng_step_duration_seconds_count", "step=\"AcceptCase\"", "outcome=\"committed\"", "banbucheng_flow_activities", "banbucheng_flow_bursts", "dotnet_", "http_server_request_duration" })
            Assert.Contains(series, page, StringComparison.Ordinal);
        foreach (var personal in new[] { SiteHall.Ordinary.ApplicantName!, SiteHall.Ordinary.Phone!, SiteHall.Ordinary.Subject!, "hewenjing" })
            Assert.DoesNotContain(personal, page, StringComparison.Ordinal);

        await monitor.ReadAsync("/metrics", ThroughProxy);
        Assert.NotEqual(HttpStatusCode.OK, monitor.Status);
        using var clerk = await hall.ComesInAsync("duanxiaohe");
        await clerk.ReadAsync("/metrics", ThroughProxy);
        Assert.NotEqual(HttpStatusCode.OK, clerk.Status);
        using var administrator = await hall.ComesInAsync("yuanbo");
        Assert.Contains("banbucheng_step_duration", await administrator.ReadAsync("/metrics", ThroughProxy), StringComparison.Ordinal);
    }

    [Fact(DisplayName = "闹钟的面板和值守页只给系统管理员")]
    public async Task The_dashboard_is_for_the_administrator()
    {
        using var stranger = hall.Stranger();
        using var clerk = await hall.ComesInAsync("duanxiaohe");
        using var head = await hall.ComesInAsync("wenjingzhi");
        using var administrator = await hall.ComesInAsync("yuanbo");

        await stranger.ReadAsync("/hangfire");
        Assert.Equal(HttpStatusCode.Unauthorized, stranger.Status);
        foreach (var path in new[] { "/hangfire", "/hangfire/jobs/scheduled", "/hangfire/recurring" })
        {
            await clerk.ReadAsync(path);
            Assert.Equal(HttpStatusCode.Forbidden, clerk.Status);
            await head.ReadAsync(path);
            Assert.Equal(HttpStatusCode.Forbidden, head.Status);
            await administrator.ReadAsync(path);
            Assert.Equal(HttpStatusCode.OK, administrator.Status);
        }

        await clerk.OpenAsync("/operations/watch");
        Assert.Equal(HttpStatusCode.Forbidden, clerk.Status);
        await stranger.OpenAsync("/operations/watch");
        Assert.StartsWith("/sign-in", new Uri(new Uri("http://localhost"), stranger.SentTo!).AbsolutePath, StringComparison.Ordinal);
        await administrator.OpenAsync("/operations/watch");
        Assert.Contains("夜里核对", administrator.Text, StringComparison.Ordinal);
        Assert.Contains("没人管的在办件", administrator.Text, StringComparison.Ordinal);
    }
}

/// <summary>The site with its alarm clock.</summary>
public sealed class AlarmedHall : SiteHall
{
    protected override bool Alarm => true;
}
