using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Database;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Desk.Committee;

/// <summary>并案建议 — open cases that look like one kind and are not studied together yet. It only shows them; the secretary decides.</summary>
/// <param name="Title">What they have in common: the clause, or the item.</param>
public sealed record ClusterHint(string Title, IReadOnlyList<(string Number, string Subject)> Cases)
{
    /// <summary>Two stuck at one clause are a kind; of one item that nobody blocks it takes three.</summary>
    private const int OfOneClause = 2, OfOneItem = 3, Looked = 1000, Most = 5, LookBackDays = 90;

    public static async Task<IReadOnlyList<ClusterHint>> FindAsync(DeskDb db, DateTimeOffset now, CancellationToken ct)
    {
        var since = now.AddDays(-LookBackDays);
        var open = await db.Cases.AsNoTracking()
            .Where(c => c.State == CaseState.Open && c.About == CaseAbout.Matter && c.AcceptedAt >= since && c.PolicyAttribute != null
                && !db.ClusterMembers.Any(m => m.CaseId == c.Id && m.LeftAt == null))
            .OrderByDescending(c => c.AcceptedAt).ThenByDescending(c => c.Id).Take(Looked)
            .Select(c => new { c.Id, c.Number, c.Subject, c.PolicyAttribute, c.LegalClauses, c.OriginalItem, c.LeadUnit }).ToListAsync(ct);

        var byClause = open.Where(c => c.PolicyAttribute != "NO_BARRIER" && PolicyBottleneck.KeyOf(c.LegalClauses ?? "").Length > 0)
            .GroupBy(c => PolicyBottleneck.KeyOf(c.LegalClauses!)).Where(g => g.Count() >= OfOneClause).ToList();
        var taken = byClause.SelectMany(g => g).Select(c => c.Id).ToHashSet();
        var byItem = open.Where(c => !taken.Contains(c.Id) && c.OriginalItem.Length > 0)
            .GroupBy(c => (c.OriginalItem, c.LeadUnit)).Where(g => g.Count() >= OfOneItem);
        return
        [
            .. byClause.Select(g => new ClusterHint(Short($"都卡在{g.First().LegalClauses!.Trim()}"), [.. g.OrderBy(c => c.Number).Select(c => (c.Number, c.Subject))]))
                .Concat(byItem.Select(g => new ClusterHint(Short($"都是{g.Key.OriginalItem}"), [.. g.OrderBy(c => c.Number).Select(c => (c.Number, c.Subject))])))
                .OrderByDescending(h => h.Cases.Count).ThenBy(h => h.Title, StringComparer.Ordinal).Take(Most),
        ];

        static string Short(string title) => title.Length <= CaseLimits.Subject ? title : title[..CaseLimits.Subject];
    }
}
