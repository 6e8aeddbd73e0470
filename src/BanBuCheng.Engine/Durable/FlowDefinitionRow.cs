using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BanBuCheng.Engine.Durable;

/// <summary>One version of a definition. A version that was in force once never changes its document.</summary>
public sealed class FlowDefinitionRow
{
    public required string VersionId { get; init; }
    public required string DefinitionId { get; init; }
    public required int Version { get; init; }
    public string? Name { get; init; }

    /// <summary>The document's <c>BanBuCheng.Kind</c>; null when it says nothing.</summary>
    public string? Kind { get; init; }
    public required string Document { get; init; }

    /// <summary>SHA-256 of the document, so that a process reads each text once.</summary>
    public required string Hash { get; init; }
    public bool IsLatest { get; init; }
    public bool IsPublished { get; init; }
    public bool UsableAsActivity { get; init; }
    public FlowOrigin Origin { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
}

/// <summary>Who made a version: decides what a product update may replace.</summary>
public enum FlowOrigin
{
    /// <summary>A person, in the designer or by importing a file by hand.</summary>
    Person,

    /// <summary>The product's own file.</summary>
    Product,

    /// <summary>The engine, because a part of it was published; the drawing is its predecessor's.</summary>
    Carried,
}

internal sealed class FlowDefinitionTable : IEntityTypeConfiguration<FlowDefinitionRow>
{
    public void Configure(EntityTypeBuilder<FlowDefinitionRow> builder)
    {
        FlowTables.Fix(builder, "flow_definitions");
        builder.HasKey(d => d.VersionId).HasName("pk_flow_definitions");
        builder.Property(d => d.VersionId).HasMaxLength(FlowTables.Indexable);
        builder.Property(d => d.DefinitionId).HasMaxLength(FlowTables.Indexable);
        builder.Property(d => d.Hash).HasMaxLength(64);
        builder.HasIndex(d => new { d.DefinitionId, d.Version }).IsUnique().HasDatabaseName("ux_flow_definitions_version");
    }
}
