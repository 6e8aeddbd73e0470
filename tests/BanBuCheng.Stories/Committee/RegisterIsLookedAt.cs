using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Committee;
using BanBuCheng.Desk.Intake;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Stories.Given;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace BanBuCheng.Stories.Committee;

/// <summary>政策瓶颈清单不是写了就算：到了“再看”的日子有人看，条文改了窗口也知道。</summary>
public sealed class RegisterIsLookedAt
{
    private const string Clause = "水土保持方案审批管理办法第九条";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory(DisplayName = "R-23 到了“再看”的日子，责任单位有待办；还没有答复的要再定一天，到那天又有；日子改过的照新的，条文改了的不再看；案子办结了也一样")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task R_23_the_owner_looks_again_on_the_day(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var (number, entry) = await FoundAsync(hall);
        await DescribesAsync(hall, entry, new(2026, 3, 20));
        await DescribesAsync(hall, entry, new(2026, 3, 24)); // 改了日子：20日不再看
        await hall.ItIsAsync("2026-03-20 17:00");
        Assert.False(await hall.HasTaskAsync("唐河清", number, "政策瓶颈"));
        await hall.ItIsAsync("2026-03-24 08:59");
        Assert.False(await hall.HasTaskAsync("唐河清", number, "政策瓶颈"));
        await hall.ItIsAsync("2026-03-24 09:00");
        Assert.True(await hall.HasTaskAsync("唐河清", number, "政策瓶颈PB-2026-001到了再看的日子"));

        // 还没有答复：要写哪天再看，要今天以后
        Assert.Equal(["reviewOn"], (await Assert.ThrowsAsync<FormRejectedException>(() => LooksAsync(hall, number, "还没有答复，接着等"))).Faults.Keys);
        Assert.Equal("bottleneck.no-day", (await HallWork.RefusedAsync(() => LooksAsync(hall, number, "还没有答复，接着等", ("reviewOn", "2026-03-24")))).Code);
        await LooksAsync(hall, number, "还没有答复，接着等", ("reviewOn", "2026-04-08"));
        Assert.Equal((new DateOnly(2026, 4, 8), BottleneckState.Submitted), await StandingAsync(hall, entry));
        await hall.ItIsAsync("2026-04-08 09:00");
        await LooksAsync(hall, number, "不采纳");
        Assert.Equal(BottleneckState.Refused, (await StandingAsync(hall, entry)).State);
        Assert.Equal(1, await hall.ReadAsync(db => db.StaffNotices.CountAsync(n => n.Text.StartsWith("政策瓶颈PB-2026-001有了下文"), Ct)));

        // 条文改了的，到了日子也不再看
        var (second, changed) = await FoundAsync(hall, "另一个办法第三条");
        await DescribesAsync(hall, changed, new(2026, 4, 20));
        await hall.DoAsync("简一宁", new ChangeClause(changed, "删去第三条"));
        await hall.ItIsAsync("2026-04-20 17:00");
        Assert.False(await hall.HasTaskAsync("唐河清", second, "政策瓶颈"));
        Assert.Equal(0, (await hall.FlowsLeftAsync()).Incidents);
    }

    [Theory(DisplayName = "R-28 条文改了，照旧条款现场答过的列给窗口，不再推荐；没写依据的、别的条款的不动；打字的写法不一样也认得出")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task R_28_answers_under_the_old_clause_are_listed(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var (number, entry) = await FoundAsync(hall);
        var old = await AnswersAsync(hall, "老项目没有影像怎么编方案", "按第九条要补影像。", "《水土保持方案审批管理办法》 第九条");
        var free = await AnswersAsync(hall, "老项目编方案到哪里交", "交到二楼水务窗口。", "");
        var far = await AnswersAsync(hall, "老项目要不要编方案", "要编。", "水土保持法第二十五条");
        Assert.Equal(["Basis"], (await Assert.ThrowsAsync<FormRejectedException>(() => AnswersAsync(hall, "问", "答", new string('第', 121)))).Faults.Keys);
        Assert.Contains(await AlikeAsync(hall), a => a.Number == old);

        await hall.DoAsync("简一宁", new ChangeClause(entry, "按现有项目编报，市水〔2026〕4号"));
        Assert.Equal(new[] { free, far }.Order(StringComparer.Ordinal), (await AlikeAsync(hall)).Select(a => a.Number).Order(StringComparer.Ordinal));
        var listed = Assert.Single(await hall.ReadAsync(db => OnSiteDay.OutdatedAsync(db, hall.Clock.GetUtcNow().AddDays(-30), Ct)));
        Assert.Equal((old, "按现有项目编报，市水〔2026〕4号"), (listed.Number, listed.OutdatedBy));
        Assert.True(await hall.HasTaskAsync("段小禾", number, "1条现场解答的依据改了"));
        await hall.DoesAsync("段小禾", number, "1条现场解答的依据改了", "看过了，照新的答");
        Assert.Equal(0, (await hall.FlowsLeftAsync()).Incidents);
    }

    private static async Task<(string Number, Guid Entry)> FoundAsync(Hall hall, string clause = Clause)
    {
        var number = (await hall.AcceptsAsync()).Number;
        await hall.DoesAsync("温敬之", number, "研判", "部门协同",
            ("lawful", "UNCLEAR"), ("legalBasis", clause), ("difficulty", "Complex"), ("policyAttribute", "POLICY_BOTTLENECK"), ("causeCodes", "HISTORICAL"), ("lead", "WATER"));
        return (number, (await hall.ReadAsync(db => db.PolicyBottlenecks.AsNoTracking().SingleAsync(b => b.Clause == clause, Ct))).Id);
    }

    private static Task DescribesAsync(Hall hall, Guid entry, DateOnly on) =>
        hall.DoAsync("简一宁", new DescribeBottleneck(entry, "没有影像，编不了。", "按现有项目编报。", "WATER", "市水务局", on, BottleneckState.Submitted));

    private static Task LooksAsync(Hall hall, string number, string outcome, params (string, string)[] more) =>
        hall.DoesAsync("唐河清", number, "政策瓶颈", outcome, [("finding", "问了市水务局，说在研究。"), .. more]);

    private static Task<(DateOnly On, BottleneckState State)> StandingAsync(Hall hall, Guid entry) =>
        hall.ReadAsync(async db => await db.PolicyBottlenecks.AsNoTracking().SingleAsync(b => b.Id == entry, Ct) is var one ? (one.ReviewOn!.Value, one.State) : default);

    private static async Task<string> AnswersAsync(Hall hall, string question, string answer, string basis) =>
        (await hall.DoAsync("贺文静", new AnswerOnSite(Guid.CreateVersion7(hall.Clock.GetUtcNow()), question, answer, 9) { Basis = basis })).Number;

    private static Task<IReadOnlyList<OnSiteAnswer>> AlikeAsync(Hall hall) => hall.ReadAsync(db => OnSiteDay.AlikeAsync(db, "老项目编方案", Ct));
}
