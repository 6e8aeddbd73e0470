using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BanBuCheng.Engine.Durable;

/// <summary>A file that ships with the product and what was last taken from it: a start with the same files changes nothing.</summary>
public sealed class FlowSourceRow
{
    /// <summary>File name without its folder.</summary>
    public required string FileName { get; init; }

    /// <summary>SHA-256 of the file as last imported.</summary>
    public required string Hash { get; set; }
    public required string DefinitionId { get; set; }
    public required FileOutcome Outcome { get; set; }
    public required DateTimeOffset ImportedAt { get; set; }
}

internal sealed class FlowSourceTable : IEntityTypeConfiguration<FlowSourceRow>
{
    public void Configure(EntityTypeBuilder<FlowSourceRow> builder)
    {
        FlowTables.Fix(builder, "flow_sources");
        builder.HasKey(s => s.FileName).HasName("pk_flow_sources");
        builder.Property(s => s.FileName).HasMaxLength(FlowTables.Indexable);
        builder.Property(s => s.Hash).HasMaxLength(64);
        builder.Property(s => s.DefinitionId).HasMaxLength(FlowTables.Indexable);
    }
}
