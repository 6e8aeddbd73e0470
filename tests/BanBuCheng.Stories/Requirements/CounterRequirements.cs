using BanBuCheng.Desk.Intake;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Stories.Given;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace BanBuCheng.Stories.Requirements;

/// <summary>从文章里来的要求，柜台上的另外两样：R-27 委托书，R-28 现场解答。</summary>
public sealed class CounterRequirements
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory(DisplayName = "R-27 委托书：写明办什么、到哪天；代办一步记两个名字；撤销了、过期了就不能再代办")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task R_27_an_authorisation_has_scope_period_and_end(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-07-06 09:00");
        var agent = new AgentForm { AgentName = "支明月", AgentPhone = "10055556666", AgentRelation = "女儿", AgentScope = "医保关系转移", AgentUntil = new DateOnly(2026, 7, 31) };
        var accepted = await hall.AcceptsAsync(HallWork.Form with { Agent = agent });
        var paper = await hall.ReadAsync(db => db.Authorisations.AsNoTracking().SingleAsync(a => a.CaseId == accepted.Id, Ct));
        Assert.Equal(("支**", "100****6666", "医保关系转移"), (paper.MaskedAgent, paper.MaskedAgentPhone, paper.Scope));

        await hall.DoAsync("段小禾", new RecordAgencyStep(accepted.Id, paper.Id, "替她交了转移申请表。"));
        var done = await hall.ReadAsync(db => db.AgencySteps.AsNoTracking().SingleAsync(Ct));
        Assert.Equal(("支**", "骆**", "段小禾"), (done.Agent, done.Applicant, done.RecordedBy));

        await hall.DoAsync("贺文静", new RevokeAgent(accepted.Id, paper.Id));
        Assert.Equal("agent.revoked-already", (await HallWork.RefusedAsync(() => hall.DoAsync("贺文静", new RevokeAgent(accepted.Id, paper.Id)))).Code);
        Assert.Equal("agent.not-authorised", (await HallWork.RefusedAsync(() => hall.DoAsync("段小禾", new RecordAgencyStep(accepted.Id, paper.Id, "再办一步。")))).Code);

        await hall.DoAsync("段小禾", new NameAgent(accepted.Id, agent with { AgentUntil = new DateOnly(2026, 7, 7) }));
        var second = await hall.ReadAsync(db => db.Authorisations.AsNoTracking().SingleAsync(a => a.RevokedAt == null, Ct));
        await hall.ItIsAsync("2026-07-08 09:00");
        Assert.Equal("agent.not-authorised", (await HallWork.RefusedAsync(() => hall.DoAsync("段小禾", new RecordAgencyStep(accepted.Id, second.Id, "过期以后。")))).Code);
        Assert.Equal(1, await hall.ReadAsync(db => db.AgencySteps.CountAsync(Ct)));
    }

    [Fact(DisplayName = "R-27 委托书写不全、日子颠倒、过期的，一样一样说清楚，什么也没登记")]
    public async Task R_27_a_paper_that_does_not_hold_is_not_taken()
    {
        await using var hall = await Hall.OpenAsync(Database.Sqlite, "2026-07-06 09:00");
        var rejected = await Assert.ThrowsAsync<FormRejectedException>(() => hall.AcceptsAsync(HallWork.Form with { Agent = new AgentForm { AgentName = "支明月", AgentFrom = new DateOnly(2026, 8, 1), AgentUntil = new DateOnly(2026, 7, 30) } }));
        Assert.Equal([nameof(AgentForm.AgentRelation), nameof(AgentForm.AgentScope), nameof(AgentForm.AgentUntil)], rejected.Faults.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(0, await hall.ReadAsync(db => db.Cases.CountAsync(Ct)));
    }

    [Theory(DisplayName = "R-28 现场解答：只要问什么、怎么答的，不问姓名；按两下只有一条；编号和办件排在一起")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task R_28_answered_at_the_counter(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-09-20 12:40");
        var accepted = await hall.AcceptsAsync();
        var step = new AnswerOnSite(Guid.CreateVersion7(hall.Clock.GetUtcNow()), "中午开票受限", "在票种核定里申请临时增量，当场教她点到提交。", 11);
        var answer = await hall.DoAsync("贺文静", step);
        Assert.StartsWith("B2609200001", accepted.Number, StringComparison.Ordinal);
        Assert.StartsWith("B2609200002", answer.Number, StringComparison.Ordinal);
        Assert.Equal((answer.Number, true), ((await hall.DoAsync("贺文静", step)).Number, (await hall.DoAsync("贺文静", step)).WasThere));
        Assert.Equal(1, await hall.ReadAsync(db => db.OnSiteAnswers.CountAsync(Ct)));
        Assert.Equal("who.role-needed", (await HallWork.RefusedAsync(() => hall.DoAsync("石立群", step with { SubmissionKey = Guid.CreateVersion7(hall.Clock.GetUtcNow()) }))).Code);

        // 下回再有人问，写几个字就看得到
        var alike = await hall.ReadAsync(db => OnSiteDay.AlikeAsync(db, "开票受限了", Ct));
        Assert.Equal(answer.Number, Assert.Single(alike).Number);
        Assert.Empty(await hall.ReadAsync(db => OnSiteDay.AlikeAsync(db, "养老金认证", Ct)));
    }
}
