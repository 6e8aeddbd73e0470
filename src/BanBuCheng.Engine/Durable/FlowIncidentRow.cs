using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BanBuCheng.Engine.Durable;

/// <summary>A breakdown inside an instance, open until an operator retries or skips it or the instance ends.</summary>
public sealed class FlowIncidentRow
{
    public required Guid Id { get; init; }
    public required Guid InstanceId { get; init; }
    public required string ActivityId { get; init; }
    public required string NodePath { get; init; }

    /// <summary>With the instance, what <see cref="IFlows.RetryAsync"/> and <see cref="IFlows.SkipAsync"/> take.</summary>
    public int Execution { get; init; }
    public required string Type { get; init; }
    public required string Message { get; init; }
    public string? Details { get; init; }
    public DateTimeOffset At { get; init; }

    /// <summary>Null while it is open.</summary>
    public DateTimeOffset? ResolvedAt { get; init; }
    public string? Resolution { get; init; }
}

internal sealed class FlowIncidentTable : IEntityTypeConfiguration<FlowIncidentRow>
{
    public void Configure(EntityTypeBuilder<FlowIncidentRow> builder)
    {
        FlowTables.Fix(builder, "flow_incidents");
        builder.HasKey(i => i.Id).HasName("pk_flow_incidents");
        builder.Property(i => i.Id).ValueGeneratedNever();
        builder.HasIndex(i => i.InstanceId).HasDatabaseName("ix_flow_incidents_instance");
        builder.HasIndex(i => i.At).HasFilter("resolved_at IS NULL").HasDatabaseName("ix_flow_incidents_open");
    }
}
