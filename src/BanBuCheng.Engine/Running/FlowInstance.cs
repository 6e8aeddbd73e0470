namespace BanBuCheng.Engine.Running;

/// <summary>One running (or ended) execution of a definition version, as a store keeps it: columns that are asked for, and one opaque text.</summary>
/// <remarks>Only <see cref="FlowEngine"/> writes the properties; a store reads and writes rows and raises <see cref="Version"/>.</remarks>
public sealed class FlowInstance
{
    public required Guid Id { get; init; }

    public required string DefinitionId { get; init; }

    /// <summary>The version that this instance is pinned to.</summary>
    public required string DefinitionVersionId { get; set; }

    public required int DefinitionVersion { get; set; }

    /// <summary>Changes seen by the store so far: the optimistic lock of the row. Zero = not yet stored.</summary>
    public int Version { get; set; }

    public string? CorrelationId { get; set; }

    public string? Name { get; set; }

    public Guid? ParentId { get; init; }

    public FlowStatus Status { get; set; }

    public FlowSubStatus SubStatus { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; set; }

    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>The engine's own compact text (format number first); never parsed by a store.</summary>
    public string State { get; set; } = "{}";

    /// <summary>The workflow's outputs as a JSON object; null when there are none.</summary>
    public string? Outputs { get; set; }

    /// <summary>How many incidents are open: an operator's list finds its instances by it.</summary>
    public int OpenIncidents { get; set; }

    /// <summary>Journal entries written so far; the next pack begins with this number.</summary>
    public int JournalLength { get; set; }
}
