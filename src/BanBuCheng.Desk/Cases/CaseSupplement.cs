using BanBuCheng.Desk.Steps;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BanBuCheng.Desk.Cases;

/// <summary>一次性补正告知 — the whole list of what is missing and by when. Asked once; a second time only with a leader's reason.</summary>
public sealed class CaseSupplement
{
    private CaseSupplement() { }

    internal static CaseSupplement Ask(Guid id, CaseId caseId, int number, string items, DateOnly wantedBy, string? reason, Actor by, DateTimeOffset now) => new()
    {
        Id = id,
        CaseId = caseId,
        Number = number,
        Items = items,
        WantedBy = wantedBy,
        Reason = reason,
        AskedBy = by.Name,
        AskedAt = now,
    };

    public Guid Id { get; private set; }
    public CaseId CaseId { get; private set; }

    /// <summary>1 for the first and, as a rule, only one.</summary>
    public int Number { get; private set; }

    /// <summary>One item a line.</summary>
    public string Items { get; private set; } = "";
    public DateOnly WantedBy { get; private set; }

    /// <summary>Why a second time; null for the first.</summary>
    public string? Reason { get; private set; }
    public string AskedBy { get; private set; } = "";
    public DateTimeOffset AskedAt { get; private set; }
}

internal sealed class CaseSupplementTable : IEntityTypeConfiguration<CaseSupplement>
{
    public void Configure(EntityTypeBuilder<CaseSupplement> builder)
    {
        builder.ToTable("case_supplements");
        builder.HasKey(s => s.Id);
        builder.HasIndex(s => new { s.CaseId, s.Number }).IsUnique();
        builder.Property(s => s.Items).HasMaxLength(CaseLimits.LongText);
        builder.Property(s => s.Reason).HasMaxLength(CaseLimits.LongText);
        builder.Property(s => s.AskedBy).HasMaxLength(40);
    }
}
