using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Inbox;
using BanBuCheng.Desk.Offices;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Stories.Given;
using BanBuCheng.Web.Texts;
using Xunit;

namespace BanBuCheng.Stories.Inbox;

/// <summary>两个人同时办同一件：一个办成，另一个知道是谁、什么时候先办的。</summary>
public sealed class TwoAtOneTask
{
    [Theory(DisplayName = "两位站长同时按下“部门协同”：一位算数，另一位看到是谁、几点先办的，什么也没重复")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task One_wins_and_the_other_is_told_who(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        await hall.Door.SendAsync(new OpenOffices([], [("zhuwei", "祝为", "STATION", "8800-1347", [Roles.StationHead])]), Actor.Clock, TestContext.Current.CancellationToken);
        var accepted = await hall.AcceptsAsync();
        await hall.ItIsAsync("2026-03-02 09:40");
        var task = await hall.TaskAsync("温敬之", accepted.Number, "研判");
        var judged = HallWork.Completing(task.TaskId, "部门协同",
            ("lawful", "YES"), ("legalBasis", "无"), ("difficulty", "Complex"), ("policyAttribute", "NO_BARRIER"), ("causeCodes", "SERVICE"), ("lead", "MARKET"));

        string[] heads = ["温敬之", "祝为"];
        var answers = await Task.WhenAll(heads.Select(name => Task.Run(async () =>
        {
            try
            {
                await hall.DoAsync(name, judged);
                return null;
            }
            catch (RefusedException refused)
            {
                return refused;
            }
        })));

        var loser = Assert.Single(answers.OfType<RefusedException>());
        var winner = heads[Array.IndexOf(answers, null)];
        Assert.Equal("task.someone-was-first", loser.Code);
        Assert.Equal([("name", winner), ("at", Hall.Local("2026-03-02 09:40").ToUniversalTime().ToString("O")), ("did", "done")], loser.Facts);
        Assert.Equal(1, await hall.JournalledAsync(accepted.Id, JournalKinds.Judged));
        Assert.Single(await hall.InboxOfAsync("石立群"));
    }

    [Theory(DisplayName = "接过来、放回去，别人才接得走")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task Claimed_put_back_and_claimed_by_another(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var accepted = await hall.AcceptsAsync();
        await hall.ComesToDraftingAsync(accepted.Number);
        var draft = (await hall.TaskAsync("段小禾", accepted.Number, "拟答复")).TaskId;

        await hall.ItIsAsync("2026-03-02 10:20");
        await hall.DoAsync("段小禾", new ClaimTask(draft));
        Assert.False(await hall.HasTaskAsync("温敬之", accepted.Number, "拟答复"));
        await hall.ItIsAsync("2026-03-02 11:15");
        var taken = await HallWork.RefusedAsync(() => hall.DoAsync("温敬之", new ClaimTask(draft)));
        Assert.Equal("task.someone-was-first", taken.Code);
        Assert.Equal("已由他人办理。段小禾 10:20 接走了这一步。您写的内容还在下面，可以存成内部备注。", RefusalTexts.For(taken));
        Assert.Equal("task.not-yours", (await HallWork.RefusedAsync(() => hall.DoAsync("温敬之", new PutBackTask(draft)))).Code);

        await hall.DoAsync("段小禾", new PutBackTask(draft));
        await hall.DoAsync("温敬之", new ClaimTask(draft));
        Assert.Equal("温敬之", (await hall.CaseAsync(accepted.Number)).Ball.Name);
        Assert.False(await hall.HasTaskAsync("段小禾", accepted.Number, "拟答复"));
    }

    [Fact(DisplayName = "别的部门看不到这一件，也办不了")]
    public async Task Another_department_neither_sees_nor_completes()
    {
        await using var hall = await Hall.OpenAsync(Database.Sqlite, "2026-03-02 09:00");
        var accepted = await hall.AcceptsAsync();
        await hall.JudgesAsync(accepted.Number);
        var task = (await hall.TaskAsync("石立群", accepted.Number, "部门协同")).TaskId;

        Assert.Empty(await hall.InboxOfAsync("唐河清"));
        var water = await hall.PersonAsync("唐河清");
        Assert.Null(await hall.ReadAsync(db => TaskView.FindAsync(db, task, water, TestContext.Current.CancellationToken)));
        await Assert.ThrowsAsync<InvalidOperationException>(() => hall.CaseAsync(accepted.Number, "唐河清"));
        Assert.NotNull(await hall.CaseAsync(accepted.Number, "石立群"));
        foreach (IStep<MediatR.Unit> step in new IStep<MediatR.Unit>[] { new ClaimTask(task), new PutBackTask(task) })
            Assert.Equal("task.not-for-you", (await HallWork.RefusedAsync(() => hall.DoAsync("唐河清", step))).Code);
        Assert.Equal("task.not-for-you", (await HallWork.RefusedAsync(() => hall.DoAsync("唐河清", HallWork.Completing(task, "同意", ("opinion", "行"))))).Code);
        Assert.Equal("case.unknown", (await HallWork.RefusedAsync(() => hall.DoAsync("唐河清", new RevealPhone(accepted.Id)))).Code);
    }

    [Fact(DisplayName = "经办的人不能自己回访")]
    public async Task Who_handled_the_case_may_not_visit()
    {
        await using var hall = await Hall.OpenAsync(Database.Sqlite, "2026-03-02 09:00");
        await hall.Door.SendAsync(new OpenOffices([], [("tongshi", "童适", "HELP_WINDOW", "8800-1348", [Roles.HelpWindow, Roles.Visitor])]), Actor.Clock, TestContext.Current.CancellationToken);
        var accepted = await hall.AcceptsSimpleAsync();
        await hall.DoesAsync("童适", accepted.Number, "窗口办理", "办成了", ("text", "今天就办好了。"));
        await hall.ReportsAsync(await hall.MessageAsync(accepted.Id, "RESOLVED"), delivered: true);
        var visit = (await hall.TaskAsync("安素心", accepted.Number, "回访")).TaskId;

        Assert.False(await hall.HasTaskAsync("童适", accepted.Number, "回访"));
        Assert.Equal("task.not-the-handler", (await HallWork.RefusedAsync(() => hall.DoAsync("童适", new ClaimTask(visit)))).Code);
        Assert.Equal("task.not-the-handler", (await HallWork.RefusedAsync(() => hall.DoAsync("童适", HallWork.Completing(visit, "解决了")))).Code);
    }
}
