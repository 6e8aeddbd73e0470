using System.Text.Json.Nodes;
using BanBuCheng.Desk.CaseFile;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Stories.Given;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace BanBuCheng.Stories.CaseFile;

/// <summary>会不会晚：照流程最慢的走法，还要几个工作日，比剩下的多就提醒站长。</summary>
public sealed class WillItBeLate
{
    [Theory(DisplayName = "没人研判的，3月6日起照最慢的走法要晚，5日还不晚，说得出慢在哪几步；当天拟到答复的，不晚")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task The_slowest_way_against_the_days_left(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var slow = await hall.AcceptsAsync(); // 复杂，3月16日前
        var fast = await hall.AcceptsAsync();
        await hall.ComesToDraftingAsync(fast.Number);

        // 研判1、部门2、站长看1、开会1、落实1、拟答复1、审签1：八个工作日，还有十个。等材料的十个不算，那时候停表。
        var fresh = await ForecastAsync(hall, slow.Number);
        Assert.Equal((8, 10, false), (fresh.Way.Days, fresh.Left, fresh.WillBeLate));
        Assert.Equal([1, 2, 1, 1, 1, 1, 1], fresh.Way.Steps.Select(step => step.Days));

        // 研判过了期，后面还要七个：5日还有七个，6日只有六个。
        await hall.ItIsAsync("2026-03-05 09:00");
        var close = await ForecastAsync(hall, slow.Number);
        Assert.Equal((7, 7, false), (close.Way.Days, close.Left, close.WillBeLate));
        await hall.ItIsAsync("2026-03-06 09:00");
        var late = await ForecastAsync(hall, slow.Number);
        Assert.Equal((7, 6, true), (late.Way.Days, late.Left, late.WillBeLate));
        Assert.Contains(late.Way.Steps, step => step.Caption.Contains("部门", StringComparison.Ordinal));

        var drafting = await ForecastAsync(hall, fast.Number);
        Assert.Equal((1, 6, false), (drafting.Way.Days, drafting.Left, drafting.WillBeLate));
    }

    [Theory(DisplayName = "停着表的不动：研判时请群众补材料，停了几天，还要几天、还剩几天都一样")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task A_paused_case_stands_still(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var inFlow = await hall.AcceptsAsync();
        var aside = await hall.AcceptsAsync();
        await hall.ItIsAsync("2026-03-03 09:00");
        await hall.DoesAsync("温敬之", inFlow.Number, "研判", "先补材料", ("lawful", "YES"), ("legalBasis", "无"), ("difficulty", "Complex"),
            ("policyAttribute", "NO_BARRIER"), ("causeCodes", "SERVICE"), ("lead", "MARKET"), ("supplementItems", "户口簿内页"), ("supplementBy", "2026-03-10"));
        await hall.AsksAsync(aside.Id, CaseEvents.PauseRequested, new JsonObject { ["reasonCode"] = "SUPPLEMENT", ["maxWorkingDays"] = 10 });
        await hall.DoesAsync("温敬之", aside.Number, "站长批中止", "同意中止", ("opinion", "等群众补材料。"));

        // 3日停的表，那一天不算用掉：都还有十个。流程里停的，补齐以后还要七个；旁边停的，研判照一整个算。
        foreach (var at in new[] { "2026-03-03 15:00", "2026-03-04 09:00", "2026-03-10 09:00" })
        {
            await hall.ItIsAsync(at);
            var (one, other) = (await ForecastAsync(hall, inFlow.Number), await ForecastAsync(hall, aside.Number));
            Assert.Equal((7, 10, false), (one.Way.Days, one.Left, one.WillBeLate));
            Assert.Equal((8, 10, false), (other.Way.Days, other.Left, other.WillBeLate));
        }
    }

    [Fact(DisplayName = "简单的转服务站就成了复杂，期限跟着长：不因为这条路长就说要晚")]
    public async Task Another_difficulty_on_the_way_moves_the_limit()
    {
        await using var hall = await Hall.OpenAsync(Database.Sqlite, "2026-03-02 09:00");
        var simple = await hall.AcceptsSimpleAsync();
        var forecast = await ForecastAsync(hall, simple.Number);
        Assert.Equal((8 + 1, 7, 3, false), (forecast.Way.Days, forecast.Way.Gained, forecast.Left, forecast.WillBeLate));
    }

    /// <summary>What the case's page says; the ledger, which reads many at once and remembers, must say the same.</summary>
    private static async Task<CaseForecast> ForecastAsync(Hall hall, string number)
    {
        var (file, ct) = (await hall.CaseAsync(number), TestContext.Current.CancellationToken);
        var today = ShanghaiTime.DayOf(hall.Clock.GetUtcNow());
        var said = await hall.ReadAsync(async db => await CaseForecast.OfAsync(db, file, today, WorkingCalendar.BuiltIn, ct))
            ?? throw new InvalidOperationException("Expected a forecast for a running case.");
        var head = await hall.PersonAsync("温敬之");
        var ahead = hall.Services.GetRequiredService<LateAhead>();
        var (listed, late) = await hall.ReadAsync(async db =>
        {
            var rows = await CaseList.OpenAsync(db, head, null, ct);
            return ((await ahead.ForecastAsync(db, rows, today, WorkingCalendar.BuiltIn, file.Policy, ct))[file.Case.Id], await ahead.OfAsync(db, rows, today, WorkingCalendar.BuiltIn, file.Policy, ct));
        });
        Assert.Equal((said.Way.Days, said.Way.Gained, said.Left), listed);
        Assert.Equal(said.WillBeLate, late.Contains(file.Case.Id));
        return said;
    }
}
