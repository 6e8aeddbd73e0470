using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Database;
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
}
