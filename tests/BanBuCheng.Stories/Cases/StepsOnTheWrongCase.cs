using System.Text.Json.Nodes;
using BanBuCheng.Desk.Attachments;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Committee;
using BanBuCheng.Desk.Coordination;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Flows;
using BanBuCheng.Desk.Intake;
using BanBuCheng.Desk.Notices;
using BanBuCheng.Desk.ReturnVisit;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Stories.Given;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace BanBuCheng.Stories.Cases;

/// <summary>办结了的、没有的、不归他看的、没登录的、写了存不下的字的：每一步都试一遍，一句话说清，什么也没留下。</summary>
public sealed class StepsOnTheWrongCase
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static readonly AgentForm Paper = new() { AgentName = "支明月", AgentRelation = "女儿", AgentScope = "医保关系转移", AgentUntil = new DateOnly(2026, 3, 31) };

    /// <summary>Every step that a person does to a case outside of a task, by what it is called; <c>text</c> goes into its free text.</summary>
    private static Dictionary<string, Func<CaseId, string, IStep<Unit>>> Steps { get; } = new()
    {
        ["延时"] = (id, text) => new StartSideFlow(id, CaseEvents.ExtensionRequested, new JsonObject { ["workingDays"] = 3, ["reasonCode"] = "UPPER_LEVEL", ["explanation"] = text }),
        ["加请单位"] = (id, text) => new AskAnotherUnit(id, "WATER", text),
        ["咨询上级"] = (id, text) => new RecordConsultation(id, "市卫健委", "韩科长", new DateOnly(2026, 3, 2), text, "", ""),
        ["添文件"] = (id, text) => new AddDocument(id, text, "", "HEALTH", null, null),
        ["登记委托"] = (id, text) => new NameAgent(id, Paper with { AgentScope = text }),
        ["代办一步"] = (id, text) => new RecordAgencyStep(id, HallWork.Unknown, text),
        ["内部备注"] = (id, text) => new AddNote(id, text),
        ["联系过群众"] = (id, text) => new RecordContact(id, text),
        ["表扬"] = (id, text) => new RecordPraise(id, text),
        ["已告知"] = (id, text) => new RecordTelling(id, DeliveryWay.Phone, text),
        ["约陪办"] = (id, text) => new PlanCompanionStep(id, text, new DateOnly(2026, 3, 20)),
    };

    [Theory(DisplayName = "办结以后：改不了的都说“已经办结，没解决走没解决”；备注、联系、表扬、陪办照样能记")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task After_the_case_is_closed(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var accepted = await hall.AnswersSimpleAsync();
        await hall.ReportsAsync(await hall.MessageAsync(accepted.Id, "RESOLVED"), delivered: true);
        await hall.DoesAsync("安素心", accepted.Number, "回访", "解决了");
        string[] still = ["内部备注", "联系过群众", "表扬", "约陪办"];
        foreach (var (name, step) in Steps)
        {
            var expected = still.Contains(name) ? null : name == "已告知" ? "notice.nothing-to-tell" : "case.closed";
            Assert.Equal((name, expected), (name, await AtOnce.CodeAsync(() => hall.DoAsync("段小禾", step(accepted.Id, "写清楚了。")))));
        }

        foreach (var asked in new[] { CaseEvents.PauseRequested, CaseEvents.WithdrawalRequested })
            Assert.Equal("case.closed", await AtOnce.CodeAsync(() => hall.AsksAsync(accepted.Id, asked, new JsonObject { ["reasonCode"] = "SUPPLEMENT", ["maxWorkingDays"] = 3 })));
        Assert.Equal("case.closed", await AtOnce.CodeAsync(() => hall.DoAsync("段小禾", new RevokeAgent(accepted.Id, HallWork.Unknown))));
        Assert.Equal("case.closed", await AtOnce.CodeAsync(() => hall.DoAsync("段小禾", new KeepAttachment(accepted.Id.Value, "回执.pdf", FileKind.Pdf, [1], "clean"))));
        var open = await hall.AcceptsAsync();
        Assert.Equal("case.closed", await AtOnce.CodeAsync(() => hall.DoAsync("简一宁", new BeginCluster("同一类", [open.Number, accepted.Number]))));
        Assert.Equal(CaseState.Closed, (await hall.CaseAsync(accepted.Number)).Case.State);
        Assert.Equal((0, 0), (await hall.RowsAsync("case_attachments"), await hall.RowsAsync("case_clusters")));
    }

    [Theory(DisplayName = "没有的办件、没登录的人：一步也做不了；别的部门看不到的，也说没有")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task Of_nobody_and_by_nobody(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var accepted = await hall.AcceptsAsync();
        foreach (var (name, step) in Steps)
        {
            Assert.Equal((name, "case.unknown"), (name, await AtOnce.CodeAsync(() => hall.DoAsync("段小禾", step(new CaseId(HallWork.Unknown), "写清楚了。")))));
            Assert.Equal((name, "who.person-needed"), (name, await AtOnce.CodeAsync(() => hall.Door.SendAsync(step(accepted.Id, "写清楚了。"), Actor.Clock, Ct))));
            Assert.Contains(await AtOnce.CodeAsync(() => hall.DoAsync("唐河清", step(accepted.Id, "写清楚了。"))), new[] { "case.unknown", "who.role-needed" });
        }

        // 对窗口的意见：窗口和服务站一样也做不了
        var said = await hall.Door.SendAsync(new SayAboutWindow(accepted.Id, "等了两个钟头。"), Actor.Citizen, Ct);
        foreach (var name in Steps.Keys.Except(["加请单位"]))
            Assert.Contains(await AtOnce.CodeAsync(() => hall.DoAsync("段小禾", Steps[name](said.Id, "写清楚了。"))), new[] { "case.unknown", "who.role-needed" });
        Assert.Equal((0, 0), (await hall.RowsAsync("case_notes"), await hall.RowsAsync("companion_steps")));
    }

    [Theory(DisplayName = "没写字、写了看不见的控制符、半个字：哪一步都退回来说清楚，不会存了一半，也不会出故障")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task What_cannot_be_kept_is_said(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var accepted = await hall.AcceptsAsync();
        foreach (var text in new[] { "办\0好了", "姓\ud842", "\udc00" })
        {
            foreach (var (name, step) in Steps)
            {
                var rejected = await Assert.ThrowsAsync<FormRejectedException>(() => hall.DoAsync("段小禾", step(accepted.Id, text)));
                Assert.True(rejected.Faults.Values.All(words => words.StartsWith("里面有", StringComparison.Ordinal)), name);
            }

            Assert.Equal(AtOnce.Form, await AtOnce.CodeAsync(() => hall.DoesAsync("温敬之", accepted.Number, "研判", "部门协同",
                ("lawful", "YES"), ("legalBasis", text), ("difficulty", "Complex"), ("policyAttribute", "NO_BARRIER"), ("causeCodes", "SERVICE"), ("lead", "MARKET"))));
            Assert.Equal(AtOnce.Form, await AtOnce.CodeAsync(() => hall.DoAsync("简一宁", new BeginCluster(text, [accepted.Number, accepted.Number]))));
            Assert.Equal(AtOnce.Form, await AtOnce.CodeAsync(() => hall.Door.SendAsync(new SayAboutWindow(accepted.Id, text), Actor.Citizen, Ct)));
        }

        foreach (var (name, step) in Steps)
            Assert.NotNull((name, await AtOnce.CodeAsync(() => hall.DoAsync("段小禾", step(accepted.Id, " ")))).Item2);
        Assert.Equal((0, 0, 0), (await hall.RowsAsync("case_notes"), await hall.RowsAsync("case_documents"), await hall.RowsAsync("case_praises")));
    }

    [Theory(DisplayName = "陪办：没有的、过了的日子、记过的都说清楚；两个人同时约两步，编号不重；同时记同一步，一个算数")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task Companion_steps(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var accepted = await hall.AcceptsAsync();
        var past = await Assert.ThrowsAsync<FormRejectedException>(() => hall.DoAsync("段小禾", new PlanCompanionStep(accepted.Id, "一起去交材料", new(2026, 3, 1))));
        Assert.Contains("已经过了", past.Faults["on"], StringComparison.Ordinal);
        Assert.Equal("companion.unknown", await AtOnce.CodeAsync(() => hall.DoAsync("段小禾", new FinishCompanionStep(HallWork.Unknown, "办好了。"))));

        Assert.All(await AtOnce.DoAsync([.. new[] { "段小禾", "温敬之" }.Select(name => (Func<Task>)(() => hall.DoAsync(name, new PlanCompanionStep(accepted.Id, "一起去交材料", new(2026, 3, 3)))))]), Assert.Null);
        var steps = await hall.ReadAsync(db => db.CompanionSteps.AsNoTracking().OrderBy(s => s.Number).ToListAsync(Ct));
        Assert.Equal([1, 2], steps.Select(s => s.Number));
        Assert.Equal(AtOnce.Form, await AtOnce.CodeAsync(() => hall.DoAsync("段小禾", new FinishCompanionStep(steps[0].Id, " "))));
        AtOnce.OneCounts("companion.done", await AtOnce.DoAsync(() => hall.DoAsync("段小禾", new FinishCompanionStep(steps[0].Id, "收了。")), () => hall.DoAsync("温敬之", new FinishCompanionStep(steps[0].Id, "没收。"))));
        Assert.Equal(1, await hall.JournalledAsync(accepted.Id, JournalKinds.CompanionDone));
    }

    [Fact(DisplayName = "一件材料收够十个，第十一个不收；同一个文件传两遍是一个；看的人不对，说没有")]
    public async Task Attachments_have_an_end()
    {
        await using var hall = await Hall.OpenAsync(Database.Sqlite, "2026-03-02 09:00");
        var accepted = await hall.AcceptsAsync();
        for (byte n = 0; n < AttachmentDesk.MostFiles; n++) await hall.DoAsync("段小禾", Kept(n));
        await hall.DoAsync("段小禾", Kept(0));
        Assert.Equal("attachment.too-many", await AtOnce.CodeAsync(() => hall.DoAsync("段小禾", Kept(99))));
        Assert.Equal(AttachmentDesk.MostFiles, await hall.RowsAsync("case_attachments"));
        Assert.Equal("attachment.unknown", await AtOnce.CodeAsync(() => hall.DoAsync("段小禾", new OpenAttachment(accepted.Id, HallWork.Unknown))));
        Assert.Equal("case.unknown", await AtOnce.CodeAsync(() => hall.DoAsync("唐河清", Kept(98))));

        KeepAttachment Kept(byte content) => new(accepted.Id.Value, $"{content}.pdf", FileKind.Pdf, [content], "clean");
    }

    [Fact(DisplayName = "办件自己守的：没答复不办结，走着的时限不重起，没停的不恢复，停着的不延，延过的不再延")]
    public async Task What_a_case_does_not_do()
    {
        await using var hall = await Hall.OpenAsync(Database.Sqlite, "2026-03-02 09:00");
        var one = (await hall.CaseAsync((await hall.AcceptsAsync()).Number)).Case;
        var (day, now) = (new DateOnly(2026, 3, 18), hall.Clock.GetUtcNow());
        Assert.Equal("case.reply-owed", Code(() => one.Close(now)));
        Assert.Equal("clock.already-running", Code(() => one.StartClock(Difficulty.Complex, 10, 0, day, false)));
        Assert.Equal("clock.not-paused", Code(() => one.ResumeClock(day, false)));
        one.PauseClock("SUPPLEMENT", new DateOnly(2026, 3, 3), day);
        Assert.Equal("clock.not-running", Code(() => one.PauseClock("SUPPLEMENT", day, day)));
        Assert.Equal("clock.not-running", Code(() => one.Extend(2, day, false)));
        one.ResumeClock(day, false);
        one.Extend(2, day, false);
        Assert.Equal("extension.once", Code(() => one.Extend(1, day, false)));
        one.ReplyDelivered(CaseOutcome.Resolved, now);
        one.Close(now);
        Assert.Equal("case.closed", Code(() => one.Close(now)));

        static string Code(Action act) => Assert.Throws<RefusedException>(act).Code;
    }
}
