using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Inbox;
using BanBuCheng.Desk.Intake;
using BanBuCheng.Desk.Notices;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Stories.Given;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace BanBuCheng.Stories.Requirements;

/// <summary>从文章里来的要求，受理这一段：R-01 到 R-04，R-24。每条要求一个测试，名字就是它的号。</summary>
public sealed class IntakeRequirements
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory(DisplayName = "R-01 首问负责：转了三手，首问责任人不变，每一步变化都有提醒，到答复送达为止")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task R_01_first_contact_stays_and_hears_of_every_change(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var accepted = await hall.AcceptsAsync();
        await hall.ComesToDraftingAsync(accepted.Number);
        await hall.DraftsAsync(accepted.Number);
        await hall.DoAsync("段小禾", new RecordTelling(accepted.Id, DeliveryWay.Phone, "本人接的，明天来领。"));
        await hall.DoesAsync("安素心", accepted.Number, "回访", "解决了");

        var file = await hall.CaseAsync(accepted.Number);
        Assert.Equal(("贺文静", "8800-1311"), (file.Case.FirstContactName, file.Case.FirstContactPhone));
        var told = await hall.ReadAsync(db => db.StaffNotices.Where(n => n.To == file.Case.FirstContact).Select(n => n.Text).ToListAsync(Ct));
        Assert.Equal(new[] { "进入“部门协同”", "进入“答复解释”", "答复发出去了，等群众知道", "已经告诉群众了" }.Order(), told.Order());

        // 知道了，就不再挂着；别人的提醒不动
        var first = await hall.PersonAsync("贺文静");
        Assert.Equal(4, (await hall.ReadAsync(db => UnseenNotices.OfAsync(db, first.StaffId!.Value, Ct))).Count);
        Assert.Equal(4, await hall.DoAsync("贺文静", new SeeNotices(hall.Clock.GetUtcNow())));
        Assert.Empty(await hall.ReadAsync(db => UnseenNotices.OfAsync(db, first.StaffId!.Value, Ct)));
    }

    [Theory(DisplayName = "R-02 每个窗口都是主体责任：业务窗口、“办不成事”窗口、服务站都能登记，没有谁说“没权限”")]
    [InlineData("贺文静")]
    [InlineData("段小禾")]
    [InlineData("温敬之")]
    [InlineData("江伯远")]
    public async Task R_02_any_window_opens_a_case(string clerk)
    {
        await using var hall = await Hall.OpenAsync(Database.Sqlite, "2026-03-02 09:00");
        // 姓名、电话、一句话，三格就够；原话以后再补
        var accepted = await hall.AcceptsAsync(new IntakeForm { ApplicantName = "骆问渠", Phone = "10066778899", Subject = "证明开不出来" }, clerk);
        var file = await hall.CaseAsync(accepted.Number);
        Assert.Equal((clerk, "证明开不出来"), (file.Case.FirstContactName, file.Case.Told()));
        foreach (var missing in new[] { nameof(IntakeForm.ApplicantName), nameof(IntakeForm.Phone), nameof(IntakeForm.Subject) })
            Assert.Equal([missing], (await Assert.ThrowsAsync<FormRejectedException>(() => hall.AcceptsAsync(Without(missing), clerk))).Faults.Keys);

        static IntakeForm Without(string field) => new()
        {
            ApplicantName = field == nameof(IntakeForm.ApplicantName) ? null : "骆问渠",
            Phone = field == nameof(IntakeForm.Phone) ? null : "10066778899",
            Subject = field == nameof(IntakeForm.Subject) ? null : "证明开不出来",
        };
    }

    [Theory(DisplayName = "R-03 陪同移交：十分钟没人点“接到了”，移交的人、窗口和值班长都收到提醒，任务还在，直到有人接")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task R_03_a_hand_over_is_confirmed_or_cried_out(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var accepted = await hall.AcceptsAsync(HallWork.Form with { HandOver = true });
        await hall.ItIsAsync("2026-03-02 09:09");
        Assert.Empty(await AlarmedAsync(hall, accepted.Id));

        await hall.ItIsAsync("2026-03-02 09:10");
        Assert.Equal(["段小禾", "江伯远", "贺文静"], await AlarmedAsync(hall, accepted.Id));
        var task = await hall.TaskAsync("段小禾", accepted.Number, "接到");
        // 受理单上已经写好了：接的人看得到群众的话，不用再问一遍
        var seen = await hall.ReadAsync(async db => await TaskView.FindAsync(db, task.TaskId, await hall.PersonAsync("段小禾"), Ct));
        Assert.Equal(HallWork.Form.Story, seen!.Case.Story);
        await hall.DoesAsync("段小禾", accepted.Number, "接到", "接到了");
        Assert.Equal(0, (await hall.FlowsLeftAsync()).Incidents);
        Assert.True(await hall.HasTaskAsync("温敬之", accepted.Number, "研判"));
    }

    [Fact(DisplayName = "R-03 十分钟以内接到了，谁也不惊动；没说陪同的，没有这一步")]
    public async Task R_03_confirmed_in_time_alarms_nobody()
    {
        await using var hall = await Hall.OpenAsync(Database.Sqlite, "2026-03-02 09:00");
        var walked = await hall.AcceptsAsync(HallWork.Form with { HandOver = true });
        var alone = await hall.AcceptsAsync();
        await hall.ItIsAsync("2026-03-02 09:04");
        await hall.DoesAsync("段小禾", walked.Number, "接到", "接到了");
        Assert.False(await hall.HasTaskAsync("段小禾", alone.Number, "接到"));
        await hall.ItIsAsync("2026-03-02 10:59"); // at eleven the station's own task has lain two hours
        Assert.Empty(await AlarmedAsync(hall, walked.Id));
    }

    [Theory(DisplayName = "R-04 受理单、短信、查询页上是同一个编号")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task R_04_one_number_everywhere(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var accepted = await hall.AcceptsAsync();
        var message = Assert.Single(await hall.MessagesAsync(accepted.Number));
        Assert.Contains($"编号{accepted.Number}，", message, StringComparison.Ordinal);
        Assert.Equal(accepted.Number, (await hall.LooksUpAsync(accepted.Number, message.Split("查询码")[1][..6]))!.Case.Number);
    }

    [Theory(DisplayName = "R-24 件件有回音：没答复的办件，连数据库都不让它办结")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task R_24_the_database_refuses_a_closed_case_without_reply(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var accepted = await hall.AcceptsAsync();
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => hall.ReadAsync(db =>
            db.Cases.Where(c => c.Id == accepted.Id).ExecuteUpdateAsync(c => c.SetProperty(x => x.State, CaseState.Closed), Ct)));
        Assert.Equal(CaseState.Open, (await hall.CaseAsync(accepted.Number)).Case.State);
    }

    [Theory(DisplayName = "编号不跳号、不重号：二十四个人同时登记，有的被退回，号还是一个接一个")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task Numbers_have_no_gaps_and_no_doubles(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var people = await Task.WhenAll(new[] { "贺文静", "段小禾", "温敬之", "江伯远" }.Select(hall.PersonAsync));
        var numbers = await Task.WhenAll(Enumerable.Range(0, 24).Select(i => Task.Run(async () =>
        {
            var key = Guid.CreateVersion7(hall.Clock.GetUtcNow());
            try
            {
                return i % 3 == 2
                    ? (await hall.Door.SendAsync(new AnswerOnSite(key, $"问{i}", "答了。", 5), people[i % 4], Ct)).Number
                    : (await hall.Door.SendAsync(new AcceptCase(key, HallWork.Form with { AcceptedOn = i % 5 == 0 ? new DateOnly(2026, 1, 5) : null, BackdateReason = "断网" }), people[i % 4], Ct)).Number;
            }
            catch (Exception refused) when (refused is FormRejectedException or RefusedException)
            {
                return null;
            }
        }, Ct)));
        var serials = numbers.OfType<string>().Select(n => int.Parse(n[7..11], System.Globalization.CultureInfo.InvariantCulture)).Order().ToList();
        Assert.InRange(serials.Count, 16, 23);
        Assert.Equal(Enumerable.Range(1, serials.Count), serials);
    }

    [Theory(DisplayName = "像是同一件：同一个电话、同一事项又相像的提醒，不说是谁；过了期的、不相干的不提")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task What_looks_like_the_same_matter_is_shown(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var first = await hall.AcceptsAsync();
        var cipher = (FieldCipher)hall.Services.GetService(typeof(FieldCipher))!;
        Task<IReadOnlyList<AlikeCase>> Alike(string? phone, string? item, string? subject, DateOnly today) => hall.ReadAsync(db => AlikeCases.FindAsync(db, cipher, phone, item, subject, today, 30, Ct));

        var today = new DateOnly(2026, 3, 10);
        Assert.True(Assert.Single(await Alike("100-6677-8899", null, null, today)).SamePhone);
        Assert.Equal(first.Number, Assert.Single(await Alike("10011112222", "户口迁移", "亲属关系证明开不出来", today)).Number);
        Assert.Empty(await Alike("10011112222", "户口迁移", "社保断缴", today));
        Assert.Empty(await Alike("10011112222", "社保转移", "亲属关系证明办不了", today));
        Assert.Empty(await Alike("10066778899", null, null, new DateOnly(2026, 4, 20)));
    }

    private static async Task<List<string>> AlarmedAsync(Hall hall, CaseId id)
    {
        var names = await hall.ReadAsync(db => (from notice in db.StaffNotices where notice.CaseId == id && notice.Kind == StaffNotice.Alarm join person in db.Staff on notice.To equals person.Id select person.Name).ToListAsync(Ct));
        return [.. names.Order(StringComparer.Ordinal)];
    }
}
