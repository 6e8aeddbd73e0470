using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Committee;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Stories.Given;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace BanBuCheng.Stories.Committee;

/// <summary>并案和政策瓶颈清单：缺的、重的、拆过的、改过的、两个人同时写的。一件只在一处研究，一条只记一回。</summary>
public sealed class StudiesAndClauses
{
    private const string Clause = "水土保持方案审批管理办法第九条";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory(DisplayName = "并案：少于两件、编号不对、没有的并案，都不并；两个人同时把同一件并进两处，只进一处；同时拆同一件，一个算数；拆和办结同时来，都算数")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task A_case_is_studied_in_one_place(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var (a, b, c) = (await hall.AcceptsAsync(), await hall.AcceptsAsync(), await hall.AcceptsAsync());
        Assert.Equal(["numbers", "title"], (await Assert.ThrowsAsync<FormRejectedException>(() => hall.DoAsync("简一宁", new BeginCluster(" ", [a.Number, a.Number])))).Faults.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(AtOnce.Form, await AtOnce.CodeAsync(() => hall.DoAsync("简一宁", new BeginCluster("证明", [a.Number, "B0000000000X"]))));
        Assert.Equal("who.role-needed", await AtOnce.CodeAsync(() => hall.DoAsync("段小禾", new BeginCluster("证明", [a.Number, b.Number]))));
        Assert.Equal("cluster.unknown", await AtOnce.CodeAsync(() => hall.DoAsync("简一宁", new JoinCluster(HallWork.Unknown, a.Number, ""))));
        Assert.Equal("cluster.unknown", await AtOnce.CodeAsync(() => hall.DoAsync("简一宁", new WriteStudy(HallWork.Unknown, "甲乙两种。"))));
        Assert.Equal("cluster.not-member", await AtOnce.CodeAsync(() => hall.DoAsync("简一宁", new LeaveCluster(HallWork.Unknown, "不是一回事"))));

        AtOnce.OneCounts("cluster.already-in", await AtOnce.DoAsync(() => hall.DoAsync("简一宁", new BeginCluster("证明", [a.Number, b.Number])), () => hall.DoAsync("温敬之", new BeginCluster("也是证明", [c.Number, a.Number]))));
        var member = await hall.ReadAsync(db => db.ClusterMembers.AsNoTracking().SingleAsync(m => m.CaseId == a.Id, Ct));
        Assert.Equal((2, 1), (await hall.RowsAsync("cluster_members"), (await hall.MessagesAsync(a.Number)).Count(text => text.Contains("合并研究", StringComparison.Ordinal))));
        Assert.Equal(AtOnce.Form, await AtOnce.CodeAsync(() => hall.DoAsync("简一宁", new LeaveCluster(member.Id, " "))));
        AtOnce.OneCounts("cluster.not-member", await AtOnce.DoAsync(() => hall.DoAsync("简一宁", new LeaveCluster(member.Id, "不是一回事")), () => hall.DoAsync("温敬之", new LeaveCluster(member.Id, "单独办"))));
        Assert.Equal(1, await hall.JournalledAsync(a.Id, JournalKinds.Unclustered));

        // 拆出来的时候，这一件正好办结：拆的记着，办结的也办结，别的成员不动
        var (d, other) = (await hall.AnswersSimpleAsync("10012340001"), await hall.AcceptsAsync());
        await hall.DoAsync("简一宁", new BeginCluster("另一类", [d.Number, other.Number]));
        await hall.ReportsAsync(await hall.MessageAsync(d.Id, "RESOLVED"), delivered: true);
        var joined = await hall.ReadAsync(db => db.ClusterMembers.AsNoTracking().SingleAsync(m => m.CaseId == d.Id, Ct));
        Assert.All(await AtOnce.DoAsync(() => hall.DoAsync("简一宁", new LeaveCluster(joined.Id, "不是一回事")), () => hall.DoesAsync("安素心", d.Number, "回访", "解决了")), Assert.Null);
        Assert.Equal((CaseState.Closed, CaseState.Open), ((await hall.CaseAsync(d.Number)).Case.State, (await hall.CaseAsync(other.Number)).Case.State));
        Assert.Equal(1, await hall.ReadAsync(db => db.ClusterMembers.CountAsync(m => m.ClusterId == joined.ClusterId && m.LeftAt == null, Ct)));
        Assert.Equal(0, (await hall.FlowsLeftAsync()).Incidents);
    }

    [Theory(DisplayName = "清单：没写全的、日子过了的一样一样说，没有的说没有；两件研判同时卡在同一条，只记一条；条文同时改两回，一个算数；改过的不再写")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task A_clause_is_written_down_once(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var (a, b) = (await hall.AcceptsAsync(), await hall.AcceptsAsync());
        Assert.All(await AtOnce.DoAsync(() => JudgesAsync(hall, a.Number, "温敬之"), () => JudgesAsync(hall, b.Number, "严守正")), Assert.Null);
        var entry = await hall.ReadAsync(db => db.PolicyBottlenecks.AsNoTracking().SingleAsync(Ct));
        Assert.Equal(2, await hall.RowsAsync("bottleneck_cases"));

        var good = new DescribeBottleneck(entry.Id, "没有影像，编不了。", "按现有项目编报。", "WATER", "市水务局", new(2026, 3, 20), BottleneckState.Submitted);
        Assert.Equal(["addressee", "conflict", "owner", "proposal", "reviewOn", "state"], (await FaultsAsync(hall, new DescribeBottleneck(entry.Id, "", " ", "NOBODY", "", null, BottleneckState.Changed))).Keys.Order(StringComparer.Ordinal));
        var past = await FaultsAsync(hall, good with { ReviewOn = new(2026, 3, 1), Conflict = new string('长', 2001) });
        Assert.Equal(["conflict", "reviewOn"], past.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(("写了 2001 个字，最多 2000 个。", "再看的日子已经过去了，请写今天或以后。"), (past["conflict"], past["reviewOn"]));
        Assert.Equal("bottleneck.unknown", await AtOnce.CodeAsync(() => hall.DoAsync("简一宁", good with { Id = HallWork.Unknown })));
        Assert.Equal("cluster.unknown", await AtOnce.CodeAsync(() => hall.DoAsync("简一宁", new FindBottleneck(Clause, HallWork.Unknown))));
        Assert.Equal(AtOnce.Form, await AtOnce.CodeAsync(() => hall.DoAsync("简一宁", new FindBottleneck(" ", HallWork.Unknown))));
        Assert.Equal(AtOnce.Form, await AtOnce.CodeAsync(() => hall.DoAsync("简一宁", new ChangeClause(entry.Id, ""))));

        AtOnce.OneCounts("bottleneck.changed", await AtOnce.DoAsync(() => hall.DoAsync("简一宁", new ChangeClause(entry.Id, "按现有项目编报")), () => hall.DoAsync("温敬之", new ChangeClause(entry.Id, "删去第九条"))));
        Assert.Equal("bottleneck.changed", await AtOnce.CodeAsync(() => hall.DoAsync("简一宁", good)));
    }

    [Theory(DisplayName = "到了“再看”的日子，待办还开着日子又改了：今天不用再看；新的日子照样有")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task The_day_was_moved_while_the_task_was_open(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var number = (await hall.AcceptsAsync()).Number;
        await JudgesAsync(hall, number, "温敬之");
        var entry = (await hall.ReadAsync(db => db.PolicyBottlenecks.AsNoTracking().SingleAsync(Ct))).Id;
        await DescribesAsync(new(2026, 3, 10));
        await hall.ItIsAsync("2026-03-10 09:00");
        var task = (await hall.TaskAsync("唐河清", number, "政策瓶颈")).TaskId;
        await DescribesAsync(new(2026, 3, 20));
        Assert.Equal("bottleneck.looked-at", await AtOnce.CodeAsync(() => hall.DoAsync("唐河清", HallWork.Completing(task, "不采纳", ("finding", "市局说不行。")))));
        Assert.Equal(BottleneckState.Submitted, (await hall.ReadAsync(db => db.PolicyBottlenecks.AsNoTracking().SingleAsync(Ct))).State);
        await hall.ItIsAsync("2026-03-20 09:00");
        Assert.Contains(await hall.InboxOfAsync("唐河清"), row => row.Title.StartsWith("政策瓶颈", StringComparison.Ordinal) && row.TaskId != task);

        Task DescribesAsync(DateOnly on) => hall.DoAsync("简一宁", new DescribeBottleneck(entry, "没有影像。", "按现有项目编报。", "WATER", "市水务局", on, BottleneckState.Submitted));
    }

    [Theory(DisplayName = "两个人照着同一份写研究结论、写同一条瓶颈：先存的算数，后存的知道别人改过、什么也没盖掉；看过现在的再存，就算数")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task Two_write_over_the_same_text(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var (a, b) = (await hall.AcceptsAsync(), await hall.AcceptsAsync());
        var cluster = await hall.DoAsync("简一宁", new BeginCluster("证明", [a.Number, b.Number]));
        var seen = (await hall.ReadAsync(db => db.CaseClusters.AsNoTracking().SingleAsync(Ct))).Version;
        AtOnce.OneCounts("cluster.rewritten", await AtOnce.DoAsync(() => hall.DoAsync("简一宁", new WriteStudy(cluster, "甲乙两种。") { Seen = seen }), () => hall.DoAsync("温敬之", new WriteStudy(cluster, "只有一种。") { Seen = seen })));
        var now = await hall.ReadAsync(db => db.CaseClusters.AsNoTracking().SingleAsync(Ct));
        await hall.DoAsync("温敬之", new WriteStudy(cluster, "三种。") { Seen = now.Version });
        Assert.Equal("三种。", (await hall.ReadAsync(db => db.CaseClusters.AsNoTracking().SingleAsync(Ct))).Study);

        await JudgesAsync(hall, a.Number, "温敬之");
        var entry = await hall.ReadAsync(db => db.PolicyBottlenecks.AsNoTracking().SingleAsync(Ct));
        var good = new DescribeBottleneck(entry.Id, "没有影像，编不了。", "按现有项目编报。", "WATER", "市水务局", new(2026, 3, 20), BottleneckState.Submitted) { Seen = entry.Version };
        AtOnce.OneCounts("bottleneck.rewritten", await AtOnce.DoAsync(() => hall.DoAsync("简一宁", good), () => hall.DoAsync("温敬之", good with { Conflict = "没有旧图。" })));
        var written = await hall.ReadAsync(db => db.PolicyBottlenecks.AsNoTracking().SingleAsync(Ct));
        await hall.DoAsync("温敬之", good with { Addressee = "省水利厅", Seen = written.Version });
        Assert.Equal("省水利厅", (await hall.ReadAsync(db => db.PolicyBottlenecks.AsNoTracking().SingleAsync(Ct))).Addressee);
    }

    private static Task JudgesAsync(Hall hall, string number, string head) => hall.DoesAsync(head, number, "研判", "部门协同",
        ("lawful", "UNCLEAR"), ("legalBasis", Clause), ("difficulty", "Complex"), ("policyAttribute", "POLICY_BOTTLENECK"), ("causeCodes", "HISTORICAL"), ("lead", "WATER"));

    private static async Task<IReadOnlyDictionary<string, string>> FaultsAsync(Hall hall, DescribeBottleneck step) => (await Assert.ThrowsAsync<FormRejectedException>(() => hall.DoAsync("简一宁", step))).Faults;
}
