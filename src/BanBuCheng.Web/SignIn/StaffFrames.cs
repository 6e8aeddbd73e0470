using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Offices;
using BanBuCheng.Web.Demo;
using BanBuCheng.Web.Designer;
using BanBuCheng.Web.Pages.Shared.Frame;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace BanBuCheng.Web.SignIn;

/// <summary>The frame round every page: the hall, the person, what they may open, and the moved clock of a demo hall.</summary>
internal sealed class StaffFrames(IOptions<HallOptions> hall, DeskDb db, HallKind kind, TimeProvider clock) : IPageFrames
{
    public async ValueTask<PageFrame> ForAsync(HttpContext http)
    {
        var actor = http.ActorOrNull();
        var unit = actor is null ? null : await db.OfficeUnits.AsNoTracking().Where(u => u.Code == actor.UnitCode).Select(u => u.Name).FirstOrDefaultAsync(http.RequestAborted);
        return new PageFrame
        {
            District = hall.Value.District,
            HelpPhone = hall.Value.Phone,
            Person = actor is null ? null : new FramePerson(actor.Name, string.Join(" · ", new[] { unit, Post(actor.Roles) }.OfType<string>())),
            DemoNow = kind.IsDemo ? TimeZoneInfo.ConvertTime(clock.GetUtcNow(), ShanghaiTime.Zone) : null,
            LetterKeys = Look.LettersOn(http.Request),
            Menu = actor is null ? [] : [.. Menu(actor.Roles)],
        };
    }

    private static string? Post(IReadOnlySet<string> roles) => Roles.Captions.Where(r => roles.Contains(r.Key)).OrderBy(r => r.Key != Roles.StationHead).Select(r => r.Value).FirstOrDefault();

    private static IEnumerable<MenuEntry> Menu(IReadOnlySet<string> roles)
    {
        yield return new("收件箱", "/inbox", "inbox");
        if (roles.Overlaps(Roles.Intake)) yield return new("登记", "/intake/new", "edit");
        if (roles.Overlaps(Roles.Intake)) yield return new("现场解答", "/intake/onsite", "bolt", Key: "F2");
        yield return new("台账", "/cases", "list");
        if (May(Roles.HelpWindow, Roles.CaseOfficer, Roles.StationHead, Roles.Supervisor, Roles.SystemAdmin)) yield return new("短信", "/messages", "message");
        if (May(Roles.CommitteeSecretary, Roles.StationHead, Roles.BureauLeader, Roles.Supervisor)) yield return new("会商", "/committee", "gavel");
        if (roles.Overlaps(DesignerRights.MayLook)) yield return new("流程", "/flows", "route");
        if (roles.Overlaps(Roles.Operators)) yield return new("运维", "/operations", "settings");
        if (May(Roles.ProcessAdmin, Roles.SystemAdmin, Roles.StationHead, Roles.Supervisor, Roles.BureauLeader)) yield return new("时限", "/policy", "calendar", "/calendar");
        if (May(Roles.SystemAdmin)) yield return new("值守", "/operations/watch", "shield");

        bool May(params ReadOnlySpan<string> any)
        {
            foreach (var role in any)
            {
                if (roles.Contains(role)) return true;
            }

            return false;
        }
    }
}
