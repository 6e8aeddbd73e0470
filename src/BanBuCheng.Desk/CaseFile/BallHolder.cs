using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Inbox;
using BanBuCheng.Desk.Notices;
using BanBuCheng.Desk.Offices;

namespace BanBuCheng.Desk.CaseFile;

/// <summary>现在轮到谁 — exactly one party has the ball: the lead before the assisting, a person before a role, the citizen, or a timer.</summary>
/// <param name="Kind">Staff, Unit, Role, Citizen, Delivery, Timer or Nobody (closed).</param>
public sealed record BallHolder(BallKind Kind, string Name, string? Login, string? UnitCode, DateTimeOffset? Since)
{
    public static BallHolder Of(ServiceCase serviceCase, IReadOnlyList<InboxTask> tasks, IReadOnlyList<CaseNotice> notices, IReadOnlyDictionary<string, OfficeUnit> units)
    {
        if (serviceCase.State is CaseState.Closed) return new BallHolder(BallKind.Nobody, "已办结", null, null, serviceCase.ClosedAt);
        if (serviceCase.Clock is ClockState.Paused) return new BallHolder(BallKind.Citizen, "群众补材料", null, null, null);
        var open = tasks.Where(t => t.State is TaskState.Open && t.Purpose is not TaskPurpose.Beside)
            .OrderByDescending(t => t.AssignedUnit is not null && t.AssignedUnit == serviceCase.LeadUnit).ThenBy(t => t.OpenedAt).FirstOrDefault();
        if (open is null)
        {
            return notices.FirstOrDefault(n => n.IsOpen) is { } notice
                ? new BallHolder(BallKind.Delivery, "等短信送达", null, null, notice.IssuedAt)
                : new BallHolder(BallKind.Timer, "系统定时", null, null, null);
        }

        if (open.HolderName is { } holder) return new BallHolder(BallKind.Staff, holder, open.HolderLogin, open.AssignedUnit, open.OpenedAt);
        if (open.AssignedUnit is { } unit) return new BallHolder(BallKind.Unit, units.TryGetValue(unit, out var known) ? known.Name : unit, null, unit, open.OpenedAt);
        return open.AssignedRole is { } role
            ? new BallHolder(BallKind.Role, Roles.Captions.GetValueOrDefault(role, role), null, null, open.OpenedAt)
            : new BallHolder(BallKind.Staff, open.AssignedPerson ?? "", open.AssignedPerson, null, open.OpenedAt);
    }
}

public enum BallKind { Nobody, Staff, Unit, Role, Citizen, Delivery, Timer }
