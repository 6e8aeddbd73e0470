using System.Text.Json;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Offices;
using BanBuCheng.Desk.Rehearsal;
using BanBuCheng.Desk.Sms;
using BanBuCheng.Stories.Given;
using BanBuCheng.Stories.House;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace BanBuCheng.Stories.Rehearsal;

/// <summary>Closed cases walked again: through the flow they went through, they go the same way. That is how one knows that the rehearsal is the desk.</summary>
public sealed class ClosedCasesAgain
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory(DisplayName = "办结的再走一遍：同样的路、同样的结果、同样的期限，一个字的个人信息也没带出来")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task A_closed_case_goes_the_same_way_again(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-09-21 09:10");
        var simple = await hall.AnswersSimpleAsync();
        await hall.ReportsAsync(await hall.MessageAsync(simple.Id, SmsTemplates.Resolved), delivered: true);
        await hall.DoesAsync("安素心", simple.Number, "回访", "解决了");
        hall.Clock.Advance(TimeSpan.FromDays(1));

        var complex = await hall.AcceptsAsync();
        hall.Clock.Advance(TimeSpan.FromHours(3));
        await hall.JudgesAsync(complex.Number);
        hall.Clock.Advance(TimeSpan.FromHours(25));
        await hall.MarketAgreesAsync(complex.Number);
        await hall.DoesAsync("温敬之", complex.Number, "站长看方案", "方案可行");
        hall.Clock.Advance(TimeSpan.FromHours(2));
        await hall.DraftsAsync(complex.Number);
        await hall.ReportsAsync(await hall.MessageAsync(complex.Id, SmsTemplates.Resolved), delivered: true);
        await hall.DoesAsync("安素心", complex.Number, "回访", "解决了");

        await using var scope = hall.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DeskDb>();
        var world = await ClosedCases.WorldAsync(db, scope.ServiceProvider.GetRequiredService<DeadlineBook>(), new HallOptions(), Ct);
        var (plans, profile) = await ClosedCases.ReadAsync(db, world, 100, Ct);
        Assert.Equal([simple.Number, complex.Number], plans.Select(p => p.Name));

        var flows = Directory.EnumerateFiles(Repository.Path("workflows"), "*.json").Order(StringComparer.Ordinal).Select(File.ReadAllText).ToList();
        var report = await Rehearsals.RunAsync(world, profile with { SmsDelivered = 1 }, 1, plans, flows, null, null, Ct);
        Assert.Equal("closed", report.Source);
        Assert.All(report.Differences, d => Assert.Fail($"{d.Case}: {string.Join(",", d.Kinds)} {d.Sentence}\n{d.Before.Way}\n{d.After.Way}"));
        Assert.Equal(0, report.Figures.Assumed);

        // What leaves the tables is dates, units and choices.
        var everything = JsonSerializer.Serialize(plans.Select(p => new { p.Recorded, p.Name, p.Seed })) + JsonSerializer.Serialize(report);
        Assert.All(["骆问渠", "10066778899", "跑了三趟", "凭户口簿内页", "今天就办好了", "可以办。"], text => Assert.DoesNotContain(text, everything, StringComparison.Ordinal));
        Assert.Contains("MARKET", everything, StringComparison.Ordinal);
    }
}
