using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Database;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Desk.Coordination;

/// <summary>派单建议 — whose the same item was the last time the station head had to decide it: what was settled once is not fought out again.</summary>
/// <param name="Times">How often it was decided so; <paramref name="Otherwise"/>: how often for somebody else.</param>
public sealed record DispatchHint(string UnitCode, string UnitName, string CaseNumber, string DecidedBy, DateTimeOffset At, int Times, int Otherwise)
{
    private const int Looked = 50;

    /// <returns>Null when the item was never arbitrated, or nobody wrote down which item it is. It only suggests; the judgement decides.</returns>
    public static async Task<DispatchHint?> FindAsync(DeskDb db, ServiceCase serviceCase, CancellationToken ct)
    {
        if (serviceCase.OriginalItem.Length == 0) return null;
        var (item, self) = (serviceCase.OriginalItem, serviceCase.Id);
        var decided = await (from one in db.CaseReturns.AsNoTracking()
                             join earlier in db.Cases.AsNoTracking() on one.CaseId equals earlier.Id
                             where one.DecidedBy != null && one.DecidedAt != null && earlier.OriginalItem == item && earlier.Id != self
                             orderby one.DecidedAt descending
                             select new { Unit = one.DecidedUnit!, earlier.Number, By = one.DecidedBy!, At = one.DecidedAt!.Value }).Take(Looked).ToListAsync(ct);
        if (decided is not [var last, ..]) return null;
        var name = await db.OfficeUnits.AsNoTracking().Where(u => u.Code == last.Unit).Select(u => u.Name).FirstOrDefaultAsync(ct) ?? last.Unit;
        return new DispatchHint(last.Unit, name, last.Number, last.By, last.At, decided.Count(d => d.Unit == last.Unit), decided.Count(d => d.Unit != last.Unit));
    }
}
