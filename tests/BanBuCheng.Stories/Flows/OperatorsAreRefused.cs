using BanBuCheng.Desk.Flows;
using BanBuCheng.Engine.Durable;
using BanBuCheng.Stories.Gate;
using BanBuCheng.Stories.Given;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace BanBuCheng.Stories.Flows;

/// <summary>管理员处理差错，哪些不行：跳过答复、从头再试一遍、选不在列的步骤、处理已经处理过的，两位管理员同时动手。</summary>
public sealed class OperatorsAreRefused
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Breaks at a decision, as long as somebody has not put it right.</summary>
    private static Sketch Undecided => LooseFlow.Asked().Decision("数一数", "if (1 < 5) throw 'too small'; return true").Line("是").Line("否").Wires("asked>数一数 数一数.True>是 数一数.False>否");

    /// <summary>Breaks where the reply should go out: its text comes out empty.</summary>
    private static Sketch Speechless => LooseFlow.Asked().Has("说给群众", "BanBuCheng.DeliverReply", ("outcome", Sketch.Literal("Resolved")), ("text", Sketch.Script("''", "String"))).Line("完").Wires("asked>说给群众>完");

    [Theory(DisplayName = "两位管理员同时再试同一个差错：一个算数，另一个知道处理过了；没写原因、没权限的不行")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task Two_operators_retry_one_breakdown(Database database)
    {
        var (hall, flow, incident) = await BrokenAsync(database, Undecided);
        await using var _ = hall;
        using var __ = flow;
        Assert.Equal("who.role-needed", await AtOnce.CodeAsync(() => hall.DoAsync("温敬之", new RetryIncident(incident, "试试"))));
        Assert.Equal(AtOnce.Form, await AtOnce.CodeAsync(() => hall.DoAsync("栗知行", new RetryIncident(incident, " "))));
        Assert.Equal(AtOnce.Form, await AtOnce.CodeAsync(() => hall.DoAsync("栗知行", new RetryIncident(incident, "试\0试"))));
        AtOnce.OneCounts("incident.settled", await AtOnce.DoAsync(() => hall.DoAsync("栗知行", new RetryIncident(incident, "再试")), () => hall.DoAsync("袁博", new RetryIncident(incident, "再试"))));
        Assert.Equal(1, await hall.ReadAsync(db => db.Set<FlowIncidentRow>().CountAsync(i => i.ResolvedAt == null, Ct)));
        Assert.Equal("incident.settled", await AtOnce.CodeAsync(() => hall.DoAsync("栗知行", new SkipIncident(incident, "True", "跳过"))));
    }

    [Theory(DisplayName = "答复送达出了错：谁也跳不过")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task A_reply_is_never_skipped(Database database)
    {
        var (hall, flow, incident) = await BrokenAsync(database, Speechless);
        await using var _ = hall;
        using var __ = flow;
        Assert.Equal("incident.never-skipped", await AtOnce.CodeAsync(() => hall.DoAsync("栗知行", new SkipIncident(incident, "Delivered", "算了"))));
        Assert.Equal("incident.never-skipped", await AtOnce.CodeAsync(() => hall.DoAsync("栗知行", new SkipIncident(incident, null, "算了"))));
    }

    [Fact(DisplayName = "整个流程停住的：不能从头再试，只能从列出的一步接着走；出错的那一步不在了，说清楚")]
    public async Task A_flow_that_stopped_as_a_whole()
    {
        var (hall, flow, incident) = await BrokenAsync(Database.Sqlite, Undecided);
        await using var _ = hall;
        using var __ = flow;
        await BrokeAtAsync(2, "chart");
        Assert.Equal("incident.choose-a-step", await AtOnce.CodeAsync(() => hall.DoAsync("栗知行", new RetryIncident(incident, "再试"))));
        Assert.Equal("incident.choose-a-step", await AtOnce.CodeAsync(() => hall.DoAsync("栗知行", new RepairIncident(incident, "n", "7", "改好了"))));
        Assert.Equal("incident.step-unknown", await AtOnce.CodeAsync(() => hall.DoAsync("栗知行", new GoOnFromStep(incident, "chart/nobody", "从这里"))));
        Assert.Equal("incident.step-unknown", await AtOnce.CodeAsync(() => hall.DoAsync("栗知行", new GoOnFromStep(incident, null, "从这里"))));
        await BrokeAtAsync(99, "chart/数一数");
        Assert.Equal("incident.nothing-to-run", await AtOnce.CodeAsync(() => hall.DoAsync("栗知行", new RetryIncident(incident, "再试"))));

        // As if the chart itself, or an execution that is gone, had broken: no drawing that the gate lets pass does so.
        Task BrokeAtAsync(int execution, string path) => hall.TamperAsync(db => db.Set<FlowIncidentRow>().Where(i => i.Id == incident)
            .ExecuteUpdateAsync(i => i.SetProperty(x => x.Execution, execution).SetProperty(x => x.NodePath, path), Ct));
    }

    private static async Task<(Hall Hall, LooseFlow Flow, Guid Incident)> BrokenAsync(Database database, Sketch drawn)
    {
        var flow = new LooseFlow(drawn);
        var hall = await Hall.OpenAsync(database, "2026-03-02 09:00", flow.Folder);
        await LooseFlow.BeginsAsync(hall, (await hall.AcceptsAsync()).Id);
        return (hall, flow, (await hall.ReadAsync(db => db.Set<FlowIncidentRow>().AsNoTracking().SingleAsync(Ct))).Id);
    }
}
