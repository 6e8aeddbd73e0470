using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Offices;
using BanBuCheng.Desk.Steps;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Desk.Cases;

/// <summary>
/// Who may see a case: the hall's own people all of them, its first contact, and a department whose unit was ever asked about it. What
/// somebody says about the help window itself, the window and the station do not see.
/// </summary>
public static class CaseAccess
{
    public static async ValueTask<bool> MaySeeAsync(DeskDb db, CaseId caseId, StaffId firstContact, Actor actor, CancellationToken ct) =>
        SeesAll(actor, await db.Cases.Where(c => c.Id == caseId).Select(c => c.About).FirstOrDefaultAsync(ct)) || await WasAskedAsync(db, caseId, firstContact, actor, ct);

    public static async ValueTask<bool> MaySeeAsync(DeskDb db, ServiceCase serviceCase, Actor actor, CancellationToken ct) =>
        SeesAll(actor, serviceCase.About) || await WasAskedAsync(db, serviceCase.Id, serviceCase.FirstContact, actor, ct);

    /// <summary>All cases of that kind.</summary>
    public static bool SeesAll(Actor actor, CaseAbout about = CaseAbout.Matter) =>
        (about is CaseAbout.Window ? Roles.SeesComplaints : Roles.SeesAllCases).Any(actor.Is);

    private static async ValueTask<bool> WasAskedAsync(DeskDb db, CaseId caseId, StaffId firstContact, Actor actor, CancellationToken ct) =>
        actor.StaffId == firstContact
        || await db.InboxTasks.AnyAsync(t => t.CaseId == caseId && (t.AssignedUnit == actor.UnitCode || t.AssignedPerson == actor.Login || t.DoneByLogin == actor.Login), ct);
}
