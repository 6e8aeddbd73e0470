using BanBuCheng.Desk.Offices;
using BanBuCheng.Desk.Steps;

namespace BanBuCheng.Web.Designer;

/// <summary>谁能看流程、谁能改 — leaders look, the process administrator draws and publishes. Studio reads it from the links, the steps enforce it.</summary>
internal static class DesignerRights
{
    public static IReadOnlyList<string> MayLook { get; } = [Roles.ProcessAdmin, Roles.SystemAdmin, Roles.StationHead, Roles.BureauLeader, Roles.Supervisor];

    public static bool MayView(this Actor actor) => actor.Roles.Overlaps(MayLook);

    public static bool MayDraw(this Actor actor) => actor.Is(Roles.ProcessAdmin);
}
