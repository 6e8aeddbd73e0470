using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Steps;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BanBuCheng.Desk.Cases;

/// <summary>暂停 — days of a case that do not count: from the day of the pause to the day of the resumption, both included.</summary>
public sealed class CasePause
{
    private CasePause() { }

    internal static CasePause Begin(Guid id, CaseId caseId, DateOnly from, string reason) => new() { Id = id, CaseId = caseId, From = from, Reason = reason };

    public Guid Id { get; private set; }
    public CaseId CaseId { get; private set; }
    public DateOnly From { get; private set; }

    /// <summary>Last day that does not count; null while the pause lasts.</summary>
    public DateOnly? Until { get; private set; }

    /// <summary>A code of <see cref="PauseReasons"/>.</summary>
    public string Reason { get; private set; } = "";

    internal void End(DateOnly until) => Until = until;
}

/// <summary>The pauses of a case, as the calendar counts with them.</summary>
public class CasePauses(DeskDb db, TimeProvider clock)
{
    public virtual ValueTask<IReadOnlyList<Pause>> OfAsync(CaseId caseId, CancellationToken ct) => OfAsync(db, caseId, ct);

    /// <summary>For pages, outside a step.</summary>
    public static async ValueTask<IReadOnlyList<Pause>> OfAsync(DeskDb db, CaseId caseId, CancellationToken ct) =>
        [.. (await db.CasePauses.AsNoTracking().Where(p => p.CaseId == caseId).OrderBy(p => p.From).ToListAsync(ct)).Select(ToPause)];

    internal virtual void Open(CaseId caseId, DateOnly from, string reason) =>
        db.CasePauses.Add(CasePause.Begin(Guid.CreateVersion7(clock.GetUtcNow()), caseId, from, reason));

    internal virtual async ValueTask<IReadOnlyList<Pause>> CloseAsync(CaseId caseId, DateOnly until, CancellationToken ct)
    {
        var pauses = await db.CasePauses.Where(p => p.CaseId == caseId).OrderBy(p => p.From).ToListAsync(ct);
        foreach (var open in pauses.Where(p => p.Until is null)) open.End(until);
        return [.. pauses.Select(ToPause)];
    }

    private protected static Pause ToPause(CasePause pause) => new(pause.From, pause.Until, PauseReasons.Captions.GetValueOrDefault(pause.Reason, pause.Reason));
}

internal sealed class CasePauseTable : IEntityTypeConfiguration<CasePause>
{
    public void Configure(EntityTypeBuilder<CasePause> builder)
    {
        builder.ToTable("case_pauses");
        builder.HasKey(p => p.Id);
        builder.HasIndex(p => p.CaseId);
        builder.Property(p => p.Reason).HasMaxLength(40);
    }
}
