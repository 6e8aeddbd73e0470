using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Offices;
using BanBuCheng.Desk.Steps;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Desk.Inbox;

/// <summary>Leaves a sentence with everybody a word means, once each.</summary>
public class StaffTeller(DeskDb db, StepScope step)
{
    public virtual async ValueTask TellAsync(ServiceCase serviceCase, IReadOnlyList<Assignee> whom, bool firstContact, string text, CancellationToken ct)
    {
        var told = new HashSet<StaffId>();
        if (firstContact) told.Add(serviceCase.FirstContact);
        foreach (var (role, unit, person) in whom)
        {
            told.UnionWith(await db.Staff.Where(s => s.Active && ((role != null && s.Roles.Contains(role)) || (unit != null && s.UnitCode == unit) || (person != null && s.Login == person)))
                .Select(s => s.Id).ToListAsync(ct));
        }

        foreach (var id in told) db.StaffNotices.Add(StaffNotice.Tell(Guid.CreateVersion7(step.Now), serviceCase.Id, id, StaffNotice.Alarm, text, step.Now));
    }

    /// <summary>部门负责人 of the units in whose hands something is: the unit asked, or the unit of whoever took it over. Nobody where the post is not filled.</summary>
    public virtual async ValueTask<IReadOnlyList<Assignee>> LeadersOfAsync(IReadOnlyList<Assignee> handlers, CancellationToken ct)
    {
        var (units, holders) = (handlers.Where(h => h.Unit != null).Select(h => h.Unit).ToList(), handlers.Where(h => h.Person != null).Select(h => h.Person).ToList());
        var leaders = await db.Staff.Where(s => s.Active && s.Roles.Contains(Roles.DepartmentLeader) && (units.Contains(s.UnitCode) || db.Staff.Any(h => holders.Contains(h.Login) && h.UnitCode == s.UnitCode)))
            .Select(s => s.Login).ToListAsync(ct);
        return [.. leaders.Select(login => new Assignee(null, null, login))];
    }
}
