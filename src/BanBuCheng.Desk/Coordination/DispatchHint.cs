using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Database;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Desk.Coordination;

/// <summary>派单建议 — whose the case's item is by the list: what was settled once is not fought out again.</summary>
/// <param name="CaseNumber">The case in which the station head decided it; null when it was written into the list.</param>
/// <param name="Otherwise">How often it was another department's before.</param>
public sealed record DispatchHint(Guid RuleId, string UnitCode, string UnitName, string Basis, string? CaseNumber, string DecidedBy, DateTimeOffset At, int Otherwise)
{
    /// <returns>Null when the list has no such item, when nobody wrote down which item it is, or when it was settled in this very case. It only suggests; the judgement decides.</returns>
    public static async Task<DispatchHint?> FindAsync(DeskDb db, ServiceCase serviceCase, CancellationToken ct)
    {
        var key = DispatchRule.KeyOf(serviceCase.OriginalItem);
        if (key.Length == 0) return null;
        var rules = await db.DispatchRules.AsNoTracking().Where(r => r.ItemKey == key).ToListAsync(ct);
        if (rules.Find(r => r.EndedAt is null) is not { } rule || rule.CaseNumber == serviceCase.Number) return null;
        var name = await db.OfficeUnits.AsNoTracking().Where(u => u.Code == rule.UnitCode).Select(u => u.Name).FirstOrDefaultAsync(ct) ?? rule.UnitCode;
        return new DispatchHint(rule.Id, rule.UnitCode, name, rule.Basis, rule.CaseNumber, rule.SetBy, rule.SetAt, rules.Count(r => r.UnitCode != rule.UnitCode));
    }
}
