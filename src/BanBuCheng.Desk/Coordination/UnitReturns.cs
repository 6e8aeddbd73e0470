using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Inbox;
using BanBuCheng.Desk.Offices;
using BanBuCheng.Desk.Steps;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Desk.Coordination;

/// <summary>退单 — who returned what to whom, and whether the proposal may simply be followed: once; the second time somebody decides.</summary>
public class UnitReturns(DeskDb db, DispatchBook dispatch, CaseJournal journal, StepScope step)
{
    public const string UnitAsked = "case.unit-asked";

    public virtual async ValueTask<bool> HasReturnedAsync(ServiceCase serviceCase, string unit, CancellationToken ct) =>
        db.CaseReturns.Local.Any(r => r.CaseId == serviceCase.Id && r.FromUnit == unit) || await db.CaseReturns.AnyAsync(r => r.CaseId == serviceCase.Id && r.FromUnit == unit, ct);

    /// <summary>Is there such a department, at work?</summary>
    internal virtual async ValueTask<bool> KnowsAsync(string unit, CancellationToken ct) =>
        await db.OfficeUnits.AnyAsync(u => u.Code == unit && u.Active && u.Kind == UnitKind.Department, ct);

    /// <summary>When the part came that a unit is just handing back.</summary>
    internal virtual DateTimeOffset ReceivedAt(ServiceCase serviceCase, string unit) =>
        db.InboxTasks.Local.Where(t => t.CaseId == serviceCase.Id && t.State is TaskState.Done && t.AssignedUnit == unit).Max(t => t.OpenedAt);

    internal virtual void Keep(CaseReturn returned) => db.CaseReturns.Add(returned);

    /// <summary>The first return of a case follows its proposal; a second one, or one that points back, is arbitrated.</summary>
    internal async ValueTask<bool> MayFollowAsync(ServiceCase serviceCase, string from, string proposed, CancellationToken ct)
    {
        var all = await OfAsync(serviceCase, ct);
        return !all.Any(r => r.FromUnit != from) && all.All(r => r.FromUnit != proposed);
    }

    /// <param name="by">The arbiter; null when the unit's own proposal was followed, which settles nothing for the next case.</param>
    /// <param name="why">The arbiter's reason.</param>
    internal async ValueTask DecidedAsync(ServiceCase serviceCase, string from, string unit, string? by, string why, CancellationToken ct)
    {
        if (by is not null) await dispatch.SettleAsync(serviceCase, unit, why, ct);
        (await OfAsync(serviceCase, ct)).Single(r => r.FromUnit == from).Decide(unit, by, step.Now);
        var assisting = serviceCase.AssistingUnits.Select(u => u == from ? unit : u);
        serviceCase.AssignUnits(serviceCase.LeadUnit == from || serviceCase.LeadUnit is null ? unit : serviceCase.LeadUnit, assisting);
        journal.Write(serviceCase, JournalKinds.ReturnDecided, ("from", from), ("unit", unit), ("arbitrated", by is not null));
    }

    /// <summary>What the arbiter has to know, in two or three sentences.</summary>
    internal virtual async ValueTask<string> StoryAsync(ServiceCase serviceCase, string from, string proposed, CancellationToken ct)
    {
        var names = await db.OfficeUnits.AsNoTracking().ToDictionaryAsync(u => u.Code, u => u.Name, ct);
        var all = await OfAsync(serviceCase, ct);
        var lines = all.OrderBy(r => r.At).Select(r => $"{Name(r.FromUnit)}说不归自己管，建议{Name(r.ProposedUnit)}：{r.Reason}（依据：{r.Basis}）");
        return $"{string.Join('\n', lines)}\n\n{Name(from)}又退到{Name(proposed)}，要您来定。定了就不能再退，期限不变，时限照走。";

        string Name(string code) => names.GetValueOrDefault(code, code);
    }

    protected virtual async ValueTask<List<CaseReturn>> OfAsync(ServiceCase serviceCase, CancellationToken ct)
    {
        await db.CaseReturns.Where(r => r.CaseId == serviceCase.Id).LoadAsync(ct);
        return [.. db.CaseReturns.Local.Where(r => r.CaseId == serviceCase.Id)];
    }
}
