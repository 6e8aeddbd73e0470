using BanBuCheng.Desk.CaseFile;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Coordination;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Inbox;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Stories.Given;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace BanBuCheng.Stories.Requirements;

/// <summary>灯和督办：当天要跟群众说上话，用掉一半没人动手亮蓝灯，第二次红灯马上提级。</summary>
public sealed class SupervisionRequirements
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory(DisplayName = "蓝灯：时限用掉一半还没有人动手就亮，案卷、台账、收件箱一样；接了没办、退了单不算动手；有部门答复、有方案就不亮")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task Half_the_period_and_nothing_tried_is_blue(Database database)
    {
        // 3月2日受理，16日到期，9日是第五个工作日
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var quiet = await hall.AcceptsAsync();
        var returned = await hall.AcceptsAsync();
        var tried = await hall.AcceptsAsync();
        await hall.DoAsync("温敬之", new ClaimTask((await hall.TaskAsync("温敬之", quiet.Number, "研判")).TaskId));
        await hall.JudgesAsync(returned.Number);
        await hall.DoesAsync("石立群", returned.Number, "部门协同", DepartmentTasksActivity.HandsBack, ("opinion", "不归我们。"), ("proposedUnit", "CIVIL"), ("returnBasis", "三定方案第三条"));
        await hall.JudgesAsync(tried.Number);
        await hall.MarketAgreesAsync(tried.Number);

        await hall.ItIsAsync("2026-03-06 17:00");
        Assert.Equal([Light.Green, Light.Green, Light.Green], await LightsAsync(hall, quiet, returned, tried));
        await hall.ItIsAsync("2026-03-09 09:00");
        Assert.Equal([Light.Blue, Light.Blue, Light.Green], await LightsAsync(hall, quiet, returned, tried));

        var head = await hall.PersonAsync("温敬之");
        var ledger = (await hall.ReadAsync(db => CaseList.OpenAsync(db, head, null, Ct))).ToDictionary(r => r.Number, r => r.Acted);
        Assert.Equal((false, false, true), (ledger[quiet.Number], ledger[returned.Number], ledger[tried.Number]));
        var inbox = (await hall.InboxOfAsync("温敬之")).Where(r => !r.Title.StartsWith('催')).DistinctBy(r => r.CaseNumber).ToDictionary(r => r.CaseNumber, r => r.Acted);
        Assert.Equal((false, true), (inbox[quiet.Number], inbox[tried.Number]));

        // 手里有这一件的、站长，一上班就收到提醒；动过手的不提醒
        Assert.Contains("温敬之", await ToldAsync(hall, quiet.Id, "蓝灯"));
        Assert.NotEmpty(await ToldAsync(hall, returned.Id, "蓝灯"));
        Assert.Empty(await ToldAsync(hall, tried.Id, "蓝灯"));

        // 一动手，灯就变绿
        await hall.JudgesAsync(quiet.Number);
        await hall.MarketAgreesAsync(quiet.Number);
        Assert.Equal([Light.Green], await LightsAsync(hall, quiet));
        Assert.Equal(0, (await hall.FlowsLeftAsync()).Incidents);
    }

    [Theory(DisplayName = "首次反馈：受理当天下班还没跟群众说上话，催手里有这一件的和首问；再过一天还没有，告诉站长；说过了、短信送到了，就不催")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task The_first_word_is_said_on_the_day_of_acceptance(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 15:00");
        var silent = await hall.AcceptsAsync();
        var spoken = await hall.AcceptsAsync();
        var reached = await hall.AcceptsAsync();
        await hall.DoAsync("段小禾", new RecordContact(spoken.Id, "打电话说了：今天就去问市场监管局。"));
        await hall.ReportsAsync(await hall.MessageAsync(reached.Id, "ACCEPTED"), delivered: true);

        await hall.ItIsAsync("2026-03-02 16:59");
        Assert.Empty(await ToldAsync(hall, silent.Id, "受理当天"));
        await hall.ItIsAsync("2026-03-02 17:00");
        Assert.Equal(["严守正", "温敬之", "贺文静"], await ToldAsync(hall, silent.Id, "受理当天"));
        await hall.ItIsAsync("2026-03-03 17:00");
        Assert.Equal(["严守正", "温敬之"], await ToldAsync(hall, silent.Id, "受理第二个工作日"));
        foreach (var other in new[] { spoken, reached }) Assert.Empty(await ToldAsync(hall, other.Id, "受理"));
        Assert.Null((await hall.CaseAsync(silent.Number)).FirstFeedbackAt);
        Assert.Equal(0, (await hall.FlowsLeftAsync()).Incidents);
    }

    [Theory(DisplayName = "首次反馈的“当天”照工作日算：星期六受理、下班以后受理的，算下一个工作日；调休的星期天照算")]
    [InlineData("2026-03-07 10:00", "2026-03-09 17:00")]
    [InlineData("2026-03-02 18:00", "2026-03-03 17:00")]
    [InlineData("2026-09-20 10:00", "2026-09-20 17:00")]
    public async Task The_day_of_acceptance_is_a_working_day(string accepted, string urged)
    {
        await using var hall = await Hall.OpenAsync(Database.Sqlite, accepted);
        var id = (await hall.AcceptsAsync()).Id;
        await hall.ItIsAsync(Hall.Local(urged).AddMinutes(-1).ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture));
        Assert.Empty(await ToldAsync(hall, id, "受理当天"));
        await hall.ItIsAsync(urged);
        Assert.NotEmpty(await ToldAsync(hall, id, "受理当天"));
    }

    [Theory(DisplayName = "同一件第二次红灯：超期才答复、回访又没解决，下一个工作日一上班就提级，不等超期三天；领导、督查、秘书都收到")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task Red_twice_is_lifted_at_once(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var late = await hall.AcceptsAsync(); // 3月16日到期，19日是超期第三天
        await hall.ComesToDraftingAsync(late.Number);
        await hall.ItIsAsync("2026-03-17 09:00");
        Assert.Contains("蔡成明", await ToldAsync(hall, late.Id, "红灯"));
        await hall.DoesAsync("莫清", late.Number, "督办", "督办单发了", ("note", "经办人说忘了，限今天答复。"));
        await hall.DraftsAsync(late.Number);
        await hall.ReportsAsync(await hall.MessageAsync(late.Id, "RESOLVED"), delivered: true);
        Assert.Equal(Light.Done, (await hall.CaseAsync(late.Number)).Light);
        await hall.DoesAsync("安素心", late.Number, "回访", "没解决");

        await hall.ItIsAsync("2026-03-18 08:59");
        Assert.False(await hall.HasTaskAsync("蔡成明", late.Number, "提级"));
        await hall.ItIsAsync("2026-03-18 09:00");
        Assert.True(await hall.HasTaskAsync("蔡成明", late.Number, "提级"));
        Assert.Equal(["简一宁", "莫清"], (await ToldAsync(hall, late.Id, "提级")).Intersect(["简一宁", "莫清"]));
        Assert.Equal(0, (await hall.FlowsLeftAsync()).Incidents);
    }

    private static async Task<List<Light>> LightsAsync(Hall hall, params Desk.Intake.AcceptedCase[] cases)
    {
        var lights = new List<Light>();
        foreach (var one in cases) lights.Add((await hall.CaseAsync(one.Number)).Light);
        return lights;
    }

    /// <summary>Who was told something of a case that begins so, once each.</summary>
    private static async Task<List<string>> ToldAsync(Hall hall, CaseId id, string beginning) => [.. (await hall.ReadAsync(db =>
        (from notice in db.StaffNotices
         join person in db.Staff on notice.To equals person.Id
         where notice.CaseId == id && notice.Kind == StaffNotice.Alarm && notice.Text.StartsWith(beginning)
         select person.Name).Distinct().ToListAsync(Ct))).Order(StringComparer.Ordinal)];
}
