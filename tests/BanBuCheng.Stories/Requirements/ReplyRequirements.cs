using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Notices;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Stories.Given;
using Xunit;

namespace BanBuCheng.Stories.Requirements;

/// <summary>从文章里来的要求，答复这一段：R-25、R-34。</summary>
public sealed class ReplyRequirements
{
    private static readonly (string, string)[] Explained =
    [
        ("text", "您这份证明现在开不出来，原因和出路写在下面。"), ("risk", "没有"), ("facts", "户籍底册1987年以前的页缺失。"), ("basis", "《户口登记条例》第十三条。"),
        ("tried", "查了档案馆和派出所。"), ("alternatives", "到公安分局申请补录，找雷致远。"),
    ];

    [Theory(DisplayName = "R-25 解释安抚：事实、依据、试过、出路缺一不可；短信送到不算，要有人讲清楚、记下他怎么说")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task R_25_explained_in_full_and_by_a_person(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var accepted = await hall.AcceptsAsync();
        var number = accepted.Number;
        await hall.DoesAsync("温敬之", number, "研判", "依法不能办", ("lawful", "NO"), ("legalBasis", "第十三条"), ("difficulty", "Complex"), ("policyAttribute", "LEGAL_PROHIBITION"), ("causeCodes", "INELIGIBLE"), ("lead", "POLICE"));
        var faults = (await Assert.ThrowsAsync<FormRejectedException>(() => hall.DoesAsync("段小禾", number, "拟答复", "依法不能办", ("text", "办不了，请谅解，谢谢您。"), ("risk", "没有")))).Faults;
        Assert.Equal(["alternatives", "basis", "facts", "tried"], faults.Keys.Order(StringComparer.Ordinal));
        await hall.DoesAsync("段小禾", number, "拟答复", "依法不能办", Explained);

        // 没有记过方案的，试过的办法就是第一个
        Assert.Equal("查了档案馆和派出所。", Assert.Single((await hall.CaseAsync(number)).Attempts).Text);
        await hall.DoesAsync("严守正", number, "审签", "依法不能办");
        var notice = Assert.Single((await hall.CaseAsync(number)).Notices);
        foreach (var part in new[] { "缺失", "第十三条", "档案馆", "找雷致远", "行政复议" }) Assert.Contains(part, notice.Text, StringComparison.Ordinal);

        await hall.ReportsAsync(await hall.MessageAsync(accepted.Id, "CANNOT_BE_DONE"), delivered: true);
        Assert.True((await hall.CaseAsync(number)).Case.ReplyOwed);
        await hall.DoesAsync("段小禾", number, "打电话", NoticeDesk.Told, ("way", "FaceToFace"), ("note", "本人，听明白了，说去分局补录。"));
        var told = Assert.Single((await hall.CaseAsync(number)).Notices);
        Assert.Equal((DeliveryWay.FaceToFace, "段小禾", "本人，听明白了，说去分局补录。"), (told.DeliveredBy!.Value, told.DeliveredByName!, told.DeliveryNote!));
        Assert.Equal(CaseOutcome.CannotBeDone, (await hall.CaseAsync(number)).Case.Outcome);
    }

    [Theory(DisplayName = "R-34 不为不办找理由：一个人说不了“不能办”，自己拟的自己签不了")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task R_34_no_by_one_person_is_no_reply(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var number = (await hall.AcceptsAsync()).Number;
        await hall.ComesToDraftingAsync(number);
        await hall.DoesAsync("温敬之", number, "拟答复", "依法不能办", Explained);
        var sign = (await hall.TaskAsync("严守正", number, "审签")).TaskId;
        Assert.Equal("task.second-person-needed", (await HallWork.RefusedAsync(() => hall.DoAsync("温敬之", HallWork.Completing(sign, "依法不能办")))).Code);
        Assert.Empty((await hall.CaseAsync(number)).Notices);
        await hall.DoAsync("严守正", HallWork.Completing(sign, "依法不能办"));
        Assert.Single((await hall.CaseAsync(number)).Notices);
    }

    [Theory(DisplayName = "R-34 审签只能照拟的结果发，或者退回：改不了结果；退回重拟成别的，再签那一个")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task R_34_the_signer_changes_no_outcome(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var number = (await hall.AcceptsAsync()).Number;
        await hall.ComesToDraftingAsync(number);
        await hall.DraftsAsync(number, "办成一部分", ("nextStep", "水务局接着办"), ("nextDate", "2026-04-08"));
        var sign = (await hall.TaskAsync("温敬之", number, "审签")).TaskId;
        Assert.Equal(["办成一部分", "退回重拟"], Assert.Single((await hall.CaseAsync(number)).OpenTasks).Outcomes);
        foreach (var other in new[] { "办成了", "依法不能办", "不归我们管" })
            Assert.Equal("task.outcome-unknown", (await HallWork.RefusedAsync(() => hall.DoAsync("温敬之", HallWork.Completing(sign, other)))).Code);
        Assert.Empty((await hall.CaseAsync(number)).Notices);

        Assert.Equal(["opinion"], (await Assert.ThrowsAsync<FormRejectedException>(() => hall.DoAsync("温敬之", HallWork.Completing(sign, "退回重拟")))).Faults.Keys);
        await hall.DoAsync("温敬之", HallWork.Completing(sign, "退回重拟", ("opinion", "这是不能办，照不能办写全。")));
        await hall.DoesAsync("段小禾", number, "拟答复", "依法不能办", Explained);
        Assert.Equal(["依法不能办", "退回重拟"], Assert.Single((await hall.CaseAsync(number)).OpenTasks).Outcomes);
        await hall.DoesAsync("温敬之", number, "审签", "依法不能办");
        Assert.Equal(CaseOutcome.CannotBeDone, Assert.Single((await hall.CaseAsync(number)).Notices).Outcome);
    }
}
