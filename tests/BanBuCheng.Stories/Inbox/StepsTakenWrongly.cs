using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Inbox;
using BanBuCheng.Desk.Offices;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Stories.Given;
using BanBuCheng.Web.Texts;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace BanBuCheng.Stories.Inbox;

/// <summary>待办和草稿：没有的、点名的、收回的、两个人同时接的，两个窗口同时改的；红灯的原因写过的。</summary>
public sealed class StepsTakenWrongly
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory(DisplayName = "没有的待办办不了；两个人同时接同一条，一个接走，另一个看到是谁；接着的没选结果不算办完")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task Two_take_one_task(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var number = (await hall.AcceptsAsync()).Number;
        Assert.Equal("task.unknown", await AtOnce.CodeAsync(() => hall.DoAsync("温敬之", new ClaimTask(new TaskId(HallWork.Unknown)))));
        Assert.Equal("task.unknown", await AtOnce.CodeAsync(() => hall.DoAsync("温敬之", HallWork.Completing(new TaskId(HallWork.Unknown), "部门协同"))));
        var task = (await hall.TaskAsync("温敬之", number, "研判")).TaskId;
        var taken = await AtOnce.DoAsync(() => hall.DoAsync("温敬之", new ClaimTask(task)), () => hall.DoAsync("严守正", new ClaimTask(task)));
        AtOnce.OneCounts("task.someone-was-first", taken);
        var (holder, other) = taken[0] is null ? ("温敬之", "严守正") : ("严守正", "温敬之");
        Assert.Equal(holder, (await hall.CaseAsync(number)).Ball.Name);
        Assert.Equal("task.not-yours", await AtOnce.CodeAsync(() => hall.DoAsync(other, new PutBackTask(task))));
        Assert.Contains("outcome", (await Assert.ThrowsAsync<FormRejectedException>(() => hall.DoAsync(holder, HallWork.Completing(task, "")))).Faults.Keys);
        Assert.Equal(1, await hall.JournalledAsync((await hall.CaseAsync(number)).Case.Id, JournalKinds.TaskClaimed));
    }

    [Theory(DisplayName = "点名交给一个人的：他放不回组里，别人也接不走；放回和办完同时来，只有一个结果")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task A_task_of_one_person(Database database)
    {
        using var loose = new LooseFlow("person:shiliqun", "Note", "好");
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00", loose.Folder);
        var accepted = await hall.AcceptsAsync();
        await LooseFlow.BeginsAsync(hall, accepted.Id);
        var task = (await hall.TaskAsync("石立群", accepted.Number, LooseFlow.Title)).TaskId;
        Assert.Equal("task.yours-alone", await AtOnce.CodeAsync(() => hall.DoAsync("石立群", new PutBackTask(task))));
        Assert.Equal("task.not-for-you", await AtOnce.CodeAsync(() => hall.DoAsync("邱明远", new ClaimTask(task))));
        await hall.DoAsync("石立群", HallWork.Completing(task, "好"));
        Assert.Equal("task.someone-was-first", await AtOnce.CodeAsync(() => hall.DoAsync("石立群", HallWork.Completing(task, "好"))));

        var triage = (await hall.TaskAsync("温敬之", accepted.Number, "研判")).TaskId;
        await hall.DoAsync("温敬之", new ClaimTask(triage));
        var judged = HallWork.Completing(triage, "部门协同", ("lawful", "YES"), ("difficulty", "Complex"), ("policyAttribute", "NO_BARRIER"), ("causeCodes", "SERVICE"), ("lead", "MARKET"));
        var both = await AtOnce.DoAsync(() => hall.DoAsync("温敬之", new PutBackTask(triage)), () => hall.DoAsync("温敬之", judged));
        Assert.Null(both[1]);
        Assert.Contains(both[0], new[] { null, "task.someone-was-first", "task.not-yours" });
        Assert.Equal(0, (await hall.FlowsLeftAsync()).Incidents);
    }

    [Theory(DisplayName = "草稿：另一个窗口改过的不盖掉；太长的不存；没登录的不存；两个窗口同时存，都说得清")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task Two_windows_write_one_draft(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var key = HallWork.Unknown;
        var first = await hall.DoAsync("段小禾", Draft("第一稿", null));
        await hall.DoAsync("段小禾", Draft("第二稿", first.Revision));
        Assert.Equal("draft.newer-elsewhere", await AtOnce.CodeAsync(() => hall.DoAsync("段小禾", Draft("老窗口里的", first.Revision))));
        Assert.Equal("draft.too-long", await AtOnce.CodeAsync(() => hall.DoAsync("段小禾", Draft(new string('长', 70_000), null))));
        Assert.Equal("who.person-needed", await AtOnce.CodeAsync(() => hall.Door.SendAsync(Draft("谁", null), Actor.Clock, Ct)));
        var both = await AtOnce.DoAsync(() => hall.DoAsync("段小禾", Draft("甲", 2)), () => hall.DoAsync("段小禾", Draft("乙", 2)));
        Assert.Contains(both, answer => answer is null);
        Assert.All(both, answer => Assert.Contains(answer, new[] { null, "draft.newer-elsewhere" }));
        Assert.Equal(1, await hall.RowsAsync("task_drafts"));

        SaveDraft Draft(string text, int? revision) => new(key, new Dictionary<string, IReadOnlyList<string>> { ["text"] = [text] }, revision);
    }

    [Theory(DisplayName = "超期原因：没写、没写哪天答复、写了过去的日子，都不收；两个人同时写，一个算数；写过的不用再写")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task The_reason_is_written_once(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        await hall.Door.SendAsync(new OpenOffices([], [("fuxing", "傅星", "MARKET", "8800-1409", [Roles.Liaison])]), Actor.Clock, Ct);
        var (a, b) = (await hall.AcceptsAsync(), await hall.AcceptsAsync());
        foreach (var one in new[] { a, b }) await hall.JudgesAsync(one.Number);
        await hall.ItIsAsync("2026-03-04 16:00");
        foreach (var one in new[] { a, b }) await hall.MarketAgreesAsync(one.Number);
        await hall.ItIsAsync("2026-03-17 09:30");

        // 站长手里过了期，原因由服务站写
        Assert.Equal(["reason"], await FaultsAsync(("replyBy", "2026-03-20")));
        Assert.Equal(["replyBy"], await FaultsAsync(("reason", "没有盯住，今天就办。"), ("replyBy", "2026-03-16")));
        Assert.Equal("late.no-day", await AtOnce.CodeAsync(() => hall.DoesAsync("温敬之", a.Number, "写明为什么超期", "写好了", ("reason", "没有盯住，今天就办。"))));
        var task = (await hall.TaskAsync("温敬之", a.Number, "写明为什么超期")).TaskId;
        await hall.DoAsync("温敬之", new PutBackTask(task));
        var written = await AtOnce.DoAsync(() => hall.DoAsync("温敬之", Reason(task, "没有盯住，今天就办。")), () => hall.DoAsync("严守正", Reason(task, "等市局回话，没有盯。")));
        Assert.Single(written, answer => answer is null);
        Assert.Contains(written.Single(answer => answer is not null), new[] { "task.someone-was-first", "late.explained" }); // whichever of the two the second looks at first
        Assert.Equal(1, await hall.JournalledAsync(a.Id, JournalKinds.LateExplained));

        await hall.TamperAsync(db => db.CaseLates.Where(l => l.CaseId == b.Id).ExecuteUpdateAsync(l => l.SetProperty(x => x.Reason, "站长在别处写过了。"), Ct));
        Assert.Equal("late.explained", await AtOnce.CodeAsync(() => hall.DoesAsync("温敬之", b.Number, "写明为什么超期", "写好了", ("reason", "再写一遍，没有盯。"), ("replyBy", "2026-03-20"))));

        async Task<IEnumerable<string>> FaultsAsync(params (string, string)[] form) =>
            (await Assert.ThrowsAsync<FormRejectedException>(() => hall.DoesAsync("温敬之", a.Number, "写明为什么超期", "写好了", form))).Faults.Keys;

        static CompleteTask Reason(TaskId task, string why) => HallWork.Completing(task, "写好了", ("reason", why), ("replyBy", "2026-03-20"));
    }

    [Theory(DisplayName = "陪同移交：十分钟以后才接也接得到；两个窗口同时点“接到了”，一个算数；没人可接的岗位点不了")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task Handed_over_to_two(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        await hall.Door.SendAsync(new OpenOffices([], [("luowei", "罗薇", "HELP_WINDOW", "8800-1410", [Roles.HelpWindow])]), Actor.Clock, Ct);
        var accepted = await hall.AcceptsAsync(HallWork.Form with { HandOver = true });
        await hall.ItIsAsync("2026-03-02 09:30");
        var task = (await hall.TaskAsync("罗薇", accepted.Number, "接到")).TaskId;
        Assert.Equal("task.not-for-you", await AtOnce.CodeAsync(() => hall.DoAsync("贺文静", HallWork.Completing(task, "接到了"))));
        AtOnce.OneCounts("task.someone-was-first", await AtOnce.DoAsync(() => hall.DoAsync("罗薇", HallWork.Completing(task, "接到了")), () => hall.DoAsync("段小禾", HallWork.Completing(task, "接到了"))));
        Assert.Equal(0, (await hall.FlowsLeftAsync()).Incidents);
    }

    [Fact(DisplayName = "拒绝的话都说得完整：括号里的数字和名字填上了，没有的也不会露出花括号")]
    public void Sentences_are_whole()
    {
        foreach (var code in RefusalTexts.All.Keys)
        {
            var bare = RefusalTexts.For(new RefusedException(code));
            Assert.DoesNotContain("{", bare, StringComparison.Ordinal);
            Assert.EndsWith("。", bare, StringComparison.Ordinal);
        }

        Assert.Contains("区水务局", RefusalTexts.For(new RefusedException("reply.receipt-missing") { Facts = [("units", "区水务局")] }), StringComparison.Ordinal);
        Assert.Equal("这件事您的岗位办不了，要找服务站站长、局领导。", RefusalTexts.For(new RefusedException("who.role-needed") { Facts = [("roles", "STATION_HEAD,BUREAU_LEADER")] }));
    }
}
