using BanBuCheng.Desk.Steps;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BanBuCheng.Desk.Cases;

/// <summary>超期记录 — one red light: in whose hands the case was when it came on, and the reason that unit wrote itself. Kept with the case for good.</summary>
public sealed class CaseLate
{
    private CaseLate() { }

    internal static CaseLate Record(Guid id, CaseId caseId, string unit, DateOnly on, DateOnly? dueOn, DateTimeOffset at) =>
        new() { Id = id, CaseId = caseId, UnitCode = unit, On = on, DueOn = dueOn, At = at };

    public Guid Id { get; private set; }
    public CaseId CaseId { get; private set; }

    /// <summary>责任单位: who had the ball.</summary>
    public string UnitCode { get; private set; } = "";

    /// <summary>The hall's day on which the light went red.</summary>
    public DateOnly On { get; private set; }
    public DateOnly? DueOn { get; private set; }
    public DateTimeOffset At { get; private set; }

    /// <summary>为什么超期, in the unit's own words; null while it owes them.</summary>
    public string? Reason { get; private set; }

    /// <summary>哪天答复 — what the unit promises.</summary>
    public DateOnly? ReplyBy { get; private set; }
    public string? ExplainedBy { get; private set; }
    public DateTimeOffset? ExplainedAt { get; private set; }

    internal void Explain(string reason, DateOnly? replyBy, Actor by, DateTimeOffset at) =>
        (Reason, ReplyBy, ExplainedBy, ExplainedAt) = (reason, replyBy, by.Name, at);
}

internal sealed class CaseLateTable : IEntityTypeConfiguration<CaseLate>
{
    public void Configure(EntityTypeBuilder<CaseLate> builder)
    {
        builder.ToTable("case_lates");
        builder.HasKey(l => l.Id);
        builder.HasIndex(l => l.CaseId);
        builder.HasIndex(l => new { l.UnitCode, l.On });
        builder.Property(l => l.UnitCode).HasMaxLength(40);
        builder.Property(l => l.Reason).HasMaxLength(CaseLimits.LongText);
        builder.Property(l => l.ExplainedBy).HasMaxLength(40);
    }
}
