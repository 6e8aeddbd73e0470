using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Steps;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BanBuCheng.Desk.Committee;

/// <summary>
/// 并案 — similar cases studied together. A record beside the cases: each keeps its number, clock and reply, so closing one closes no
/// other, and a member that turns out different goes out again.
/// </summary>
public sealed class CaseCluster
{
    private CaseCluster() { }

    internal static CaseCluster Begin(Guid id, string number, string title, Actor by, DateTimeOffset at) => new() { Id = id, Number = number, Title = title, BegunBy = by.Name, BegunAt = at };

    public Guid Id { get; private set; }

    /// <summary>BA2026-03.</summary>
    public string Number { get; private set; } = "";
    public string Title { get; private set; } = "";
    public string BegunBy { get; private set; } = "";
    public DateTimeOffset BegunAt { get; private set; }

    /// <summary>研究结论: the situations found and what rule is proposed for each.</summary>
    public string Study { get; private set; } = "";
    public int Version { get; private set; }

    internal void Write(string study) => Study = study;
}

/// <summary>并案里的一件 — never deleted: that it was a member, and why it left, stays.</summary>
public sealed class ClusterMember
{
    private ClusterMember() { }

    internal static ClusterMember Join(Guid id, Guid clusterId, CaseId caseId, string situation, DateTimeOffset at) =>
        new() { Id = id, ClusterId = clusterId, CaseId = caseId, Situation = situation, JoinedAt = at };

    public Guid Id { get; private set; }
    public Guid ClusterId { get; private set; }
    public CaseId CaseId { get; private set; }

    /// <summary>哪一种情形.</summary>
    public string Situation { get; private set; } = "";
    public DateTimeOffset JoinedAt { get; private set; }
    public DateTimeOffset? LeftAt { get; private set; }
    public string? LeftBecause { get; private set; }

    internal void Leave(string because, DateTimeOffset at) => (LeftBecause, LeftAt) = (because, at);
}

internal sealed class CaseClusterTable : IEntityTypeConfiguration<CaseCluster>
{
    public void Configure(EntityTypeBuilder<CaseCluster> builder)
    {
        builder.ToTable("case_clusters");
        builder.HasKey(c => c.Id);
        builder.HasIndex(c => c.Number).IsUnique();
        builder.Property(c => c.Version).IsConcurrencyToken();
        builder.Property(c => c.Number).HasMaxLength(20);
        builder.Property(c => c.Title).HasMaxLength(CaseLimits.Subject);
        builder.Property(c => c.BegunBy).HasMaxLength(40);
        builder.Property(c => c.Study).HasMaxLength(CaseLimits.LongText);
    }
}

internal sealed class ClusterMemberTable : IEntityTypeConfiguration<ClusterMember>
{
    public void Configure(EntityTypeBuilder<ClusterMember> builder)
    {
        builder.ToTable("cluster_members");
        builder.HasKey(m => m.Id);
        builder.HasIndex(m => m.ClusterId);
        builder.HasIndex(m => m.CaseId);
        builder.Property(m => m.Situation).HasMaxLength(CaseLimits.ShortText);
        builder.Property(m => m.LeftBecause).HasMaxLength(CaseLimits.ShortText);
    }
}
