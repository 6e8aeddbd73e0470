using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BanBuCheng.Engine.Durable;

/// <summary>What an instance waits for; a timer when it has a due time. The row's end is the wake-up: whoever deletes it, woke it.</summary>
public sealed class FlowWaitRow
{
    public required Guid Id { get; init; }
    public required Guid InstanceId { get; init; }
    public required string Name { get; init; }
    public required string Hash { get; init; }
    public string? Payload { get; init; }
    public required string ActivityId { get; init; }
    public required string NodePath { get; init; }
    public int Execution { get; init; }
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>A node has taken this timer up and means to fire it before then. A hint: it only keeps others from the same work.</summary>
    public DateTimeOffset? LeasedUntil { get; init; }
    public string? Tag { get; init; }
    public string? Details { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
}

internal sealed class FlowWaitTable : IEntityTypeConfiguration<FlowWaitRow>
{
    public void Configure(EntityTypeBuilder<FlowWaitRow> builder)
    {
        FlowTables.Fix(builder, "flow_waits");
        builder.HasKey(w => w.Id).HasName("pk_flow_waits");
        builder.Property(w => w.Id).ValueGeneratedNever();
        builder.Property(w => w.Hash).HasMaxLength(64);
        builder.HasIndex(w => w.Hash).HasDatabaseName("ix_flow_waits_hash");
        builder.HasIndex(w => w.InstanceId).HasDatabaseName("ix_flow_waits_instance");
        builder.HasIndex(w => new { w.DueAt, w.Id }).HasFilter("due_at IS NOT NULL").HasDatabaseName("ix_flow_waits_due");
    }
}
