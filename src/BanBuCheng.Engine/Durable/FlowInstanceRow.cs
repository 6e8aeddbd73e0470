using BanBuCheng.Engine.Running;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BanBuCheng.Engine.Durable;

/// <summary>An instance as it lies in the table, for lists and pages. Only the engine writes it.</summary>
public sealed class FlowInstanceRow
{
    /// <summary>Short key of the journal's rows: random 16-byte keys fill pages badly.</summary>
    public long No { get; init; }
    public required Guid Id { get; init; }
    public required string DefinitionId { get; init; }
    public required string DefinitionVersionId { get; init; }
    public required int DefinitionVersion { get; init; }
    public int Version { get; init; }
    public string? CorrelationId { get; init; }
    public string? Name { get; init; }
    public Guid? ParentId { get; init; }
    public FlowStatus Status { get; init; }
    public FlowSubStatus SubStatus { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; init; }
    public DateTimeOffset? FinishedAt { get; init; }
    public required string State { get; init; }
    public string? Outputs { get; init; }
    public int OpenIncidents { get; init; }
    public int JournalLength { get; init; }
}

internal sealed class FlowInstanceTable : IEntityTypeConfiguration<FlowInstanceRow>
{
    public void Configure(EntityTypeBuilder<FlowInstanceRow> builder)
    {
        FlowTables.Fix(builder, "flow_instances");
        builder.HasKey(i => i.No).HasName("pk_flow_instances");
        builder.Property(i => i.No).ValueGeneratedOnAdd();
        builder.Property(i => i.DefinitionId).HasMaxLength(FlowTables.Indexable);
        builder.Property(i => i.CorrelationId).HasMaxLength(FlowTables.Indexable);
        builder.Property(i => i.Version).IsConcurrencyToken();
        builder.HasIndex(i => i.Id).IsUnique().HasDatabaseName("ux_flow_instances_id");
        builder.HasIndex(i => i.CorrelationId).HasDatabaseName("ix_flow_instances_correlation");

        // Partial: what ended long ago must not slow down the question whether one is running.
        builder.HasIndex(i => i.DefinitionId).HasFilter("status = 'Running'").HasDatabaseName("ix_flow_instances_running");
        builder.HasIndex(i => i.OpenIncidents).HasFilter("open_incidents > 0").HasDatabaseName("ix_flow_instances_incidents");
        builder.HasIndex(i => i.ParentId).HasFilter("parent_id IS NOT NULL").HasDatabaseName("ix_flow_instances_parent");
    }
}
