using BanBuCheng.Desk.CaseFile;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.ReturnVisit;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Stories.Given;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace BanBuCheng.Stories.Requirements;

/// <summary>从文章里来的要求，答复以后：R-29 回访，R-32 表扬，对窗口自己的意见。</summary>
public sealed class ReturnVisitRequirements
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory(DisplayName = "R-29 回访：换个人问，解决和满意分开记；没解决、满意，两个数各算各的")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task R_29_solved_and_satisfied_are_two_answers(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var accepted = await hall.AcceptsAsync();
        await RepliedAsync(hall, accepted);
        var visit = (await hall.TaskAsync("安素心", accepted.Number, "回访")).TaskId;
        foreach (var handler in new[] { "段小禾", "温敬之", "贺文静" })
            Assert.Equal("task.not-for-you", (await HallWork.RefusedAsync(() => hall.DoAsync(handler, HallWork.Completing(visit, "解决了")))).Code);
        await hall.DoesAsync("安素心", accepted.Number, "回访", "没解决", ("satisfaction", "满意"), ("words", "人很好，事没办成。"));
        var recorded = await hall.ReadAsync(db => db.CaseVisits.AsNoTracking().SingleAsync(Ct));
        Assert.Equal((VisitAnswer.NotSolved, Satisfaction.Satisfied, "安素心"), (recorded.Solved, recorded.Satisfaction!.Value, recorded.VisitedBy!));
    }

    [Theory(DisplayName = "R-29 抽样由系统按比例抽：同一件再抽还是那个结果；没抽到的记着，不算进分母，照样办结")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task R_29_the_sample_is_drawn_by_rule(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var policy = DeadlinePolicy.Default with { VisitResolved = new PolicyNumber(1, "试行") };
        await hall.DoAsync("栗知行", new ChangePolicy(policy, 0));
        AcceptedIn? kept = null;
        for (var i = 0; kept is null && i < 8; i++)
        {
            var accepted = await hall.AcceptsAsync();
            if (VisitDraw.IsDrawn(accepted.Id, 1, 1)) continue;
            await RepliedAsync(hall, accepted);
            kept = new AcceptedIn(accepted.Id, accepted.Number);
        }

        Assert.Equal(CaseState.Closed, (await hall.CaseAsync(kept!.Number)).Case.State);
        var recorded = await hall.ReadAsync(db => db.CaseVisits.AsNoTracking().SingleAsync(v => v.CaseId == kept.Id, Ct));
        Assert.Equal((VisitAnswer.NotDrawn, (Satisfaction?)null), (recorded.Solved, recorded.Satisfaction));

        // 一万件里抽三成，差不多三成；谁来抽都一样
        var ids = Enumerable.Range(0, 10_000).Select(i => new CaseId(new Guid(i, 7, 7, [1, 2, 3, 4, 5, 6, 7, 8]))).ToList();
        Assert.InRange(ids.Count(id => VisitDraw.IsDrawn(id, 1, 30)), 2_800, 3_200);
        Assert.All(ids.Take(100), id => Assert.Equal(VisitDraw.IsDrawn(id, 1, 30), VisitDraw.IsDrawn(id, 1, 30)));
        Assert.All(ids.Take(100), id => Assert.True(VisitDraw.IsDrawn(id, 1, 100) && !VisitDraw.IsDrawn(id, 1, 0)));
    }

    [Theory(DisplayName = "R-32 锦旗、感谢单独记，不算满意率")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task R_32_praise_is_no_satisfaction(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var accepted = await hall.AcceptsAsync();
        await RepliedAsync(hall, accepted);
        await hall.DoesAsync("安素心", accepted.Number, "回访", "解决了", ("praise", "锦旗：小小窗口，殷殷为民"), ("satisfaction", "没有回答"));
        await hall.DoAsync("段小禾", new RecordPraise(accepted.Id, "又送来一封感谢信。"));
        Assert.Equal(2, await hall.ReadAsync(db => db.Praises.CountAsync(Ct)));
        Assert.Equal(0, await hall.ReadAsync(db => db.CaseVisits.CountAsync(v => v.Satisfaction != null, Ct)));
    }

    [Theory(DisplayName = "对窗口自己的意见：窗口和服务站登记不了、看不见、办不着；督查查，局领导审，答复送到，回访没解决再查")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task The_second_instance_is_somewhere_else(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var first = await hall.AcceptsAsync();
        var form = HallWork.Form with { About = CaseAbout.Window, RelatedNumber = first.Number, Subject = "窗口让我等了一上午", Story = "问了三回都说等着。" };
        foreach (var accused in new[] { "段小禾", "温敬之" }) Assert.Equal("intake.complaint-elsewhere", (await HallWork.RefusedAsync(() => hall.AcceptsAsync(form, accused))).Code);
        var accepted = await hall.AcceptsAsync(form, "莫清");
        var number = accepted.Number;

        Assert.Null(await SeenByAsync("温敬之"));
        Assert.Null(await SeenByAsync("段小禾"));
        foreach (var accused in new[] { "段小禾", "温敬之" }) Assert.DoesNotContain(await hall.InboxOfAsync(accused), row => row.CaseNumber == number);
        await hall.DoesAsync("莫清", number, "查", "属实", ("text", "您说的情况属实，向您道歉。"), ("found", "看了叫号记录。"), ("correction", "改为到号即办，3月底前。"));
        await hall.DoesAsync("蔡成明", number, "审", "可以答复");
        await hall.ReportsAsync(await hall.MessageAsync(accepted.Id, "COMPLAINT_ANSWERED"), delivered: true);
        var seen = (await SeenByAsync("莫清"))!;
        Assert.Contains("怎么改：改为到号即办", seen.Notices.Single().Text, StringComparison.Ordinal);
        await hall.DoesAsync("安素心", number, "回访", "没解决");
        Assert.True(await hall.HasTaskAsync("莫清", number, "查"));
        Assert.Equal(first.Id, (await SeenByAsync("莫清"))!.Case.RelatedTo);
        Assert.Equal(0, (await hall.FlowsLeftAsync()).Incidents);

        async Task<CaseView?> SeenByAsync(string name)
        {
            try
            {
                return await hall.CaseAsync(number, name);
            }
            catch (InvalidOperationException)
            {
                return null;
            }
        }
    }

    private sealed record AcceptedIn(CaseId Id, string Number);

    private static async Task RepliedAsync(Hall hall, Desk.Intake.AcceptedCase accepted)
    {
        await hall.ComesToDraftingAsync(accepted.Number);
        await hall.DraftsAsync(accepted.Number);
        await hall.ReportsAsync(await hall.MessageAsync(accepted.Id, "RESOLVED"), delivered: true);
    }
}
