using System.Text.Json.Nodes;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Notices;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Stories.Given;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace BanBuCheng.Stories.Notices;

/// <summary>老中医想开诊所，条件不够：期限里给准话，陪着把能走的路走完，两条线各走各的。</summary>
public sealed class ElderlyDoctor
{
    [Theory(DisplayName = "R-08、R-25、R-26：4月6日受理，电话告知延到26日（周日24日照数），26日答复不能办；停了表，陪办走到5月6日，群众一路看得到")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task R_26_the_companion_track_outlives_the_clock(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2022-04-06 09:00");
        var accepted = await hall.AcceptsAsync(HallWork.Form with
        {
            Subject = "乡村医生想开中医诊所",
            Phone = "010066778899", // 座机：短信发不到，一直打电话
            Channel = Channel.Proactive,
            CareFlags = ["ELDERLY"],
        });
        Assert.Equal(new DateOnly(2022, 4, 20), accepted.DueOn);

        // 3月16日来过业务窗口、28日市里转来，都是补录：看得到，不计时，也不算首次反馈；还没到的日子不收
        Assert.Equal(["contactOn"], (await Assert.ThrowsAsync<FormRejectedException>(() => hall.DoAsync("段小禾", new RecordContact(accepted.Id, "约了明天来。", new(2022, 4, 7))))).Faults.Keys);
        await hall.DoAsync("段小禾", new RecordContact(accepted.Id, "来过卫健窗口，只有外省的乡村医生证，没收。", new(2022, 3, 16)));
        await hall.DoAsync("段小禾", new RecordContact(accepted.Id, "他向市里反映，市里转来。", new(2022, 3, 28)));
        var earlier = await hall.CaseAsync(accepted.Number);
        Assert.Equal((new DateOnly(2022, 4, 6), 0, new DateOnly(2022, 4, 20)), (earlier.Case.AcceptedOn, earlier.UsedWorkingDays, earlier.Case.DueOn!.Value));
        Assert.Equal(2, earlier.Timeline.Count(line => line.What.StartsWith("补录：3月", StringComparison.Ordinal) && line.Facts == "不计时"));
        Assert.Null(earlier.FirstFeedbackAt);
        await hall.DoAsync("段小禾", new RecordContact(accepted.Id, "打电话说了：先问卫健局还有什么路。"));
        var fed = await hall.CaseAsync(accepted.Number);
        Assert.True(fed.FirstFeedbackAt <= fed.FirstFeedbackBy);

        await hall.DoesAsync("温敬之", accepted.Number, "研判", "部门协同",
            ("lawful", "UNCLEAR"), ("legalBasis", "中医诊所备案管理暂行办法第五条"), ("difficulty", "Complex"), ("policyAttribute", "POLICY_BOTTLENECK"), ("causeCodes", "INELIGIBLE"), ("lead", "HEALTH"));
        await hall.ItIsAsync("2022-04-07 10:00");
        await hall.DoesAsync("邱明远", accepted.Number, "部门协同", "同意", ("opinion", "照执业登记试过。"), ("solution", "凭外省乡村医生证办执业登记。"));
        await hall.DoesAsync("温敬之", accepted.Number, "站长看方案", "方案被推翻，再想办法", ("objection", "乡村医生证不是医师执业证。"));
        await hall.ItIsAsync("2022-04-11 10:00");
        await hall.DoesAsync("邱明远", accepted.Number, "部门协同", "同意", ("opinion", "执照这条路不行，可以申请专长考核。"), ("solution", "申请专家考核。"));
        Assert.Equal([AttemptState.Challenged, AttemptState.Proposed], (await hall.CaseAsync(accepted.Number)).Attempts.Select(a => a.State)); // 两条路都记着

        // 一步一步约好；日子和陪的人，群众看得到
        await hall.ItIsAsync("2022-04-13 09:30");
        Assert.Equal(["on", "text"], (await Assert.ThrowsAsync<FormRejectedException>(() => hall.DoAsync("段小禾", new PlanCompanionStep(accepted.Id, "", null)))).Faults.Keys.Order());
        await hall.DoAsync("段小禾", new PlanCompanionStep(accepted.Id, "一起去市卫健委交考核材料", new(2022, 4, 15)));
        await hall.DoAsync("段小禾", new PlanCompanionStep(accepted.Id, "陪着听专家考核结果", new(2022, 5, 6)));
        await hall.ItIsAsync("2022-04-15 16:00");
        var first = (await hall.CaseAsync(accepted.Number)).Companion[0];
        await hall.DoAsync("段小禾", new FinishCompanionStep(first.Id, "材料交了，回执在档。"));
        Assert.Equal("companion.done", (await HallWork.RefusedAsync(() => hall.DoAsync("段小禾", new FinishCompanionStep(first.Id, "又交了一遍")))).Code);

        // 4月20日，最后一天，电话告诉他延到26日
        await hall.ItIsAsync("2022-04-20 10:00");
        await hall.AsksAsync(accepted.Id, CaseEvents.ExtensionRequested, new JsonObject { ["workingDays"] = 5, ["reasonCode"] = "EXPERT_REVIEW", ["explanation"] = "专家考核还没出结果，出了马上告诉您。" });
        await hall.DoesAsync("温敬之", accepted.Number, "站长批延时", "同意延时", ("opinion", "同意。"));
        Assert.Equal(new DateOnly(2022, 4, 20), (await hall.CaseAsync(accepted.Number)).Case.DueOn);
        await hall.DoesAsync("段小禾", accepted.Number, "打电话把延期", "已告知", ("way", "Phone"), ("note", "本人接的，说等得。"));
        Assert.Equal(new DateOnly(2022, 4, 26), (await hall.CaseAsync(accepted.Number)).Case.DueOn);

        // 4月26日，第15个工作日，当面答复：现在的条件不够
        await hall.ItIsAsync("2022-04-26 09:00");
        await hall.DoesAsync("温敬之", accepted.Number, "站长看方案", "方案可行");
        await hall.DraftsAsync(accepted.Number, "依法不能办", ("facts", "没有医师执业证，也没有专长考核的结果。"), ("tried", "陪着申请了专家考核，结果还没出来。"), ("basis", "中医诊所备案管理暂行办法第五条。"), ("alternatives", "可以在有执照的诊所跟师执业，找邱明远。"));
        await hall.DoesAsync("温敬之", accepted.Number, "审签", "依法不能办");
        await hall.DoAsync("段小禾", new RecordTelling(accepted.Id, DeliveryWay.FaceToFace, "当面讲了两遍，他说明白了。"));
        var told = await hall.CaseAsync(accepted.Number);
        Assert.Equal((CaseOutcome.CannotBeDone, ClockState.Stopped, 15), (told.Case.Outcome, told.Case.Clock, told.UsedWorkingDays));

        // 表停了，陪办接着走，办结以后也走得完
        await hall.ItIsAsync("2022-04-28 10:00");
        // 回访：没解决，但听明白了，满意——两个数各记各的；不满意的不能这样选；不用为同一个答复再办一遍
        Assert.Equal(["satisfaction"], (await Assert.ThrowsAsync<FormRejectedException>(() => hall.DoesAsync("安素心", accepted.Number, "回访", "没解决，但听明白了", ("satisfaction", "不满意")))).Faults.Keys);
        Assert.Equal(["satisfaction"], (await Assert.ThrowsAsync<FormRejectedException>(() => hall.DoesAsync("安素心", accepted.Number, "回访", "没解决，但听明白了"))).Faults.Keys);
        await hall.DoesAsync("安素心", accepted.Number, "回访", "没解决，但听明白了", ("satisfaction", "满意"), ("words", "办不了我认，你们陪着跑了一个月。"));
        var visit = await hall.ReadAsync(db => db.CaseVisits.AsNoTracking().SingleAsync(TestContext.Current.CancellationToken));
        Assert.Equal((VisitAnswer.NotSolved, Satisfaction.Satisfied, "安素心"), (visit.Solved, visit.Satisfaction!.Value, visit.VisitedBy!));
        Assert.Equal(0, await hall.JournalledAsync(accepted.Id, JournalKinds.Reopened));
        Assert.Equal(CaseState.Closed, (await hall.CaseAsync(accepted.Number)).Case.State);
        await hall.ItIsAsync("2022-05-06 15:00");
        await hall.DoAsync("段小禾", new FinishCompanionStep((await hall.CaseAsync(accepted.Number)).Companion[1].Id, "考核没过，送他回家，留了跟师的电话。"));
        var closed = await hall.CaseAsync(accepted.Number);
        Assert.All(closed.Companion, step => Assert.NotNull(step.DoneAt));
        Assert.Equal((new DateOnly(2022, 4, 26), ClockState.Stopped), (closed.Case.DueOn!.Value, closed.Case.Clock));

        // 每一分钟都有主，加起来就是受理到答复的办公时间
        Assert.Equal(closed.Time.Total, closed.Time.Spells.Aggregate(TimeSpan.Zero, (sum, spell) => sum + spell.Working));
        Assert.Contains(closed.Time.Spells, spell => spell.Unit == "HEALTH");
    }
}
