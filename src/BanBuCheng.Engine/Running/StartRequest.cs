using System.Text.Json.Nodes;

namespace BanBuCheng.Engine.Running;

/// <summary>A start by hand.</summary>
public sealed record StartRequest(string DefinitionId)
{
    /// <summary>A certain version number; null = the published one.</summary>
    public int? Version { get; init; }
    public string? CorrelationId { get; init; }
    public string? Name { get; init; }
    public JsonObject? Input { get; init; }
    public Guid? ParentId { get; init; }
}
