using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Intake;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Stories.Given;
using Xunit;

namespace BanBuCheng.Stories.Requirements;

/// <summary>从文章里来的要求，期限这一段：R-05 到 R-09，补录。</summary>
public sealed class LimitRequirements
{
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

    [Theory(DisplayName = "R-08 延时只能在到期以前：过了期限的不批，期限不动")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task R_08_no_extension_after_the_limit(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var accepted = await hall.AcceptsAsync();
        await hall.ItIsAsync("2026-03-17 09:30");
        Assert.Equal("extension.too-late", (await HallWork.RefusedAsync(() =>
            hall.AsksAsync(accepted.Id, CaseEvents.ExtensionRequested, new() { ["workingDays"] = 3, ["reasonCode"] = "UPPER_LEVEL", ["explanation"] = "请示市局，还没回。" }))).Code);
        Assert.Equal((new DateOnly(2026, 3, 16), 0), ((await hall.CaseAsync(accepted.Number)).Case.DueOn!.Value, (await hall.CaseAsync(accepted.Number)).Case.ExtendedBy));
    }

    [Theory(DisplayName = "R-09 延时过不了15个工作日的顶，谁来批都一样")]
    [InlineData(5, ExtensionVerdict.Allowed)]
    [InlineData(6, ExtensionVerdict.BeyondCeiling)]
    public void R_09_the_ceiling_holds(int days, ExtensionVerdict verdict) =>
        Assert.Equal(verdict, DeadlinePolicy.Default.Judge(Difficulty.Complex, 10, days, 0, inTime: true));

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
}
