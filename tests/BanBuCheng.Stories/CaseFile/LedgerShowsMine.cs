using BanBuCheng.Desk.CaseFile;
using BanBuCheng.Desk.Offices;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Stories.Given;
using Xunit;

namespace BanBuCheng.Stories.CaseFile;

/// <summary>台账上有谁的哪几件。</summary>
public sealed class LedgerShowsMine
{
    [Theory(DisplayName = "首问责任人换到了部门，当初受理的还在她的台账上；别人的不在")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task First_contact_keeps_her_cases_wherever_she_sits(Database database)
    {
        var ct = TestContext.Current.CancellationToken;
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var number = (await hall.AcceptsAsync()).Number;
        var mine = (await hall.CaseAsync(number)).Case.FirstContact;
        var moved = (await hall.PersonAsync("温敬之")) with { StaffId = mine, UnitCode = "WATER", Login = "moved", Roles = [Roles.Liaison] };

        Assert.Equal([number], (await hall.ReadAsync(db => CaseList.OpenAsync(db, moved, null, ct))).Select(r => r.Number));
        Assert.Empty(await hall.ReadAsync(db => CaseList.OpenAsync(db, moved with { StaffId = StaffId.Next(hall.Clock) }, null, ct)));
    }
}
