using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Intake;
using BanBuCheng.Desk.Offices;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Stories.Given;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace BanBuCheng.Stories.Intake;

/// <summary>窗口收的东西不对头：缺的、矛盾的、晚的、两个人同时来的，都说得清为什么、怎么办，不多一件也不少一件。</summary>
public sealed class EntriesThatDoNotFit
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static AgentForm Paper { get; } = new() { AgentName = "支明月", AgentRelation = "女儿", AgentScope = "医保关系转移", AgentUntil = new DateOnly(2026, 7, 31) };

    [Theory(DisplayName = "两个窗口同时受理同一张单子：只有一件、一个编号，两个人看到的一样")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task Two_windows_take_one_form(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var key = Guid.CreateVersion7(hall.Clock.GetUtcNow());
        var answers = await Task.WhenAll(new[] { "贺文静", "段小禾", "温敬之" }.Select(name => Task.Run(() => hall.DoAsync(name, new AcceptCase(key, HallWork.Form)), Ct)));
        Assert.Single(answers.Select(a => a.Id).Distinct());
        Assert.Single(answers, a => !a.WasThere);
        Assert.Equal((1, 1), (await hall.RowsAsync("cases"), (await hall.MessagesAsync(answers[0].Number)).Count));
    }

    [Theory(DisplayName = "今天的编号用完了：受理、现场解答都不收，说怎么办；第二天从1号接着来")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task No_number_is_left_for_today(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        await hall.AcceptsAsync();
        await hall.TamperAsync(db => db.CaseSerials.ExecuteUpdateAsync(s => s.SetProperty(x => x.Last, 9999), Ct));
        Assert.Equal(["intake.day-full", "intake.day-full"], await AtOnce.DoAsync(() => hall.AcceptsAsync(), () => hall.DoAsync("贺文静", new AnswerOnSite(HallWork.Unknown, "问", "答", 3))));
        await hall.ItIsAsync("2026-03-03 09:00");
        Assert.Equal("0001", (await hall.AcceptsAsync()).Number[7..11]);
    }

    [Theory(DisplayName = "现场解答：没写、写长了、有看不见的字都退回；两个人同时交同一张，只有一条；第二天再交，还是那一条")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task Answers_that_are_not_taken(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var good = new AnswerOnSite(Guid.CreateVersion7(hall.Clock.GetUtcNow()), "开票受限", "申请临时增量。", 9);
        foreach (var (bad, field) in new[]
        {
            (good with { Question = " " }, "Question"), (good with { Answer = "" }, "Answer"), (good with { Question = new string('问', 121) }, "Question"),
            (good with { Answer = "答\0了" }, "Answer"), (good with { Question = "姓\ud842" }, "Question"), (good with { Basis = new string('第', 121) }, "Basis"),
        })
            Assert.Equal([field], (await Assert.ThrowsAsync<FormRejectedException>(() => hall.DoAsync("贺文静", bad))).Faults.Keys);

        var both = await Task.WhenAll(new[] { "贺文静", "段小禾" }.Select(name => Task.Run(() => hall.DoAsync(name, good), Ct)));
        await hall.ItIsAsync("2026-03-03 09:00");
        var late = await hall.DoAsync("贺文静", good with { Answer = "另一个答法。" });
        Assert.True(late.WasThere);
        Assert.Single(both.Append(late).Select(a => a.Number).Distinct());
        Assert.Equal(1, await hall.RowsAsync("on_site_answers"));
    }

    [Theory(DisplayName = "委托书：别的案子的不认，还没开始的不算；两个人同时撤销，一个算数；撤销以后同时记的代办，没有一条留下")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task An_authorisation_that_does_not_hold(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-07-06 09:00");
        var (mine, other) = (await hall.AcceptsAsync(HallWork.Form with { Agent = Paper }), await hall.AcceptsAsync());
        var paper = (await hall.ReadAsync(db => db.Authorisations.AsNoTracking().SingleAsync(Ct))).Id;
        Assert.Equal("agent.unknown", await AtOnce.CodeAsync(() => hall.DoAsync("段小禾", new RecordAgencyStep(other.Id, paper, "交了表。"))));
        Assert.Equal("agent.unknown", await AtOnce.CodeAsync(() => hall.DoAsync("段小禾", new RevokeAgent(other.Id, paper))));
        Assert.Equal(AtOnce.Form, await AtOnce.CodeAsync(() => hall.DoAsync("段小禾", new RecordAgencyStep(mine.Id, paper, " "))));
        Assert.Equal(AtOnce.Form, await AtOnce.CodeAsync(() => hall.DoAsync("段小禾", new NameAgent(mine.Id, new AgentForm()))));

        await hall.DoAsync("段小禾", new NameAgent(other.Id, Paper with { AgentFrom = new DateOnly(2026, 7, 20) }));
        var later = (await hall.ReadAsync(db => db.Authorisations.AsNoTracking().SingleAsync(a => a.CaseId == other.Id, Ct))).Id;
        Assert.Equal("agent.not-authorised", await AtOnce.CodeAsync(() => hall.DoAsync("段小禾", new RecordAgencyStep(other.Id, later, "早了两个星期。"))));

        AtOnce.OneCounts("agent.revoked-already", await AtOnce.DoAsync(() => hall.DoAsync("贺文静", new RevokeAgent(mine.Id, paper)), () => hall.DoAsync("段小禾", new RevokeAgent(mine.Id, paper))));
        Assert.All(await AtOnce.DoAsync(() => hall.DoAsync("贺文静", new RecordAgencyStep(mine.Id, paper, "一")), () => hall.DoAsync("段小禾", new RecordAgencyStep(mine.Id, paper, "二"))),
            answer => Assert.Equal("agent.not-authorised", answer));
        Assert.Equal((0, 1), (await hall.RowsAsync("agency_steps"), await hall.JournalledAsync(mine.Id, JournalKinds.AgentRevoked)));
    }

    [Theory(DisplayName = "群众在查询页上连点两下“不满意”：只有一件；没有督查在岗的时候不收，告诉他打电话")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task Said_twice_in_the_same_moment(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-06-08 09:00");
        var first = await hall.AcceptsAsync();
        var said = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => hall.Door.SendAsync(new SayAboutWindow(first.Id, "等了两个钟头，问了三回都不抬头。"), Actor.Citizen, Ct), Ct)));
        Assert.Single(said.Select(s => s.Number).Distinct());
        Assert.Equal(1, await hall.ReadAsync(db => db.Cases.CountAsync(c => c.About == CaseAbout.Window, Ct)));

        var second = await hall.AcceptsAsync();
        await hall.TamperAsync(db => db.Staff.Where(s => s.Roles.Contains(Roles.Supervisor)).ExecuteUpdateAsync(s => s.SetProperty(p => p.Active, false), Ct));
        Assert.Equal("intake.nobody-looks", await AtOnce.CodeAsync(() => hall.Door.SendAsync(new SayAboutWindow(second.Id, "等了两个钟头。"), Actor.Citizen, Ct)));
    }
}
