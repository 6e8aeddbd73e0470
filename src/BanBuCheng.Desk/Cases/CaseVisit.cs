using BanBuCheng.Desk.Steps;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BanBuCheng.Desk.Cases;

/// <summary>回访记录 — two answers, kept apart: is it solved, are you satisfied. What was not drawn for a visit is recorded too: it is in no denominator.</summary>
public sealed class CaseVisit
{
    private CaseVisit() { }

    internal static CaseVisit Of(Guid id, CaseId caseId, int round, VisitAnswer solved, Satisfaction? satisfaction, string? words, string? by, DateTimeOffset now) => new()
    {
        Id = id,
        CaseId = caseId,
        Round = round,
        Solved = solved,
        Satisfaction = satisfaction,
        Words = words,
        VisitedBy = by,
        At = now,
    };

    public Guid Id { get; private set; }
    public CaseId CaseId { get; private set; }

    /// <summary>1, 2 … of the case.</summary>
    public int Round { get; private set; }
    public VisitAnswer Solved { get; private set; }

    /// <summary>Null when they did not say; never a digit, whose order two questionnaires write differently.</summary>
    public Satisfaction? Satisfaction { get; private set; }

    /// <summary>群众的原话.</summary>
    public string? Words { get; private set; }
    public string? VisitedBy { get; private set; }
    public DateTimeOffset At { get; private set; }
}

/// <summary>What the visit found about the matter itself.</summary>
public enum VisitAnswer { Solved, NotSolved, Unreached, NotDrawn }

/// <summary>满意度五级.</summary>
public enum Satisfaction { VerySatisfied, Satisfied, BasicallySatisfied, Dissatisfied, VeryDissatisfied }

/// <summary>表扬 — a pennant or thanks. A record of its own: it is never counted as satisfaction.</summary>
public sealed class CasePraise
{
    private CasePraise() { }

    internal static CasePraise Record(Guid id, CaseId caseId, string text, Actor by, DateTimeOffset now) =>
        new() { Id = id, CaseId = caseId, Text = text, RecordedBy = by.Name, At = now };

    public Guid Id { get; private set; }
    public CaseId CaseId { get; private set; }
    public string Text { get; private set; } = "";
    public string RecordedBy { get; private set; } = "";
    public DateTimeOffset At { get; private set; }
}

internal sealed class CaseVisitTable : IEntityTypeConfiguration<CaseVisit>
{
    public void Configure(EntityTypeBuilder<CaseVisit> builder)
    {
        builder.ToTable("case_visits");
        builder.HasKey(v => v.Id);
        builder.HasIndex(v => new { v.CaseId, v.Round }).IsUnique();
        builder.HasIndex(v => v.At);
        builder.Property(v => v.Words).HasMaxLength(CaseLimits.LongText);
        builder.Property(v => v.VisitedBy).HasMaxLength(40);
    }
}

internal sealed class CasePraiseTable : IEntityTypeConfiguration<CasePraise>
{
    public void Configure(EntityTypeBuilder<CasePraise> builder)
    {
        builder.ToTable("case_praises");
        builder.HasKey(p => p.Id);
        builder.HasIndex(p => p.CaseId);
        builder.Property(p => p.Text).HasMaxLength(CaseLimits.LongText);
        builder.Property(p => p.RecordedBy).HasMaxLength(40);
    }
}
