using System.Globalization;
using System.Text.RegularExpressions;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Inbox;
using BanBuCheng.Stories.Backup;
using BanBuCheng.Stories.Given;
using Microsoft.EntityFrameworkCore;
using Xunit;
using Database = BanBuCheng.Stories.Given.Database;

namespace BanBuCheng.Stories.Kills;

/// <summary>
/// 诊所名字的故事, by the real program, killed at the boundaries of its steps: right after an answer, and right after the clock moved.
/// </summary>
/// <remarks>All twenty-two boundaries with BANBUCHENG_KILLS set, two that the seed chooses in an ordinary run.</remarks>
public sealed partial class StorySurvivesKills(ITestOutputHelper output)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory(DisplayName = "诊所名字的故事，每走完一步就被杀一次：接着办，一步不丢、一步不重，期限还是7月8日")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task The_clinic_story_is_told_over_kills(Database database)
    {
        var every = Environment.GetEnvironmentVariable("BANBUCHENG_KILLS") is { Length: > 0 };
        var seed = int.TryParse(Environment.GetEnvironmentVariable("BANBUCHENG_SEED"), CultureInfo.InvariantCulture, out var given) ? given : Random.Shared.Next();
        var random = new Random(seed);
        HashSet<int> boundaries = every ? [.. Enumerable.Range(0, 2 * Steps.Length)] : [random.Next(2 * Steps.Length), random.Next(2 * Steps.Length)];
        output.WriteLine($"{database}, BANBUCHENG_SEED={seed}, killed at {string.Join(", ", boundaries.Order())}");

        await using var here = new Elsewhere();
        await using var carrier = await Carrier.StartAsync();
        var place = await here.PlaceAsync(database);
        await CasesSurviveKills.PeopleAsync(place, "2022-06-25 08:50");
        var settings = new Dictionary<string, string?>(carrier.Settings) { ["Clockwork__SweepEvery"] = "00:00:02", ["Demo__StartAt"] = "2022-06-25 08:50:00" };
        await using var site = await ServedHall.StartAsync(place, here.Log, settings, "--clock-control");
        var staff = new Staff();
        var number = "";
        for (var step = 0; step < Steps.Length; step++)
        {
            var (at, who, title, outcome, form) = Steps[step];
            using (var body = new FormUrlEncodedContent([new("to", at.Replace(' ', 'T'))]))
            using (var moved = await site.Http.PostAsync(new Uri("demo/clock", UriKind.Relative), body, Ct))
                moved.EnsureSuccessStatusCode();
            await KillAsync(2 * step, at);

            var to = title switch
            {
                "" => await staff.PostAsync(site, who, "/intake/new", [("form", "01980000-0000-7000-8000-000000000001"), .. form]),
                "told" => await staff.PostAsync(site, who, $"/cases/{number}/told", form),
                _ => await staff.PostAsync(site, who, $"/tasks/{await TaskAsync(title, who)}", [("Outcome", outcome), .. form]),
            };
            Assert.True(to is not null, $"Step {step} ({title} {outcome}) was refused.");
            if (title.Length == 0) number = CaseNumberText().Match(to).Value;
            await KillAsync(2 * step + 1, at);
        }

        await site.StopAsync();
        await using var db = CasesSurviveKills.Open(place);
        var file = await db.Cases.AsNoTracking().SingleAsync(Ct);
        Assert.Equal((CaseState.Closed, CaseOutcome.Resolved, new DateOnly(2022, 7, 8)), (file.State, file.Outcome, file.DueOn));
        Assert.Equal(2, await db.SolutionAttempts.CountAsync(Ct));
        Assert.Equal(2, await db.CaseDocuments.CountAsync(Ct));
        Assert.Equal(Steps.Length - 2, await db.CaseJournal.CountAsync(e => e.Kind == JournalKinds.TaskDone, Ct));
        Assert.Equal(1, await db.CaseJournal.CountAsync(e => e.Kind == JournalKinds.NoticeDelivered, Ct));
        Assert.Equal(0, await db.CaseJournal.CountAsync(e => e.Kind == JournalKinds.TaskOverdue, Ct));
        await Aftermath.HoldsAsync(db, place, carrier, Ct);

        async Task KillAsync(int boundary, string at)
        {
            if (!boundaries.Contains(boundary)) return;
            await site.KillAsync();
            await site.StartAgainAsync(new Dictionary<string, string?> { ["Demo__StartAt"] = at + ":00" });
        }

        async Task<string> TaskAsync(string title, string who)
        {
            await using var reader = CasesSurviveKills.Open(place);
            var open = await reader.InboxTasks.AsNoTracking().Where(t => t.State == TaskState.Open).ToListAsync(Ct);
            return open.Single(t => t.Title.StartsWith(title, StringComparison.Ordinal) && (t.AssignedUnit is null || Staff.Answer(t)?.Login == who || t.AssignedUnit == UnitOf(who))).Id.ToString();
        }

        static string UnitOf(string who) => Web.Demo.DemoPeople.People.Single(p => p.Login == who).Unit;
    }

    private static readonly (string At, string Who, string Title, string Outcome, (string, string)[] Form)[] Steps =
    [
        ("2022-06-25 09:00", "hewenjing", "", "", [("Form.ApplicantKind", "SoleTrader"), ("Form.ApplicantName", "金𠮷华"), ("Form.Phone", "10012345678"), ("Form.Subject", "诊所名字核不过，开不了业"),
            ("Form.Story", "个人诊所的名字里要有我的姓名，可核名系统说这两个字禁用。"), ("Form.OriginalItem", "个体工商户设立登记"), ("Form.OriginalWindow", "市场监管3号窗口"),
            ("Form.NeededBy", "7月7日"), ("Form.NeededByReason", "那天开业"), ("Form.Channel", "Window"), ("Form.Difficulty", "Complex")]),
        ("2022-06-25 10:30", "wenjingzhi", "研判", "部门协同", [("form[lawful]", "YES"), ("form[difficulty]", "Complex"), ("form[policyAttribute]", "NO_BARRIER"), ("form[causeCodes]", "SYSTEM"),
            ("form[causeCodes]", "POLICY_CONFLICT"), ("form[lead]", "MARKET"), ("form[assisting]", "HEALTH")]),
        ("2022-06-26 11:00", "shiliqun", "部门协同", "同意", [("form[opinion]", "换一个字号，核名能过。"), ("form[solution]", "改叫“郝医生内科诊所”，已经在系统里核过名。")]),
        ("2022-06-28 15:00", "qiumingyuan", "部门协同", "有异议", [("form[opinion]", "请示了市卫健委。"), ("form[objection]", "读音和“好医生”一样，以后可能按夸大疗效处罚。"), ("form[objectionBasis]", "医疗机构命名规则")]),
        ("2022-06-29 09:30", "wenjingzhi", "站长看方案", "方案被推翻，再想办法", [("form[risk]", "有，没解决")]),
        ("2022-07-01 16:00", "shiliqun", "部门协同", "同意", [("form[opinion]", "出说明，说清是系统的原因。"), ("form[solution]", "市场监管局出具说明，报卫健局备案。"),
            ("form[documentTitle]", "字号使用情况说明"), ("form[documentNumber]", "青市监函〔2022〕31号"), ("form[filedWith]", "HEALTH")]),
        ("2022-07-01 16:30", "qiumingyuan", "部门协同", "同意", [("form[opinion]", "已备案，以后不因字号处罚。"), ("form[documentTitle]", "字号备案回执"), ("form[receiptNumber]", "青卫备〔2022〕7号")]),
        ("2022-07-04 15:00", "wenjingzhi", "站长看方案", "方案可行", [("form[risk]", "有，已经解决")]),
        ("2022-07-05 09:10", "duanxiaohe", "拟答复", "办成了", [("form[text]", "诊所名字的事办成了，明天可以到大厅3号窗口领取诊所备案凭证。"), ("form[risk]", "有，已经解决"),
            ("form[riskHandling]", "市场监管局出了说明，卫健局备了案，以后不会因为读音被处罚。")]),
        ("2022-07-05 10:00", "hewenjing", "told", "", [("Way", "Phone"), ("Note", "本人接的，他说明天一早来领。")]),
        ("2022-07-14 10:00", "ansuxin", "回访", "解决了", [("form[satisfaction]", "非常满意")]),
    ];

    [GeneratedRegex("B\\d{10}[A-Z34]")]
    private static partial Regex CaseNumberText();
}
