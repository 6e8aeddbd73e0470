namespace BanBuCheng.Engine;

/// <summary>The flow named has no version that could be started.</summary>
public sealed class FlowNotFoundException(string definitionId) : Exception($"No published version of workflow definition with ID {definitionId} found.")
{
    public string DefinitionId { get; } = definitionId;
}
