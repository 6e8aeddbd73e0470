namespace BanBuCheng.Engine.Running;

/// <summary>One version of a definition as a store keeps it.</summary>
/// <param name="VersionId">Unique over all versions (the document's <c>id</c>).</param>
/// <param name="DefinitionId">The same for all versions.</param>
/// <param name="Document">The document as JSON text; its own version and flags are not authoritative, these columns are.</param>
public sealed record StoredDefinition(
    string VersionId, string DefinitionId, int Version, string? Name, bool IsLatest, bool IsPublished, bool UsableAsActivity,
    string Document, DateTimeOffset CreatedAt)
{
    /// <summary>A latest version that is not in force may still be edited; every other version never changes and may be cached for ever.</summary>
    public bool MayChange => IsLatest && !IsPublished;
}
