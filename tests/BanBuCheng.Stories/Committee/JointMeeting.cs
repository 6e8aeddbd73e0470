using BanBuCheng.Desk.Cases;
using BanBuCheng.Stories.Given;
using Xunit;

namespace BanBuCheng.Stories.Committee;

/// <summary>服务站解决不了，提请联合党委会商。</summary>
public sealed class JointMeeting
{
    [Theory(DisplayName = "部门协调不下来，提请联合党委：会商定了办法，部门落实，答复办成一部分，没办成的说清谁接着办")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task The_committee_finds_a_way_for_a_part(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var accepted = await hall.AcceptsAsync();
        var number = accepted.Number;
        await hall.JudgesAsync(number);
        await hall.DoesAsync("石立群", number, "部门协同", "有异议", ("opinion", "老规定不认，我们批不了。"));
        await hall.ItIsAsync("2026-03-03 09:00");
        await hall.DoesAsync("温敬之", number, "站长看方案", "提请联合党委", ("tried", "请示过市局，没有先例。"), ("whyCommittee", "三家说法不一，站里定不下来。"));

        Assert.Equal(CaseStage.Committee, (await hall.CaseAsync(number)).Case.Stage);
        await hall.DoesAsync("简一宁", number, "联合党委会商", "议定方案",
            ("facts", "情况属实。"), ("solution", "先收件，证明后补。"), ("bottomLine", "不能免证。"), ("documentTitle", "会商纪要"), ("documentNumber", "青政服党〔2026〕3号"));
        await hall.DoesAsync("石立群", number, "部门落实", "同意", ("result", "已经收件。"));
        await hall.DraftsAsync(number, "办成一部分", ("nextStep", "石立群接着办"), ("nextDate", "2026-03-20"));
        await hall.DoesAsync("温敬之", number, "审签", "办成一部分");
        await hall.ReportsAsync(await hall.MessageAsync(accepted.Id, "PARTIALLY_RESOLVED"), delivered: true);

        var told = await hall.CaseAsync(number);
        Assert.Equal((CaseOutcome.PartiallyResolved, ClockState.Stopped, CaseStage.ReturnVisit), (told.Case.Outcome, told.Case.Clock, told.Case.Stage));
        Assert.Contains("3月20日前再告诉您", Assert.Single(told.Notices).Text, StringComparison.Ordinal);
        Assert.Equal("先收件，证明后补。", told.Attempts[^1].Text);
        Assert.Equal("青政服党〔2026〕3号", Assert.Single(told.Documents).DocumentNumber);
        Assert.Equal(1, await hall.JournalledAsync(accepted.Id, JournalKinds.Escalated));
    }

    [Theory(DisplayName = "方案推翻过两回，第三回不能再推翻：要么可行，要么提请联合党委，要么说清不能办")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task Nobody_goes_round_for_ever(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var number = (await hall.AcceptsAsync()).Number;
        await hall.JudgesAsync(number);
        for (var round = 1; round <= 2; round++)
        {
            await hall.MarketAgreesAsync(number);
            Assert.Contains("方案被推翻，再想办法", await OfferedAsync(hall, number));
            await hall.DoesAsync("温敬之", number, "站长看方案", "方案被推翻，再想办法", ("objection", $"第{round}个办法不行。"));
        }

        await hall.MarketAgreesAsync(number);
        Assert.Equal(["方案可行", "提请联合党委", "依法不能办"], await OfferedAsync(hall, number));
        var review = (await hall.TaskAsync("温敬之", number, "站长看方案")).TaskId;
        Assert.Equal("task.outcome-unknown", (await HallWork.RefusedAsync(() => hall.DoAsync("温敬之", HallWork.Completing(review, "方案被推翻，再想办法", ("objection", "还是不行"))))).Code);
        Assert.Equal([AttemptState.Challenged, AttemptState.Challenged, AttemptState.Proposed], (await hall.CaseAsync(number)).Attempts.Select(a => a.State));
    }

    private static async Task<IReadOnlyList<string>> OfferedAsync(Hall hall, string number) =>
        Assert.Single((await hall.CaseAsync(number)).OpenTasks, t => t.Title == "站长看方案").Outcomes;
}
