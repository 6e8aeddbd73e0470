using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Inbox;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Stories.Given;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace BanBuCheng.Stories.Reply;

/// <summary>说“不能办”要两把钥匙：一个人拟，站长审签。</summary>
public sealed class SecondKey
{
    private static readonly (string, string)[] Refusal =
        [("basis", "《户口登记条例》第十三条。"), ("alternatives", "到公安分局申请补录，找雷致远。")];

    [Theory(DisplayName = "依法不能办：拟了不发，站长审签才发；群众看得到依据、出路和救济")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task A_refusal_needs_the_station_head(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var accepted = await hall.AcceptsAsync();
        await hall.ComesToDraftingAsync(accepted.Number);
        await hall.DraftsAsync(accepted.Number, "依法不能办", Refusal);
        Assert.Empty((await hall.CaseAsync(accepted.Number)).Notices);

        await hall.DoesAsync("温敬之", accepted.Number, "审签", "依法不能办");

        var notice = Assert.Single((await hall.CaseAsync(accepted.Number)).Notices);
        Assert.Equal(CaseOutcome.CannotBeDone, notice.Outcome);
        foreach (var part in new[] { "第十三条", "找雷致远", "行政复议" }) Assert.Contains(part, notice.Text, StringComparison.Ordinal);
        Assert.True((await hall.CaseAsync(accepted.Number)).Case.ReplyOwed);
    }

    [Theory(DisplayName = "站长自己拟的“不能办”，自己签不了，接也接不走；另一位站长签了才发")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task The_second_key_is_in_another_hand(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var accepted = await hall.AcceptsAsync();
        await hall.ComesToDraftingAsync(accepted.Number);
        await hall.DoesAsync("温敬之", accepted.Number, "拟答复", "依法不能办", [("text", "凭户口簿内页办不了，去公安分局补录。"), ("risk", "没有"), .. Refusal]);

        var sign = (await hall.TaskAsync("严守正", accepted.Number, "审签")).TaskId;
        Assert.False(await hall.HasTaskAsync("温敬之", accepted.Number, "审签"));
        Assert.Equal("task.second-person-needed", (await HallWork.RefusedAsync(() => hall.DoAsync("温敬之", new ClaimTask(sign)))).Code);
        Assert.Equal("task.second-person-needed", (await HallWork.RefusedAsync(() => hall.DoAsync("温敬之", HallWork.Completing(sign, "依法不能办")))).Code);
        Assert.Empty((await hall.CaseAsync(accepted.Number)).Notices);

        await hall.DoAsync("严守正", HallWork.Completing(sign, "依法不能办"));
        Assert.Single((await hall.CaseAsync(accepted.Number)).Notices);
    }

    [Fact(DisplayName = "只剩一位站长，又是他拟的：交给局领导签，不会没人能办")]
    public async Task Nobody_else_signs_so_the_leader_does()
    {
        await using var hall = await Hall.OpenAsync(Database.Sqlite, "2026-03-02 09:00");
        await hall.TamperAsync(db => db.Staff.Where(s => s.Login == "yanshouzheng").ExecuteUpdateAsync(s => s.SetProperty(p => p.Active, false), TestContext.Current.CancellationToken));
        var accepted = await hall.AcceptsAsync();
        await hall.ComesToDraftingAsync(accepted.Number);
        await hall.DoesAsync("温敬之", accepted.Number, "拟答复", "依法不能办", [("text", "凭户口簿内页办不了，去公安分局补录。"), ("risk", "没有"), .. Refusal]);

        await hall.DoesAsync("蔡成明", accepted.Number, "审签", "依法不能办");
        Assert.Single((await hall.CaseAsync(accepted.Number)).Notices);
        Assert.Equal(0, (await hall.FlowsLeftAsync()).Incidents);
    }

    [Fact(DisplayName = "不写依据、不写出路，就说不了“不能办”")]
    public async Task A_refusal_without_reasons_is_not_taken()
    {
        await using var hall = await Hall.OpenAsync(Database.Sqlite, "2026-03-02 09:00");
        var accepted = await hall.AcceptsAsync();
        await hall.ComesToDraftingAsync(accepted.Number);
        var rejected = await Assert.ThrowsAsync<FormRejectedException>(() => hall.DraftsAsync(accepted.Number, "依法不能办"));
        Assert.Equal(["alternatives", "basis"], rejected.Faults.Keys.Order(StringComparer.Ordinal));
        Assert.True(await hall.HasTaskAsync("段小禾", accepted.Number, "拟答复"));
    }

    [Theory(DisplayName = "审签退回，重拟一稿；退过两回就不再退")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task A_draft_goes_back_twice_at_most(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var accepted = await hall.AcceptsAsync();
        await hall.ComesToDraftingAsync(accepted.Number);
        for (var round = 1; round <= 2; round++)
        {
            await hall.DraftsAsync(accepted.Number, "依法不能办", Refusal);
            await hall.DoesAsync("温敬之", accepted.Number, "审签", "退回重拟", ("opinion", "没说清试过什么。"));
        }

        await hall.DraftsAsync(accepted.Number, "依法不能办", Refusal);
        var signing = Assert.Single((await hall.CaseAsync(accepted.Number)).OpenTasks);
        Assert.DoesNotContain("退回重拟", signing.Outcomes);
        await hall.DoesAsync("温敬之", accepted.Number, "审签", "依法不能办");
        Assert.Single((await hall.CaseAsync(accepted.Number)).Notices);
    }
}
