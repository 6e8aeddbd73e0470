using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Inbox;
using BanBuCheng.Desk.Intake;
using BanBuCheng.Desk.Notices;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Stories.Given;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace BanBuCheng.Stories.Requirements;

/// <summary>从文章里来的要求，受理这一段：R-01 到 R-09，R-24、R-27、R-28。每条要求一个测试，名字就是它的号。</summary>
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

    [Fact(DisplayName = "R-05 期望办结日另外记：比期限早就提醒，期限不动")]
    public async Task R_05_needed_by_is_apart_from_the_limit()
    {
        await using var hall = await Hall.OpenAsync(Database.Sqlite, "2022-06-25 09:00");
        var early = await hall.AcceptsAsync(HallWork.Form with { NeededBy = new DateOnly(2022, 7, 7), NeededByReason = "那天开业" });
        var late = await hall.AcceptsAsync(HallWork.Form with { NeededBy = new DateOnly(2022, 7, 20) });
        Assert.Equal((new DateOnly(2022, 7, 8), true), (early.DueOn, early.NeededByWarning));
        Assert.Equal((new DateOnly(2022, 7, 8), false), (late.DueOn, late.NeededByWarning));
        Assert.True((await hall.CaseAsync(early.Number)).NeededBeforeLimit);
    }

    [Theory(DisplayName = "R-06 简单3天、复杂10天、特殊先按10天")]
    [InlineData(Difficulty.Simple, "2026-03-05")]
    [InlineData(Difficulty.Complex, "2026-03-16")]
    [InlineData(Difficulty.Special, "2026-03-16")]
    public async Task R_06_three_difficulties(Difficulty difficulty, string due)
    {
        await using var hall = await Hall.OpenAsync(Database.Sqlite, "2026-03-02 09:00");
        Assert.Equal(DateOnly.Parse(due, System.Globalization.CultureInfo.InvariantCulture), (await hall.AcceptsAsync(HallWork.Form with { Difficulty = difficulty })).DueOn);
    }

    [Theory(DisplayName = "R-07 简单的转成复杂：从受理那天算10天，不重新起算")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task R_07_another_difficulty_no_new_clock(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var accepted = await hall.AcceptsSimpleAsync();
        await hall.ItIsAsync("2026-03-04 10:00");
        Assert.Equal(["why"], (await Assert.ThrowsAsync<FormRejectedException>(() => hall.DoesAsync("段小禾", accepted.Number, "窗口办理", "转服务站研判"))).Faults.Keys);
        await hall.DoesAsync("段小禾", accepted.Number, "窗口办理", "转服务站研判", ("why", "两家的登记对不上，窗口查不到。"));
        Assert.Equal((new DateOnly(2026, 3, 16), Difficulty.Complex), ((await hall.CaseAsync(accepted.Number)).Case.DueOn!.Value, (await hall.CaseAsync(accepted.Number)).Case.Difficulty));
        Assert.Equal(2, (await hall.CaseAsync(accepted.Number)).UsedWorkingDays);

        // 从什么改成什么、为什么、谁提的，单独记着；窗口提的要站长批，研判了才算批
        var change = Assert.Single((await hall.CaseAsync(accepted.Number)).Reclasses);
        Assert.Equal((Difficulty.Simple, Difficulty.Complex, "两家的登记对不上，窗口查不到。", "段小禾", (string?)null), (change.From, change.To, change.Reason, change.AskedBy, change.ApprovedBy));
        Assert.Equal((new DateOnly(2026, 3, 5), new DateOnly(2026, 3, 16)), (change.OldDue!.Value, change.NewDue));
        Assert.Contains($"【青屏区政务服务】编号{accepted.Number}改按复杂事项办理，3月16日前答复，从受理那天算起，原因见查询页。咨询8800-1345。", await hall.MessagesAsync(accepted.Number));
        await hall.JudgesAsync(accepted.Number);
        Assert.Equal("温敬之", Assert.Single((await hall.CaseAsync(accepted.Number)).Reclasses).ApprovedBy);
        Assert.Contains((await hall.CaseAsync(accepted.Number)).Timeline, line => line.ForCitizen && line.Facts == "两家的登记对不上，窗口查不到。温敬之批准");
    }

    [Theory(DisplayName = "R-07 站长定为特殊：要写为什么，自己就是批准人；期限不变，群众照样收到短信；再说一遍特殊，不算又改一次")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task R_07_special_has_a_reason_and_an_approver(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var accepted = await hall.AcceptsAsync();
        Assert.Equal(["reclassReason"], (await Assert.ThrowsAsync<FormRejectedException>(() => hall.JudgesAsync(accepted.Number, "Special"))).Faults.Keys);
        await hall.DoesAsync("温敬之", accepted.Number, "研判", "部门协同", ("lawful", "YES"), ("difficulty", "Special"), ("reclassReason", "四家互为前置，要一起定先后。"),
            ("policyAttribute", "NO_BARRIER"), ("causeCodes", "PROCESS"), ("lead", "MARKET"));
        var file = await hall.CaseAsync(accepted.Number);
        var change = Assert.Single(file.Reclasses);
        Assert.Equal((Difficulty.Complex, Difficulty.Special, "温敬之", "温敬之"), (change.From, change.To, change.AskedBy, change.ApprovedBy!));
        Assert.Equal((new DateOnly(2026, 3, 16), 1), (file.Case.DueOn!.Value, (await hall.MessagesAsync(accepted.Number)).Count(text => text.Contains("改按特殊事项办理", StringComparison.Ordinal))));

        var special = await hall.AcceptsAsync(HallWork.Form with { Difficulty = Difficulty.Special });
        await hall.DoesAsync("温敬之", special.Number, "研判", "部门协同", ("lawful", "YES"), ("difficulty", "Special"), ("reclassReason", "窗口已经定为特殊。"),
            ("policyAttribute", "NO_BARRIER"), ("causeCodes", "PROCESS"), ("lead", "MARKET"));
        Assert.Empty((await hall.CaseAsync(special.Number)).Reclasses);
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

    [Theory(DisplayName = "补录：从真正受理的那天起算，写着“补录”和原因；太早的、没原因的、没权限的都不收")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task A_back_dated_entry_counts_from_the_real_day(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-05 09:00");
        var back = HallWork.Form with { AcceptedOn = new DateOnly(2026, 3, 2), BackdateReason = "下乡受理，那边没有网" };
        var accepted = await hall.AcceptsAsync(back, "段小禾");
        var seen = (await hall.CaseAsync(accepted.Number)).Case;
        Assert.Equal((new DateOnly(2026, 3, 16), true, new DateOnly(2026, 3, 2)), (seen.DueOn!.Value, seen.IsBackdated, seen.AcceptedOn));
        Assert.Equal(hall.Clock.GetUtcNow(), seen.EnteredAt);

        var early = await Assert.ThrowsAsync<FormRejectedException>(() => hall.AcceptsAsync(back with { AcceptedOn = new DateOnly(2026, 2, 27) }, "段小禾"));
        Assert.Contains("3个工作日", early.Faults[nameof(IntakeForm.AcceptedOn)], StringComparison.Ordinal);
        Assert.Equal([nameof(IntakeForm.BackdateReason)], (await Assert.ThrowsAsync<FormRejectedException>(() => hall.AcceptsAsync(back with { BackdateReason = " " }, "段小禾"))).Faults.Keys);
        Assert.Equal([nameof(IntakeForm.AcceptedOn)], (await Assert.ThrowsAsync<FormRejectedException>(() => hall.AcceptsAsync(back with { AcceptedOn = new DateOnly(2026, 3, 6) }, "段小禾"))).Faults.Keys);
        Assert.Equal("who.role-needed", (await HallWork.RefusedAsync(() => hall.AcceptsAsync(back))).Code);
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
