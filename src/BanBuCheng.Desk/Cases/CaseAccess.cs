using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Offices;
using BanBuCheng.Desk.Steps;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Desk.Cases;

/// <summary>Who may see a case: the hall's own people all of them, its first contact, and a department whose unit was ever asked about it.</summary>
public static class CaseAccess
{
    public static async ValueTask<bool> MaySeeAsync(DeskDb db, CaseId caseId, StaffId firstContact, Actor actor, CancellationToken ct) =>
        SeesAll(actor) || actor.StaffId == firstContact
        || await db.InboxTasks.AnyAsync(t => t.CaseId == caseId && (t.AssignedUnit == actor.UnitCode || t.AssignedPerson == actor.Login || t.DoneByLogin == actor.Login), ct);

    public static bool SeesAll(Actor actor) => Roles.SeesAllCases.Any(actor.Is);
}
