using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Committee;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Stories.Given;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace BanBuCheng.Stories.Committee;

/// <summary>会商请谁、谁来；一次研究，一封一封看各自的答复。</summary>
public sealed class InvitedToMeeting
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory(DisplayName = "R-19 到会回执：请到的每一家会前回话，请假的写由谁代；会前一个工作日没回话的告诉秘书；纪要里写谁来了，一家没写、一家没来都结束不了")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task R_19_says_who_comes_and_who_came(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var (number, agenda) = await ToTheCommitteeAsync(hall);
        Assert.Equal("meeting.no-such-unit", (await HallWork.RefusedAsync(() => hall.DoAsync("简一宁", new CallMeeting(new(2026, 3, 5), "三楼", [agenda]) { Units = ["NOBODY"] }))).Code);
        var meeting = await hall.DoAsync("简一宁", new CallMeeting(new(2026, 3, 5), "三楼", [agenda]) { Units = ["HOUSING", "WATER"] });

        // 牵头、协办的自动请到，另外请的也在，一家一份
        Assert.Equal(["HEALTH", "HOUSING", "WATER"], (await InvitedAsync(hall, meeting)).Select(i => i.UnitCode));
        await hall.DoesAsync("唐河清", number, "会商回执", "到会", ("who", "唐河清，副局长"));
        Assert.Equal(["why"], (await Assert.ThrowsAsync<FormRejectedException>(() => hall.DoesAsync("邱明远", number, "会商回执", "请假，由人代", ("who", "周予安，科长")))).Faults.Keys);
        await hall.DoesAsync("邱明远", number, "会商回执", "请假，由人代", ("who", "周予安，科长"), ("why", "在外地开会"));
        Assert.False(await hall.HasTaskAsync("石立群", number, "会商回执"));

        await hall.ItIsAsync("2026-03-04 16:59");
        Assert.Equal(0, await SecretaryToldAsync(hall));
        await hall.ItIsAsync("2026-03-04 17:00");
        Assert.Equal(1, await SecretaryToldAsync(hall));
        Assert.Equal([(Attendance.StandIn, "周予安，科长"), (Attendance.Unanswered, null), (Attendance.Coming, "唐河清，副局长")], (await InvitedAsync(hall, meeting)).Select(i => (i.Said, i.Who)));

        // 结束会商：请了谁，就要写谁来了
        await hall.ItIsAsync("2026-03-05 15:00");
        Assert.Equal(["Came[HEALTH]", "Came[HOUSING]", "Came[WATER]"], (await FaultsAsync(hall, Minutes(meeting, agenda))).Order(StringComparer.Ordinal));
        Assert.Equal(["Came[HOUSING]"], await FaultsAsync(hall, Minutes(meeting, agenda, ("WATER", "唐河清"), ("HEALTH", "周予安"))));
        Assert.Equal(["present"], await FaultsAsync(hall, Minutes(meeting, agenda, ("WATER", "没来"), ("HEALTH", "没来"), ("HOUSING", "没来"))));
        await hall.DoAsync("简一宁", Minutes(meeting, agenda, ("WATER", "唐河清"), ("HEALTH", "周予安"), ("HOUSING", "没来")));
        Assert.Equal(["周予安", "", "唐河清"], (await InvitedAsync(hall, meeting)).Select(i => i.Came));
        Assert.Equal(2, await hall.JournalledAsync((await hall.CaseAsync(number)).Case.Id, JournalKinds.MeetingAnswered));
        Assert.Equal(0, (await hall.FlowsLeftAsync()).Incidents);
    }

    [Theory(DisplayName = "R-19 会开完了才回话，不收；当天开的会当天也能回话")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task R_19_after_the_meeting_nobody_answers_any_more(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var (number, agenda) = await ToTheCommitteeAsync(hall);
        var meeting = await hall.DoAsync("简一宁", new CallMeeting(new(2026, 3, 2), "三楼", [agenda]));
        await hall.DoesAsync("唐河清", number, "会商回执", "到会", ("who", "唐河清"));
        await hall.DoAsync("简一宁", Minutes(meeting, agenda, ("WATER", "唐河清"), ("HEALTH", "没来")));
        Assert.Equal("meeting.closed", (await HallWork.RefusedAsync(() => hall.DoesAsync("邱明远", number, "会商回执", "到会", ("who", "邱明远")))).Code);
        await hall.ItIsAsync("2026-03-02 17:00");
        Assert.False(await hall.HasTaskAsync("邱明远", number, "会商回执")); // 到点收回
        Assert.Equal(0, (await hall.FlowsLeftAsync()).Incidents);
    }

    [Theory(DisplayName = "R-22 逐封预览：并案的每一件各看各的答复，到哪一步、写了什么；答复里写到别人的编号、姓名、电话，交不上去")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task R_22_each_letter_tells_of_one_citizen_only(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var first = await hall.AcceptsAsync(HallWork.Form with { ApplicantName = "骆问渠", Phone = "10066778801" });
        var second = await hall.AcceptsAsync(HallWork.Form with { ApplicantName = "屈望舒", Phone = "10066778802" });
        var stranger = await hall.AcceptsAsync(HallWork.Form with { ApplicantName = "别青崖", Phone = "10066778803" });
        var cluster = await hall.DoAsync("简一宁", new BeginCluster("亲属关系证明", [first.Number, second.Number]));
        await hall.ComesToDraftingAsync(first.Number);
        Assert.Equal([LetterState.None, LetterState.None], (await LettersAsync(hall, cluster)).Select(l => l.State));

        foreach (var leak in new[] { $"同{second.Number}一样办。", "屈望舒那一件也是这样办的。", "屈 望舒那一件也这样办。", "可以打10066778802问问。", $"参照{stranger.Number}办。" })
        {
            var refused = await HallWork.RefusedAsync(() => hall.DoesAsync("段小禾", first.Number, "拟答复", "办成一部分", ("text", leak + "凭户口簿内页就能办。"), ("risk", "没有"), ("nextStep", "接着办"), ("nextDate", "2026-03-20")));
            Assert.Equal("reply.tells-of-another", refused.Code);
        }

        await hall.DoesAsync("段小禾", first.Number, "拟答复", "办成一部分", ("text", $"骆问渠您好，编号{first.Number}的事，凭户口簿内页先收件。"), ("risk", "没有"), ("nextStep", "派出所接着核"), ("nextDate", "2026-03-20"));
        var letters = await LettersAsync(hall, cluster);
        Assert.Equal([LetterState.ToSign, LetterState.None], letters.Select(l => l.State));
        Assert.Contains("派出所接着核", letters[0].Text, StringComparison.Ordinal);
        Assert.All(letters, l => Assert.Null(l.TellsOf));
        await hall.DoesAsync("温敬之", first.Number, "审签", "办成一部分");
        var sent = (await LettersAsync(hall, cluster))[0];
        Assert.Equal((LetterState.OnItsWay, (CaseOutcome?)CaseOutcome.PartiallyResolved), (sent.State, sent.Outcome));
        Assert.Contains(first.Number, sent.Sms!, StringComparison.Ordinal);
        await hall.ReportsAsync(await hall.MessageAsync(first.Id, "PARTIALLY_RESOLVED"), delivered: true);
        Assert.Equal(LetterState.Delivered, (await LettersAsync(hall, cluster))[0].State);
    }

    private static Task<IReadOnlyList<IndividualLetter>> LettersAsync(Hall hall, Guid cluster) => hall.ReadAsync(async db =>
    {
        var cases = await db.ClusterMembers.Where(m => m.ClusterId == cluster && m.LeftAt == null).OrderBy(m => m.JoinedAt).ThenBy(m => m.Id).Select(m => m.CaseId).ToListAsync(Ct);
        var cipher = hall.Services.GetRequiredService<FieldCipher>();
        return await IndividualLetter.OfAsync(db, new FellowCases(db, cipher), cipher, cases, Ct);
    });

    private static async Task<(string Number, Guid Agenda)> ToTheCommitteeAsync(Hall hall)
    {
        var number = (await hall.AcceptsAsync()).Number;
        await hall.DoesAsync("温敬之", number, "研判", "部门协同", ("lawful", "UNCLEAR"), ("legalBasis", "某办法第九条"), ("difficulty", "Complex"), ("policyAttribute", "POLICY_BOTTLENECK"),
            ("causeCodes", "HISTORICAL"), ("lead", "WATER"), ("assisting", "HEALTH"));
        await hall.DoesAsync("邱明远", number, "部门协同", "同意", ("opinion", "没有意见。"));
        await hall.DoesAsync("唐河清", number, "部门协同", "有异议", ("opinion", "按现在的规定批不了。"));
        await hall.DoesAsync("温敬之", number, "站长看方案", "提请联合党委", ("tried", "请水务局看过，缺影像。"), ("whyCommittee", "按旧规定还是按新规定，站里定不了。"));
        return (number, (await hall.ReadAsync(db => db.AgendaItems.AsNoTracking().SingleAsync(Ct))).Id);
    }

    private static Task<List<MeetingInvitation>> InvitedAsync(Hall hall, Guid meeting) =>
        hall.ReadAsync(db => db.MeetingInvitations.AsNoTracking().Where(i => i.MeetingId == meeting).OrderBy(i => i.UnitCode).ToListAsync(Ct));

    private static Task<int> SecretaryToldAsync(Hall hall) => hall.ReadAsync(db => db.StaffNotices.CountAsync(n => n.Text.Contains("还没有回话来不来"), Ct));

    private static CloseMeeting Minutes(Guid meeting, Guid agenda, params (string Unit, string Who)[] came) =>
        new(meeting, "蔡成明主持", [new CaseMinutes(agenda, "情况属实。", "不能免编方案。", "议定方案", [new ResolvedItem("接件审批", "WATER", new(2026, 3, 10))])]) { Came = came.ToDictionary(c => c.Unit, c => c.Who) };

    private static async Task<IEnumerable<string>> FaultsAsync(Hall hall, CloseMeeting minutes) => (await Assert.ThrowsAsync<FormRejectedException>(() => hall.DoAsync("简一宁", minutes))).Faults.Keys;
}
