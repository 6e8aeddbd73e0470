using BanBuCheng.Stories.Given;
using Xunit;

namespace BanBuCheng.Stories.Intake;

/// <summary>每个窗口都是“办不成事”窗口的主体责任。</summary>
public sealed class EveryWindowAccepts
{
    [Theory(DisplayName = "哪个窗口都能受理")]
    [InlineData("贺文静")]
    [InlineData("段小禾")]
    [InlineData("温敬之")]
    public async Task Any_window_takes_the_case_on(string name)
    {
        await using var hall = await Hall.OpenAsync(Database.Sqlite, "2026-03-02 09:00");
        var accepted = await hall.AcceptsAsync(by: name);
        Assert.Equal(name, (await hall.CaseAsync(accepted.Number)).Case.FirstContactName);
    }

    [Theory(DisplayName = "部门联络员、回访员和管理员不受理")]
    [InlineData("石立群")]
    [InlineData("安素心")]
    [InlineData("袁博")]
    public async Task Who_sits_at_no_window_does_not(string name)
    {
        await using var hall = await Hall.OpenAsync(Database.Sqlite, "2026-03-02 09:00");
        var refused = await HallWork.RefusedAsync(() => hall.AcceptsAsync(by: name));
        Assert.Equal("who.role-needed", refused.Code);
        Assert.Equal(0, await hall.RowsAsync("cases"));
    }
}
