using BanBuCheng.Desk.Steps;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BanBuCheng.Desk.Cases;

/// <summary>退单 — a unit says a matter is not its own: why, by what rule, and whose it is. Once per unit and case; then the station head decides.</summary>
public sealed class CaseReturn
{
    /// <summary>The outcome of a department's task that hands it back.</summary>
    public const string Outcome = "不归我们管，退单";

    private CaseReturn() { }

    internal static CaseReturn Of(Guid id, CaseId caseId, string fromUnit, string proposedUnit, string reason, string basis, Actor by, DateTimeOffset now) => new()
    {
        Id = id,
        CaseId = caseId,
        FromUnit = fromUnit,
        ProposedUnit = proposedUnit,
        Reason = reason,
        Basis = basis,
        ReturnedBy = by.Name,
        At = now,
    };

    public Guid Id { get; private set; }
    public CaseId CaseId { get; private set; }
    public string FromUnit { get; private set; } = "";

    /// <summary>建议主办单位.</summary>
    public string ProposedUnit { get; private set; } = "";
    public string Reason { get; private set; } = "";
    public string Basis { get; private set; } = "";
    public string ReturnedBy { get; private set; } = "";
    public DateTimeOffset At { get; private set; }

    /// <summary>Who got it in the end; null while the station head has not decided.</summary>
    public string? DecidedUnit { get; private set; }

    /// <summary>Null when the proposal was simply followed.</summary>
    public string? DecidedBy { get; private set; }
    public DateTimeOffset? DecidedAt { get; private set; }

    internal void Decide(string unit, string? by, DateTimeOffset now)
    {
        DecidedUnit = unit;
        DecidedBy = by;
        DecidedAt = now;
    }
}

internal sealed class CaseReturnTable : IEntityTypeConfiguration<CaseReturn>
{
    public void Configure(EntityTypeBuilder<CaseReturn> builder)
    {
        builder.ToTable("case_returns");
        builder.HasKey(r => r.Id);
        builder.HasIndex(r => new { r.CaseId, r.FromUnit }).IsUnique();
        builder.HasIndex(r => new { r.FromUnit, r.At });
        builder.Property(r => r.FromUnit).HasMaxLength(40);
        builder.Property(r => r.ProposedUnit).HasMaxLength(40);
        builder.Property(r => r.Reason).HasMaxLength(CaseLimits.LongText);
        builder.Property(r => r.Basis).HasMaxLength(CaseLimits.LongText);
        builder.Property(r => r.ReturnedBy).HasMaxLength(40);
        builder.Property(r => r.DecidedUnit).HasMaxLength(40);
        builder.Property(r => r.DecidedBy).HasMaxLength(40);
    }
}
