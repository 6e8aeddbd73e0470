using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BanBuCheng.Engine.Durable;

/// <summary>A stimulus that found nobody, kept until its deadline for a wait that comes later.</summary>
public sealed class FlowInboxRow
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public required string Hash { get; init; }
    public string? CorrelationId { get; init; }
    public Guid? InstanceId { get; init; }
    public string? Input { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset KeepUntil { get; init; }
}

internal sealed class FlowInboxTable : IEntityTypeConfiguration<FlowInboxRow>
{
    public void Configure(EntityTypeBuilder<FlowInboxRow> builder)
    {
        FlowTables.Fix(builder, "flow_inbox");
        builder.HasKey(s => s.Id).HasName("pk_flow_inbox");
        builder.Property(s => s.Id).ValueGeneratedNever();
        builder.Property(s => s.Hash).HasMaxLength(64);
        builder.HasIndex(s => s.Hash).HasDatabaseName("ix_flow_inbox_hash");
        builder.HasIndex(s => s.KeepUntil).HasDatabaseName("ix_flow_inbox_keep_until");
    }
}
