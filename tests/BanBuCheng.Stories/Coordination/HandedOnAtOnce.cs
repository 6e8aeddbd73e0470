using BanBuCheng.Desk.Coordination;
using BanBuCheng.Desk.Inbox;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Stories.Given;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace BanBuCheng.Stories.Coordination;

/// <summary>部门协同：两家同时退、两个人同时加请、两位站长同时裁定，填得缺的和矛盾的。谁办只有一个答案，期限一天不多。</summary>
public sealed class HandedOnAtOnce
{
    private const string Back = DepartmentTasksActivity.HandsBack;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory(DisplayName = "两家同时退单：先到的照建议转，另一家交站长裁定；两位站长同时裁定，一个算数；没有差错，期限不变")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task Two_units_return_at_the_same_moment(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var number = await CoordinatedAsync(hall);
        var due = (await hall.TaskAsync("石立群", number, "部门协同")).TaskDueOn;
        Assert.All(await AtOnce.DoAsync(() => ReturnsAsync(hall, "石立群", number, "CIVIL"), () => ReturnsAsync(hall, "邱明远", number, "POLICE")), Assert.Null);

        var decided = (await hall.ReadAsync(db => db.CaseReturns.AsNoTracking().ToListAsync(Ct))).Count(r => r.DecidedUnit is not null);
        Assert.Equal(1, decided);
        var arbitration = (await hall.TaskAsync("温敬之", number, "裁定")).TaskId;
        Assert.Equal(AtOnce.Form, await AtOnce.CodeAsync(() => hall.DoAsync("温敬之", HallWork.Completing(arbitration, "定了", ("unit", "STATION"), ("why", "职责清单。")))));
        AtOnce.OneCounts("task.someone-was-first", await AtOnce.DoAsync(
            () => hall.DoAsync("温敬之", HallWork.Completing(arbitration, "定了", ("unit", "HRSS"), ("why", "职责清单。"))),
            () => hall.DoAsync("严守正", HallWork.Completing(arbitration, "定了", ("unit", "URBAN"), ("why", "职责清单。")))));
        var parts = (await hall.CaseAsync(number)).OpenTasks.Where(t => t.Purpose is TaskPurpose.Department).ToList();
        Assert.Equal(2, parts.Count);
        Assert.All(parts, part => Assert.Equal(due, part.DueOn));
        Assert.Equal(0, (await hall.FlowsLeftAsync()).Incidents);
    }

