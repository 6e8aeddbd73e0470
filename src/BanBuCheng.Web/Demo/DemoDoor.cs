using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Inbox;
using BanBuCheng.Desk.Offices;
using BanBuCheng.Web.Pages.Demo;
using BanBuCheng.Web.Pages.Shared.Parts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace BanBuCheng.Web.Demo;

/// <summary>演示大厅的门厅 — whom one can be, and what waits for them.</summary>
internal sealed class DemoDoor(DeskDb db, HallKind kind, DemoHall demo, TimeProvider clock, IOptions<HallOptions> hall) : IDemoDoor
{
    public async Task<RolePicker?> PickerAsync(CancellationToken ct)
    {
        if (!kind.IsDemo) return null;
        var open = await db.Cases.CountAsync(c => c.State == CaseState.Open, ct);
        var cards = new List<RoleCard>();
        foreach (var role in DemoPeople.Picker)
        {
            var person = await db.Staff.AsNoTracking().FirstOrDefaultAsync(s => s.Login == role.Login, ct);
            if (person is null) continue;
            var counts = await InboxQuery.CountsAsync(db, StaffActors.Of(person), ct);
            cards.Add(new RoleCard(role.Icon, $"{role.Title} {person.Name}", role.Text, role.Url, person.Login)
            {
                Foot = counts.Mine + counts.Group is var waiting and > 0 ? new Tag($"{waiting}件等着办") : null,
            });
        }

        return new RolePicker(hall.Value.District, TimeZoneInfo.ConvertTime(clock.GetUtcNow(), ShanghaiTime.Zone), open, cards,
        [
            new RoleCard("mobile", "群众", "凭编号和查询码，看办到哪一步、轮到谁、为什么是这一天。", "/q"),
            new RoleCard("message", "只收短信的群众", "从受理到评价，一个人一共会收到哪些短信。", "/messages", "wenjingzhi"),
        ])
        {
            Seeding = demo.Progress,
            ClockMoves = kind.ClockControl ? [("拨到下一个工作日", "next-working-day")] : [],
        };
    }
}
