using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BanBuCheng.Engine.Durable;

/// <summary>What starts a published definition by itself.</summary>
public sealed class FlowTriggerRow
{
    public required Guid Id { get; init; }
    public required string DefinitionId { get; init; }
    public required string DefinitionVersionId { get; init; }
    public required string ActivityId { get; init; }
    public required string NodePath { get; init; }
    public required string Name { get; init; }
    public required string Hash { get; init; }
    public string? Payload { get; init; }
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Distance of a timer's ticks, in units of 100 ns: SQLite has no time span.</summary>
    public long? IntervalTicks { get; init; }
    public string? Cron { get; init; }
    public DateTimeOffset? LeasedUntil { get; init; }
}

internal sealed class FlowTriggerTable : IEntityTypeConfiguration<FlowTriggerRow>
{
    public void Configure(EntityTypeBuilder<FlowTriggerRow> builder)
    {
        FlowTables.Fix(builder, "flow_triggers");
        builder.HasKey(t => t.Id).HasName("pk_flow_triggers");
        builder.Property(t => t.Id).ValueGeneratedNever();
        builder.Property(t => t.Hash).HasMaxLength(64);
        builder.Property(t => t.DefinitionId).HasMaxLength(FlowTables.Indexable);
        builder.HasIndex(t => t.Hash).HasDatabaseName("ix_flow_triggers_hash");
        builder.HasIndex(t => t.DefinitionId).HasDatabaseName("ix_flow_triggers_definition");
        builder.HasIndex(t => new { t.DueAt, t.Id }).HasFilter("due_at IS NOT NULL").HasDatabaseName("ix_flow_triggers_due");
    }
}