    [Theory(DisplayName = "两个人同时加请同一家：只多一条任务；一家同时答复又退，一个算数；最后一家答复的时候加请，要么加上了，要么说不在协同")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task Two_people_ask_one_unit(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var number = await CoordinatedAsync(hall);
        var id = (await hall.CaseAsync(number)).Case.Id;
        AtOnce.OneCounts("unit.asked-already", await AtOnce.DoAsync(() => hall.DoAsync("温敬之", new AskAnotherUnit(id, "WATER", "看看水保")), () => hall.DoAsync("段小禾", new AskAnotherUnit(id, "WATER", "看看水保"))));
        Assert.True(await hall.HasTaskAsync("唐河清", number, "部门协同"));

        var part = (await hall.TaskAsync("石立群", number, "部门协同")).TaskId;
        AtOnce.OneCounts("task.someone-was-first", await AtOnce.DoAsync(() => hall.DoAsync("石立群", HallWork.Completing(part, "同意", ("opinion", "行。"))),
            () => hall.DoAsync("石立群", HallWork.Completing(part, Back, ("opinion", "不归我们。"), ("proposedUnit", "CIVIL"), ("returnBasis", "三定方案")))));
        foreach (var task in (await hall.CaseAsync(number)).OpenTasks.Where(t => t.Purpose is TaskPurpose.Department && t.AssignedUnit != "WATER").ToList())
            await hall.DoAsync(task.AssignedUnit == "HEALTH" ? "邱明远" : "顾敏", HallWork.Completing(task.Id, "同意", ("opinion", "行。")));

        var last = await AtOnce.DoAsync(() => hall.DoesAsync("唐河清", number, "部门协同", "同意", ("opinion", "行。")), () => hall.DoAsync("温敬之", new AskAnotherUnit(id, "HRSS", "看看社保")));
        Assert.Null(last[0]);
        Assert.Contains(last[1], new[] { null, "unit.no-coordination" });
        Assert.Equal(last[1] is null, await hall.HasTaskAsync("陆建平", number, "部门协同"));
        Assert.NotEqual(last[1] is null, await hall.HasTaskAsync("温敬之", number, "站长看方案"));
        Assert.Equal(0, (await hall.FlowsLeftAsync()).Incidents);
    }

    [Theory(DisplayName = "部门的表：没写意见、写了备案没写什么文件、退单没写归谁、结果不在单子上，哪一样缺了都说哪一样")]
    [InlineData("同意", "opinion")]
    [InlineData("同意", "documentTitle", "opinion", "行。", "filedWith", "HEALTH")]
    [InlineData("同意", "documentTitle", "opinion", "行。", "documentNumber", "青市监〔2026〕3号")]
    [InlineData("同意", "issuingUnit", "opinion", "行。", "documentTitle", "证明", "issuingUnit", "NOBODY")]
    [InlineData(Back, "proposedUnit,returnBasis", "opinion", "不归我们。")]
    [InlineData(Back, "proposedUnit", "opinion", "不归我们。", "proposedUnit", "NOBODY", "returnBasis", "三定方案")]
    [InlineData("", "outcome", "opinion", "行。")]
    public async Task A_form_that_contradicts_itself(string outcome, string faulty, params string[] form)
    {
        await using var hall = await Hall.OpenAsync(Database.Sqlite, "2026-03-02 09:00");
        var number = await CoordinatedAsync(hall);
        var fields = form.Chunk(2).Select(pair => (pair[0], pair[1])).ToArray();
        var rejected = await Assert.ThrowsAsync<FormRejectedException>(() => hall.DoesAsync("石立群", number, "部门协同", outcome, fields));
        Assert.Equal(faulty.Split(','), rejected.Faults.Keys.Order(StringComparer.Ordinal));
        Assert.All(rejected.Faults.Values, words => Assert.EndsWith("。", words, StringComparison.Ordinal));
        Assert.Equal("task.outcome-unknown", await AtOnce.CodeAsync(() => hall.DoesAsync("石立群", number, "部门协同", "差不多", ("opinion", "行。"))));
        Assert.Empty((await hall.CaseAsync(number)).Documents);
    }

    [Theory(DisplayName = "到期收回以后才答复的，不收；站长已经在看方案")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task Answered_after_it_was_taken_back(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var number = await CoordinatedAsync(hall);
        var part = (await hall.TaskAsync("石立群", number, "部门协同")).TaskId;
        await hall.ItIsAsync("2026-03-04 17:00");
        Assert.Equal("task.withdrawn", await AtOnce.CodeAsync(() => hall.DoAsync("石立群", HallWork.Completing(part, "同意", ("opinion", "行。")))));
        Assert.Equal("task.withdrawn", await AtOnce.CodeAsync(() => hall.DoAsync("石立群", new ClaimTask(part))));
        Assert.True(await hall.HasTaskAsync("温敬之", number, "站长看方案"));
    }

    [Theory(DisplayName = "流程画得不严，办事台自己也守：一家退不了第二回，退给没有的单位不行，没有方案推翻不了，没试过的不能说不能办")]
    [InlineData("Return", "return.no-such-unit", "proposedUnit", "NOBODY")]
    [InlineData("Return", "return.once", "proposedUnit", "CIVIL")]
    [InlineData("Challenge", "solution.none-to-challenge", "objection", "读音像别的。")]
    [InlineData("Reply", "reply.nothing-tried", "text", "办不了。")]
    public async Task The_desk_keeps_its_rules_whatever_is_drawn(string record, string code, string field, string value)
    {
        var outcome = record == "Return" ? Back : "依法不能办";
        using var loose = new LooseFlow("unit:MARKET", record, outcome, "好");
        await using var hall = await Hall.OpenAsync(Database.Sqlite, "2026-03-02 09:00", loose.Folder);
        var accepted = await hall.AcceptsAsync();
        if (code == "return.once")
        {
            await LooseFlow.BeginsAsync(hall, accepted.Id);
            await hall.DoesAsync("石立群", accepted.Number, LooseFlow.Title, outcome, (field, value));
        }

        await LooseFlow.BeginsAsync(hall, accepted.Id);
        Assert.Equal(code, await AtOnce.CodeAsync(() => hall.DoesAsync("石立群", accepted.Number, LooseFlow.Title, outcome, (field, value))));
        await hall.DoesAsync("石立群", accepted.Number, LooseFlow.Title, "好");
        Assert.Equal(code == "return.once" ? 1 : 0, await hall.RowsAsync("case_returns"));
    }

    private static async Task<string> CoordinatedAsync(Hall hall)
    {
        var number = (await hall.AcceptsAsync()).Number;
        await hall.DoesAsync("温敬之", number, "研判", "部门协同",
            ("lawful", "YES"), ("difficulty", "Complex"), ("policyAttribute", "NO_BARRIER"), ("causeCodes", "SYSTEM"), ("lead", "MARKET"), ("assisting", "HEALTH"));
        return number;
    }

    private static Task ReturnsAsync(Hall hall, string name, string number, string unit) =>
        hall.DoesAsync(name, number, "部门协同", Back, ("opinion", "不归我们。"), ("proposedUnit", unit), ("returnBasis", "三定方案第三条"));
}
