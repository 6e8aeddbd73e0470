using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Steps;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BanBuCheng.Desk.Committee;

/// <summary>政策瓶颈 — a clause that keeps people from what they should have: who owns it, to whom it was put, what became of it.</summary>
public sealed class PolicyBottleneck
{
    private PolicyBottleneck() { }

    internal static PolicyBottleneck Find(Guid id, string number, string clause, DateTimeOffset at) =>
        new() { Id = id, Number = number, Clause = clause, ClauseKey = KeyOf(clause), FoundAt = at };

    public Guid Id { get; private set; }

    /// <summary>PB-2026-012.</summary>
    public string Number { get; private set; } = "";
    public string Clause { get; private set; } = "";

    /// <summary>The clause without blanks and punctuation: the same clause typed twice is one entry.</summary>
    public string ClauseKey { get; private set; } = "";
    public string Conflict { get; private set; } = "";
    public string Proposal { get; private set; } = "";

    /// <summary>责任单位.</summary>
    public string? OwnerUnit { get; private set; }

    /// <summary>报给谁.</summary>
    public string Addressee { get; private set; } = "";
    public DateOnly? ReviewOn { get; private set; }
    public BottleneckState State { get; private set; }
    public DateTimeOffset FoundAt { get; private set; }
    public DateTimeOffset? ChangedAt { get; private set; }

    /// <summary>The clause as it reads after the change.</summary>
    public string? ChangedTo { get; private set; }
    public int Version { get; private set; }

    internal void Describe(string conflict, string proposal, string owner, string addressee, DateOnly reviewOn, BottleneckState state)
    {
        if (State is BottleneckState.Changed) throw new RefusedException("bottleneck.changed");
        (Conflict, Proposal, OwnerUnit, Addressee, ReviewOn, State) = (conflict, proposal, owner, addressee, reviewOn, state);
    }

    internal void Change(string to, DateTimeOffset at)
    {
        if (State is BottleneckState.Changed) throw new RefusedException("bottleneck.changed");
        (State, ChangedTo, ChangedAt) = (BottleneckState.Changed, to, at);
    }

    public static string KeyOf(string clause) => Clauses.KeyOf(clause);
}

/// <summary>Where an entry of the register stands.</summary>
public enum BottleneckState
{
    /// <summary>候选: found in a triage, nobody has described it yet.</summary>
    Candidate,

    /// <summary>已上报, an answer is awaited.</summary>
    Submitted,

    /// <summary>不采纳, with the reason in the proposal.</summary>
    Refused,

    /// <summary>条文改了: whoever was refused under it is called back.</summary>
    Changed,
}

/// <summary>卡在这一条上的一件.</summary>
public sealed class BottleneckCase
{
    private BottleneckCase() { }

    internal static BottleneckCase Link(Guid bottleneckId, CaseId caseId) => new() { BottleneckId = bottleneckId, CaseId = caseId };

    public Guid BottleneckId { get; private set; }
    public CaseId CaseId { get; private set; }

    /// <summary>Set when the clause changed and the person is to be called back.</summary>
    public DateTimeOffset? CallBackAt { get; private set; }

    internal void CallBack(DateTimeOffset at) => CallBackAt ??= at;
}

internal sealed class PolicyBottleneckTable : IEntityTypeConfiguration<PolicyBottleneck>
{
    public void Configure(EntityTypeBuilder<PolicyBottleneck> builder)
    {
        builder.ToTable("policy_bottlenecks");
        builder.HasKey(b => b.Id);
        builder.HasIndex(b => b.Number).IsUnique();
        builder.HasIndex(b => b.ClauseKey).IsUnique();
        builder.Property(b => b.Version).IsConcurrencyToken();
        builder.Property(b => b.Number).HasMaxLength(20);
        builder.Property(b => b.Clause).HasMaxLength(500);
        builder.Property(b => b.ClauseKey).HasMaxLength(120);
        builder.Property(b => b.Conflict).HasMaxLength(CaseLimits.LongText);
        builder.Property(b => b.Proposal).HasMaxLength(CaseLimits.LongText);
        builder.Property(b => b.OwnerUnit).HasMaxLength(40);
        builder.Property(b => b.Addressee).HasMaxLength(60);
        builder.Property(b => b.ChangedTo).HasMaxLength(500);
    }
}

internal sealed class BottleneckCaseTable : IEntityTypeConfiguration<BottleneckCase>
{
    public void Configure(EntityTypeBuilder<BottleneckCase> builder)
    {
        builder.ToTable("bottleneck_cases");
        builder.HasKey(b => new { b.BottleneckId, b.CaseId });
        builder.HasIndex(b => b.CaseId);
    }
}
