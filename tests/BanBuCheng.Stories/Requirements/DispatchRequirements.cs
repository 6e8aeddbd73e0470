using BanBuCheng.Desk.Coordination;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Stories.Given;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Xunit;

namespace BanBuCheng.Stories.Requirements;

/// <summary>派单目录（R-13）：裁定过的就是规矩，站长也能自己写；写过的、改过的都留着。</summary>
public sealed class DispatchRequirements
{
    private const string Item = "占道施工审批";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static readonly (string Field, string Value)[] Judged =
        [("lawful", "YES"), ("difficulty", "Complex"), ("policyAttribute", "NO_BARRIER"), ("causeCodes", "SYSTEM"), ("lead", "MARKET"), ("assisting", "HEALTH")];

    [Theory(DisplayName = "R-13 裁定一回，目录里就有；再裁定归别家，旧的留着、新的算；归同一家的不重记；照建议退的、没写事项的，不算规矩")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task R_13_an_arbitration_becomes_a_rule(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");

        // 第一家的建议照办，不算裁定
        var followed = await JudgedAsync(hall, Item);
        await ReturnsAsync(hall, "石立群", followed, "CIVIL");
        Assert.Empty(await RulesAsync(hall));

        var first = await ArbitratedAsync(hall, Item, "POLICE", "职责清单第七项。");
        Assert.Equal([("POLICE", "职责清单第七项。", first, false)], await RulesAsync(hall));
        await ArbitratedAsync(hall, " 占道 施工审批", "POLICE", "还是第七项。");
        Assert.Single(await RulesAsync(hall));
        await hall.ItIsAsync("2026-03-02 09:20");
        var third = await ArbitratedAsync(hall, Item, "URBAN", "职责清单改了，第九项。");
        Assert.Equal([("POLICE", "职责清单第七项。", first, true), ("URBAN", "职责清单改了，第九项。", third, false)], await RulesAsync(hall));
        await ArbitratedAsync(hall, "", "POLICE", "没写事项。");
        Assert.Equal(2, (await RulesAsync(hall)).Count);

        var hint = (await HintAsync(hall, Item))!;
        Assert.Equal(("URBAN", "区城管局", third, 1), (hint.UnitCode, hint.UnitName, hint.CaseNumber, hint.Otherwise));
        Assert.Equal(0, (await hall.FlowsLeftAsync()).Incidents);
    }

    [Theory(DisplayName = "R-13 站长自己写目录：缺的、写错的说在格子边上；写法不同的事项是同一条；照旧的、别人刚改过的、已经拿掉的，都说清楚")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task R_13_the_list_is_written_by_the_station_head(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        Assert.Equal(["basis", "item", "unit"], (await FaultsAsync(hall, new SetDispatchRule(" ", "", " ", null))).Order(StringComparer.Ordinal));
        Assert.Equal(["unit"], await FaultsAsync(hall, new SetDispatchRule(Item, "STATION", "第七项", null)));
        Assert.Equal(["item"], await FaultsAsync(hall, new SetDispatchRule(new string('长', 121), "POLICE", "第七项", null)));
        Assert.Equal("who.role-needed", (await HallWork.RefusedAsync(() => hall.DoAsync("贺文静", new SetDispatchRule(Item, "POLICE", "第七项", null)))).Code);

        var rule = await hall.DoAsync("温敬之", new SetDispatchRule($"{Item}（临时）", "POLICE", "第七项", null));
        Assert.Equal("POLICE", (await HintAsync(hall, $"{Item} (临时)"))!.UnitCode);
        Assert.Equal("dispatch.same", (await HallWork.RefusedAsync(() => hall.DoAsync("温敬之", new SetDispatchRule($"{Item}(临时)", "POLICE", "第七项", rule)))).Code);
        Assert.Equal("dispatch.changed", (await HallWork.RefusedAsync(() => hall.DoAsync("严守正", new SetDispatchRule($"{Item}（临时）", "URBAN", "第九项", null)))).Code);
        var second = await hall.DoAsync("严守正", new SetDispatchRule($"{Item}（临时）", "URBAN", "第九项", rule));

        Assert.Equal(["why"], await FaultsAsync(hall, new EndDispatchRule(second, "")));
        Assert.Equal("dispatch.unknown", (await HallWork.RefusedAsync(() => hall.DoAsync("温敬之", new EndDispatchRule(new Guid("00000000-0000-7000-8000-000000000001"), "不这么分了")))).Code);
        await hall.DoAsync("温敬之", new EndDispatchRule(second, "区里重新分工，等新清单。"));
        Assert.Equal("dispatch.ended", (await HallWork.RefusedAsync(() => hall.DoAsync("温敬之", new EndDispatchRule(second, "再拿一次")))).Code);
        Assert.Null(await HintAsync(hall, $"{Item}（临时）"));
        Assert.Equal([true, true], (await RulesAsync(hall)).Select(r => r.Ended));
    }

    [Theory(DisplayName = "R-13 两个站长同时记同一个事项：成一条，另一个知道有人先写了")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task R_13_two_write_the_same_item_at_once(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var answers = await Task.WhenAll(new[] { ("温敬之", "POLICE"), ("严守正", "URBAN"), ("温敬之", "CIVIL"), ("严守正", "WATER") }.Select(one => Task.Run(async () =>
        {
            try
            {
                await hall.DoAsync(one.Item1, new SetDispatchRule(Item, one.Item2, "第七项", null));
                return null;
            }
            catch (RefusedException refused)
            {
                return refused.Code;
            }
        }, Ct)));
        Assert.Equal([null, "dispatch.changed", "dispatch.changed", "dispatch.changed"], answers.Order(StringComparer.Ordinal));
        Assert.Single(await RulesAsync(hall));
    }

    [Theory(DisplayName = "R-13 有目录以前裁定过的，升级的时候进目录：同一个事项只算最近一回")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task R_13_what_was_arbitrated_before_the_list_stands_in_it(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        await ArbitratedAsync(hall, Item, "POLICE", "第七项。");
        var other = await ArbitratedAsync(hall, "婚姻登记更正", "POLICE", "第二项。");
        await hall.ItIsAsync("2026-03-02 09:20");
        var last = await ArbitratedAsync(hall, "占道 施工审批", "URBAN", "第九项。");

        await hall.TamperAsync(async db =>
        {
            await db.GetService<IMigrator>().MigrateAsync("DeskPolished", Ct);
            await db.GetService<IMigrator>().MigrateAsync(cancellationToken: Ct);
            return 0;
        });
        Assert.Equal([("POLICE", "裁定", other, false), ("URBAN", "裁定", last, false)], await RulesAsync(hall));
        Assert.Equal("URBAN", (await HintAsync(hall, Item))!.UnitCode);
    }

    private static async Task<string> JudgedAsync(Hall hall, string item)
    {
        var number = (await hall.AcceptsAsync(HallWork.Form with { OriginalItem = item })).Number;
        await hall.DoesAsync("温敬之", number, "研判", "部门协同", Judged);
        return number;
    }

    private static async Task<string> ArbitratedAsync(Hall hall, string item, string unit, string why)
    {
        var number = await JudgedAsync(hall, item);
        await ReturnsAsync(hall, "石立群", number, "CIVIL");
        await ReturnsAsync(hall, "邱明远", number, "MARKET");
        await hall.DoesAsync("温敬之", number, "裁定", "定了", ("unit", unit), ("why", why));
        return number;
    }

    private static Task ReturnsAsync(Hall hall, string name, string number, string unit) => hall.DoesAsync(name, number, "部门协同", DepartmentTasksActivity.HandsBack,
        ("opinion", "不归我们。"), ("proposedUnit", unit), ("returnBasis", "三定方案第三条"));

    private static async Task<IEnumerable<string>> FaultsAsync<T>(Hall hall, IStep<T> step) =>
        (await Assert.ThrowsAsync<FormRejectedException>(() => hall.DoAsync("温敬之", step))).Faults.Keys;

    private static async Task<List<(string Unit, string Basis, string? Case, bool Ended)>> RulesAsync(Hall hall) =>
        [.. (await hall.ReadAsync(db => db.DispatchRules.AsNoTracking().OrderBy(r => r.SetAt).ThenBy(r => r.Id).ToListAsync(Ct))).Select(r => (r.UnitCode, r.Basis, r.CaseNumber, r.EndedAt is not null))];

    private static async Task<DispatchHint?> HintAsync(Hall hall, string item)
    {
        var number = (await hall.AcceptsAsync(HallWork.Form with { OriginalItem = item })).Number;
        return await hall.ReadAsync(async db => await DispatchHint.FindAsync(db, await db.Cases.AsNoTracking().SingleAsync(c => c.Number == number, Ct), Ct));
    }
}
