using BanBuCheng.Desk.CaseFile;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Intake;
using BanBuCheng.Desk.Notices;
using BanBuCheng.Stories.Given;
using Xunit;

namespace BanBuCheng.Stories.Clinic;

/// <summary>
/// 诊所名字的故事：星期六来到窗口，两个部门想办法，第一个方案被推翻，第二个方案办成，第七个工作日打电话告诉他。
/// The whole of it, from the counter to the closed file, through the real composition on a moved clock.
/// </summary>
public sealed class ClinicName
{
    [Theory(DisplayName = "诊所名字核不过：星期六受理，7月8日到期，第7个工作日打电话告诉他办成了")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task From_the_counter_to_the_answer(Database database)
    {
        // Given 2022年6月25日，星期六，大厅开着门
        await using var hall = await Hall.OpenAsync(database, "2022-06-25 09:00");

        // When 业务窗口办不了，贺文静陪他走到“办不成事”窗口，当场登记
        var accepted = await hall.DoAsync("贺文静", new AcceptCase(Guid.Parse("01980000-0000-7000-8000-000000000001"), new IntakeForm
        {
            Subject = "诊所名字核不过，开不了业",
            Story = "我叫金𠮷华，个人诊所的名字里要有我的姓名，可核名系统说这两个字禁用，一级。换名字又说不合医疗机构的规定。",
            OriginalItem = "个体工商户设立登记",
            OriginalWindow = "市场监管3号窗口",
            ApplicantName = "金𠮷华",
            Phone = "10012345678",
            ApplicantKind = ApplicantKind.SoleTrader,
            NeededBy = new DateOnly(2022, 7, 7),
            NeededByReason = "那天开业",
            Difficulty = Difficulty.Complex,
        }));

        // Then 10个工作日，到7月8日；他要的7月7日比期限早，系统提醒
        Assert.Equal(new DateOnly(2022, 7, 8), accepted.DueOn);
        Assert.True(accepted.NeededByWarning);
        Assert.Matches("^B2206250001[A-Z34]$", accepted.Number);
        var number = accepted.Number;
        var file = await hall.CaseAsync(number);
        Assert.True(file.NeededBeforeLimit);
        Assert.Equal("贺文静", file.Case.FirstContactName);
        Assert.Equal("金**", file.Case.MaskedName);
        Assert.Equal(CaseStage.Triage, file.Case.Stage);
        Assert.Equal("服务站站长", file.Ball.Name);
        var message = Assert.Single(await hall.MessagesAsync(number));
        Assert.Matches($"^【青屏区政务服务】您的事项已受理，编号{number}，查询码\\d{{6}}勿告他人，7月8日前答复。咨询8800-1345。$", message);
        var code = message.Split("查询码")[1][..6];

        // And 群众凭编号和查询码查得到；别的查询码查不到
        Assert.NotNull(await hall.LooksUpAsync(number, code));
        Assert.Null(await hall.LooksUpAsync(number, code == "000000" ? "000001" : "000000"));

        // When 站长当天研判：合法，堵在系统和政策打架，市场监管局牵头，卫健局协办
        await hall.ItIsAsync("2022-06-25 10:30");
        await hall.FinishesAsync("温敬之", number, "部门协同",
            ("lawful", "YES"), ("difficulty", "Complex"), ("policyAttribute", "NO_BARRIER"), ("causeCodes", "SYSTEM"), ("causeCodes", "POLICY_CONFLICT"), ("lead", "MARKET"), ("assisting", "HEALTH"));

        // Then 两个部门同时收到任务，期限都在办件的期限里面
        var atMarket = Assert.Single(await hall.InboxOfAsync("石立群"));
        var atHealth = Assert.Single(await hall.InboxOfAsync("邱明远"));
        Assert.All([atMarket, atHealth], task => Assert.True(task.TaskDueOn < new DateOnly(2022, 7, 8)));
        Assert.Equal("区市场监管局", (await hall.CaseAsync(number)).Ball.Name);
        Assert.Empty(await hall.InboxOfAsync("唐河清"));

        // When 6月26日星期天也在办：改叫“郝医生内科诊所”，核名通过；6月28日上级说读音像“好医生”，会被罚
        await hall.ItIsAsync("2022-06-26 11:00");
        await hall.FinishesAsync("石立群", number, "同意", ("opinion", "换一个字号，核名能过。"), ("solution", "改叫“郝医生内科诊所”，已经在系统里核过名。"));
        Assert.Equal(0, (await hall.CaseAsync(number)).UsedWorkingDays);
        await hall.ItIsAsync("2022-06-28 15:00");
        await hall.FinishesAsync("邱明远", number, "有异议", ("opinion", "请示了市卫健委。"), ("objection", "读音和“好医生”一样，以后可能按夸大疗效处罚。"), ("objectionBasis", "医疗机构命名规则"));

        // Then 方案1记着被推翻；站长不让群众担这个险，再来一轮
        var challenged = Assert.Single((await hall.CaseAsync(number)).Attempts);
        Assert.Equal(AttemptState.Challenged, challenged.State);
        Assert.Equal("邱明远", challenged.Objector);
        await hall.ItIsAsync("2022-06-29 09:30");
        await hall.FinishesAsync("温敬之", number, "方案被推翻，再想办法", ("risk", "有，没解决"));

        // When 第二轮：市场监管局出证明，卫健局备案
        await hall.ItIsAsync("2022-07-01 16:00");
        await hall.FinishesAsync("石立群", number, "同意", ("opinion", "出说明，说清是系统的原因。"), ("solution", "市场监管局出具说明，报卫健局备案。"),
            ("documentTitle", "字号使用情况说明"), ("documentNumber", "青市监函〔2022〕31号"), ("filedWith", "HEALTH"));
        await hall.ItIsAsync("2022-07-01 16:30");
        await hall.FinishesAsync("邱明远", number, "同意", ("opinion", "已备案，以后不因字号处罚。"), ("documentTitle", "字号备案回执"), ("receiptNumber", "青卫备〔2022〕7号"));
        await hall.ItIsAsync("2022-07-04 15:00");
        await hall.FinishesAsync("温敬之", number, "方案可行", ("risk", "有，已经解决"));
        var solved = await hall.CaseAsync(number);
        Assert.Equal([AttemptState.Challenged, AttemptState.Adopted], solved.Attempts.Select(a => a.State));
        Assert.Equal(2, solved.Documents.Count);

        // And 拟好答复；短信发出去不等于告诉到了，时限还在走
        await hall.ItIsAsync("2022-07-05 09:10");
        await hall.FinishesAsync("段小禾", number, "办成了", ("text", "诊所名字的事办成了，明天可以到大厅3号窗口领取诊所备案凭证。"), ("risk", "有，已经解决"), ("riskHandling", "市场监管局出了说明，卫健局备了案，以后不会因为读音被处罚。"));
        var waiting = await hall.CaseAsync(number);
        Assert.Equal(ClockState.Running, waiting.Case.Clock);
        Assert.True(waiting.Case.ReplyOwed);
        Assert.NotNull(waiting.OpenNotice);

        // And 还有3个工作日，绿灯；没人管的话，7月7日黄灯，7月11日一开门红灯
        Assert.Equal(Light.Green, waiting.Light);
        Assert.Equal([Light.Green, Light.Yellow, Light.Yellow, Light.Red], new[] { "2022-07-06 16:00", "2022-07-07 09:00", "2022-07-08 16:59", "2022-07-11 09:00" }
            .Select(at => CaseDue.LightOf(waiting.Case.AcceptedOn, waiting.Case.DueOn, ClockState.Running, CaseState.Open, Hall.Local(at), WorkingCalendar.BuiltIn, DeadlinePolicy.Default, acted: true)));

        // When 首问的贺文静打电话告诉他
        await hall.ItIsAsync("2022-07-05 10:00");
        await hall.DoAsync("贺文静", new RecordTelling(accepted.Id, DeliveryWay.Phone, "本人接的，他说明天一早来领，7号照常开业。"));

        // Then 答复送达，用了7个工作日，还剩3个，停表
        var told = await hall.CaseAsync(number);
        Assert.Equal(CaseOutcome.Resolved, told.Case.Outcome);
        Assert.Equal(ClockState.Stopped, told.Case.Clock);
        Assert.Equal(7, told.UsedWorkingDays);
        Assert.Equal(new DateOnly(2022, 7, 8), told.Case.DueOn);
        Assert.False(told.Case.ReplyOwed);
        Assert.Equal(CaseState.Open, told.Case.State);
        Assert.Contains($"【青屏区政务服务】编号{number}已办成，可凭身份证到大厅3号窗口领取，也可拨8800-1345办理邮寄。", await hall.MessagesAsync(number));

        // And 群众自己看得到答复
        var seen = await hall.LooksUpAsync(number, code);
        Assert.Contains("明天可以到大厅3号窗口领取", seen!.Notices.Single(n => n.DeliveredAt is not null).Text, StringComparison.Ordinal);

        // When 换一个人回访：解决了，还送了锦旗
        await hall.ItIsAsync("2022-07-14 10:00");
        await hall.FinishesAsync("安素心", number, "解决了", ("satisfaction", "非常满意"), ("praise", "锦旗：小小窗口，殷殷为民"));

        // Then 办结；旁边等着的督办流程也收了，没有谁还在等
        var closed = await hall.CaseAsync(number);
        Assert.Equal(CaseState.Closed, closed.Case.State);
        Assert.Empty(closed.OpenTasks);
        Assert.Equal("已办结", closed.Ball.Name);
        Assert.Equal((0, 0), await hall.FlowsLeftAsync());
    }
}
