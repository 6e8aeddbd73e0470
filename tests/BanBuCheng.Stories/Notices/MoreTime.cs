using System.Text.Json.Nodes;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Stories.Given;
using Xunit;

namespace BanBuCheng.Stories.Notices;

/// <summary>延时：站长批，告诉到群众，新日期才算数；只能一次，不能过十五天。</summary>
public sealed class MoreTime
{
    private static JsonObject Days(int days) => new() { ["workingDays"] = days, ["reasonCode"] = "EXPERT_REVIEW", ["explanation"] = "专家还没评完，评完马上办。" };

    [Theory(DisplayName = "站长批了延时，没告诉到以前还是老日子；告诉到了，延五天，案卷里讲得清为什么")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task The_old_date_stands_until_the_citizen_knows(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var accepted = await hall.AcceptsAsync();
        Assert.Equal(new DateOnly(2026, 3, 16), accepted.DueOn);

        await hall.ItIsAsync("2026-03-04 09:00");
        await hall.AsksAsync(accepted.Id, CaseEvents.ExtensionRequested, Days(5));
        await hall.DoesAsync("温敬之", accepted.Number, "站长批延时", "同意延时", ("opinion", "专家还没评完。"));
        var waiting = await hall.CaseAsync(accepted.Number);
        Assert.Equal((new DateOnly(2026, 3, 16), 0), (waiting.Case.DueOn!.Value, waiting.Case.ExtendedBy));
        Assert.Contains("延至", waiting.OpenNotice!.Text, StringComparison.Ordinal);
        Assert.Contains(await hall.MessagesAsync(accepted.Number), text => text.Contains("因专家评审未结束，答复日期由3月16日延至3月23日", StringComparison.Ordinal));

        await hall.ReportsAsync(await hall.MessageAsync(accepted.Id, "EXTENDED"), delivered: true);
        var told = await hall.CaseAsync(accepted.Number);
        Assert.Equal((new DateOnly(2026, 3, 23), 5), (told.Case.DueOn!.Value, told.Case.ExtendedBy));
        Assert.Equal(told.Case.DueOn, told.Why!.Date);
        Assert.Equal(1, await hall.JournalledAsync(accepted.Id, JournalKinds.Extended));
    }

    [Theory(DisplayName = "超过十五天的、第二次的、过了期限的，都不延，日子不动")]
    [InlineData("超过上限")]
    [InlineData("第二次")]
    [InlineData("过期以后")]
    [InlineData("零天")]
    public async Task What_the_policy_forbids_changes_nothing(string what)
    {
        await using var hall = await Hall.OpenAsync(Database.Sqlite, "2026-03-02 09:00");
        var accepted = await hall.AcceptsAsync();
        var due = new DateOnly(2026, 3, 16);
        if (what == "第二次")
        {
            await ApprovedAsync(hall, accepted, 2);
            await hall.ReportsAsync(await hall.MessageAsync(accepted.Id, "EXTENDED"), delivered: true);
            due = new DateOnly(2026, 3, 18);
        }

        if (what == "过期以后") await hall.ItIsAsync("2026-03-17 09:00");
        var (days, code) = what switch
        {
            "超过上限" => (6, "extension.beyond-ceiling"),
            "零天" => (0, "extension.date-missing"),
            "第二次" => (1, "extension.once"),
            _ => (1, "extension.too-late"),
        };
        Assert.Equal(code, (await HallWork.RefusedAsync(() => hall.AsksAsync(accepted.Id, CaseEvents.ExtensionRequested, Days(days)))).Code);
        Assert.Equal(due, (await hall.CaseAsync(accepted.Number)).Case.DueOn);
        Assert.Null((await hall.CaseAsync(accepted.Number)).OpenNotice);
    }

    [Theory(DisplayName = "R-08：没写向群众怎么说、没写准日子、没选原因的延期申请，不收；系统管理员也不行")]
    [InlineData("{\"workingDays\":3,\"reasonCode\":\"EXPERT_REVIEW\"}", "extension.text-missing")]
    [InlineData("{\"reasonCode\":\"EXPERT_REVIEW\",\"explanation\":\"专家没评完\"}", "extension.date-missing")]
    [InlineData("{\"workingDays\":\"三\",\"reasonCode\":\"EXPERT_REVIEW\",\"explanation\":\"专家没评完\"}", "extension.date-missing")]
    [InlineData("{\"workingDays\":3,\"reasonCode\":\"BUSY\",\"explanation\":\"太忙\"}", "extension.reason-unknown")]
    [InlineData("{}", "extension.date-missing")]
    public async Task R_08_a_request_says_when_why_and_what_the_citizen_is_told(string payload, string code)
    {
        await using var hall = await Hall.OpenAsync(Database.Sqlite, "2026-03-02 09:00");
        var accepted = await hall.AcceptsAsync();
        Assert.Equal(code, (await HallWork.RefusedAsync(() => hall.AsksAsync(accepted.Id, CaseEvents.ExtensionRequested, JsonNode.Parse(payload)!.AsObject()))).Code);
        Assert.Equal("who.role-needed", (await HallWork.RefusedAsync(() => hall.AsksAsync(accepted.Id, CaseEvents.ExtensionRequested, Days(6), "袁博"))).Code);
        Assert.Equal(new DateOnly(2026, 3, 16), (await hall.CaseAsync(accepted.Number)).Case.DueOn);
    }

    [Fact(DisplayName = "R-09：批下来以后才超过上限的，流程里也不延，经办人知道没延成")]
    public async Task R_09_the_ceiling_holds_inside_the_flow_too()
    {
        await using var hall = await Hall.OpenAsync(Database.Sqlite, "2026-03-02 09:00");
        var accepted = await hall.AcceptsAsync();
        await hall.AsksAsync(accepted.Id, CaseEvents.ExtensionRequested, Days(5));
        await hall.ItIsAsync("2026-03-17 09:00"); // 站长到期以后才批
        await hall.DoesAsync("温敬之", accepted.Number, "站长批延时", "同意延时", ("opinion", "同意。"));
        Assert.Equal(new DateOnly(2026, 3, 16), (await hall.CaseAsync(accepted.Number)).Case.DueOn);
        Assert.True(await hall.HasTaskAsync("段小禾", accepted.Number, "告诉经办人没延成"));
    }

    [Theory(DisplayName = "R-08：延期的话两个办公小时没送到就打电话；最后一天，下班前两小时就得有人打")]
    [InlineData("2026-03-12 15:30", "2026-03-13 09:29", "2026-03-13 09:30")]
    [InlineData("2026-03-16 14:00", "2026-03-16 14:59", "2026-03-16 15:00")]
    [InlineData("2026-03-16 15:20", null, "2026-03-16 15:20")]
    public async Task R_08_somebody_calls_in_time(string approved, string? notYet, string called)
    {
        await using var hall = await Hall.OpenAsync(Database.Sqlite, "2026-03-02 09:00");
        var accepted = await hall.AcceptsAsync();
        await hall.ItIsAsync(approved);
        await ApprovedAsync(hall, accepted, 2);
        if (notYet is not null)
        {
            await hall.ItIsAsync(notYet);
            Assert.False(await hall.HasTaskAsync("段小禾", accepted.Number, "打电话把延期"));
        }

        await hall.ItIsAsync(called);
        await hall.DoesAsync("段小禾", accepted.Number, "打电话把延期", "已告知", ("way", "Phone"), ("note", "本人接的，说知道了。"));
        Assert.Equal(new DateOnly(2026, 3, 18), (await hall.CaseAsync(accepted.Number)).Case.DueOn);
    }

    [Fact(DisplayName = "简单的不延：同意了就改成复杂，从受理起十个工作日")]
    public async Task A_simple_case_is_classed_anew_instead()
    {
        await using var hall = await Hall.OpenAsync(Database.Sqlite, "2026-03-02 09:00");
        var accepted = await hall.AcceptsSimpleAsync();
        Assert.Equal(new DateOnly(2026, 3, 5), accepted.DueOn);
        await ApprovedAsync(hall, accepted, 2);
        var seen = (await hall.CaseAsync(accepted.Number)).Case;
        Assert.Equal((Difficulty.Complex, new DateOnly(2026, 3, 16), 0), (seen.Difficulty, seen.DueOn!.Value, seen.ExtendedBy));
    }

    [Fact(DisplayName = "延期的话过了老日子才告诉到：不算延")]
    public async Task Told_too_late_is_not_extended()
    {
        await using var hall = await Hall.OpenAsync(Database.Sqlite, "2026-03-02 09:00");
        var accepted = await hall.AcceptsAsync();
        await hall.ItIsAsync("2026-03-16 16:00");
        await ApprovedAsync(hall, accepted, 3);
        await hall.ItIsAsync("2026-03-17 09:10");
        await hall.ReportsAsync(await hall.MessageAsync(accepted.Id, "EXTENDED"), delivered: true);
        Assert.Equal(new DateOnly(2026, 3, 16), (await hall.CaseAsync(accepted.Number)).Case.DueOn);
    }

    private static async Task ApprovedAsync(Hall hall, Desk.Intake.AcceptedCase accepted, int days)
    {
        await hall.AsksAsync(accepted.Id, CaseEvents.ExtensionRequested, Days(days));
        await hall.DoesAsync("温敬之", accepted.Number, "站长批延时", "同意延时", ("opinion", "同意。"));
    }
}
