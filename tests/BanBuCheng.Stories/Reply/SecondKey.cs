using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Stories.Given;
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
