using BanBuCheng.Desk.Steps;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BanBuCheng.Desk.Cases;

/// <summary>委托书 — somebody else may act for the applicant: what for, from when until when, until it is revoked .</summary>
public sealed class CaseAuthorisation
{
    private CaseAuthorisation() { }

    internal static CaseAuthorisation Give(Guid id, CaseId caseId, AgentTold agent, Actor by, DateTimeOffset now) => new()
    {
        Id = id,
        CaseId = caseId,
        AgentName = agent.Name,
        MaskedAgent = agent.MaskedName,
        AgentPhone = agent.Phone,
        MaskedAgentPhone = agent.MaskedPhone,
        Relation = agent.Relation,
        Scope = agent.Scope,
        From = agent.From,
        Until = agent.Until,
        RecordedBy = by.Name,
        RecordedAt = now,
    };

    public Guid Id { get; private set; }
    public CaseId CaseId { get; private set; }
    public SealedText AgentName { get; private set; } = new([]);
    public string MaskedAgent { get; private set; } = "";
    public SealedText? AgentPhone { get; private set; }
    public string MaskedAgentPhone { get; private set; } = "";

    /// <summary>什么关系：女儿、单位同事、代办专员.</summary>
    public string Relation { get; private set; } = "";

    /// <summary>委托什么.</summary>
    public string Scope { get; private set; } = "";
    public DateOnly From { get; private set; }

    /// <summary>Last day on which it holds.</summary>
    public DateOnly Until { get; private set; }
    public string RecordedBy { get; private set; } = "";
    public DateTimeOffset RecordedAt { get; private set; }
    public DateTimeOffset? RevokedAt { get; private set; }
    public string? RevokedBy { get; private set; }
    public int Version { get; private set; }

    public bool HoldsOn(DateOnly day) => RevokedAt is null && day >= From && day <= Until;

    /// <exception cref="RefusedException"><c>agent.revoked-already</c></exception>
    internal void Revoke(Actor by, DateTimeOffset now)
    {
        if (RevokedAt is not null) throw new RefusedException("agent.revoked-already");
        RevokedAt = now;
        RevokedBy = by.Name;
    }
}

/// <summary>What a 委托书 says, checked and sealed.</summary>
public sealed record AgentTold(SealedText Name, string MaskedName, SealedText? Phone, string MaskedPhone, string Relation, string Scope, DateOnly From, DateOnly Until);

/// <summary>代办记录 — one thing done on behalf of the applicant; both names stand on it.</summary>
public sealed class AgencyStep
{
    private AgencyStep() { }

    internal static AgencyStep Done(Guid id, CaseAuthorisation authorisation, string maskedApplicant, string text, Actor by, DateTimeOffset now) => new()
    {
        Id = id,
        CaseId = authorisation.CaseId,
        AuthorisationId = authorisation.Id,
        Agent = authorisation.MaskedAgent,
        Applicant = maskedApplicant,
        Text = text,
        RecordedBy = by.Name,
        At = now,
    };

    public Guid Id { get; private set; }
    public CaseId CaseId { get; private set; }
    public Guid AuthorisationId { get; private set; }

    /// <summary>Masked, as on every page.</summary>
    public string Agent { get; private set; } = "";
    public string Applicant { get; private set; } = "";
    public string Text { get; private set; } = "";
    public string RecordedBy { get; private set; } = "";
    public DateTimeOffset At { get; private set; }
}

internal sealed class CaseAuthorisationTable : IEntityTypeConfiguration<CaseAuthorisation>
{
    public void Configure(EntityTypeBuilder<CaseAuthorisation> builder)
    {
        builder.ToTable("case_authorisations");
        builder.HasKey(a => a.Id);
        builder.HasIndex(a => a.CaseId);
        builder.Property(a => a.Version).IsConcurrencyToken();
        builder.Property(a => a.MaskedAgent).HasMaxLength(40);
        builder.Property(a => a.MaskedAgentPhone).HasMaxLength(20);
        builder.Property(a => a.Relation).HasMaxLength(40);
        builder.Property(a => a.Scope).HasMaxLength(CaseLimits.ShortText);
        builder.Property(a => a.RecordedBy).HasMaxLength(40);
        builder.Property(a => a.RevokedBy).HasMaxLength(40);
    }
}

internal sealed class AgencyStepTable : IEntityTypeConfiguration<AgencyStep>
{
    public void Configure(EntityTypeBuilder<AgencyStep> builder)
    {
        builder.ToTable("agency_steps");
        builder.HasKey(s => s.Id);
        builder.HasIndex(s => s.CaseId);
        builder.Property(s => s.Agent).HasMaxLength(40);
        builder.Property(s => s.Applicant).HasMaxLength(CaseLimits.Name);
        builder.Property(s => s.Text).HasMaxLength(CaseLimits.LongText);
        builder.Property(s => s.RecordedBy).HasMaxLength(40);
    }
}
