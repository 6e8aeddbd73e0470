using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Coordination;
using BanBuCheng.Desk.Inbox;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Stories.Given;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace BanBuCheng.Stories.Requirements;

/// <summary>从文章里来的要求，研判和部门协同这一段：R-10 到 R-18。每一条都拿缺的、矛盾的、晚的、同时来的试过。</summary>
public sealed class StationRequirements
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static readonly (string Field, string Value)[] Judged =
        [("lawful", "YES"), ("difficulty", "Complex"), ("policyAttribute", "NO_BARRIER"), ("causeCodes", "SYSTEM"), ("causeCodes", "POLICY_CONFLICT"), ("lead", "MARKET"), ("assisting", "HEALTH")];

    private static (string, string)[] With(params (string Field, string Value)[] other) => [.. Judged.Where(j => !other.Any(o => o.Field == j.Field)), .. other];

    private static async Task<IReadOnlyDictionary<string, string>> FaultsAsync(Func<Task> step) => (await Assert.ThrowsAsync<FormRejectedException>(step)).Faults;

    [Theory(DisplayName = "R-10 政策属性必填；有瓶颈要写条款；无政策障碍的，不写为什么就提请不了会商")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task R_10_the_policy_barrier_is_named(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var number = (await hall.AcceptsAsync()).Number;
        Assert.Contains("policyAttribute", await FaultsAsync(() => hall.DoesAsync("温敬之", number, "研判", "部门协同", [.. Judged.Where(j => j.Field != "policyAttribute")])));
        var unnamed = await FaultsAsync(() => hall.DoesAsync("温敬之", number, "研判", "部门协同", With(("lawful", "UNCLEAR"), ("policyAttribute", "POLICY_BOTTLENECK"))));
        Assert.Contains("哪一条", unnamed["legalBasis"], StringComparison.Ordinal);
        Assert.Equal(["policyAttribute"], (await FaultsAsync(() => hall.DoesAsync("温敬之", number, "研判", "部门协同", With(("lawful", "UNCLEAR"))))).Keys);

        await hall.DoesAsync("温敬之", number, "研判", "部门协同", With(("assisting", "")));
        await hall.MarketAgreesAsync(number);
        Assert.Equal(["whyCommittee"], (await FaultsAsync(() => hall.DoesAsync("温敬之", number, "站长看方案", "提请联合党委", ("tried", "问过两回。")))).Keys);
        Assert.Equal("NO_BARRIER", (await hall.CaseAsync(number)).Case.PolicyAttribute);
    }

    [Theory(DisplayName = "R-11 先看合不合法：法规不允许的，只能去解释，协调、补材料都走不了；结论和条款记在案卷里")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task R_11_not_lawful_goes_only_to_the_explanation(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var number = (await hall.AcceptsAsync()).Number;
        var not = With(("lawful", "NO"), ("policyAttribute", "LEGAL_PROHIBITION"), ("legalBasis", "《户口登记条例》第十三条"), ("supplementItems", "证明"), ("supplementBy", "2026-03-10"));
        foreach (var outcome in new[] { "部门协同", "先补材料" })
        {
            var faults = await FaultsAsync(() => hall.DoesAsync("温敬之", number, "研判", outcome, not));
            Assert.Contains("不能协调着绕开", faults["outcome"], StringComparison.Ordinal);
        }

        Assert.Contains("lawful", await FaultsAsync(() => hall.DoesAsync("温敬之", number, "研判", "部门协同", [.. Judged.Where(j => j.Field != "lawful")])));
        Assert.Equal(["policyAttribute"], (await FaultsAsync(() => hall.DoesAsync("温敬之", number, "研判", "依法不能办", With(("lawful", "NO"), ("legalBasis", "第十三条"))))).Keys);
        Assert.True(await hall.HasTaskAsync("温敬之", number, "研判"));

        await hall.DoesAsync("温敬之", number, "研判", "依法不能办", not);
        var seen = (await hall.CaseAsync(number)).Case;
        Assert.Equal(("NO", "《户口登记条例》第十三条", CaseStage.Reply), (seen.LegalFinding, seen.LegalClauses, seen.Stage));
    }

    [Fact(DisplayName = "R-12 至少一个堵点原因，不在单子上的不算")]
    public async Task R_12_at_least_one_cause()
    {
        await using var hall = await Hall.OpenAsync(Database.Sqlite, "2026-03-02 09:00");
        var number = (await hall.AcceptsAsync()).Number;
        Assert.Equal(["causeCodes"], (await FaultsAsync(() => hall.DoesAsync("温敬之", number, "研判", "部门协同", [.. Judged.Where(j => j.Field != "causeCodes")]))).Keys);
        Assert.Equal(["causeCodes"], (await FaultsAsync(() => hall.DoesAsync("温敬之", number, "研判", "部门协同", With(("causeCodes", "WEATHER"))))).Keys);
        await hall.DoesAsync("温敬之", number, "研判", "部门协同", Judged);
        Assert.Equal(["SYSTEM", "POLICY_CONFLICT"], (await hall.CaseAsync(number)).Case.CauseCodes);
    }

    [Theory(DisplayName = "R-13 牵头只有一个，协办各有各的任务，期限都在办件的期限里面")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task R_13_one_lead_and_a_task_for_each(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var number = (await hall.AcceptsAsync()).Number;
        await hall.DoesAsync("温敬之", number, "研判", "部门协同", With(("assisting", "HEALTH"), ("assisting", "MARKET"), ("assisting", "WATER")));
        var file = await hall.CaseAsync(number);
        Assert.Equal(("MARKET", "HEALTH,WATER"), (file.Case.LeadUnit!, string.Join(',', file.Case.AssistingUnits)));
        Assert.Equal(["HEALTH", "MARKET", "WATER"], file.OpenTasks.Select(t => t.AssignedUnit).Order());
        Assert.All(file.OpenTasks, t => Assert.True(t.DueOn < file.Case.DueOn));
    }

    [Theory(DisplayName = "R-13 退单：说清该归谁，直接转过去，期限不变；转过去的再退，站长裁定；每家只能退一次")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task R_13_a_return_once_then_somebody_decides(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var number = (await hall.AcceptsAsync()).Number;
        await hall.DoesAsync("温敬之", number, "研判", "部门协同", Judged);
        var due = (await hall.TaskAsync("石立群", number, "部门协同")).TaskDueOn;

        const string Back = DepartmentTasksActivity.HandsBack;
        Assert.Equal(["proposedUnit", "returnBasis"], (await FaultsAsync(() => hall.DoesAsync("石立群", number, "部门协同", Back, ("opinion", "不归我们。")))).Keys.Order(StringComparer.Ordinal));
        Assert.Equal("return.to-oneself", (await HallWork.RefusedAsync(() => ReturnsAsync("石立群", "MARKET"))).Code);
        await ReturnsAsync("石立群", "CIVIL");

        // 民政局接手，牵头也跟着改；原来的期限一天不多
        Assert.Equal(due, (await hall.TaskAsync("顾敏", number, "部门协同")).TaskDueOn);
        Assert.Equal("CIVIL", (await hall.CaseAsync(number)).Case.LeadUnit);
        Assert.DoesNotContain(Back, (await hall.CaseAsync(number)).OpenTasks.Single(t => t.AssignedUnit == "CIVIL").Outcomes);

        // 协办的也退，而且退给退过的：站长定
        await ReturnsAsync("邱明远", "MARKET");
        await hall.DoesAsync("温敬之", number, "裁定", "定了", ("unit", "POLICE"), ("why", "职责清单第七项。"));
        var file = await hall.CaseAsync(number);
        Assert.Equal(["CIVIL", "POLICE"], file.OpenTasks.Where(t => t.Purpose == TaskPurpose.Department).Select(t => t.AssignedUnit).Order());
        Assert.Equal((due, "POLICE"), (file.OpenTasks.Single(t => t.AssignedUnit == "POLICE").DueOn, Assert.Single(file.Case.AssistingUnits)));
        var returns = await hall.ReadAsync(db => db.CaseReturns.OrderBy(r => r.At).Select(r => new { r.FromUnit, r.DecidedUnit, r.DecidedBy }).ToListAsync(Ct));
        Assert.Equal([("MARKET", "CIVIL", null), ("HEALTH", "POLICE", "温敬之")], returns.Select(r => (r.FromUnit, r.DecidedUnit!, r.DecidedBy)));

        // 裁定的不能再退；都办完，站长看方案
        await hall.DoesAsync("顾敏", number, "部门协同", "同意", ("opinion", "我们办。"), ("solution", "出一份情况说明。"));
        await hall.DoesAsync("雷致远", number, "部门协同", "同意", ("opinion", "配合。"));
        Assert.True(await hall.HasTaskAsync("温敬之", number, "站长看方案"));
        Assert.Equal(0, (await hall.FlowsLeftAsync()).Incidents);

        Task ReturnsAsync(string name, string unit) => hall.DoesAsync(name, number, "部门协同", Back, ("opinion", "不归我们。"), ("proposedUnit", unit), ("returnBasis", "三定方案第三条"));
    }

    [Theory(DisplayName = "R-13 裁定过一回，下回同一事项就提示归哪家；别的事项不提示，只是提示，研判照自己的看法定")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task R_13_what_was_decided_is_suggested_the_next_time(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var number = (await hall.AcceptsAsync()).Number;
        await hall.DoesAsync("温敬之", number, "研判", "部门协同", Judged);
        foreach (var (name, unit) in new[] { ("石立群", "CIVIL"), ("邱明远", "MARKET") })
            await hall.DoesAsync(name, number, "部门协同", DepartmentTasksActivity.HandsBack, ("opinion", "不归我们。"), ("proposedUnit", unit), ("returnBasis", "三定方案第三条"));
        Assert.Null(await HintAsync((await hall.AcceptsAsync()).Number)); // 还没裁定
        await hall.DoesAsync("温敬之", number, "裁定", "定了", ("unit", "POLICE"), ("why", "职责清单第七项。"));

        var hint = (await HintAsync((await hall.AcceptsAsync()).Number))!;
        Assert.Equal(("POLICE", number, "温敬之", 0), (hint.UnitCode, hint.CaseNumber, hint.DecidedBy, hint.Otherwise));
        Assert.Null(await HintAsync(number)); // 不拿自己当先例
        Assert.Null(await HintAsync((await hall.AcceptsAsync(HallWork.Form with { OriginalItem = "食品经营许可" })).Number));
        Assert.Null(await HintAsync((await hall.AcceptsAsync(HallWork.Form with { OriginalItem = "" })).Number));

        Task<DispatchHint?> HintAsync(string of) => hall.ReadAsync(async db => await DispatchHint.FindAsync(db, await db.Cases.AsNoTracking().SingleAsync(c => c.Number == of, Ct), Ct));
    }

    [Fact(DisplayName = "R-13 收到一个工作日以后不能再退；到期谁也没办，收回交站长")]
    public async Task R_13_a_late_return_is_refused()
    {
        await using var hall = await Hall.OpenAsync(Database.Sqlite, "2026-03-02 09:00");
        var number = (await hall.AcceptsAsync()).Number;
        await hall.DoesAsync("温敬之", number, "研判", "部门协同", Judged);
        await hall.ItIsAsync("2026-03-04 10:00");
        Assert.Equal("return.too-late", (await HallWork.RefusedAsync(() => hall.DoesAsync("石立群", number, "部门协同", DepartmentTasksActivity.HandsBack,
            ("opinion", "不归我们。"), ("proposedUnit", "CIVIL"), ("returnBasis", "三定方案")))).Code);
        Assert.True(await hall.HasTaskAsync("石立群", number, "部门协同"));
        await hall.ItIsAsync("2026-03-04 17:00");
        Assert.True(await hall.HasTaskAsync("温敬之", number, "站长看方案"));
    }

    [Theory(DisplayName = "R-13 中途加请一家：别家照办，时限照走；手里已经有的、不在协同的，说清楚")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task R_13_a_unit_is_asked_in_the_middle(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var accepted = await hall.AcceptsAsync();
        var number = accepted.Number;
        Assert.Equal("unit.no-coordination", (await HallWork.RefusedAsync(() => hall.DoAsync("温敬之", new AskAnotherUnit(accepted.Id, "WATER", "看看水保")))).Code);
        await hall.DoesAsync("温敬之", number, "研判", "部门协同", Judged);
        await hall.DoAsync("温敬之", new AskAnotherUnit(accepted.Id, "WATER", "看看水保"));
        await hall.DoAsync("温敬之", new AskAnotherUnit(accepted.Id, "HRSS", "看看社保"));
        Assert.Equal("unit.asked-already", (await HallWork.RefusedAsync(() => hall.DoAsync("温敬之", new AskAnotherUnit(accepted.Id, "WATER", "再看看")))).Code);
        Assert.Equal("who.role-needed", (await HallWork.RefusedAsync(() => hall.DoAsync("石立群", new AskAnotherUnit(accepted.Id, "POLICE", "看看")))).Code);
        Assert.Equal(["request", "unit"], (await FaultsAsync(() => hall.DoAsync("温敬之", new AskAnotherUnit(accepted.Id, "STATION", " ")))).Keys.Order(StringComparer.Ordinal));

        await hall.MarketAgreesAsync(number);
        await hall.DoesAsync("邱明远", number, "部门协同", "同意", ("opinion", "行。"));
        await hall.DoesAsync("唐河清", number, "部门协同", "同意", ("opinion", "不用做水保。"));
        Assert.False(await hall.HasTaskAsync("温敬之", number, "站长看方案"));
        await hall.DoesAsync("陆建平", number, "部门协同", "同意", ("opinion", "行。"));
        Assert.True(await hall.HasTaskAsync("温敬之", number, "站长看方案"));
        Assert.Equal(["HEALTH", "WATER", "HRSS"], (await hall.CaseAsync(number)).Case.AssistingUnits);
        Assert.Equal("unit.no-coordination", (await HallWork.RefusedAsync(() => hall.DoAsync("温敬之", new AskAnotherUnit(accepted.Id, "POLICE", "看看")))).Code);
    }

    [Theory(DisplayName = "R-14 方案一个接一个：被推翻的留着，写着谁、依据什么；站长说可行的记成采用")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task R_14_attempts_are_never_lost(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var number = (await hall.AcceptsAsync()).Number;
        await OverturnedAsync(hall, number);
        Assert.Equal("solution.overturned", (await HallWork.RefusedAsync(() => hall.DoesAsync("温敬之", number, "站长看方案", "方案可行"))).Code);
        await hall.DoesAsync("温敬之", number, "站长看方案", "方案被推翻，再想办法");
        await hall.DoesAsync("石立群", number, "部门协同", "同意", ("opinion", "出证明。"), ("solution", "出具说明，报卫健局备案。"));
        await hall.DoesAsync("邱明远", number, "部门协同", "同意", ("opinion", "行。"));
        await hall.DoesAsync("温敬之", number, "站长看方案", "方案可行");
        var attempts = (await hall.CaseAsync(number)).Attempts;
        Assert.Equal([(1, AttemptState.Challenged), (2, AttemptState.Adopted)], attempts.Select(a => (a.Number, a.State)));
        Assert.Equal(("邱明远", "命名规则"), (attempts[0].Objector!, attempts[0].ObjectionBasis!));
    }

    [Theory(DisplayName = "R-15 风险不让群众担：方案被推翻了不能说办成；没解决的要站长另签，还要告诉群众")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task R_15_no_risk_is_left_with_the_citizen(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var number = (await hall.AcceptsAsync()).Number;
        await OverturnedAsync(hall, number);
        await hall.DoesAsync("温敬之", number, "站长看方案", "依法不能办", ("tried", "改了名。"));
        const string Text = "名字核下来了，明天来领。";
        Assert.Equal("reply.solution-overturned", (await HallWork.RefusedAsync(() => hall.DoesAsync("段小禾", number, "拟答复", "办成了", ("text", Text), ("risk", "没有")))).Code);
        Assert.Equal(["riskHandling"], (await FaultsAsync(() => hall.DoesAsync("段小禾", number, "拟答复", "办成了", ("text", Text), ("risk", "有，没解决")))).Keys);

        await hall.DoesAsync("段小禾", number, "拟答复", "办成了", ("text", Text), ("risk", "有，没解决"), ("riskHandling", "读音像“好医生”，可能被要求改名。"));
        var held = await hall.CaseAsync(number);
        Assert.Equal((ApplicantRisk.Remaining, "读音像“好医生”，可能被要求改名。"), (held.Case.Risk!.Value, held.Case.RiskText!));
        Assert.Empty(held.Notices);
        await hall.DoesAsync("严守正", number, "审签", "办成了");
        Assert.Contains("请您留意：读音像“好医生”", Assert.Single((await hall.CaseAsync(number)).Notices).Text, StringComparison.Ordinal);
    }

    [Theory(DisplayName = "R-16 说好备案的，没有回执就说不了办成；补上回执才行")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task R_16_a_promised_filing_needs_its_receipt(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var accepted = await hall.AcceptsAsync();
        var number = accepted.Number;
        await hall.JudgesAsync(number);
        Assert.Equal(["documentTitle"], (await FaultsAsync(() => hall.DoesAsync("石立群", number, "部门协同", "同意", ("opinion", "出证明。"), ("filedWith", "HEALTH")))).Keys);
        await hall.DoesAsync("石立群", number, "部门协同", "同意", ("opinion", "出证明。"), ("solution", "出证明备案。"), ("documentTitle", "字号说明"), ("documentNumber", "青市监函〔2026〕3号"), ("filedWith", "HEALTH"));
        await hall.DoesAsync("温敬之", number, "站长看方案", "方案可行");
        Assert.Equal("reply.receipt-missing", (await HallWork.RefusedAsync(() => hall.DraftsAsync(number))).Code);

        Assert.Equal(["issuingUnit", "title"], (await FaultsAsync(() => hall.DoAsync("段小禾", new AddDocument(accepted.Id, "", "", "STATION", null, "1")))).Keys.Order(StringComparer.Ordinal));
        await hall.DoAsync("段小禾", new AddDocument(accepted.Id, "字号备案回执", "", "HEALTH", null, "青卫备〔2026〕7号"));
        await hall.DraftsAsync(number);
        Assert.Single((await hall.CaseAsync(number)).Notices);
    }

    [Theory(DisplayName = "R-17 咨询上级记下单位、人、日子、问答和依据；时限照走")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task R_17_a_consultation_is_recorded_and_stops_no_clock(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var accepted = await hall.AcceptsAsync();
        await hall.JudgesAsync(accepted.Number);
        var asked = new RecordConsultation(accepted.Id, "市卫健委政策法规科", "韩科长", new DateOnly(2026, 3, 2), "同音字号会不会按夸大疗效处罚", "会，建议另取。", "医疗机构命名规则第四十一条");
        Assert.Equal(["basis", "on", "question"], (await FaultsAsync(() => hall.DoAsync("石立群", asked with { Question = "", Basis = "", On = new DateOnly(2026, 3, 3) }))).Keys.Order(StringComparer.Ordinal));
        Assert.Equal("case.unknown", (await HallWork.RefusedAsync(() => hall.DoAsync("唐河清", asked))).Code);
        await hall.DoAsync("石立群", asked);
        var seen = await hall.ReadAsync(db => db.Consultations.AsNoTracking().SingleAsync(Ct));
        Assert.Equal(("韩科长", "会，建议另取。", "石立群"), (seen.Person, seen.Answer, seen.RecordedBy));
        Assert.Equal((ClockState.Running, new DateOnly(2026, 3, 16)), ((await hall.CaseAsync(accepted.Number)).Case.Clock, (await hall.CaseAsync(accepted.Number)).Case.DueOn!.Value));
    }

    [Fact(DisplayName = "补材料只问一次：日子要留得出、不超过十个工作日；第二回不写为什么，问不出去")]
    public async Task Materials_are_asked_for_once()
    {
        await using var hall = await Hall.OpenAsync(Database.Sqlite, "2026-03-02 09:00");
        var accepted = await hall.AcceptsAsync();
        var number = accepted.Number;
        Assert.Equal("supplement.no-time", (await HallWork.RefusedAsync(() => AsksAsync("2026-03-02"))).Code);
        Assert.Equal("supplement.too-long", (await HallWork.RefusedAsync(() => AsksAsync("2026-03-17"))).Code);
        await AsksAsync("2026-03-10");
        Assert.Equal((1, "出生证明\n户口簿"), await hall.ReadAsync(db => db.Supplements.Select(s => new ValueTuple<int, string>(s.Number, s.Items)).SingleAsync(Ct)));
        await hall.DoesAsync("段小禾", number, "收群众补的材料", "材料齐了");
        await hall.MarketAgreesAsync(number);
        await hall.DoesAsync("温敬之", number, "站长看方案", "方案可行");
        await hall.DraftsAsync(number);
        await hall.ReportsAsync(await hall.MessageAsync(accepted.Id, "RESOLVED"), delivered: true);
        await hall.DoesAsync("安素心", number, "回访", "没解决");

        Assert.Equal("supplement.asked-already", (await HallWork.RefusedAsync(() => AsksAsync("2026-03-10"))).Code);
        await AsksAsync("2026-03-10", ("supplementAgain", "公安补发的户口簿换了页。"));
        Assert.Equal([null, "公安补发的户口簿换了页。"], await hall.ReadAsync(db => db.Supplements.OrderBy(s => s.Number).Select(s => s.Reason).ToListAsync(Ct)));

        Task AsksAsync(string by, params (string, string)[] more) => hall.DoesAsync("温敬之", number, "研判", "先补材料",
            [.. With(("assisting", ""), ("supplementItems", "出生证明\n\n 户口簿 "), ("supplementBy", by)), .. more]);
    }

    [Theory(DisplayName = "R-18 服务站不够力才提请联合党委：要站长提、写试过什么、为什么")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task R_18_only_the_station_head_escalates(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var number = (await hall.AcceptsAsync()).Number;
        await hall.JudgesAsync(number);
        await hall.MarketAgreesAsync(number);
        var review = (await hall.TaskAsync("温敬之", number, "站长看方案")).TaskId;
        Assert.Equal("task.not-for-you", (await HallWork.RefusedAsync(() => hall.DoAsync("段小禾", HallWork.Completing(review, "提请联合党委", ("tried", "问过。"), ("whyCommittee", "定不下。"))))).Code);
        Assert.Equal(["tried", "whyCommittee"], (await FaultsAsync(() => hall.DoAsync("温敬之", HallWork.Completing(review, "提请联合党委")))).Keys.Order(StringComparer.Ordinal));
        await hall.DoAsync("温敬之", HallWork.Completing(review, "提请联合党委", ("tried", "问过市局。"), ("whyCommittee", "三家说法不一。")));
        Assert.True(await hall.HasTaskAsync("简一宁", number, "联合党委会商"));
    }

    /// <summary>Attempt 1, overturned by the health bureau, on the station head's desk.</summary>
    private static async Task OverturnedAsync(Hall hall, string number)
    {
        await hall.DoesAsync("温敬之", number, "研判", "部门协同", Judged);
        await hall.DoesAsync("石立群", number, "部门协同", "同意", ("opinion", "换个字号。"), ("solution", "改叫郝医生内科诊所。"));
        await hall.DoesAsync("邱明远", number, "部门协同", "有异议", ("opinion", "请示了市里。"), ("objection", "读音像“好医生”。"), ("objectionBasis", "命名规则"));
    }
}
