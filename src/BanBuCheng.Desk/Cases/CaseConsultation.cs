using BanBuCheng.Desk.Steps;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BanBuCheng.Desk.Cases;

/// <summary>咨询上级 — whom somebody asked, when, what, and what they said with which basis. It never stops the clock.</summary>
public sealed class CaseConsultation
{
    private CaseConsultation() { }

    internal static CaseConsultation Record(Guid id, CaseId caseId, string unit, string person, DateOnly on, string question, string answer, string basis, Actor by, DateTimeOffset now) => new()
    {
        Id = id,
        CaseId = caseId,
        Unit = unit,
        Person = person,
        On = on,
        Question = question,
        Answer = answer,
        Basis = basis,
        RecordedBy = by.Name,
        RecordedAt = now,
    };

    public Guid Id { get; private set; }
    public CaseId CaseId { get; private set; }

    /// <summary>问的哪一家，写全称：市卫健委.</summary>
    public string Unit { get; private set; } = "";
    public string Person { get; private set; } = "";
    public DateOnly On { get; private set; }
    public string Question { get; private set; } = "";

    /// <summary>Empty while there is none.</summary>
    public string Answer { get; private set; } = "";
    public string Basis { get; private set; } = "";
    public string RecordedBy { get; private set; } = "";
    public DateTimeOffset RecordedAt { get; private set; }
}

internal sealed class CaseConsultationTable : IEntityTypeConfiguration<CaseConsultation>
{
    public void Configure(EntityTypeBuilder<CaseConsultation> builder)
    {
        builder.ToTable("case_consultations");
        builder.HasKey(c => c.Id);
        builder.HasIndex(c => c.CaseId);
        builder.Property(c => c.Unit).HasMaxLength(60);
        builder.Property(c => c.Person).HasMaxLength(40);
        builder.Property(c => c.Question).HasMaxLength(CaseLimits.LongText);
        builder.Property(c => c.Answer).HasMaxLength(CaseLimits.LongText);
        builder.Property(c => c.Basis).HasMaxLength(CaseLimits.ShortText);
        builder.Property(c => c.RecordedBy).HasMaxLength(40);
    }
}
